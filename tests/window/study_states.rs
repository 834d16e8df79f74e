//! The pages of studies in every state, for axe and for pictures.

use std::path::Path;

use serde_json::json;
use thirtyfour::Key;

use crate::desktop::{Window, answer_dialog};
use crate::study_data::{write_personas, write_texts};
use crate::walk::{Eye, Walk};

impl<E: Eye> Walk<'_, E> {
    /// A study from nothing to its results.
    pub(crate) async fn studies(&self) {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        let window = Window::open(&self.start(&data)).await;
        window.command("set_greeted", json!({})).await;
        window.click("nav-studies").await;
        window.find("way-sample").await;
        self.look(&window, "studies-empty").await;
        self.being_written(&window, dir.path()).await;
        self.steps(&window).await;
        self.one_page(&window).await;
        self.sent(&window).await;
        window.close().await;
    }

    /// An empty study, then one with data and much still missing.
    async fn being_written(&self, window: &Window, folder: &Path) {
        window.click("way-empty").await;
        window.find("part-data").await;
        self.look(window, "study-empty").await;
        let (personas, texts) = (folder.join("personas.xlsx"), folder.join("texts.csv"));
        write_personas(&personas);
        write_texts(&texts);
        window.click("bring-data").await;
        answer_dialog(self.words.choose_data, &personas);
        window.find("data-use").await;
        window.click("data-use").await;
        window.until_gone("data-dialog").await;
        window.click("bring-data").await;
        answer_dialog(self.words.choose_data, &texts);
        window.find("data-use").await;
        self.look(window, "study-data-dialog").await;
        window.press(Key::Escape).await;
        window.until_gone("data-dialog").await;
        window.click("step-prompt").await;
        window.click("prompt-user").await;
        window.keys("{{persona.name}} / {{personas.name}}").await;
        window.press(Key::Escape).await;
        window.click("step-answers").await;
        for _ in 0..2 {
            window.click("add-field").await;
        }
        window.pick("field-1-type", "choice").await;
        window.until_saved().await;
        self.look(window, "study-step-answers-problems").await;
        window.click("field-1-choices").await;
        window.find("choices").await;
        self.look(window, "study-choices").await;
        window.press(Key::Escape).await;
        window.click("step-send").await;
        window.find("study-problems").await;
        self.look(window, "study-problems").await;
        window.click("form-page").await;
        window.find("part-models").await;
        self.look(window, "study-page-problems").await;
        window.click("form-steps").await;
    }

    /// The sample, step by step.
    async fn steps(&self, window: &Window) {
        window.click("nav-studies").await;
        window.find("study-row").await;
        window.click("new-study").await;
        window.find("new-sample").await;
        self.look(window, "studies-menu").await;
        window.click("new-sample").await;
        for step in ["data", "design", "prompt", "answers", "models", "send"] {
            window.click(&format!("step-{step}")).await;
            window.find(&format!("part-{step}")).await;
            self.look(window, &format!("study-step-{step}")).await;
        }
        window.click("step-design").await;
        window.click("choose-combinations").await;
        window.find("combinations-apply").await;
        self.look(window, "study-combinations").await;
        window.press(Key::Escape).await;
        window.click("step-models").await;
        window.click("add-model").await;
        window.find("model-name").await;
        self.look(window, "study-add-model").await;
        window.press(Key::Escape).await;
        window.until_gone("model-name").await;
    }

    async fn one_page(&self, window: &Window) {
        window.click("form-page").await;
        window.find("part-models").await;
        self.look(window, "study-page").await;
        let answers = "document.querySelector(\"[data-testid='part-answers']\").scrollIntoView()";
        window.page.execute(answers, Vec::new()).await.unwrap();
        self.look(window, "study-page-end").await;
        window.click("send-study").await;
        window.find("confirm-send").await;
        self.look(window, "study-confirm").await;
        window.press(Key::Escape).await;
        window.until_gone("confirm-dialog").await;
    }

    /// Sent: frozen, its answers, one row of them, a correction.
    async fn sent(&self, window: &Window) {
        let study = window.study_id().await;
        window.send_study_and_open_results(2).await;
        window.find("row-2").await;
        self.look(window, "study-results").await;
        window.click("row-2").await;
        window.find("row-cells").await;
        window.click("correct-amusement").await;
        window.retype("cell-value", "101").await;
        window.click("cell-value").await;
        window.press(Key::Enter).await;
        window
            .css("[data-testid='row-cells'] [data-testid='failure']")
            .await;
        self.look(window, "study-results-refused").await;
        window.retype("cell-value", "77").await;
        window.click("cell-value").await;
        window.press(Key::Enter).await;
        window.find("restore-amusement").await;
        self.look(window, "study-results-row").await;
        window.go(&format!("#/studies/{study}")).await;
        window.find("study-frozen").await;
        self.look(window, "study-frozen").await;
        window.click("copy-study").await;
        window.until_gone("study-frozen").await;
        window.find("part-models").await;
        self.look(window, "study-copy").await;
        window.click("nav-studies").await;
        window.find("study-row").await;
        self.look(window, "studies").await;
        window
            .click_css("[data-testid='study-row']:first-of-type button")
            .await;
        window.click("delete-study").await;
        window.find("confirm-delete").await;
        self.look(window, "study-delete").await;
    }
}
