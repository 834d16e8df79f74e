//! Which of the numbers of a stretch is the answer.

use super::number_context::{Follows, Token, Tokens};
use super::text::starts;

/// How a number in the midst of words is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// "… is 60."
    Given,
    Mentioned,
}

impl Tokens {
    /// Does nothing but words such as 約 or "the score is" stand before this number?
    pub(super) fn opens(&self, token: &Token) -> bool {
        self.opens_at(token.span.start - self.offset)
    }

    /// As [`Self::opens`], for a number that begins here.
    pub(super) fn opens_at(&self, start: usize) -> bool {
        const WORDS: [&str; 42] = [
            "about",
            "around",
            "approximately",
            "approx",
            "roughly",
            "circa",
            "ca",
            "score",
            "scores",
            "rating",
            "value",
            "level",
            "answer",
            "final",
            "number",
            "my",
            "the",
            "is",
            "a",
            "an",
            "at",
            "of",
            "i",
            "i'd",
            "would",
            "say",
            "rate",
            "it",
            "it's",
            "its",
            "give",
            "this",
            "as",
            "be",
            "to",
            "estimate",
            "maybe",
            "perhaps",
            "probably",
            "somewhere",
            "minus",
            "s",
        ];
        const JAPANESE: [&str; 31] = [
            "整数",
            "約",
            "およそ",
            "おおよそ",
            "だいたい",
            "大体",
            "ほぼ",
            "概ね",
            "おおむね",
            "スコア",
            "点数",
            "数値",
            "得点",
            "評価値",
            "評価",
            "評点",
            "値",
            "レベル",
            "回答",
            "答え",
            "私の",
            "最終",
            "として",
            "たぶん",
            "多分",
            "おそらく",
            "は",
            "が",
            "で",
            "の",
            "も",
        ];
        let mut rest = &self.words[..start];
        while let Some(&first) = rest.first() {
            if !first.is_alphanumeric() {
                rest = &rest[1..];
            } else if first.is_ascii() {
                let word: String = rest
                    .iter()
                    .take_while(|c| c.is_ascii_alphanumeric() || **c == '\'')
                    .collect();
                if !WORDS.contains(&word.trim_end_matches('\'')) {
                    return false;
                }
                rest = &rest[word.len()..];
            } else {
                let Some(word) = JAPANESE.iter().find(|word| starts(rest, word)) else {
                    return false;
                };
                rest = &rest[word.chars().count()..];
            }
        }
        true
    }

    /// In the midst of words: is this number given as the rating, or only mentioned?
    pub(super) fn how(&self, token: &Token) -> Use {
        let before = self.before(token.span.start - self.offset);
        let before = before.trim_end();
        let given = [" at", " is", " of", " as", "は", ":", "="]
            .iter()
            .any(|word| before.ends_with(word));
        let next = self.words.get(token.until);
        let ends = next.is_none_or(|next| matches!(next, '.' | '。' | ',' | '、' | '!' | ')' | '\n' | ' '))
            || self.stands(token.until, "です");
        if given && ends { Use::Given } else { Use::Mentioned }
    }

    /// Do two numbers count something together, as in 2、3回?
    pub(super) fn counts_with(&self, first: &Token, second: &Token) -> bool {
        let between = &self.words[first.until..second.span.start - self.offset];
        let number = |token: &Token| {
            token
                .number
                .as_ref()
                .and_then(|number| number.parse::<f64>().ok())
        };
        let next = match (number(first), number(second)) {
            (Some(first), Some(second)) => first + 1.0 == second && second < 11.0,
            _ => false,
        };
        second.follows == Follows::Words && next && matches!(between, ['、' | ',' | '・'])
    }

    /// Does `other` stand in brackets behind `first`, as in "5 (1 is low, 7 is high)"?
    pub(super) fn is_in_brackets(&self, first: &Token, other: &Token) -> bool {
        let between = &self.words[first.until..other.span.start - self.offset];
        between.contains(&'(') && !between.contains(&')')
    }

    /// Could `other`, further on, be meant instead of `first`?
    pub(super) fn is_alternative(&self, first: &Token, other: &Token) -> bool {
        const CONNECTORS: [&str; 14] = [
            "or",
            "か",
            "または",
            "もしくは",
            "あるいは",
            "and",
            "と",
            "や",
            "maybe",
            "or maybe",
            "perhaps",
            "or perhaps",
            "but",
            "ないし",
        ];
        const CORRECTIONS: [&str; 16] = [
            "reflection",
            "correct",
            "actually",
            "revis",
            "rather",
            "instead",
            "no,",
            "訂正",
            "修正",
            "変更",
            "いや",
            "やはり",
            "やっぱり",
            "改め",
            "ではなく",
            "wait",
        ];
        if other.follows == Follows::Words {
            return false;
        }
        let between: String = self.words[first.until..other.span.start - self.offset]
            .iter()
            .collect();
        let words = between.trim_matches(|character: char| !character.is_alphanumeric());
        words.is_empty()
            || CONNECTORS.contains(&words)
            || CORRECTIONS.iter().any(|word| between.contains(word))
            || matches!(other.follows, Follows::Points | Follows::Scale(_))
    }
}
