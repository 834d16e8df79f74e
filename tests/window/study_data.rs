//! Spreadsheets as researchers have them: personas in Excel, short texts as a CSV that Japanese Excel saved.

use std::path::Path;

use rust_xlsxwriter::Workbook;

/// Id, name, temperature, system message.
pub(crate) const PERSONAS: [(&str, &str, f64, &str); 4] = [
    (
        "student",
        "大学1年生",
        0.7,
        "あなたは大学1年生です。思ったことを自分の言葉で話します。",
    ),
    (
        "scholar",
        "文学研究者",
        0.4,
        "あなたは文学の研究者です。根拠を挙げて述べます。",
    ),
    (
        "poet",
        "感情的な詩人",
        0.9,
        "あなたは詩人です。小さなことにも心を動かされます。",
    ),
    (
        "robot",
        "感情のないロボット",
        0.1,
        "あなたは感情を持たないロボットです。観察だけを報告します。",
    ),
];

/// Id, modifier of the temperature, text. The second holds the separator and a line break, the third "髙" and "①",
/// which CP932 has and plain Shift_JIS has not.
pub(crate) const TEXTS: [(&str, &str, &str); 3] = [
    ("rain", "0.1", "雨は時刻表どおりに着いた。バスは来なかった。"),
    (
        "voice",
        "0",
        "留守番電話には、「今度、ゆっくり行くから」,\nという私の声が七つ残っていた。",
    ),
    (
        "cherry",
        "-0.1",
        "①校庭の桜は切られた。髙橋さんの枝にだけ、花が咲いた。",
    ),
];

/// One sheet with a head, numbers as numbers.
pub(crate) fn write_personas(path: &Path) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0..).zip(["id", "name", "temperature", "message"]) {
        sheet.write(0, column, head).unwrap();
    }
    for (row, (id, name, temperature, message)) in (1..).zip(PERSONAS) {
        sheet.write(row, 0, id).unwrap();
        sheet.write(row, 1, name).unwrap();
        sheet.write(row, 2, temperature).unwrap();
        sheet.write(row, 3, message).unwrap();
    }
    book.save(path).unwrap();
}

/// CP932 with CRLF.
pub(crate) fn write_texts(path: &Path) {
    let mut text = "id,modifier,body\r\n".to_owned();
    for (id, modifier, body) in TEXTS {
        text.push_str(&format!("{id},{modifier},\"{body}\"\r\n"));
    }
    let (bytes, _, lost) = encoding_rs::SHIFT_JIS.encode(&text);
    assert!(!lost);
    std::fs::write(path, bytes).unwrap();
}
