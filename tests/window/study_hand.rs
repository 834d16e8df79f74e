//! What a hand does on the pages of a study.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::desktop::Window;

impl Window {
    /// Presses the field, replaces what stands in it, and leaves it by Tab.
    pub(crate) async fn retype(&self, id: &str, text: &str) {
        self.click(id).await;
        self.until_focused(id).await;
        self.control("a").await;
        self.keys(text).await;
        self.press(Key::Tab).await;
    }

    /// Types where the focus is; a line break is Enter.
    pub(crate) async fn keys(&self, text: &str) {
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.press(Key::Enter).await;
            }
            if !line.is_empty() {
                let keys = self.page.action_chain().send_keys(line);
                keys.perform().await.unwrap();
            }
        }
    }

    /// Chooses in a native list.
    pub(crate) async fn pick(&self, id: &str, value: &str) {
        self.click_css(&format!("[data-testid='{id}'] option[value='{value}']"))
            .await;
        let chosen = format!("return document.querySelector(\"[data-testid='{id}']\").value === '{value}'");
        self.until(&format!("{id} is {value}"), &chosen).await;
    }

    /// Waits until the element's text holds all of these.
    pub(crate) async fn until_says(&self, id: &str, words: &[&str]) {
        for word in words {
            let script = format!(
                "const at = document.querySelector(\"[data-testid='{id}']\");
                return (at?.value || at?.innerText || '').replaceAll('\\u200b', '').replaceAll('\\u00a0', ' ').includes({})",
                Value::from(*word)
            );
            self.until(&format!("“{word}” in {id}"), &script).await;
        }
    }

    /// The failure of a command that must be refused.
    pub(crate) async fn refusal(&self, name: &str, arguments: Value) -> Value {
        let script = "const done = arguments[arguments.length - 1];
            window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]).then(() => done(null), done)";
        let arguments = vec![json!(name), arguments];
        let answer = self.page.execute_async(script, arguments).await.unwrap();
        answer.json().clone()
    }

    /// The study on the page is kept as it is shown.
    pub(crate) async fn until_saved(&self) {
        let script = "const at = document.querySelector(\"[data-testid='study-saved']\");
            return /[0-9]:[0-9]/.test(at?.innerText ?? '')";
        self.until("the study is saved", script).await;
    }

    /// The id in the address of the page.
    pub(crate) async fn study_id(&self) -> String {
        let found = self.page.execute("return location.hash", Vec::new()).await;
        let found = found.unwrap().json().as_str().unwrap_or_default().to_owned();
        found.split('/').nth(2).unwrap_or_default().to_owned()
    }

    /// Presses Tab until what this selector finds has the focus.
    pub(crate) async fn tab_to_css(&self, selector: &str) {
        self.css(selector).await;
        let here = format!("return document.activeElement.matches({})", Value::from(selector));
        for _ in 0..80 {
            let found = self.page.execute(&here, Vec::new()).await.unwrap();
            if found.json().as_bool() == Some(true) {
                return;
            }
            self.press(Key::Tab).await;
        }
        panic!("Tab does not reach {selector}");
    }

    /// Waits until these words stand nowhere on the page.
    pub(crate) async fn until_gone_text(&self, words: &str) {
        let script = format!("return !document.body.innerText.includes({})", Value::from(words));
        self.until(&format!("“{words}” gone"), &script).await;
    }

    pub(crate) async fn until_jobs_finished(&self, jobs: usize) {
        self.find("job-row").await;
        for _ in 0..200 {
            let all = self.command("jobs", json!({ "search": null })).await;
            let all = all.as_array().cloned().unwrap_or_default();
            if all.len() == jobs && all.iter().all(|job| job["state"] == "finished") {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("the jobs do not finish: {}", self.text().await);
    }

    /// Sends the study on the page and waits until all of its jobs are finished; then opens the results of the study.
    pub(crate) async fn send_study_and_open_results(&self, models: usize) {
        self.click("send-study").await;
        self.until_focused("confirm-not-yet").await;
        self.click("confirm-send").await;
        self.until_jobs_finished(models).await;
        self.click("nav-studies").await;
        self.click_css("[data-testid='study-row'] a").await;
        self.find("study-frozen").await;
        self.click("study-results").await;
        self.find("results-grid").await;
    }
}
