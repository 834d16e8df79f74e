//! A small study by key presses alone: from the start door to the table of its answers.

use thirtyfour::Key;

use crate::desktop::{Start, Window};
use crate::walk::{ENGLISH, JAPANESE, Words};

async fn door_to_table(words: &Words) {
    let dir = tempfile::tempdir().unwrap();
    let window = Window::open(&Start {
        data_dir: &dir.path().join("data"),
        locale: words.locale,
        pace: 700,
    })
    .await;
    for door in ["door-study", "way-sample"] {
        window.tab_to(door).await;
        window.press(Key::Enter).await;
    }
    type_in_the_table(&window).await;

    // Ctrl+Enter is the footer's own button: on to the next step.
    window.control(Key::Enter).await;
    window.tab_to("trials").await;
    window.keys("1").await;
    window.press(Key::Up).await;
    window.until_says("trials", &["2"]).await;
    window.press(Key::Down).await;
    window.until_says("trials", &["1"]).await;
    window.control(Key::Enter).await;
    write_with_columns(&window).await;
    window.control(Key::Enter).await;
    move_a_field(&window).await;
    window.control(Key::Enter).await;
    add_and_remove_a_model(&window).await;
    window.control(Key::Enter).await;

    window.until_says("send-study", &["24"]).await;
    window.control(Key::Enter).await;
    window.until_focused("confirm-not-yet").await;
    window.press(Key::Enter).await;
    window.until_gone("confirm-dialog").await;
    window.until_focused("send-study").await;
    window.press(Key::Enter).await;
    window.until_focused("confirm-not-yet").await;
    window.tab_to("confirm-send").await;
    window.press(Key::Enter).await;
    window.until_jobs_finished(2).await;
    read_and_correct(&window).await;
    window.close().await;
}

/// A cell is typed and taken back; Escape and Tab leave the table.
async fn type_in_the_table(window: &Window) {
    window.tab_to("sheet-input").await;
    window.press(Key::Right).await;
    window.keys("Reader").await;
    window.press(Key::Enter).await;
    window.until_says("sheet-row-0", &["Reader"]).await;
    window.control("z").await;
    window.until_gone_text("Reader").await;
    window.press(Key::Escape).await;
    window.press(Key::Tab).await;
    let left = "return document.activeElement.dataset.testid !== 'sheet-input'";
    window.until("the table is left", left).await;
}

/// A name is chosen from those offered; Tab leaves the text.
async fn write_with_columns(window: &Window) {
    window.tab_to("prompt-user").await;
    window.control(Key::End).await;
    window.keys(" {{text.t").await;
    window
        .until(
            "names are offered",
            "return document.querySelector('.cm-tooltip-autocomplete li') !== null",
        )
        .await;
    // The list takes no key in its first moment, so that a stroke meant for the text is not lost to it.
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    window.press(Key::Enter).await;
    window.until_says("prompt-user", &["{{text.title}}"]).await;
    window.tab_to("insert-trial").await;
    window.press(Key::Enter).await;
    window.until_focused("prompt-user").await;
    window.until_says("prompt-user", &["{{trial}}"]).await;
}

async fn move_a_field(window: &Window) {
    window.tab_to("field-0-label").await;
    window.press_with(&[Key::Alt], Key::Down).await;
    window.until_focused("field-1-label").await;
    window.press_with(&[Key::Alt], Key::Up).await;
    window.until_focused("field-0-label").await;
    window.tab_to("add-field").await;
    window.press(Key::Enter).await;
    window.until_focused("field-8-label").await;
    window.control("z").await;
    window.until_gone("field-8-label").await;
}

async fn add_and_remove_a_model(window: &Window) {
    window.tab_to("remove-practice-large").await;
    window.press(Key::Enter).await;
    window.until_gone("remove-practice-large").await;
    window.tab_to("add-model").await;
    window.press(Key::Enter).await;
    window.tab_to("model-name").await;
    window.keys("practice-l").await;
    window.press(Key::Down).await;
    window.press(Key::Enter).await;
    window.until_says("model-name", &["practice-large"]).await;
    window.tab_to("model-add-confirm").await;
    window.press(Key::Enter).await;
    window.until_focused("add-model").await;
    window.find("remove-practice-large").await;
}

/// From the list of studies into the table, and one cell corrected.
async fn read_and_correct(window: &Window) {
    window.control("1").await;
    window.tab_to_css("[data-testid='study-row'] a").await;
    window.press(Key::Enter).await;
    window.tab_to("study-results").await;
    window.press(Key::Enter).await;
    window.tab_to("results-grid").await;
    window.press(Key::Down).await;
    window.press(Key::Enter).await;
    window.find("row-cells").await;
    window.press(Key::F6).await;
    window.tab_to("correct-amusement").await;
    window.press(Key::Enter).await;
    window.until_focused("cell-value").await;
    window.control("a").await;
    window.keys("77\n").await;
    window.find("restore-amusement").await;
    window.until_focused("correct-amusement").await;
    window.tab_to("restore-amusement").await;
    window.press(Key::Enter).await;
    window.until_gone("restore-amusement").await;
    window.until_focused("correct-amusement").await;
    window.press(Key::Escape).await;
    window.until_gone("row-panel").await;
    window.until_focused("results-grid").await;
}

#[tokio::test]
async fn the_sample_study_is_sent_by_keys_alone_in_english() {
    door_to_table(&ENGLISH).await;
}

#[tokio::test]
async fn the_sample_study_is_sent_by_keys_alone_in_japanese() {
    door_to_table(&JAPANESE).await;
}
