//! Nothing of a study is lost: undo, leaving, restarts, sending, corrections, files.

use std::path::Path;

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::desktop::{Start, Window, answer_dialog, shell};
use crate::walk::ENGLISH;

async fn open(data: &Path) -> Window {
    Window::open(&Start {
        data_dir: data,
        locale: ENGLISH.locale,
        pace: 700,
    })
    .await
}

/// The sample study on one page, by its door.
async fn open_sample(window: &Window) {
    window.click("door-study").await;
    window.click("way-sample").await;
    window.click("form-page").await;
    window
        .until_says("study-count", &["4 × 3 × 10 = 120 requests"])
        .await;
}

async fn kept(window: &Window, id: &str) -> Value {
    window.command("study", json!({ "id": id })).await["study"].clone()
}

#[tokio::test]
async fn every_change_of_a_study_is_taken_back_and_done_again() {
    let dir = tempfile::tempdir().unwrap();
    let window = open(&dir.path().join("data")).await;
    open_sample(&window).await;
    let id = window.study_id().await;
    let first = kept(&window, &id).await;

    window.retype("trials", "3").await;
    window
        .until_says("study-count", &["4 × 3 × 3 = 36 requests"])
        .await;
    window.click("prompt-user").await;
    window.control(Key::End).await;
    window.keys(" Be brief.").await;
    window
        .click_css("[data-testid='sheet-persona'] [data-testid='sheet-row-0'] [data-column='1']")
        .await;
    window.keys("Second-year student\n").await;
    window.until_says("sheet-row-0", &["Second-year student"]).await;
    window.click("remove-practice-large").await;
    window.until_says("study-count", &["36 requests × 1 model"]).await;
    window.click("add-field").await;
    window.find("field-8-label").await;
    window.until_saved().await;
    let last = kept(&window, &id).await;
    assert_eq!(last["answer_sheet"]["fields"].as_array().unwrap().len(), 9);
    assert_eq!(last["factors"][0]["levels"][0][1], "Second-year student");
    assert!(last["prompt"]["user"].as_str().unwrap().ends_with(" Be brief."));

    for _ in 0..5 {
        window.control("z").await;
    }
    window
        .until_says("study-count", &["120 requests × 2 models"])
        .await;
    window.until_says("sheet-row-0", &["First-year student"]).await;
    let none =
        "return document.querySelector(\"[data-testid='undo']\").getAttribute('aria-disabled') === 'true'";
    window.until("nothing to undo", none).await;
    window.until_saved().await;
    assert_eq!(kept(&window, &id).await, first);

    for _ in 0..4 {
        window.click("redo").await;
    }
    window.press_with(&[Key::Control, Key::Shift], "z").await;
    window.until_says("study-count", &["36 requests × 1 model"]).await;
    window.until_saved().await;
    assert_eq!(kept(&window, &id).await, last);
    window.close().await;
}

#[tokio::test]
async fn a_study_is_kept_when_the_window_is_closed_right_after_a_stroke() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let window = open(&data).await;
    open_sample(&window).await;
    window.retype("study-title", "Pilot of the autumn").await;
    // A cell in the middle of being typed; then as by the window's close button, at once.
    window
        .click_css("[data-testid='sheet-persona'] [data-testid='sheet-row-0'] [data-column='1']")
        .await;
    window.keys("Second-year student").await;
    shell("wmctrl -ic $(xdotool search --onlyvisible --name 'Tabane' | tail -1)");
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    window.close().await;

    let window = open(&data).await;
    window.click("nav-studies").await;
    window.until_text("Pilot of the autumn").await;
    window.click_css("[data-testid='study-row'] a").await;
    window.until_says("study-title", &["Pilot of the autumn"]).await;
    window.until_says("sheet-row-0", &["Second-year student"]).await;
    window.close().await;
}

#[tokio::test]
async fn a_sent_study_is_frozen_and_changed_as_a_linked_copy() {
    let dir = tempfile::tempdir().unwrap();
    let window = open(&dir.path().join("data")).await;
    open_sample(&window).await;
    let sent = window.study_id().await;
    window.retype("trials", "2").await;
    window.until_says("send-study", &["48"]).await;
    window.send_study_and_open_results(2).await;
    let frozen = kept(&window, &sent).await;

    window.click("back-to-job").await;
    window.find("study-frozen").await;
    for gone in [
        "study-title",
        "undo",
        "add-field",
        "add-model",
        "bring-data",
        "send-study",
    ] {
        window.until_gone(gone).await;
    }
    // A stroke on what is shown changes nothing.
    window.click("prompt-user").await;
    window.keys("x").await;
    window
        .click_css("[data-testid='sheet-persona'] [data-testid='sheet-row-0'] [data-column='1']")
        .await;
    window.keys("x\n").await;
    let mut changed = frozen.clone();
    changed["title"] = json!("forced");
    let refused = window
        .refusal("save_study", json!({ "id": sent, "study": changed }))
        .await;
    assert_eq!(refused["code"], "study-sent", "{refused}");
    assert_eq!(kept(&window, &sent).await, frozen);

    window.click("copy-study").await;
    window.until_text("Copied from").await;
    window.retype("trials", "5").await;
    window.until_saved().await;
    let copy = window.study_id().await;
    assert_ne!(copy, sent);
    assert_eq!(kept(&window, &copy).await["design"]["trials"], 5);
    assert_eq!(kept(&window, &sent).await, frozen);
    window.close().await;
}

#[tokio::test]
async fn a_cell_is_corrected_by_hand_and_taken_back() {
    let dir = tempfile::tempdir().unwrap();
    let window = open(&dir.path().join("data")).await;
    open_sample(&window).await;
    window.retype("trials", "1").await;
    window.until_says("send-study", &["24"]).await;
    window.send_study_and_open_results(2).await;

    window.click("row-1").await;
    window.find("row-cells").await;
    let read = window
        .page
        .execute(
            "return document.querySelector(\"[data-testid='row-cells'] dd .select\").innerText",
            Vec::new(),
        )
        .await
        .unwrap();
    let read = read.json().as_str().unwrap().to_owned();
    window.click("correct-amusement").await;
    window.retype("cell-value", "101").await;
    window.click("cell-value").await;
    window.press(Key::Enter).await;
    window.until_text("cannot be the value").await;
    window.retype("cell-value", "42").await;
    window.click("cell-value").await;
    window.press(Key::Enter).await;
    window
        .until_says("row-cells", &["Corrected by hand", &format!("“{read}”")])
        .await;
    window.until_says("row-1", &["42"]).await;
    let out = dir.path().join("corrected.csv");
    window.click("export-button").await;
    window.click("export-format-csv").await;
    window.click("export-confirm").await;
    answer_dialog(ENGLISH.save, &out);
    window.find("export-done").await;
    window.press(Key::Escape).await;
    let text = std::fs::read_to_string(&out).unwrap();
    let mut table = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let head = table.headers().unwrap().clone();
    let edited = head.iter().position(|name| name == "edited_fields").unwrap();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(
        (&rows[1][8], &rows[1][edited]),
        ("42", "amusement"),
        "{:?}",
        rows[1]
    );
    assert_eq!(rows.iter().filter(|row| !row[edited].is_empty()).count(), 1);

    window.click("restore-amusement").await;
    window.until_gone("restore-amusement").await;
    window.until_says("row-1", &[&read]).await;
    window.close().await;
}

#[tokio::test]
async fn a_study_is_saved_as_a_file_and_opened_again_by_dropping_it() {
    let dir = tempfile::tempdir().unwrap();
    let window = open(&dir.path().join("data")).await;
    open_sample(&window).await;
    let id = window.study_id().await;
    window.retype("study-title", "感情評定 ２").await;
    window.click("form-steps").await;
    window.click("step-send").await;
    let file = dir.path().join("感情評定.tabane");
    window.click("save-study").await;
    answer_dialog(ENGLISH.save_study, &file);
    window.find("file-saved").await;
    let requests = dir.path().join("requests.jsonl");
    window.click("save-requests-1").await;
    answer_dialog(ENGLISH.save_requests, &requests);
    window.until_text("requests.jsonl").await;
    let lines = std::fs::read_to_string(&requests).unwrap();
    assert_eq!(lines.lines().count(), 120);

    window.drop_files("[data-testid='part-send']", &[&file]).await;
    let other = format!("return location.hash.startsWith('#/studies/') && !location.hash.includes('{id}')");
    window.until("another study", &other).await;
    window.until_says("study-title", &["感情評定 ２"]).await;
    assert_eq!(
        kept(&window, &window.study_id().await).await,
        kept(&window, &id).await
    );
    window.close().await;
}
