//! The whole way from a file to a table by key presses alone: nothing is clicked, no script acts.

use std::path::Path;

use tabane_tests::write_requests;
use thirtyfour::Key;

use crate::desktop::{Start, Window, answer_dialog};
use crate::walk::{ENGLISH, JAPANESE, Words};

async fn file_to_table(words: &Words) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("感情 評定.jsonl");
    write_requests(&file, 40, 0);
    let window = Window::open(&Start {
        data_dir: &dir.path().join("data"),
        locale: words.locale,
        pace: 1_500,
    })
    .await;

    window.tab_to("door-send-file").await;
    window.press(Key::Enter).await;
    answer_dialog(words.open, &file);
    send(&window).await;

    window.find("open-results").await;
    go_round_the_regions(&window, &["HEADER", "MAIN", "FOOTER", "NAV"]).await;
    window.tab_to("open-results").await;
    window.press(Key::Enter).await;
    read_rows(&window).await;
    save_csv(&window, words, &dir.path().join("結果.csv")).await;

    for (key, page) in [
        ("1", "studies"),
        ("2", "jobs"),
        ("3", "connections"),
        ("4", "settings"),
        ("0", "home"),
    ] {
        window.control(key).await;
        let shown = format!(
            "return document.querySelector('[data-testid=nav-{page}]').getAttribute('aria-current') === 'page'"
        );
        window.until(page, &shown).await;
    }
    window.close().await;
}

/// The checked file goes to practice; the confirmation is left once and then accepted.
async fn send(window: &Window) {
    window.find("figures").await;
    window.tab_to("send-to-practice").await;
    window.press(Key::Space).await;
    let ready = "return !!document.querySelector(\"[data-testid='send-button']:not([aria-disabled])\")";
    window.until("ready to send", ready).await;

    window.control(Key::Enter).await;
    window.until_focused("confirm-not-yet").await;
    window.press(Key::Escape).await;
    window.until_gone("confirm-dialog").await;
    window.until_focused("send-button").await;

    window.press(Key::Enter).await;
    window.until_focused("confirm-not-yet").await;
    // Ctrl+Enter opens the question and never answers it with yes, however often it is pressed.
    window.control(Key::Enter).await;
    window.until_gone("confirm-dialog").await;
    window.until_focused("send-button").await;
    window.control(Key::Enter).await;
    window.until_focused("confirm-not-yet").await;
    window.tab_to("confirm-send").await;
    window.press(Key::Enter).await;
    window.find("job-state").await;
}

/// F6 visits each region in turn, from wherever the focus is.
async fn go_round_the_regions(window: &Window, regions: &[&str]) {
    window.press(Key::F6).await;
    let first = window.region().await;
    let start = regions.iter().position(|region| *region == first);
    let start = start.unwrap_or_else(|| panic!("F6 went to “{first}”"));
    for step in 1..=regions.len() {
        window.press(Key::F6).await;
        assert_eq!(window.region().await, regions[(start + step) % regions.len()]);
    }
    window.press_with(&[Key::Shift], Key::F6).await;
    assert_eq!(
        window.region().await,
        regions[(start + regions.len() - 1) % regions.len()]
    );
}

/// The cursor goes to both ends of the table; a row is opened, read, and left.
async fn read_rows(window: &Window) {
    window.tab_to("results-grid").await;
    window.until_text("row-000000").await;
    window.control(Key::End).await;
    window.until("the last cell", &cursor_at(39, 8)).await;
    window.control(Key::Home).await;
    window.press(Key::Down).await;
    window.press(Key::Right).await;
    window.until("the second row", &cursor_at(1, 1)).await;
    window.press(Key::Enter).await;
    window.find("row-panel").await;
    window.until_text("第1問。").await;
    assert_eq!(window.focused().await, "results-grid");

    window.press(Key::F6).await;
    window.until_focused("row-details").await;
    window.press(Key::Enter).await;
    window.until_text("\"custom_id\"").await;
    window.press(Key::Escape).await;
    window.until_gone("row-panel").await;
    window.until_focused("results-grid").await;
}

fn cursor_at(row: usize, column: usize) -> String {
    format!(
        "return document.activeElement.getAttribute('aria-activedescendant') === 'cell-{row}-{column}'
            && document.getElementById('cell-{row}-{column}') !== null"
    )
}

async fn save_csv(window: &Window, words: &Words, out: &Path) {
    window.control(Key::Enter).await;
    window.find("export-dialog").await;
    window.until_focused("export-format-xlsx").await;
    window.press(Key::Down).await;
    window.until_focused("export-format-csv").await;
    window.tab_to("export-confirm").await;
    window.press(Key::Enter).await;
    answer_dialog(words.save, out);
    window.until_focused("show-in-folder").await;
    window.press(Key::Escape).await;
    window.until_gone("export-done").await;
    window.until_focused("export-button").await;

    let text = String::from_utf8(std::fs::read(out).unwrap()).unwrap();
    assert!(text.starts_with('\u{feff}'), "{text}");
    assert_eq!(text.matches("row-0000").count(), 40, "{text}");
}

#[tokio::test]
async fn a_file_becomes_a_csv_by_keys_alone_in_english() {
    file_to_table(&ENGLISH).await;
}

#[tokio::test]
async fn a_file_becomes_a_csv_by_keys_alone_in_japanese() {
    file_to_table(&JAPANESE).await;
}

#[tokio::test]
async fn dialogs_and_menus_are_left_by_escape_and_give_the_focus_back() {
    let dir = tempfile::tempdir().unwrap();
    let window = Window::open(&Start {
        data_dir: &dir.path().join("data"),
        locale: "C.UTF-8",
        pace: 300,
    })
    .await;
    window.tab_to("door-practice").await;
    window.press(Key::Enter).await;
    window.tab_to("send-button").await;

    window.control("3").await;
    window.tab_to("offer-openai").await;
    window.press(Key::Enter).await;
    window.until_focused("key-field").await;
    window.press(Key::Escape).await;
    window.until_gone("connection-dialog").await;
    window.until_focused("offer-openai").await;

    window.press(Key::Enter).await;
    window.until_focused("key-field").await;
    let keys = window.page.action_chain().send_keys("sk-by-keys-wxyz");
    keys.perform().await.unwrap();
    // Enter in a field saves, as in any form.
    window.press(Key::Enter).await;
    window.find("connection-openai").await;

    window.tab_to("test-connection").await;
    window.press(Key::Tab).await; // its menu
    let menu = window.focused().await;
    window.press(Key::Enter).await;
    window.until_focused("change-connection").await;
    window.press(Key::Escape).await;
    window.until_gone("change-connection").await;
    assert_eq!(window.focused().await, menu);
    window.press(Key::Enter).await;
    window.until_focused("change-connection").await;
    window.press(Key::Down).await;
    window.until_focused("forget-connection").await;
    window.press(Key::Enter).await;
    window.find("confirm-forget").await;
    window.press(Key::Escape).await;
    window.until_gone("confirm-forget").await;
    let back = "return document.activeElement.getAttribute('aria-label') === 'More for OpenAI'";
    window.until("the focus back on the menu", back).await;

    window.press(Key::Enter).await;
    window.until_focused("change-connection").await;
    window.press(Key::Down).await;
    window.press(Key::Enter).await;
    window.tab_to("confirm-forget").await;
    window.press(Key::Enter).await;
    window.until_gone("connection-openai").await;
    window.close().await;
}
