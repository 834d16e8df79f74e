//! Fills an answer sheet of numbered lines, such as `1. Amusement: a whole number from 0 to 100` or `Q1. 面白さ(数値)`.

use super::dice::Dice;
use super::prose::{self, Tongue};
use super::range::{Range, last_range, narrow};

const NUMBER: [&str; 13] = [
    "整数",
    "数値",
    "数字",
    "点数",
    "得点",
    "スコア",
    "評価値",
    "number",
    "integer",
    "score",
    "rating",
    "numeric",
    "percent",
];
const REASON: [&str; 9] = [
    "理由",
    "説明",
    "コメント",
    "感想",
    "なぜ",
    "reason",
    "why",
    "explain",
    "comment",
];
const TEXT: [&str; 9] = [
    "文",
    "記述",
    "自由",
    "一言",
    "ひとこと",
    "sentence",
    "text",
    "phrase",
    "describe",
];
/// Before the number of a line.
const MARKS: [&str; 7] = ["Question ", "Q", "q", "質問", "設問", "項目", "問"];
const USUAL: Range = Range {
    low: 0.0,
    high: 100.0,
    decimals: 0,
};
/// A longer line without a colon is a question, which the answer does not repeat. Characters.
const LABEL: usize = 24;

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Number(Option<Range>),
    /// A number and its reason.
    Both(Option<Range>),
    Choice(Vec<String>),
    Text,
    /// Nothing is said but the name: a form to fill in.
    Blank,
}

impl Kind {
    /// Alone it makes a list an answer sheet; a list of texts may be instructions.
    fn is_telling(&self) -> bool {
        *self != Self::Text
    }
}

struct Item {
    number: u32,
    /// The line up to where the answer stands.
    head: String,
    kind: Kind,
    question: bool,
}

/// `None` when the message holds no answer sheet. Of several the last is meant.
pub(super) fn fill(asked: &str, tongue: Tongue, dice: &mut Dice) -> Option<String> {
    let mut sheets: Vec<Vec<Item>> = Vec::new();
    for item in asked.lines().filter_map(item) {
        let goes_on = |sheet: &&mut Vec<Item>| {
            sheet
                .last()
                .is_some_and(|last| item.number == last.number || item.number == last.number + 1)
        };
        match sheets.last_mut().filter(goes_on) {
            Some(sheet) => sheet.push(item),
            None => sheets.push(vec![item]),
        }
    }
    let is_sheet = |sheet: &&Vec<Item>| sheet.iter().any(|item| item.question || item.kind.is_telling());
    let sheet = sheets.iter().rev().find(is_sheet)?;
    // Looked for only where a line leaves its range open: a message may be long.
    let said = || last_range(asked);
    let lines = sheet
        .iter()
        .map(|item| format!("{}{}", item.head, answer(&item.kind, &said, tongue, dice)));
    Some(lines.collect::<Vec<_>>().join("\n"))
}

fn answer(kind: &Kind, said: &dyn Fn() -> Option<Range>, tongue: Tongue, dice: &mut Dice) -> String {
    match kind {
        Kind::Number(range) => number(range.or_else(said).unwrap_or(USUAL), dice),
        Kind::Both(range) => {
            let comma = if tongue == Tongue::Japanese { "、" } else { ", " };
            let number = number(range.or_else(said).unwrap_or(USUAL), dice);
            format!("{number}{comma}{}", prose::sentence(tongue, dice))
        }
        Kind::Choice(options) => dice.pick(options).cloned().unwrap_or_default(),
        Kind::Text => prose::sentence(tongue, dice),
        Kind::Blank => match said() {
            Some(range) => number(range, dice),
            None => prose::sentence(tongue, dice),
        },
    }
}

fn number(range: Range, dice: &mut Dice) -> String {
    let decimals = range.decimals.min(6);
    let scale = 10_f64.powi(i32::try_from(decimals).unwrap_or(0));
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
    // bounds that people write are small
    let value = dice.between(
        (range.low * scale).round() as i64,
        (range.high * scale).round() as i64,
    ) as f64
        / scale;
    format!("{value:.decimals$}")
}

fn item(line: &str) -> Option<Item> {
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '・' | '#' | '>'));
    let (number, start) = numbering(line)?;
    let rest = &line[start..];
    let question = line.ends_with(['?', '？']);
    if let Some((at, colon)) = rest
        .char_indices()
        .find(|(_, c)| matches!(c, ':' | '：' | '=' | '＝'))
    {
        let end = at + colon.len_utf8();
        let (label, wanted) = (rest[..at].trim(), rest[end..].trim());
        let gap = if colon.is_ascii() { " " } else { "" };
        let head = format!("{}{gap}", &line[..start + end]);
        return Some(Item {
            number,
            head,
            kind: kind(label, wanted),
            question,
        });
    }
    let label = rest.trim_end();
    let head = if label.chars().count() > LABEL || label.ends_with(['?', '？', '。', '.']) {
        line[..start].to_owned()
    } else if label.is_ascii() || label.ends_with(')') {
        format!("{line}: ")
    } else {
        format!("{line}：")
    };
    // A name alone is a form only if it has its kind in brackets: headings are numbered too.
    let kind = match kind(label, "") {
        Kind::Blank => Kind::Text,
        other => other,
    };
    Some(Item {
        number,
        head,
        kind,
        question,
    })
}

/// The number of a line and where its text begins.
fn numbering(line: &str) -> Option<(u32, usize)> {
    let mark = MARKS
        .iter()
        .find_map(|mark| line.starts_with(mark).then_some(mark.len()))
        .unwrap_or(0);
    let digits = line[mark..].find(|c: char| !c.is_ascii_digit() && !('０'..='９').contains(&c))?;
    let number = narrow(&line[mark..mark + digits])
        .parse()
        .ok()
        .filter(|number| *number < 1_000)?;
    let after = &line[mark + digits..];
    let stop = after.chars().next()?;
    let end = match stop {
        '.' | '．' | '、' | ')' | '）' | ':' | '：' | ']' | '】' => stop.len_utf8(),
        _ if mark > 0 && (stop.is_whitespace() || matches!(stop, '(' | '（')) => 0,
        _ => return None,
    };
    let text = after[end..].trim_start();
    // `1.5` and `17:40` are numbers, not numbering.
    if text.is_empty() || (end > 0 && after[end..].starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    Some((number, line.len() - text.len()))
}

/// What a line asks for: what it says after the colon counts most, then its brackets, then its name.
fn kind(label: &str, wanted: &str) -> Kind {
    let bracketed = label
        .strip_suffix([')', '）', ']', '】', '］'])
        .and_then(|inner| inner.rsplit_once(['(', '（', '[', '【', '［']))
        .map_or("", |(_, inner)| inner);
    for said in [wanted, bracketed] {
        if let Some(kind) = said_kind(said) {
            return kind;
        }
    }
    let name = narrow(label).to_lowercase();
    if has(&name, &REASON) {
        Kind::Text
    } else if let Some(range) = last_range(label) {
        Kind::Number(Some(range))
    } else if has(&name, &NUMBER) {
        Kind::Number(None)
    } else if wanted.chars().any(char::is_alphanumeric) {
        Kind::Text
    } else {
        Kind::Blank
    }
}

fn said_kind(said: &str) -> Option<Kind> {
    let plain = narrow(said).to_lowercase();
    let range = last_range(said);
    let reason = has(&plain, &REASON);
    if range.is_some() || has(&plain, &NUMBER) {
        return Some(if reason {
            Kind::Both(range)
        } else {
            Kind::Number(range)
        });
    }
    if let Some(options) = options(said) {
        return Some(Kind::Choice(options));
    }
    (reason || has(&plain, &TEXT)).then_some(Kind::Text)
}

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// `yes/no`, `はい・いいえ`, `A | B | C`, `yes or no`.
fn options(said: &str) -> Option<Vec<String>> {
    let said = said.trim_matches(|c: char| c.is_whitespace() || "()（）[]［］「」.。".contains(c));
    ["/", "／", "|", "｜", "・", " or ", "または"]
        .iter()
        .find_map(|between| {
            let parts: Vec<_> = said.split(between).map(str::trim).collect();
            let fit = |part: &&str| !part.is_empty() && part.chars().count() <= 12;
            (parts.len() > 1 && parts.iter().all(fit))
                .then(|| parts.iter().map(|part| (*part).to_owned()).collect())
        })
}
