//! A choice from a list in a stretch of an answer.
//!
//! The whole stretch is tried first as it stands, then without width, case, quotes and numbering (`2. apology`, ③謝罪;
//! the number itself says nothing, because the choices are not numbered for the model). Then the choices that it
//! names are looked for, the longest first, so that one choice may be part of another. Two that are named are
//! ambiguous, all of them are an echo of the instructions, and one that is denied (謝罪ではない) is no choice.

use tabane_model::MissingReason;

use super::reading::Reading;
use super::text::{Span, Text, folded, skeleton, starts};

/// A choice stands near the beginning; what follows beyond this is prose.
const LONGEST: usize = 500;

/// The choice that a stretch of the answer gives; `None` where it says nothing.
pub(super) fn read(text: &Text, span: &Span, choices: &[String], hidden: &[Span]) -> Option<Reading> {
    // Choices may begin with marks themselves: `-2`, `+`, （よい）.
    let as_it_is = text.trim_by(span.clone(), char::is_whitespace);
    let words = text.original(&as_it_is);
    if let Some(choice) = choices.iter().find(|choice| choice.trim() == words) {
        return Some(Reading::value(choice.clone(), as_it_is));
    }
    let span = with_minus(text, shown(text, span, hidden), span.start);
    if span.is_empty() {
        return None;
    }
    let words = text.original(&span);
    if let Some(choice) = whole(&words, choices) {
        return Some(Reading::value(choice.to_owned(), span));
    }
    let span = span.start..span.end.min(span.start + LONGEST);
    let named = named(text, &span, choices);
    let mut different: Vec<usize> = named.iter().map(|(choice, _)| *choice).collect();
    different.sort_unstable();
    different.dedup();
    match (different.len(), named.first()) {
        (0, _) | (_, None) => text
            .slice(&span)
            .iter()
            .any(|character| character.is_alphanumeric())
            .then(|| Reading::missing(MissingReason::NotAChoice, span)),
        (1, Some((choice, place))) => Some(if is_denied(text, place) {
            Reading::missing(MissingReason::NotAChoice, span)
        } else {
            Reading::value(choices[*choice].clone(), place.clone())
        }),
        (count, Some(_)) if count == choices.len() && count > 2 => None,
        _ => Some(Reading::missing(MissingReason::Ambiguous, span)),
    }
}

/// A minus that was taken for a mark belongs to the number behind it.
fn with_minus(text: &Text, span: Span, first: usize) -> Span {
    let digit = text.slice(&span).first().is_some_and(char::is_ascii_digit);
    let minus = span.start > first && text.slice(&(span.start - 1..span.start)) == ['-'];
    if digit && minus {
        span.start - 1..span.end
    } else {
        span
    }
}

/// The choice that these words are, and nothing else.
pub(super) fn whole<'a>(words: &str, choices: &'a [String]) -> Option<&'a str> {
    let exact = choices.iter().find(|choice| choice.trim() == words.trim());
    let bare = |text: &str| without_marks(&folded(text)).to_owned();
    let near = || {
        let words = bare(words);
        let unnumbered = bare(without_number(&words));
        let mut equal = choices.iter().filter(|choice| {
            let choice = bare(choice);
            !choice.is_empty() && (choice == words || choice == unnumbered)
        });
        // Choices that differ in case alone are told apart by the exact words only.
        equal.next().filter(|_| equal.next().is_none())
    };
    exact.or_else(near).map(String::as_str)
}

/// Without the marks around it. A minus before a digit is no mark: -2 is not 2.
fn without_marks(text: &str) -> &str {
    let is_around = |character: char| is_mark(character) || matches!(character, '.' | '。');
    let trimmed = text.trim_matches(is_around);
    let before = text.len() - text.trim_start_matches(is_around).len();
    let minus = text[..before].ends_with('-') && trimmed.starts_with(|first: char| first.is_ascii_digit());
    if minus {
        &text[before - 1..before + trimmed.len()]
    } else {
        trimmed
    }
}

/// `2. apology`, `(2) apology`, `③謝罪`, `b) apology`, without the number.
fn without_number(words: &str) -> &str {
    let rest = words.trim_start_matches(['(', '[', '#', ' ']);
    if let Some(first) = rest.chars().next().filter(|first| matches!(first, '①'..='⑳')) {
        return &rest[first.len_utf8()..];
    }
    let digits = rest.trim_start_matches(|character: char| character.is_ascii_digit());
    let after = if digits.len() < rest.len() {
        digits
    } else {
        rest.strip_prefix(|character: char| character.is_ascii_lowercase())
            .unwrap_or(rest)
    };
    match after.strip_prefix(['.', ')', ']', ':', '、']) {
        Some(after) if after.len() < rest.len() => after,
        _ => words,
    }
}

/// Marks around words that say nothing of their own.
pub(super) fn is_mark(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '*' | '_'
                | '`'
                | '"'
                | '\''
                | '「'
                | '」'
                | '『'
                | '』'
                | '【'
                | '】'
                | '['
                | ']'
                | '('
                | ')'
                | '<'
                | '>'
                | '〈'
                | '〉'
                | '《'
                | '》'
                | ':'
                | '='
                | '→'
                | '–'
                | '-'
                | '…'
                | '・'
                | '•'
                | ','
                | '、'
                | '|'
                | '!'
                | ';'
        )
}

/// Without marks around it, and without what only repeats the instructions at its beginning.
pub(super) fn shown(text: &Text, span: &Span, hidden: &[Span]) -> Span {
    let mut shown = text.trim_by(span.clone(), is_mark);
    for echo in hidden {
        if echo.start <= shown.start && echo.end > shown.start {
            shown = text.trim_by(echo.end.min(shown.end)..shown.end, is_mark);
        }
    }
    shown
}

/// The choices that stand in the stretch as words of their own, longest first at each place.
fn named(text: &Text, span: &Span, choices: &[String]) -> Vec<(usize, Span)> {
    let mut by_length: Vec<(usize, String)> = choices
        .iter()
        .map(|choice| folded(choice.trim()))
        .enumerate()
        .collect();
    by_length.retain(|(_, choice)| !choice.is_empty());
    by_length.sort_by_key(|(_, choice)| std::cmp::Reverse(choice.chars().count()));
    let words = text.slice(span);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let here = by_length.iter().find(|(_, choice)| {
            let length = choice.chars().count();
            starts(&words[at..], choice) && stands_alone(words, at, at + length, length == 1)
        });
        match here {
            Some((choice, words)) => {
                let length = words.chars().count();
                found.push((*choice, span.start + at..span.start + at + length));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// Is this no part of a longer word? A single letter must even open the stretch and be set off by a mark: "A" is also
/// a word.
fn stands_alone(words: &[char], from: usize, to: usize, single: bool) -> bool {
    let before = from.checked_sub(1).map(|at| words[at]);
    let after = words.get(to).copied();
    if single {
        let set_off = after.is_none_or(|after| !after.is_alphanumeric() && after != ' ' && after != '\'');
        return set_off && before.is_none_or(|before| matches!(before, '(' | '[' | '「' | '"' | '*'));
    }
    if words[from].is_ascii_digit() && before == Some('-') {
        return false;
    }
    let joined = |inside: char, outside: Option<char>| {
        outside.is_some_and(|outside| script(inside).is_some() && script(inside) == script(outside))
    };
    !joined(words[from], before) && !joined(words[to - 1], after)
}

/// Scripts within which words run on. Hiragana is left out: particles stand beside a word without a space.
fn script(character: char) -> Option<u8> {
    match character {
        '\u{4E00}'..='\u{9FFF}' | '々' => Some(1),
        '\u{30A1}'..='\u{30FA}' | 'ー' => Some(2),
        '\u{3041}'..='\u{309F}' => None,
        other if other.is_alphanumeric() => Some(3),
        _ => None,
    }
}

fn is_denied(text: &Text, place: &Span) -> bool {
    let before: String = text
        .slice(&(place.start.saturating_sub(12)..place.start))
        .iter()
        .collect();
    let before = before.trim_end_matches(is_mark);
    let denied_before = [
        "not",
        "no",
        "not an",
        "not a",
        "not the",
        "isn't",
        "neither",
        "without",
        "never",
        "rather than",
        "非",
    ]
    .iter()
    .any(|word| {
        before
            .strip_suffix(word)
            .is_some_and(|rest| !rest.ends_with(|character: char| character.is_ascii_alphabetic()))
    });
    let after: String = text
        .slice(&(place.end..text.len().min(place.end + 8)))
        .iter()
        .collect();
    let after = after.trim_start_matches(is_mark);
    denied_before
        || [
            "では",
            "でな",
            "じゃな",
            "以外",
            "とは言え",
            "とはいえ",
            "なし",
            "はない",
            "がない",
            "はなく",
            "はありません",
        ]
        .iter()
        .any(|word| after.starts_with(word))
}

/// Do two phrases consist of the same letters?
pub(super) fn alike(one: &str, other: &str) -> bool {
    skeleton(one) == skeleton(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(reading: Option<Reading>) -> String {
        match reading {
            Some(Reading::Value { value, .. }) => value,
            Some(Reading::Missing { reason, .. }) => format!("{reason:?}"),
            None => "nothing".to_owned(),
        }
    }

    fn choice(words: &str, choices: &[&str]) -> String {
        let text = Text::new(words);
        let choices: Vec<String> = choices.iter().map(|choice| (*choice).to_owned()).collect();
        said(read(&text, &text.all(), &choices, &[]))
    }

    /// A lost sign is a wrong value, not a missing one.
    #[test]
    fn choices_with_marks_of_their_own() {
        let steps = ["-2", "-1", "0", "1", "2"];
        for (words, expected) in [
            ("-2", "-2"),
            ("−2", "-2"),
            (": -1", "-1"),
            ("**-1**", "-1"),
            ("1", "1"),
            ("- 2", "2"),
            ("-3", "NotAChoice"),
        ] {
            assert_eq!(choice(words, &steps), expected, "{words}");
        }
        let many = ["1", "2", "10", "-1"];
        for (words, expected) in [("-1", "-1"), ("-10", "NotAChoice"), ("10", "10")] {
            assert_eq!(choice(words, &many), expected, "{words}");
        }
        assert_eq!(choice("+", &["+", "-"]), "+");
        assert_eq!(choice(" - ", &["+", "-"]), "-");
        assert_eq!(choice("（よい）", &["よい", "（よい）"]), "（よい）");
    }

    #[test]
    fn japanese_choices() {
        let choices = ["言い訳", "先延ばし", "謝罪", "代案"];
        for (words, expected) in [
            ("謝罪", "謝罪"),
            ("「謝罪」", "謝罪"),
            ("**謝罪**です。", "謝罪"),
            ("③謝罪", "謝罪"),
            ("3. 謝罪", "謝罪"),
            ("謝罪（相手への）", "謝罪"),
            ("謝罪と代案", "Ambiguous"),
            ("言い訳・先延ばし・謝罪・代案", "nothing"),
            ("謝罪ではない", "NotAChoice"),
            ("これは謝罪にあたる", "謝罪"),
            ("謝罪文", "NotAChoice"),
            ("保留", "NotAChoice"),
            ("3", "NotAChoice"),
            ("", "nothing"),
            ("言い訳 / 先延ばし", "Ambiguous"),
        ] {
            assert_eq!(choice(words, &choices), expected, "{words}");
        }
    }

    #[test]
    fn english_choices_and_parts_of_others() {
        let choices = ["polite", "very polite", "impolite", "neither"];
        for (words, expected) in [
            ("Polite", "polite"),
            ("very polite", "very polite"),
            ("2) Very Polite.", "very polite"),
            ("It is impolite, I think", "impolite"),
            ("polite or impolite", "Ambiguous"),
            ("politeness", "NotAChoice"),
            ("not polite", "NotAChoice"),
            ("\"Neither\"", "neither"),
        ] {
            assert_eq!(choice(words, &choices), expected, "{words}");
        }
        for (words, expected) in [
            ("B", "B"),
            ("(b)", "B"),
            ("A: the first", "A"),
            ("A good one", "NotAChoice"),
            ("A and B", "NotAChoice"),
        ] {
            assert_eq!(choice(words, &["A", "B", "C"]), expected, "{words}");
        }
        assert_eq!(choice("Ab", &["ab", "Ab"]), "Ab");
        assert_eq!(choice("2", &["1", "2", "3"]), "2");
    }
}
