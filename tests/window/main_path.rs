//! From first start to a table in a file, by mouse, in both languages; and over a restart.

use std::time::Duration;

use crate::desktop::{Start, Window, answer_dialog};
use tabane_tests::write_requests;

async fn file_to_table(locale: &str, language: &str, dialog: &str) {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let file = dir.path().join("感情 評定.jsonl");
    write_requests(&file, 40, 0);
    let start = Start {
        data_dir: &data,
        locale,
        pace: 1_500,
    };
    let window = Window::open(&start).await;
    window.find("door-send-file").await;
    window
        .until(
            "the language",
            &format!("return document.documentElement.lang === '{language}'"),
        )
        .await;

    window
        .drop_files("[data-testid='door-send-file']", &[&file])
        .await;
    window.click("send-to-practice").await;
    window.until_text("40").await;
    window.click("send-button").await;
    window.click("confirm-send").await;
    window.find("job-state").await;
    window.click("open-results").await;
    window.find("results-grid").await;
    window.until_text("row-000000").await;

    let out = dir.path().join(format!("結果 {language}.csv"));
    window.click("export-button").await;
    window.click("export-format-csv").await;
    window.click("export-confirm").await;
    answer_dialog(dialog, &out);
    window.find("export-done").await;
    let text = String::from_utf8(std::fs::read(&out).unwrap()).unwrap();
    assert!(
        text.starts_with('\u{feff}') && text.matches("row-0000").count() == 40,
        "{text}"
    );
    window.close().await;
}

#[tokio::test]
async fn a_dropped_file_becomes_a_csv_in_english() {
    file_to_table("C.UTF-8", "en", "Save the results").await;
}

#[tokio::test]
async fn a_dropped_file_becomes_a_csv_in_japanese() {
    file_to_table("ja_JP.UTF-8", "ja", "結果の保存先").await;
}

#[tokio::test]
async fn a_restart_in_the_middle_of_a_job_loses_nothing_and_tells_when_it_ends() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let start = Start {
        data_dir: &data,
        locale: "C.UTF-8",
        pace: 6_000,
    };
    let window = Window::open(&start).await;
    window.click("door-practice").await;
    window.click("send-button").await;
    window.click("confirm-send").await;
    window.find("job-state").await;
    window.close().await;

    let notifications = dir.path().join("notifications");
    let mut monitor = std::process::Command::new("dbus-monitor")
        .args([
            "--session",
            "interface='org.freedesktop.Notifications',member='Notify'",
        ])
        .stdout(std::fs::File::create(&notifications).unwrap())
        .spawn()
        .unwrap();
    let window = Window::open(&start).await;
    window.click("nav-jobs").await;
    window.click_css("[data-testid='job-row'] a").await;
    window.click("open-results").await;
    window.find("results-grid").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let told = std::fs::read_to_string(&notifications).unwrap_or_default();
    let _ = monitor.kill();
    let _ = monitor.wait();
    assert!(told.contains("has finished"), "no notification: {told}");
    window.close().await;
}
