//! A service with words of its own: connected, sent to, and a batch of somebody else's taken over from it.

use serde_json::json;

use crate::desktop::{Start, Window, answer_dialog};
use crate::service_states::colleague_sends;
use tabane_tests::{Simulator, write_requests};

async fn claude(locale: &str, dialog: &str) {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let simulator = Simulator::start(
        &dir.path().join("simulator"),
        &["--dialect", "anthropic", "--pace-ms", "1500"],
    );
    let window = Window::open(&Start {
        data_dir: &data,
        locale,
        pace: 500,
    })
    .await;
    window.command("set_greeted", json!({})).await;
    connect(&window, &simulator).await;
    send(&window, dir.path(), dialog).await;
    take_over(&window, &simulator).await;
    window.close().await;
}

async fn connect(window: &Window, simulator: &Simulator) {
    window.click("nav-connections").await;
    window.click("offer-anthropic").await;
    window.type_into("key-field", &simulator.key).await;
    window.type_into("base-url-field", &simulator.base_url).await;
    window.click("test-key").await;
    window.css("[data-testid='test-result'] *").await;
    window.must_be_accessible("connecting Claude").await;
    window.click("save-connection").await;
    window.find("connection-anthropic").await;
}

async fn send(window: &Window, dir: &std::path::Path, dialog: &str) {
    let file = dir.join("感情 評定.jsonl");
    write_requests(&file, 12, 0);
    window.click("nav-home").await;
    window.click("door-send-file").await;
    answer_dialog(dialog, &file);
    window.find("figures").await;
    window.click("send-to-anthropic").await;
    window.find("adaptations").await; // a length is demanded, and none was given
    window.until_text("4,096").await;
    window.must_be_accessible("a file for Claude").await;
    window.click("send-button").await;
    window.click("confirm-send").await;
    window.find("job-state").await;
    window.click("open-results").await;
    window.find("results-grid").await;
    window.until_text("row-000000").await;
}

/// A colleague's script has sent two requests.
async fn take_over(window: &Window, simulator: &Simulator) {
    let batch = colleague_sends(simulator, 2).await;
    window.click("nav-jobs").await;
    window.click("adopt-batch").await;
    let choice = format!("choose-{batch}");
    window.find(&choice).await;
    window.must_be_accessible("taking a batch over").await;
    window.click(&choice).await;
    window.click("adopt-confirm").await;
    window.find("job-state").await;
    window.click("open-results").await;
    window.find("results-grid").await;
    window.until_text("theirs-2").await;
}

#[tokio::test]
async fn claude_is_connected_sent_to_and_taken_over_from_in_english() {
    claude("C.UTF-8", "Choose request files").await;
}

#[tokio::test]
async fn claude_is_connected_sent_to_and_taken_over_from_in_japanese() {
    claude("ja_JP.UTF-8", "リクエストファイルを選ぶ").await;
}
