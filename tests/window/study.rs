//! The guiding case: four personas and three short texts from spreadsheets, rated by two models, to one table.

use std::path::Path;

use thirtyfour::Key;

use crate::desktop::{Start, Window, answer_dialog};
use crate::study_data::{PERSONAS, TEXTS, write_personas, write_texts};
use crate::walk::JAPANESE;

/// Label, and the name that researchers' scripts use.
const FEELINGS: [(&str, &str); 4] = [
    ("面白さ", "amusement"),
    ("驚き", "surprise"),
    ("悲しみ", "sadness"),
    ("怒り", "anger"),
];

#[tokio::test]
async fn from_spreadsheets_over_two_models_to_one_table_in_japanese() {
    let dir = tempfile::tempdir().unwrap();
    let personas = dir.path().join("ペルソナ.xlsx");
    let texts = dir.path().join("短い 文章.csv");
    write_personas(&personas);
    write_texts(&texts);
    let window = Window::open(&Start {
        data_dir: &dir.path().join("data"),
        locale: JAPANESE.locale,
        pace: 1_500,
    })
    .await;

    bring_data(&window, &personas, &texts).await;
    window.click("step-next").await;
    window.retype("trials", "10").await;
    window.until_says("study-count", &["4 × 3 × 10 = 120件"]).await;
    window.click("step-next").await;
    write_prompt(&window).await;
    window.click("step-next").await;
    ask_for_feelings(&window).await;
    window.click("step-next").await;
    add_models(&window).await;
    window.click("step-next").await;
    read_requests(&window).await;
    window.click("send-study").await;
    window.find("confirm-dialog").await;
    window
        .until_says("confirm-models", &["practice-small", "practice-large", "240"])
        .await;
    window.press(Key::Escape).await;
    window.until_gone("confirm-dialog").await;
    window.send_study_and_open_results(2).await;

    window.until_says("rows-shown", &["240"]).await;
    let out = dir.path().join("結果.csv");
    window.click("export-button").await;
    window.click("export-format-csv").await;
    window.click("export-confirm").await;
    answer_dialog(JAPANESE.save, &out);
    window.find("export-done").await;
    must_be_the_whole_table(&out);
    window.close().await;
}

/// The personas are dropped; the texts come through the dialog, where the guesses are seen.
async fn bring_data(window: &Window, personas: &Path, texts: &Path) {
    window.find("door-send-file").await;
    window
        .drop_files("[data-testid='door-send-file']", &[personas])
        .await;
    window.until_says("sheet-row-0", &["大学1年生", "0.7"]).await;
    window.until_says("study-title", &["ペルソナ"]).await;
    window.retype("study-title", "感情評定の本調査").await;
    // The label stays what people read; templates and tables get a Latin name.
    window.retype("factor-label", "ペルソナ").await;
    window.retype("factor-name", "persona").await;

    window.click("bring-data").await;
    answer_dialog(JAPANESE.choose_data, texts);
    window.find("data-dialog").await;
    window.until_says("data-encoding", &["shift_jis"]).await;
    window.until_says("data-dialog", &["髙橋", "3行"]).await;
    // Another guess is seen at once, and taken back.
    window.pick("data-encoding", "euc-jp").await;
    let garbled =
        "return !document.querySelector(\"[data-testid='data-dialog']\").innerText.includes('髙橋')";
    window.until("the text read as EUC-JP", garbled).await;
    window.pick("data-encoding", "shift_jis").await;
    window.until_says("data-dialog", &["髙橋"]).await;
    window.retype("data-name", "text").await;
    window.click("data-use").await;
    window.until_gone("data-dialog").await;
    window.click("factor-1").await;
    window.until_says("sheet-row-1", &["voice"]).await;
}

/// System and user message with columns by chips; the temperature typed as a formula.
async fn write_prompt(window: &Window) {
    window.click("prompt-system").await;
    window.click("insert-persona.message").await;
    window.click("prompt-user").await;
    window.click("insert-persona.name").await;
    window.keys("として、次の文章を読んでください。\n\n").await;
    window.click("insert-text.body").await;
    window.keys("\n\n読んで感じたことを評定してください。\n\n").await;
    window.click("insert-answer_sheet").await;
    window.click("param-temperature").await;
    window.keys("{{persona.temperature}} + {{text.modifier}}").await;
    window.until_saved().await;
    let kept = window
        .command("study", serde_json::json!({ "id": window.study_id().await }))
        .await;
    assert_eq!(kept["study"]["prompt"]["system"], "{{persona.message}}");
    assert_eq!(
        kept["study"]["prompt"]["user"],
        "{{persona.name}}として、次の文章を読んでください。\n\n{{text.body}}\n\n読んで感じたことを評定してください。\n\n{{answer_sheet}}"
    );
    assert_eq!(
        kept["study"]["parameters"]["temperature"],
        "{{persona.temperature}} + {{text.modifier}}"
    );
}

/// Four values and four reasons.
async fn ask_for_feelings(window: &Window) {
    for (at, (label, name)) in FEELINGS.iter().enumerate() {
        let (value, reason) = (2 * at, 2 * at + 1);
        window.click("add-field").await;
        window.retype(&format!("field-{value}-label"), label).await;
        window.retype(&format!("field-{value}-name"), name).await;
        window.retype(&format!("field-{value}-minimum"), "0").await;
        window.retype(&format!("field-{value}-maximum"), "100").await;
        window.click("add-field").await;
        window
            .retype(&format!("field-{reason}-label"), &format!("{label}の理由"))
            .await;
        window.pick(&format!("field-{reason}-type"), "short_text").await;
    }
    window.until_says("written-out", &["面白さ", "怒りの理由"]).await;
}

async fn add_models(window: &Window) {
    for model in ["practice-small", "practice-large"] {
        window.click("add-model").await;
        window.click("model-name").await;
        window.keys(model).await;
        window.click("model-add-confirm").await;
        window.find(&format!("model-{model}")).await;
    }
}

/// What goes out, seen before it does.
async fn read_requests(window: &Window) {
    window
        .until_says("study-count", &["4 × 3 × 10 = 120件 × 2モデル"])
        .await;
    window.until_says("send-study", &["240件"]).await;
    window.until_gone("study-problems").await;
    window
        .until_says(
            "preview",
            &[
                "student_rain_n1",
                "大学1年生として",
                "0.8",
                "あなたは大学1年生です。",
            ],
        )
        .await;
    window.retype("preview-position", "120").await;
    window
        .until_says("preview", &["robot_cherry_n10", "髙橋さんの枝"])
        .await;
}

fn must_be_the_whole_table(out: &Path) {
    let text = std::fs::read_to_string(out).unwrap();
    let mut table = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let head = table.headers().unwrap().clone();
    let mut wanted: Vec<String> = [
        "custom_id",
        "text",
        "persona",
        "temperature",
        "trial",
        "provider",
        "model",
        "status",
    ]
    .map(str::to_owned)
    .to_vec();
    for (label, _) in FEELINGS {
        wanted.extend([label.to_owned(), format!("{label}の理由")]);
    }
    assert_eq!(head.iter().take(16).collect::<Vec<_>>(), wanted);
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 240);
    for row in &rows {
        assert_eq!(&row[7], "succeeded", "{row:?}");
        for place in [8, 10, 12, 14] {
            let value: u8 = row[place].parse().unwrap_or_else(|_| panic!("{row:?}"));
            assert!(value <= 100, "{row:?}");
            assert!(!row[place + 1].is_empty(), "{row:?}");
        }
    }
    for model in ["practice-small", "practice-large"] {
        for (persona, _, own, _) in PERSONAS {
            for (text, modifier, _) in TEXTS {
                let here = rows
                    .iter()
                    .filter(|row| (&row[1], &row[2], &row[6]) == (text, persona, model));
                let mut trials: Vec<u32> = here.clone().map(|row| row[4].parse().unwrap()).collect();
                trials.sort_unstable();
                assert_eq!(trials, (1..=10).collect::<Vec<_>>(), "{persona} {text} {model}");
                let temperature = own + modifier.parse::<f64>().unwrap();
                for row in here {
                    let sent: f64 = row[3].parse().unwrap();
                    assert!((sent - temperature).abs() < 1e-9, "{row:?}");
                    assert_eq!(row[0], format!("{persona}_{text}_n{}", &row[4]));
                }
            }
        }
    }
}
