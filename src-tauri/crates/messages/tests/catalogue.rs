//! Both languages say the same things, and say them by the house rules (look.md, "Words").

use std::collections::{BTreeMap, BTreeSet};

use tabane_messages::{Entry, Inventory, Language, inventory};
use tabane_model::{Arg, Args};

/// Every fault is told at once: many hands write these files.
fn assert_none(faults: &[String]) {
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// Each text of a message: attribute (none for its value) and variables.
fn texts(entry: &Entry) -> BTreeMap<Option<&str>, &BTreeSet<String>> {
    let value = entry.value.iter().map(|variables| (None, variables));
    value
        .chain(
            entry
                .attributes
                .iter()
                .map(|(name, variables)| (Some(name.as_str()), variables)),
        )
        .collect()
}

/// Calls `look` with every text as shown, its variables filled with `arg`.
fn each_shown(language: Language, arg: &Arg, mut look: impl FnMut(&str, &str)) {
    for (id, entry) in &inventory(language).entries {
        for (attribute, variables) in texts(entry) {
            let args: Args = variables.iter().map(|name| (name.clone(), arg.clone())).collect();
            let shown = match attribute {
                Some(name) => language.attribute(id, name, &args),
                None => Some(language.text(id, &args)),
            };
            let name = format!(
                "{}/{}.ftl {id}{}",
                language.as_str(),
                entry.area,
                attribute.map(|name| format!(".{name}")).unwrap_or_default()
            );
            look(&name, &shown.unwrap_or_default());
        }
    }
}

#[test]
fn files_are_whole_and_no_id_stands_twice() {
    for language in Language::ALL {
        let Inventory { faults, entries } = inventory(language);
        let language = language.as_str();
        let faults: Vec<_> = faults
            .into_iter()
            .map(|fault| format!("{language}/{fault}"))
            .collect();
        assert_none(&faults);
        assert!(!entries.is_empty(), "{language}");
    }
}

#[test]
fn both_languages_have_the_same_messages_attributes_and_variables() {
    let (en, ja) = (inventory(Language::En).entries, inventory(Language::Ja).entries);
    let ids: BTreeSet<_> = en.keys().chain(ja.keys()).collect();
    let faults: Vec<_> = ids
        .into_iter()
        .filter_map(|id| match (en.get(id), ja.get(id)) {
            (Some(en), Some(ja)) if en == ja => None,
            (Some(en), Some(ja)) => Some(format!("{id} differs:\n  en {en:?}\n  ja {ja:?}")),
            (Some(en), None) => Some(format!("{id} ({}.ftl) is missing in Japanese", en.area)),
            (None, found) => Some(format!(
                "{id} ({}.ftl) is missing in English",
                found.map_or("?", |ja| ja.area)
            )),
        })
        .collect();
    assert_none(&faults);
}

#[test]
fn ids_are_kebab_case() {
    // `_` for words that stand so in the database: `remote-state-in_progress`.
    let good = |id: &str| {
        id.chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
    };
    let entries = inventory(Language::En).entries;
    let faults: Vec<_> = entries.keys().filter(|id| !good(id)).cloned().collect();
    assert_none(&faults);
}

#[test]
fn every_error_says_what_it_means_and_what_to_do() {
    let mut faults = Vec::new();
    for (id, entry) in inventory(Language::En).entries {
        if id.starts_with("error-")
            && !["means", "next"]
                .iter()
                .all(|name| entry.attributes.contains_key(*name))
        {
            faults.push(format!("{}.ftl {id} lacks .means or .next", entry.area));
        }
        if ["error-", "problem-"].iter().any(|start| id.starts_with(start)) && entry.value.is_none() {
            faults.push(format!("{}.ftl {id} lacks its sentence", entry.area));
        }
    }
    assert_none(&faults);
}

#[test]
fn every_text_can_be_shown() {
    let mut faults = Vec::new();
    for language in Language::ALL {
        for arg in [
            Arg::Number(0.0),
            Arg::Number(1.0),
            Arg::Number(52_337.0),
            Arg::Text("gpt-5.4".to_owned()),
        ] {
            each_shown(language, &arg, |name, shown| {
                if shown.trim().is_empty() || shown.contains(['{', '}']) && !shown.contains('"') {
                    faults.push(format!("{name} with {arg:?}: {shown:?}"));
                }
            });
        }
    }
    assert_none(&faults);
}

/// Phrase breaks are made when the window draws, never in the catalogue: the text also goes to terminals,
/// files and screen readers. The same holds for marks of direction and the mark before a file.
#[test]
fn nothing_invisible() {
    let hidden = [
        '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{2066}', '\u{2068}', '\u{2069}', '\u{feff}',
        '\u{ad}',
    ];
    for language in Language::ALL {
        for (area, source) in language.sources() {
            assert!(!source.contains(hidden), "{}/{area}.ftl", language.as_str());
            assert!(
                !source.contains('\r'),
                "{}/{area}.ftl has CRLF",
                language.as_str()
            );
        }
    }
}

#[test]
fn words_to_avoid() {
    let mut faults = Vec::new();
    let english = [
        "please",
        "oops",
        "endpoint",
        "endpoints",
        "payload",
        "parse",
        "parsed",
        "schema",
        "null",
        "submit",
        "execute",
    ];
    each_shown(Language::En, &Arg::Number(2.0), |name, shown| {
        let lower = shown.to_lowercase();
        // Names such as `json_schema` are one word here.
        let words: BTreeSet<_> = lower.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        faults.extend(
            english
                .iter()
                .filter(|word| words.contains(*word))
                .map(|word| format!("{name}: “{word}” in “{shown}”")),
        );
        if shown.contains('!') {
            faults.push(format!("{name}: exclamation mark in “{shown}”"));
        }
    });
    each_shown(Language::Ja, &Arg::Number(2.0), |name, shown| {
        for word in [
            "エンドポイント",
            "ペイロード",
            "パース",
            "スキーマ",
            "正常に完了",
            "実行",
            "！",
            "!",
        ] {
            if shown.contains(word) {
                faults.push(format!("{name}: 「{word}」 in 「{shown}」"));
            }
        }
    });
    assert_none(&faults);
}

/// No space between Japanese and Latin, and no half-width punctuation in Japanese sentences.
#[test]
fn japanese_is_set_as_japanese() {
    let kana = |c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
    let mut faults = Vec::new();
    each_shown(Language::Ja, &Arg::Text("X".to_owned()), |name, shown| {
        let letters: Vec<char> = shown.chars().collect();
        for three in letters.windows(3) {
            let (before, between, after) = (three[0], three[1], three[2]);
            let spaced = between == ' '
                && (kana(before) && after.is_ascii_alphanumeric()
                    || before.is_ascii_alphanumeric() && kana(after));
            if spaced || kana(before) && ",.;:?".contains(between) && (after == ' ' || kana(after)) {
                faults.push(format!("{name}: “{before}{between}{after}” in 「{shown}」"));
            }
        }
    });
    assert_none(&faults);
}

/// The words that the other crates build from a state, so that none can be forgotten.
#[test]
fn every_state_has_a_word() {
    use tabane_model::{EffectKind, JobState, PartState, RemoteState, Severity, Status};
    let mut ids = Vec::new();
    ids.extend(
        Status::ALL
            .iter()
            .map(|status| format!("status-{}", status.as_str())),
    );
    ids.extend(
        JobState::ALL
            .iter()
            .map(|state| format!("job-state-{}", state.as_str())),
    );
    ids.extend(
        PartState::ALL
            .iter()
            .map(|state| format!("part-state-{}", state.as_str())),
    );
    ids.extend(
        RemoteState::ALL
            .iter()
            .map(|state| format!("remote-state-{}", state.as_str())),
    );
    ids.extend(
        EffectKind::ALL
            .iter()
            .map(|kind| format!("effect-{}", kind.as_str())),
    );
    ids.extend(
        [Severity::Error, Severity::Warning]
            .iter()
            .map(|severity| format!("severity-{severity:?}").to_lowercase()),
    );
    ids.extend(
        ["openai", "groq", "kluster", "custom", "practice"]
            .iter()
            .map(|provider| format!("provider-{provider}")),
    );
    for language in Language::ALL {
        for id in &ids {
            assert!(language.has(id), "{} lacks {id}", language.as_str());
        }
    }
    for status in Status::ALL {
        let word = Language::Ja.text(&format!("status-{}", status.as_str()), &Args::new());
        assert!(
            word.chars().count() <= 12,
            "a Japanese label has at most 12 characters in a table head: {word}"
        );
    }
}
