//! What one line of an answer sheet asks for, read from its words.

use super::options;
use super::range::{Range, bounds, last_range, narrow};

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
const WHOLE: [&str; 3] = ["整数", "whole number", "integer"];
const DECIMAL: [&str; 2] = ["小数", "decimal"];
const NO_DECIMAL: [&str; 6] = [
    "小数は不可",
    "小数不可",
    "小数なし",
    "no decimal",
    "not decimal",
    "without decimal",
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
const SEVERAL: [&str; 6] = ["sentences", "paragraph", "数文", "複数の文", "段落", "long text"];
/// With one of these a line asks for a text of some length; `the text` may be an instruction.
const AMOUNT: [&str; 12] = [
    "a ", "an ", "one ", "two ", "three ", "some ", "short ", "free ", "一", "数", "短", "自由",
];
/// At the end: the answer may be left out.
const OPTIONAL: [&str; 8] = [
    "may be left empty",
    "can be left empty",
    "optional",
    "空欄も可",
    "空欄可",
    "省略可",
    "任意",
    "空白可",
];
const OPEN: [char; 5] = ['(', '（', '[', '【', '［'];
const CLOSE: [char; 5] = [')', '）', ']', '】', '］'];
const USUAL: Range = Range {
    low: 0.0,
    high: 100.0,
    decimals: 0,
};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Number(Number),
    /// A number and its reason.
    Both(Number),
    Choice(Vec<String>),
    Text,
    /// Several sentences.
    LongText,
    /// Nothing is said but the name: a form to fill in.
    Blank,
}

/// What is said of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    range: Option<Range>,
    /// `true`: whole numbers only; `false`: decimals, too; `None`: as the range is written.
    whole: Option<bool>,
}

impl Number {
    fn of(plain: &str, range: Option<Range>) -> Self {
        let whole = if has(plain, &NO_DECIMAL) {
            Some(true)
        } else if has(plain, &DECIMAL) {
            Some(false)
        } else {
            has(plain, &WHOLE).then_some(true)
        };
        Self { range, whole }
    }

    /// Where the number may lie; `said` is the range that is told elsewhere.
    pub(super) fn range(self, said: &dyn Fn() -> Option<Range>) -> Range {
        let range = self.range.or_else(said).unwrap_or(USUAL);
        match self.whole {
            None => range,
            Some(true) => Range {
                low: range.low.ceil(),
                high: range.high.floor(),
                decimals: 0,
            },
            Some(false) => Range {
                decimals: range
                    .decimals
                    .max(if range.high - range.low > 2.0 { 1 } else { 2 }),
                ..range
            },
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    pub(super) kind: Kind,
    /// It need not be answered.
    pub(super) optional: bool,
    /// Alone it makes a list an answer sheet; a list of other texts may be instructions.
    pub(super) telling: bool,
}

/// What a line asks for: what it says after the colon counts most, then its brackets, then its name.
pub(super) fn wanted(label: &str, said: &str) -> Wanted {
    if let Some(wanted) = in_words(said).or_else(|| in_words(split_brackets(label).1)) {
        return wanted;
    }
    let name = narrow(label).to_lowercase();
    let kind = if has(&name, &REASON) {
        Kind::Text
    } else if let Some(range) = last_range(label) {
        Kind::Number(Number::of(&name, Some(range)))
    } else if has(&name, &NUMBER) {
        Kind::Number(Number::of(&name, None))
    } else if said.chars().any(char::is_alphanumeric) {
        Kind::Text
    } else {
        Kind::Blank
    };
    Wanted {
        telling: kind != Kind::Text,
        optional: false,
        kind,
    }
}

/// What is asked for in so many words. Brackets at the end explain it, and count only where the rest says nothing.
pub(super) fn in_words(said: &str) -> Option<Wanted> {
    let said = said.trim();
    if said.is_empty() {
        return None;
    }
    let (main, explained) = split_brackets(said);
    let (main, optional) = split_optional(main);
    let choices = options::announced(said)
        .filter(|choices| choices.iter().all(|choice| choice.ends_with(CLOSE)))
        .or_else(|| options::announced(main));
    let plain = narrow(main).to_lowercase();
    let text = || {
        if has(&plain, &SEVERAL) {
            Some(Kind::LongText)
        } else {
            has(&plain, &REASON).then_some(Kind::Text)
        }
        .or_else(|| has(&plain, &TEXT).then_some(Kind::Text))
    };
    let kind = choices
        .map(Kind::Choice)
        .or_else(|| number(main, explained, &plain))
        .or_else(|| options::marked(main).map(Kind::Choice))
        .or_else(text);
    match kind {
        Some(kind) => Some(Wanted {
            telling: !matches!(kind, Kind::Text | Kind::LongText) || has_amount(&plain),
            optional,
            kind,
        }),
        None => in_words(explained),
    }
}

fn number(main: &str, explained: &str, plain: &str) -> Option<Kind> {
    let range = last_range(main).or_else(|| bounds(main));
    if range.is_none() && !has(plain, &NUMBER) {
        return None;
    }
    let number = Number::of(plain, range.or_else(|| last_range(explained)));
    Some(if has(plain, &REASON) {
        Kind::Both(number)
    } else {
        Kind::Number(number)
    })
}

/// A text and the words in brackets at its end.
fn split_brackets(text: &str) -> (&str, &str) {
    let text = text.trim();
    if !text.ends_with(CLOSE) {
        return (text, "");
    }
    let mut depth = 0;
    for (at, c) in text.char_indices().rev() {
        if CLOSE.contains(&c) {
            depth += 1;
        } else if OPEN.contains(&c) {
            depth -= 1;
        }
        if depth == 0 {
            let inner = text[at..].trim_start_matches(c);
            let inner = inner.strip_suffix(CLOSE).unwrap_or(inner);
            return (text[..at].trim_end(), inner.trim());
        }
    }
    (text, "")
}

/// Without the words that say that it may be left out, and whether there were such words.
fn split_optional(text: &str) -> (&str, bool) {
    let found = OPTIONAL.iter().find_map(|word| text.strip_suffix(word));
    match found {
        Some(rest) => (rest.trim_end_matches([',', '、', '，', ' ', ';', '；']), true),
        None => (text, false),
    }
}

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

fn has_amount(plain: &str) -> bool {
    AMOUNT.iter().any(|amount| plain.starts_with(amount)) || plain.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(said: &str) -> (f64, f64, usize) {
        match in_words(said).map(|wanted| wanted.kind) {
            Some(Kind::Number(number)) => {
                let range = number.range(&|| None);
                (range.low, range.high, range.decimals)
            }
            other => panic!("{said}: {other:?}"),
        }
    }

    #[test]
    fn numbers_in_words() {
        for (said, expected) in [
            (
                "a whole number from 1 to 7 (1 is blunt, 7 is very polite)",
                (1.0, 7.0, 0),
            ),
            ("a whole number (explain 3 to 4)", (3.0, 4.0, 0)),
            ("a whole number", (0.0, 100.0, 0)),
            ("a whole number, 5 or more", (5.0, 100.0, 0)),
            (
                "a whole number, 200 or more, may be left empty",
                (200.0, 300.0, 0),
            ),
            ("a whole number, 9 or less", (0.0, 9.0, 0)),
            ("a number, decimals allowed", (0.0, 100.0, 1)),
            ("a number from -0.5 to 1.25, decimals allowed", (-0.5, 1.25, 2)),
            (
                "a number from 0 to 1, decimals allowed, may be left empty (share)",
                (0.0, 1.0, 2),
            ),
            ("a whole number from 0.5 to 3.5", (1.0, 3.0, 0)),
            ("1〜7の整数（1はぶっきらぼう、7はとても丁寧）", (1.0, 7.0, 0)),
            ("整数（理由は次に）", (0.0, 100.0, 0)),
            ("0以上の整数", (0.0, 100.0, 0)),
            ("9以下の整数、空欄も可", (0.0, 9.0, 0)),
            ("-3以下の整数", (-103.0, -3.0, 0)),
            ("-0.5〜1.25の数値、小数も可", (-0.5, 1.25, 2)),
            ("数値、小数も可", (0.0, 100.0, 1)),
        ] {
            assert_eq!(range(said), expected, "{said}");
        }
        // Bounds of other lines may have decimals.
        let said = || {
            Some(Range {
                low: 0.5,
                high: 2.5,
                decimals: 1,
            })
        };
        let Some(Kind::Number(whole)) = in_words("a whole number").map(|wanted| wanted.kind) else {
            panic!()
        };
        assert_eq!(whole.range(&said).decimals, 0);
    }

    #[test]
    fn choices_and_texts_in_words() {
        let kind = |said| in_words(said).map(|wanted| wanted.kind);
        let choice = |choices: &[&str]| {
            Some(Kind::Choice(
                choices.iter().map(|choice| (*choice).to_owned()).collect(),
            ))
        };
        assert_eq!(kind("one of number, score (pick)"), choice(&["number", "score"]));
        assert_eq!(
            kind("one of left (L), right (R)"),
            choice(&["left (L)", "right (R)"])
        );
        assert_eq!(kind("yes or no, may be left empty"), choice(&["yes", "no"]));
        assert_eq!(
            kind("「はい」か「いいえ」、空欄も可（迷ったら空欄）"),
            choice(&["はい", "いいえ"])
        );
        assert_eq!(
            kind("one sentence (a number from 1 to 3 is not enough)"),
            Some(Kind::Text)
        );
        assert_eq!(kind("数文の文章、空欄も可"), Some(Kind::LongText));
        assert!(matches!(kind("0.0 to 1.0 and why"), Some(Kind::Both(_))));
        assert_eq!(kind("joy"), None);
    }

    #[test]
    fn a_text_of_some_length_is_telling_and_an_instruction_is_not() {
        let telling = |said| wanted("x", said).telling;
        for said in [
            "one sentence",
            "a few sentences (why)",
            "一文",
            "数文の文章",
            "短い一文",
            "2 sentences",
        ] {
            assert!(telling(said), "{said}");
        }
        for said in ["write in your own words.", "the text below", "次の文を読む"] {
            assert!(!telling(said), "{said}");
        }
        assert!(wanted("x", "one sentence, may be left empty (note)").optional);
        assert!(!wanted("x", "one sentence").optional);
    }
}
