//! Services with words of their own: connecting them, a file for each, and a batch of somebody else's.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use tabane_tests::{Simulator, write_requests};
use thirtyfour::Key;

use crate::desktop::{Window, answer_dialog};
use crate::walk::{Eye, Walk};

impl<E: Eye> Walk<'_, E> {
    /// The long list of services, what each needs, and what is said of a file for them.
    pub(crate) async fn services(&self) {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        let one = |dialect| Simulator::start(&dir.path().join(dialect), &["--dialect", dialect]);
        let (claude, gemini) = (one("anthropic"), one("gemini"));
        let window = Window::open(&self.start(&data)).await;
        window.command("set_greeted", json!({})).await;
        self.connecting(&window, &claude, &gemini).await;
        self.files(&window, dir.path()).await;
        self.taking_over(&window, &claude).await;
        window.close().await;
    }

    async fn connecting(&self, window: &Window, claude: &Simulator, gemini: &Simulator) {
        connect(window, "anthropic", "Anthropic (Claude)", claude).await;
        connect(window, "gemini", "Google Gemini", gemini).await;
        window.turn_to("connections").await;
        window.find("connection-gemini").await;
        self.look(window, "connections-services").await;
        show(window, "offer-custom").await;
        self.look(window, "connections-services-more").await;
        window.type_into("offers-search", "kimi").await;
        window.until_gone("offer-openai").await;
        self.look(window, "connections-services-search").await;
        window.click("connection-add").await;
        window.find("services-search").await;
        self.look(window, "connections-services-dialog").await;
        window.press(Key::Escape).await;
        window.until_gone("connection-dialog").await;

        window.click("offers-search").await;
        window.press(Key::Escape).await;
        window.click("offer-vertex").await;
        window.type_into("setting-project", "my-lab-2026").await;
        window.type_into("setting-region", "asia-northeast1").await;
        window.type_into("setting-bucket", "my-lab-batches").await;
        window.type_into("setting-dataset", "answers").await;
        window.find("setting-output-dataset").await;
        self.look(window, "connections-vertex").await;
        show(window, "key-field").await;
        self.look(window, "connections-vertex-account").await;
        window.press(Key::Escape).await;
        window.until_gone("connection-dialog").await;

        // Saved without being asked for anything: the file is made up.
        let account = json!({
            "type": "service_account", "project_id": "my-lab-2026", "private_key_id": "0123456789abcdef",
            "client_email": "tabane@my-lab-2026.iam.gserviceaccount.com", "private_key": "none",
        });
        let form = json!({
            "id": null, "provider": "vertex", "name": "Vertex AI", "base_url": null,
            "settings": { "project": "my-lab-2026", "region": "asia-northeast1", "bucket": "my-lab-batches" },
            "key": account.to_string(), "until_close": false,
        });
        window.command("save_connection", json!({ "form": form })).await;
        window
            .click_css("[data-testid='connection-vertex'] button[aria-haspopup]")
            .await;
        window.click("change-connection").await;
        window.click("forget-key").await;
        show(window, "forget-key").await;
        self.look(window, "connections-vertex-forget").await;
        window.press(Key::Escape).await;
        window.until_gone("connection-dialog").await;
    }

    async fn files(&self, window: &Window, folder: &Path) {
        let file = folder.join(format!("{}.jsonl", self.words.wave));
        claude_file(&file);
        window.turn_to("home").await;
        window.click("door-send-file").await;
        answer_dialog(self.words.open, &file);
        window.find("figures").await;
        window.click("send-to-anthropic").await;
        window.find("adaptations").await;
        self.look(window, "check-claude").await;
        window.click("other-model").await;
        window.find("given-model").await;
        window.press(Key::Escape).await; // the list of models is open
        let closed = "return !document.querySelector('[role=listbox]')";
        window.until("the list is closed", closed).await;
        self.look(window, "check-other-model").await;

        let file = folder.join(format!("{}.jsonl", self.words.pilot));
        gemini_file(&file);
        window.turn_to("home").await;
        window.click("send-file").await;
        answer_dialog(self.words.open, &file);
        window.find("figures").await;
        window.click("send-to-gemini").await;
        window.find("given-model").await;
        self.look(window, "check-no-model").await;
        window.type_into("model-name", "gemini-3.8-flash").await;
        window.click("use-model").await;
        window.until_gone("problem-model-missing").await;
        self.look(window, "check-model-chosen").await;
    }

    async fn taking_over(&self, window: &Window, claude: &Simulator) {
        colleague_sends(claude, 2).await;
        colleague_sends(claude, 40).await;
        window.turn_to("jobs").await;
        window.click("adopt-batch").await;
        window.find("adopt-dialog").await;
        self.look(window, "adopt").await;
        window.click("adopt-from-anthropic").await;
        window.click_css("[data-testid^='choose-']").await;
        window.click("adopt-with-requests").await;
        self.look(window, "adopt-chosen").await;
        window.press(Key::Escape).await;
        window.until_gone("adopt-dialog").await;
    }
}

async fn connect(window: &Window, provider: &str, name: &str, simulator: &Simulator) {
    let form = json!({
        "id": null, "provider": provider, "name": name, "base_url": simulator.base_url,
        "key": simulator.key, "until_close": false,
    });
    let saved = window.command("save_connection", json!({ "form": form })).await;
    window
        .command("test_connection", json!({ "id": saved["id"] }))
        .await;
}

/// Scrolls to an element, as far as it has to.
async fn show(window: &Window, id: &str) {
    let element = window.find(id).await;
    element.scroll_into_view().await.unwrap();
}

/// Chats of which some ask for what Claude has no word for.
fn claude_file(path: &Path) {
    write_requests(path, 60, 30);
    let text = std::fs::read_to_string(path).unwrap();
    let mut changed = String::new();
    for (number, line) in text.lines().enumerate() {
        let more = match number % 5 {
            0 => "\"claude-haiku-5-5\",\"seed\":7",
            1 => "\"claude-haiku-5-5\",\"temperature\":1.4",
            _ => "\"claude-haiku-5-5\"",
        };
        let _ = writeln!(changed, "{}", line.replace("\"practice-small\"", more));
    }
    std::fs::write(path, changed).unwrap();
}

/// In Gemini's own shape, which has no place for a model.
fn gemini_file(path: &Path) {
    let mut lines = String::new();
    for number in 0..40 {
        let asked =
            json!({ "contents": [{ "parts": [{ "text": format!("第{number}問。短く答えてください。") }] }] });
        let _ = writeln!(
            lines,
            "{}",
            json!({ "key": format!("row-{number:03}"), "request": asked })
        );
    }
    std::fs::write(path, lines).unwrap();
}

/// A batch that a colleague's script makes at Claude's; gives its id.
pub(crate) async fn colleague_sends(simulator: &Simulator, requests: u32) -> String {
    let request = |number: u32| {
        json!({"custom_id": format!("theirs-{number}"), "params": {"model": "claude-haiku-5-5", "max_tokens": 50,
            "messages": [{"role": "user", "content": "How are you?"}]}})
    };
    let requests: Vec<_> = (1..=requests).map(request).collect();
    let made: Value = reqwest::Client::new()
        .post(format!("{}/v1/messages/batches", simulator.base_url))
        .header("x-api-key", &simulator.key)
        .header("anthropic-version", "2026-10-21")
        .json(&json!({ "requests": requests }))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    made["id"].as_str().unwrap().to_owned()
}
