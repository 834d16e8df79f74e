//! Yes or no in a stretch of an answer.

use tabane_model::MissingReason;

use super::choice::{is_mark, shown};
use super::reading::Reading;
use super::text::{Span, Text, folded, starts};

/// A word of yes or no stands near the beginning; what follows beyond this is prose.
const LONGEST: usize = 500;

const YES: [&str; 17] = [
    "はい",
    "yes",
    "y",
    "true",
    "○",
    "✓",
    "✔",
    "☑",
    "✅",
    "⭕",
    "ある",
    "あり",
    "あります",
    "有",
    "有り",
    "ええ",
    "該当する",
];
const NO: [&str; 17] = [
    "いいえ",
    "no",
    "n",
    "false",
    "×",
    "✕",
    "✗",
    "✘",
    "❌",
    "☒",
    "ない",
    "なし",
    "ありません",
    "無",
    "無し",
    "いえ",
    "該当しない",
];

/// Yes or no, where the stretch begins with a word of the lists above and something sets it off from the rest.
pub(super) fn read(text: &Text, span: &Span, hidden: &[Span]) -> Option<Reading> {
    let span = shown(text, span, hidden);
    if span.is_empty() {
        return None;
    }
    let words = &text.slice(&span)[..span.len().min(LONGEST)];
    let missing = |reason| Some(Reading::missing(reason, span.clone()));
    let Some((says, length)) = leading_yes_no(words) else {
        return missing(MissingReason::NotYesOrNo);
    };
    let rest: String = words[length..].iter().collect();
    if is_taken_back(&rest, says) {
        return missing(MissingReason::Ambiguous);
    }
    let rest = rest
        .trim_start_matches(|character: char| is_mark(character) || matches!(character, '/' | '.' | '。'));
    let rest = ["and ", "or ", "または", "か", "と"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    let rest: Vec<char> = rest.trim_start_matches(is_mark).chars().collect();
    match leading_yes_no(&rest) {
        Some((other, length)) if other != says && rest.get(length).is_none_or(|after| *after != ' ') => {
            missing(MissingReason::Ambiguous)
        }
        _ => Some(Reading::value(
            if says { "yes" } else { "no" }.to_owned(),
            span.start..span.start + length,
        )),
    }
}

/// What follows in the same sentence takes it back: はいとは言えない, "yes, but not really", はい、と言いたいがいいえ.
fn is_taken_back(rest: &str, says: bool) -> bool {
    /// What may follow as a manner of saying it.
    const SAID: [&str; 8] = [
        "と思",
        "と考え",
        "と答えます",
        "と判断",
        "と評価",
        "と回答します",
        "となります",
        "とします",
    ];
    let sentence = rest
        .split(['。', '\n', '!', '?', '！', '？'])
        .next()
        .unwrap_or_default();
    let follows = sentence.trim_start_matches(['」', '"', '』', '、', ',', ' ']);
    let quoted = follows.starts_with('と') && !SAID.iter().any(|word| follows.starts_with(word));
    let other = if says { "いいえ" } else { "はい" };
    let but = ["but not", "not really", "but no", "actually no", "actually yes"];
    quoted || sentence.contains(other) || but.iter().any(|words| sentence.to_lowercase().contains(words))
}

/// Does it begin with yes or no, and how long is the word?
fn leading_yes_no(words: &[char]) -> Option<(bool, usize)> {
    [(YES, true), (NO, false)]
        .iter()
        .flat_map(|(list, says)| list.iter().map(move |word| (*word, *says)))
        .filter(|(word, _)| starts(words, word) && is_set_off(&words[word.chars().count()..]))
        .map(|(word, says)| (says, word.chars().count()))
        .max_by_key(|(_, length)| *length)
}

/// "No idea" is no answer, "No, it …" and "No I …" are.
fn is_set_off(rest: &[char]) -> bool {
    const SUBJECTS: [&str; 12] = [
        " i ", " it ", " the ", " this ", " because", " he ", " she ", " they ", " we ", " there ", " and ",
        " or ",
    ];
    match rest.first() {
        None => true,
        Some(' ') => {
            SUBJECTS.iter().any(|word| starts(rest, word))
                || !rest[1..].iter().any(|next| next.is_ascii_alphabetic())
                || rest.get(1).is_some_and(|next| !next.is_alphanumeric())
        }
        Some(next) if next.is_alphanumeric() => {
            ["です", "と", "だ", "でし"].iter().any(|word| starts(rest, word))
        }
        Some(_) => true,
    }
}

/// Yes or no as someone typed it.
pub(super) fn accept(typed: &str) -> Option<&'static str> {
    let typed = folded(typed.trim());
    let is = |list: &[&str]| list.contains(&typed.as_str());
    match (is(&YES), is(&NO)) {
        (true, _) => Some("yes"),
        (_, true) => Some("no"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no() {
        for (words, expected) in [
            ("はい", "yes"),
            ("いいえ。", "no"),
            ("Yes, it is", "yes"),
            ("No — never", "no"),
            ("TRUE", "yes"),
            ("false", "no"),
            ("○", "yes"),
            ("〇", "yes"),
            ("×", "no"),
            ("はい、そう思います", "yes"),
            ("いいえです", "no"),
            ("**Yes**", "yes"),
            ("ある", "yes"),
            ("なし", "no"),
            ("No idea", "NotYesOrNo"),
            ("yes and no", "Ambiguous"),
            ("はい/いいえ", "Ambiguous"),
            ("Yes, no doubt", "yes"),
            ("はいと思います", "yes"),
            ("「はい」と答えます。", "yes"),
            ("はいとは言えない", "Ambiguous"),
            ("はいとは言い切れない。", "Ambiguous"),
            ("はいと答えることはできません", "Ambiguous"),
            ("いいえとは言えない", "Ambiguous"),
            ("yes, but not really", "Ambiguous"),
            ("はい、と言いたいがいいえ", "Ambiguous"),
            ("はい。「いいえ」の人もいます。", "Ambiguous"),
            ("はい。反対の人もいます。", "yes"),
            ("maybe", "NotYesOrNo"),
            ("Nothing", "NotYesOrNo"),
            ("どちらともいえない", "NotYesOrNo"),
            ("No I would not", "no"),
            ("はいいろ", "NotYesOrNo"),
            ("", "nothing"),
        ] {
            let text = Text::new(words);
            assert_eq!(said(&text), expected, "{words}");
        }
    }

    fn said(text: &Text) -> String {
        match read(text, &text.all(), &[]) {
            Some(Reading::Value { value, .. }) => value,
            Some(Reading::Missing { reason, .. }) => format!("{reason:?}"),
            None => "nothing".to_owned(),
        }
    }
}
