//! The names under which the fields of a sheet appear in answers.

use tabane_model::{AnswerSheet, FieldKind};

use super::label;
use super::text::{fold, skeleton, starts};
use super::value::Asked;

/// What a label in an answer stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Field(usize),
    /// "Reason", 理由: the text that belongs to the field told before it; with the field whose own word this is.
    Reason(Option<usize>),
    /// "Score", 数値: the field told before it.
    Value,
    /// No label, but the number of the item, counted from 0.
    Number(usize),
}

struct Alias {
    /// Letters and digits alone.
    words: Vec<char>,
    /// Marks that stand in the label itself, though they separate elsewhere: "Feeling: overall".
    marks: Vec<char>,
    target: Target,
}

pub(super) struct Labels<'a> {
    pub(super) fields: Vec<Asked<'a>>,
    /// Longest first.
    aliases: Vec<Alias>,
    /// The field that a text explains: 面白さ for 面白さの理由.
    parents: Vec<Option<usize>>,
}

pub(super) const VALUE_WORDS: [&str; 24] = [
    "数値",
    "値",
    "点数",
    "得点",
    "スコア",
    "評価",
    "評価値",
    "評点",
    "回答",
    "答え",
    "答",
    "度合い",
    "レベル",
    "強さ",
    "score",
    "value",
    "rating",
    "answer",
    "number",
    "points",
    "level",
    "intensity",
    "response",
    "選択",
];
pub(super) const REASON_WORDS: [&str; 16] = [
    "理由",
    "根拠",
    "説明",
    "わけ",
    "解説",
    "コメント",
    "reason",
    "reasons",
    "rationale",
    "explanation",
    "justification",
    "why",
    "because",
    "comment",
    "comments",
    "reasoning",
];

impl<'a> Labels<'a> {
    pub(super) fn new(sheet: &'a AnswerSheet) -> Self {
        let fields: Vec<Asked> = sheet.fields.iter().map(Asked::new).collect();
        let bases: Vec<Vec<char>> = fields.iter().map(base).collect();
        let parents: Vec<Option<usize>> = (0..fields.len())
            .map(|field| parent(&fields, &bases, field))
            .collect();
        let mut labels = Self {
            fields,
            aliases: Vec::new(),
            parents,
        };
        labels.name(&bases);
        labels
    }

    fn name(&mut self, bases: &[Vec<char>]) {
        for index in 0..self.fields.len() {
            let field = self.fields[index].field;
            self.add_label(label(field), Target::Field(index));
            self.add(skeleton(&field.name), Target::Field(index));
        }
        for (index, base) in bases.iter().enumerate() {
            let shared = (0..bases.len())
                .filter(|&other| !self.fields[other].is_text() && bases[other] == *base)
                .count();
            if !self.fields[index].is_text() && shared == 1 {
                self.add(base.clone(), Target::Field(index));
            }
            if let Some(parent) = self.parents[index] {
                let own = skeleton(label(self.fields[index].field));
                let rest = without(&own, &bases[parent]);
                for words in joined(&bases[parent], &rest) {
                    self.add(words, Target::Field(index));
                }
                self.add(rest, Target::Reason(Some(index)));
            }
        }
        for word in REASON_WORDS {
            self.add(skeleton(word), Target::Reason(None));
        }
        for word in VALUE_WORDS {
            self.add(skeleton(word), Target::Value);
        }
        // Stable: of equal words, the label of a field stays before the generic ones.
        self.aliases
            .sort_by_key(|alias| std::cmp::Reverse(alias.words.len()));
    }

    fn add(&mut self, words: Vec<char>, target: Target) {
        self.add_marked(words, Vec::new(), target);
    }

    fn add_label(&mut self, label: &str, target: Target) {
        let marks = label.trim().chars().map(fold).filter(|mark| separates(*mark));
        self.add_marked(skeleton(label), marks.collect(), target);
    }

    fn add_marked(&mut self, words: Vec<char>, marks: Vec<char>, target: Target) {
        if !words.is_empty() && !self.aliases.iter().any(|alias| alias.words == words) {
            self.aliases.push(Alias { words, marks, target });
        }
    }

    /// The labels that stand at this place of folded text, longest first, each with the place behind it.
    pub(super) fn at<'b>(
        &'b self,
        text: &'b [char],
        at: usize,
    ) -> impl Iterator<Item = (Target, usize)> + 'b {
        self.aliases
            .iter()
            .filter_map(move |alias| Some((alias.target, stands(text, at, alias)?)))
    }

    /// The label that these words are, with or without a number before it.
    pub(super) fn exactly(&self, words: &str) -> Option<Target> {
        let words = skeleton(words);
        let find = |words: &[char]| {
            self.aliases
                .iter()
                .find(|alias| alias.words == words)
                .map(|alias| alias.target)
        };
        if let Some(target) = find(&words) {
            return Some(target);
        }
        let unmarked = words
            .strip_prefix(&['q'][..])
            .or_else(|| words.strip_prefix(&['問'][..]))
            .unwrap_or(&words);
        let digits = unmarked
            .iter()
            .take_while(|character| character.is_ascii_digit())
            .count();
        if digits == 0 {
            return None;
        }
        let number: String = unmarked[..digits].iter().collect();
        let number = number
            .parse::<usize>()
            .ok()
            .filter(|number| (1..=self.fields.len()).contains(number))?;
        match &unmarked[digits..] {
            [] => Some(Target::Number(number - 1)),
            rest => find(rest),
        }
    }

    /// Could these letters be the beginning of a label, or of its number?
    pub(super) fn begin(&self, letters: &[char]) -> bool {
        let number = letters
            .iter()
            .take_while(|letter| letter.is_ascii_digit() || **letter == 'q')
            .count();
        let begins = |letters: &[char]| self.aliases.iter().any(|alias| alias.words.starts_with(letters));
        // A label may itself begin with a digit.
        (0..=number).any(|number| begins(&letters[number..]))
    }

    /// The field that a label means where the field `group` was told before it.
    pub(super) fn resolve(&self, target: Target, group: Option<usize>) -> Option<usize> {
        match target {
            Target::Field(field) | Target::Number(field) => Some(field),
            Target::Value => match group {
                Some(group) => Some(group),
                None => self.only(|field| !field.is_text()),
            },
            Target::Reason(own) => match group.and_then(|group| self.companion(group)) {
                Some(field) => Some(field),
                // Its own word, and no other field shares it.
                None if own.is_some() && group.is_none() => self.only(|field| field.is_text()),
                None => self.only(|field| field.is_text() && speaks_of_reason(field)),
            },
        }
    }

    fn only(&self, wanted: fn(&Asked) -> bool) -> Option<usize> {
        let mut found = (0..self.fields.len()).filter(|&field| wanted(&self.fields[field]));
        found.next().filter(|_| found.next().is_none())
    }

    /// The text that gives the reason for a field.
    pub(super) fn companion(&self, field: usize) -> Option<usize> {
        if let Some(child) = self.parents.iter().position(|parent| *parent == Some(field)) {
            return Some(child);
        }
        let next = field + 1;
        let follows = self
            .fields
            .get(next)
            .is_some_and(|next| next.is_text() && speaks_of_reason(next));
        (follows && self.parents[next].is_none()).then_some(next)
    }

    /// The field that this one belongs to: itself, or what it explains.
    pub(super) fn group(&self, field: usize) -> Option<usize> {
        if self.fields[field].is_text() {
            self.parents[field]
        } else {
            Some(field)
        }
    }
}

fn speaks_of_reason(asked: &Asked) -> bool {
    let words: String = skeleton(&format!("{} {}", asked.field.label, asked.field.name))
        .iter()
        .collect();
    REASON_WORDS.iter().any(|word| words.contains(word))
}

/// A label without brackets and without words such as 数値 or "score": 面白さ for 面白さ(数値).
fn base(asked: &Asked) -> Vec<char> {
    let full = label(asked.field);
    let short = full.split(['(', '（', '[', '［']).next().unwrap_or(full);
    let mut words = skeleton(short);
    if words.is_empty() {
        words = skeleton(full);
    }
    for word in VALUE_WORDS {
        let word = skeleton(word);
        if words.len() > word.len() + 1
            && let Some(rest) = words.strip_suffix(word.as_slice())
        {
            return rest.strip_suffix(&['の'][..]).unwrap_or(rest).to_vec();
        }
    }
    words
}

/// The field that a text explains: the one whose label its own holds.
fn parent(fields: &[Asked], bases: &[Vec<char>], field: usize) -> Option<usize> {
    if !fields[field].is_text() {
        return None;
    }
    let own = skeleton(label(fields[field].field));
    (0..fields.len())
        .filter(|&other| !fields[other].is_text() && bases[other].len() < own.len())
        .filter(|&other| {
            own.windows(bases[other].len().max(1))
                .any(|window| window == bases[other])
        })
        .filter(|&other| !without(&own, &bases[other]).is_empty())
        .max_by_key(|&other| bases[other].len())
}

/// What is left of a label without that of its parent and the words that join them.
fn without(own: &[char], base: &[char]) -> Vec<char> {
    const JOINING: [&str; 10] = [
        "についての",
        "に対する",
        "に関する",
        "への",
        "の",
        "for",
        "of",
        "about",
        "behind",
        "s",
    ];
    let Some(at) = own.windows(base.len().max(1)).position(|window| window == base) else {
        return Vec::new();
    };
    let (before, after) = (&own[..at], &own[at + base.len()..]);
    let mut after: String = after.iter().collect();
    let mut before: String = before.iter().collect();
    if let Some(rest) = JOINING
        .iter()
        .find_map(|word| after.strip_prefix(word))
        .filter(|rest| !rest.is_empty())
    {
        after = rest.to_owned();
    }
    if let Some(rest) = JOINING.iter().find_map(|word| before.strip_suffix(word)) {
        before = rest.to_owned();
    }
    format!("{before}{after}").chars().collect()
}

/// The ways in which a label and that of its parent are put together.
fn joined(base: &[char], rest: &[char]) -> Vec<Vec<char>> {
    let put = |parts: [&[char]; 3]| parts.concat();
    vec![
        put([base, &[], rest]),
        put([base, &['の'], rest]),
        put([rest, &[], base]),
        put([rest, &['f', 'o', 'r'], base]),
        put([base, &['に', 'つ', 'い', 'て', 'の'], rest]),
    ]
}

/// The place behind a label where it stands at `at`, with at most three marks between two letters.
fn stands(text: &[char], at: usize, alias: &Alias) -> Option<usize> {
    if text.get(at) != alias.words.first() {
        return None;
    }
    let is_inner = |mark: char| {
        !mark.is_alphanumeric() && mark != '\n' && (!separates(mark) || alias.marks.contains(&mark))
    };
    let mut place = at;
    for (index, word) in alias.words.iter().enumerate() {
        let mut marks = 0;
        while index > 0 && marks < 3 && text.get(place).is_some_and(|character| is_inner(*character)) {
            place += 1;
            marks += 1;
        }
        if text.get(place) != Some(word) {
            return None;
        }
        place += 1;
    }
    Some(place)
}

/// Such a mark ends a label, unless it is the label's own.
fn separates(mark: char) -> bool {
    matches!(mark, ':' | '=' | '|' | ';' | '.' | '。' | '、')
}

/// A word for the value behind a label, as in 面白さの数値 or "Amusement score"; the place behind it.
pub(super) fn value_word(text: &[char], at: usize) -> Option<usize> {
    let skip = usize::from(text.get(at) == Some(&'の'));
    let word = VALUE_WORDS
        .iter()
        .chain(&["度"])
        .find(|word| starts(text.get(at + skip..).unwrap_or_default(), word))?;
    Some(at + skip + word.chars().count())
}

/// Is this a field whose values are numbers?
pub(super) fn is_number(asked: &Asked) -> bool {
    matches!(
        asked.field.kind,
        FieldKind::Integer { .. } | FieldKind::Decimal { .. }
    )
}
