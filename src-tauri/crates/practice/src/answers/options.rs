//! Choices in plain words: `one of calm, sad, glad`, `謝罪・代案のうち1つ`, `「はい」か「いいえ」`, `yes/no`.

use super::range::last_range;

/// A list follows.
const BEFORE: [&str; 6] = [
    "one of",
    "choose one of",
    "choose from",
    "pick one of",
    "select one of",
    "select from",
];
/// A list came before.
const AFTER: [&str; 8] = [
    "のうち",
    "のいずれか",
    "のどれか",
    "のどちらか",
    "から1つ",
    "から１つ",
    "から一つ",
    "から選",
];
/// Characters that may follow a word of [`AFTER`], such as `1つを選んでください`.
const AFTER_THAT: usize = 15;

const QUOTES: [(char, char); 6] = [
    ('「', '」'),
    ('『', '』'),
    ('“', '”'),
    ('‘', '’'),
    ('"', '"'),
    ('\'', '\''),
];
/// Between quoted choices.
const LINKS: [&str; 13] = [
    "または",
    "もしくは",
    "か",
    "と",
    "、",
    "・",
    "，",
    ",",
    "/",
    "／",
    "|",
    "or ",
    "and ",
];

/// Choices that are announced as such, or all stand in quotes: whatever words they are made of.
pub(super) fn announced(said: &str) -> Option<Vec<String>> {
    let said = said.trim();
    if let Some(choices) = quoted(said).filter(|choices| choices.len() > 1) {
        return Some(choices);
    }
    let (list, marks): (&str, &[&str]) = if let Some(list) = after_a_word(said) {
        (list, &[", ", "; ", " / ", "/", "|", " or "])
    } else {
        (before_a_word(said)?, &["・", "、", "／", "/", "｜", "|", ", "])
    };
    let choices = quoted(list).unwrap_or_else(|| split(list, marks));
    // `one of the numbers from 1 to 7`
    let is_range = choices.len() == 1 && last_range(list).is_some();
    (!is_range && choices.iter().all(|choice| !choice.is_empty())).then_some(choices)
}

/// Short words between the usual marks: `yes/no`, `はい・いいえ`, `A | B | C`, `yes or no`.
pub(super) fn marked(said: &str) -> Option<Vec<String>> {
    let said = said.trim_matches(|c: char| c.is_whitespace() || "()（）[]［］「」.。".contains(c));
    ["/", "／", "|", "｜", "・", " or ", "または"]
        .iter()
        .find_map(|between| {
            let choices = split(said, &[between]);
            let fit = |choice: &String| !choice.is_empty() && choice.chars().count() <= 12;
            (choices.len() > 1 && choices.iter().all(fit)).then_some(choices)
        })
}

fn after_a_word(said: &str) -> Option<&str> {
    let lower = said.to_ascii_lowercase();
    let rest = BEFORE
        .iter()
        .find_map(|word| lower.starts_with(word).then(|| &said[word.len()..]))?;
    rest.starts_with([' ', ':'])
        .then(|| rest.trim_start_matches([' ', ':']))
}

fn before_a_word(said: &str) -> Option<&str> {
    let (at, word) = AFTER
        .iter()
        .filter_map(|word| Some((said.rfind(word)?, word)))
        .max()?;
    let short = said[at + word.len()..].chars().count() <= AFTER_THAT;
    (short && at > 0).then(|| said[..at].trim())
}

/// At the first of the marks that stands in the list; a last `or c` is `c`.
fn split(list: &str, marks: &[&str]) -> Vec<String> {
    let mark = marks.iter().find(|mark| list.contains(**mark));
    let mut choices: Vec<String> = match mark {
        Some(mark) => list.split(mark).map(|choice| choice.trim().to_owned()).collect(),
        None => vec![list.trim().to_owned()],
    };
    if choices.len() > 2
        && let Some(last) = choices.last_mut()
        && let Some(bare) = last.strip_prefix("or ").or_else(|| last.strip_prefix("または"))
    {
        *last = bare.trim().to_owned();
    }
    choices
}

/// A list of nothing but quoted words, without the quotes.
fn quoted(list: &str) -> Option<Vec<String>> {
    let mut choices = Vec::new();
    let mut rest = list.trim().trim_end_matches(['。', '.']);
    while !rest.is_empty() {
        let (open, close) = QUOTES.into_iter().find(|(open, _)| rest.starts_with(*open))?;
        let inner = &rest[open.len_utf8()..];
        // A quotation mark within the choice is followed by more of it.
        let (choice, after) = inner.match_indices(close).find_map(|(at, mark)| {
            let after = inner[at + mark.len()..].trim_start();
            let ends = after.is_empty() || LINKS.iter().any(|link| after.starts_with(link));
            ends.then(|| (&inner[..at], after))
        })?;
        choices.push(choice.trim().to_owned());
        rest = after;
        while let Some(next) = LINKS.iter().find_map(|link| rest.strip_prefix(link)) {
            rest = next.trim_start();
        }
    }
    (!choices.is_empty()).then_some(choices)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_are_announced() {
        for (said, choices) in [
            (
                "one of excuse, delay, apology, alternative",
                &["excuse", "delay", "apology", "alternative"][..],
            ),
            (r#"one of "yes, fully", "no""#, &["yes, fully", "no"]),
            (r#"One of: "a "b" c", or "d""#, &[r#"a "b" c"#, "d"]),
            ("one of red, green, or blue", &["red", "green", "blue"]),
            ("choose one of a/b, number, score", &["a/b", "number", "score"]),
            (
                "言い訳・先延ばし・謝罪・代案のうち1つ",
                &["言い訳", "先延ばし", "謝罪", "代案"],
            ),
            ("「はい」か「いいえ」", &["はい", "いいえ"]),
            ("「A・B」・「得点」のうち1つ", &["A・B", "得点"]),
            ("yes, fully・noのうち1つ", &["yes, fully", "no"]),
            ("賛成、反対のいずれかを選んでください", &["賛成", "反対"]),
            ("“left” or “right”", &["left", "right"]),
        ] {
            assert_eq!(announced(said).unwrap_or_default(), choices, "{said}");
        }
        for said in [
            "",
            "one sentence",
            "one of the numbers from 1 to 7",
            "のうち",
            "「一文」",
            "\"",
            "yes or no",
        ] {
            assert_eq!(announced(said), None, "{said}");
        }
    }

    #[test]
    fn lists_by_their_marks() {
        for (said, choices) in [
            ("yes/no", &["yes", "no"][..]),
            ("（はい・いいえ）", &["はい", "いいえ"]),
            ("A | B | C", &["A", "B", "C"]),
            ("yes or no", &["yes", "no"]),
        ] {
            assert_eq!(marked(said).unwrap_or_default(), choices, "{said}");
        }
        assert_eq!(marked("one sentence"), None);
        assert_eq!(marked("words of your own / in a long sentence"), None);
    }
}
