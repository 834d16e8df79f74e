//! The numbers of a stretch, each with what stands around it.

use super::digits::{Bounds, interpret};
use super::text::{Span, Text, find, starts};

/// A rating stands near the beginning; what follows beyond this is prose.
const LONGEST: usize = 500;

/// What comes behind a number, and so what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Follows {
    /// An end, a mark, or words such as です.
    Nothing,
    /// 点, "points".
    Points,
    Percent,
    /// `/100`, "out of 100": where the scale ends.
    Scale(String),
    /// `70〜80`; the token covers both ends.
    Range,
    /// "80 or more", 80台.
    Bound,
    /// It counts something else (2回, 17:40, "3 people").
    Words,
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    /// In plain digits; `None` where two numbers could be meant.
    pub(super) number: Option<String>,
    /// With its sign.
    pub(super) span: Span,
    pub(super) follows: Follows,
    /// Behind what follows it.
    pub(super) until: usize,
}

pub(super) struct Tokens {
    /// The stretch, with what only repeats the instructions blanked.
    pub(super) words: Vec<char>,
    /// Where the stretch begins in the answer; the places of tokens are places in the answer.
    pub(super) offset: usize,
    pub(super) all: Vec<Token>,
    /// Where the scale is said to end, as in 100点満点中.
    pub(super) scale: Option<String>,
}

impl Tokens {
    pub(super) fn find(text: &Text, span: &Span, bounds: Bounds, hidden: &[Span]) -> Self {
        let span = span.start..span.end.min(span.start + LONGEST);
        let mut words: Vec<char> = text.slice(&span).to_vec();
        for (index, character) in words.iter_mut().enumerate() {
            let place = span.start + index;
            if matches!(character, '*' | '_' | '`') || hidden.iter().any(|hidden| hidden.contains(&place)) {
                *character = ' ';
            }
        }
        let mut tokens = Self {
            words,
            offset: span.start,
            all: Vec::new(),
            scale: None,
        };
        let mut at = 0;
        while at < tokens.words.len() {
            at = if tokens.number_begins(at) {
                tokens.take(at, bounds)
            } else {
                at + 1
            };
        }
        tokens
    }

    /// Are there any words or digits at all?
    pub(super) fn has_words(&self) -> bool {
        self.words
            .iter()
            .any(|character| character.is_alphanumeric() || matches!(character, '★' | '☆' | '⭐'))
    }

    fn number_begins(&self, at: usize) -> bool {
        let digit = |at: usize| self.words.get(at).is_some_and(char::is_ascii_digit);
        let attached = at > 0 && (self.words[at - 1].is_ascii_alphanumeric() || self.words[at - 1] == '.');
        !attached && (digit(at) || (self.words[at] == '.' && digit(at + 1)))
    }

    /// Reads the number that begins here; gives the place behind it.
    fn take(&mut self, at: usize, bounds: Bounds) -> usize {
        let end = run_end(&self.words, at);
        let run: String = self.words[at..end].iter().collect();
        let (start, sign) = self.sign(at, bounds);
        let mut number =
            interpret(&run, bounds.whole).map(|number| sign.map(|sign| format!("{sign}{number}")));
        let (mut follows, mut until) = self.follows(end);
        match &follows {
            Follows::Range => {
                let high = self
                    .range_after(end)
                    .map(|(from, to)| self.words[from..to].iter().collect::<String>());
                let low = format!("{}{run}", sign.unwrap_or_default());
                if high.as_ref().is_some_and(|high| bounds.is_range(&low, high)) {
                    self.blank(start, until);
                    return until;
                }
                if ["scale of", "scale from"]
                    .iter()
                    .any(|word| self.before(start).trim_end().ends_with(word))
                {
                    self.scale = high;
                    self.blank(start, until);
                    return until;
                }
            }
            Follows::Scale(end) if end == "itself" => {
                self.scale = Some(run);
                self.blank(start, until);
                return until;
            }
            _ if self.is_bound_before(start) && !self.stands(end, ">") => follows = Follows::Bound,
            _ => {}
        }
        if number == Err(tabane_model::MissingReason::NotANumber) || self.before(start).ends_with(['±', '#'])
        {
            follows = Follows::Words;
            number = Ok(None);
        }
        if follows == Follows::Words && self.is_all_with_unit(start, end) {
            (follows, until) = (Follows::Nothing, self.words.len());
        }
        let span = self.offset + start..self.offset + if follows == Follows::Range { until } else { end };
        self.all.push(Token {
            number: number.unwrap_or(None),
            span,
            follows,
            until,
        });
        until
    }

    /// What tells the scale is no answer.
    fn blank(&mut self, from: usize, to: usize) {
        self.words[from..to].fill(' ');
    }

    pub(super) fn before(&self, at: usize) -> String {
        self.words[at.saturating_sub(24)..at].iter().collect()
    }

    /// Where the number begins with its sign, and the sign; `None` where it cannot be told.
    fn sign(&self, at: usize, bounds: Bounds) -> (usize, Option<&'static str>) {
        let before = self.before(at);
        for word in ["マイナス", "minus ", "minus"] {
            if before.ends_with(word) {
                return (at - word.chars().count(), Some("-"));
            }
        }
        let free = at < 2 || !(self.words[at - 2].is_alphanumeric() || self.words[at - 2] == ')');
        match before.chars().next_back() {
            Some('-') if free => (at - 1, Some("-")),
            Some('+') if free => (at - 1, Some("")),
            Some('–') if free && bounds.minimum.is_none_or(|minimum| minimum < 0.0) => (at, None),
            Some('▲' | '△') => (at, None),
            _ => (at, Some("")),
        }
    }

    fn is_bound_before(&self, start: usize) -> bool {
        const BOUNDS: [&str; 15] = [
            "over",
            "under",
            "above",
            "below",
            "at least",
            "at most",
            "more than",
            "less than",
            "up to",
            "最大",
            "最低",
            "最高",
            "少なくとも",
            "≥",
            "≤",
        ];
        let before = self.before(start);
        let before = before.trim_end();
        let arrow = before.ends_with("->") || before.ends_with("=>");
        BOUNDS.iter().any(|word| before.ends_with(word)) || (before.ends_with(['<', '>', '≧', '≦']) && !arrow)
    }

    fn skip_spaces(&self, mut at: usize) -> usize {
        while self.words.get(at) == Some(&' ') {
            at += 1;
        }
        at
    }

    pub(super) fn stands(&self, at: usize, words: &str) -> bool {
        starts(self.words.get(at..).unwrap_or_default(), words)
    }

    /// The first of the words that stands here, as the place behind it.
    fn behind(&self, at: usize, words: &[&str]) -> Option<usize> {
        let word = words.iter().find(|word| self.stands(at, word))?;
        Some(at + word.chars().count())
    }

    /// What follows a number that ends here, and the place behind that.
    fn follows(&self, end: usize) -> (Follows, usize) {
        let next = self.skip_spaces(end);
        let digit = |at: usize| self.words.get(at).is_some_and(char::is_ascii_digit);
        if self.stands(end, ":") && digit(end + 1) {
            return (Follows::Words, run_end(&self.words, end + 1));
        }
        if let Some(behind) = self.behind(
            next,
            &["点満点中", "点満点", "満点中", "満点", "段階中", "段階", "点中"],
        ) {
            // This number is where the scale ends, not the rating.
            return (Follows::Scale("itself".to_owned()), behind);
        }
        if let Some(scale) = self
            .behind(next, &["/", "out of ", "of "])
            .map(|at| self.skip_spaces(at))
            .filter(|at| digit(*at))
        {
            let behind = run_end(&self.words, scale);
            if self.stands(behind, "/") && digit(behind + 1) {
                return (Follows::Words, run_end(&self.words, behind + 1));
            }
            return (Follows::Scale(self.words[scale..behind].iter().collect()), behind);
        }
        let (follows, behind) = self.unit(end);
        if let Some((_, high)) = self.range_after(end) {
            return (Follows::Range, high);
        }
        if let Some(behind) = self.bound_end(behind) {
            return (Follows::Bound, behind);
        }
        if follows == Follows::Nothing && !self.is_free(end) {
            return (Follows::Words, end);
        }
        (follows, behind)
    }

    /// The unit behind a number, and the place behind that.
    fn unit(&self, end: usize) -> (Follows, usize) {
        const PERCENT: [&str; 3] = ["パーセント", "percent", "%"];
        const POINTS: [&str; 5] = ["points", "point", "pts", "ポイント", "点"];
        let next = self.skip_spaces(end);
        let percent = self
            .behind(next, &PERCENT)
            .map(|behind| (Follows::Percent, behind));
        let points = || self.behind(next, &POINTS).map(|behind| (Follows::Points, behind));
        percent.or_else(points).unwrap_or((Follows::Nothing, end))
    }

    /// The other end of a range: behind the number, its unit, or what is said of it in brackets.
    fn range_after(&self, end: usize) -> Option<(usize, usize)> {
        /// What is said of the end of a scale is short.
        const LONGEST: usize = 20;
        let behind = self.unit(end).1;
        let bracketed = || {
            let rest = &self.words[behind..self.words.len().min(behind + LONGEST)];
            let close = rest
                .iter()
                .position(|mark| *mark == ')')
                .filter(|_| rest.first() == Some(&'('))?;
            self.stands(self.skip_spaces(behind + close + 1), "~")
                .then(|| self.range_end(behind + close + 1))?
        };
        self.range_end(behind).or_else(bracketed)
    }

    /// The other end of a range whose first number ends here.
    fn range_end(&self, end: usize) -> Option<(usize, usize)> {
        const CONNECTORS: [&str; 8] = ["~", "–", "-", "to ", "から", "ないし", "and ", "または"];
        let next = self.skip_spaces(end);
        let connector = CONNECTORS.iter().find(|connector| self.stands(next, connector))?;
        if *connector == "and " && find(&self.words[end.saturating_sub(30)..end], "between").is_none() {
            return None;
        }
        let high = self.skip_spaces(next + connector.chars().count());
        let signed = self.stands(high, "-") && matches!(*connector, "~" | "to " | "から");
        let digits = high + usize::from(signed);
        if !self.words.get(digits).is_some_and(char::is_ascii_digit) {
            return None;
        }
        let behind = run_end(&self.words, digits);
        // "85 - 2 people laughed" and "85 - 17:40 was funny" are no ranges.
        let counts = matches!(*connector, "~" | "から" | "ないし")
            || !matches!(self.follows_simply(behind), Follows::Words);
        counts.then_some((high, behind))
    }

    /// As [`Self::follows`], without looking for ranges.
    fn follows_simply(&self, end: usize) -> Follows {
        let unit = self
            .behind(self.skip_spaces(end), &["点", "points", "%", "/"])
            .is_some();
        let time = self.stands(end, ":") && self.words.get(end + 1).is_some_and(char::is_ascii_digit);
        if unit || (!time && self.is_free(end)) {
            Follows::Nothing
        } else {
            Follows::Words
        }
    }

    fn bound_end(&self, end: usize) -> Option<usize> {
        const BOUNDS: [&str; 17] = [
            "±",
            "以上",
            "以下",
            "未満",
            "超",
            "台",
            "代",
            "弱",
            "強",
            "+",
            "~",
            "or more",
            "or less",
            "or higher",
            "or lower",
            "or above",
            "plus",
        ];
        self.behind(self.skip_spaces(end), &BOUNDS)
    }

    /// Does nothing stand behind the number that would make it count something?
    fn is_free(&self, end: usize) -> bool {
        const CONTINUES: [&str; 24] = [
            "です",
            "だ",
            "でし",
            "で、",
            "で,",
            "で。",
            "くらい",
            "ぐらい",
            "位",
            "程度",
            "ほど",
            "前後",
            "と",
            "に",
            "を",
            "か",
            "かな",
            "、",
            "が妥当",
            "が適",
            "ね",
            "って",
            "であ",
            "は妥当",
        ];
        const BEHIND_A_SPACE: [&str; 18] = [
            "because", "since", "as", "for", "but", "and", "or", "i", "the", "it", "this", "on", "overall",
            "reason", "maybe", "due", "although", "though",
        ];
        let Some(&next) = self.words.get(end) else {
            return true;
        };
        if next != ' ' {
            return !next.is_alphanumeric() || self.behind(end, &CONTINUES).is_some();
        }
        let word_start = self.skip_spaces(end);
        let word: String = self.words[word_start..]
            .iter()
            .take_while(|character| character.is_ascii_alphabetic())
            .collect();
        word.is_empty() || BEHIND_A_SPACE.contains(&word.as_str())
    }

    /// Is the stretch this number and a short unit, such as 25歳?
    fn is_all_with_unit(&self, start: usize, end: usize) -> bool {
        const NOT_UNITS: [&str; 8] = ["st", "nd", "rd", "th", "時", "e", "つ", "回目"];
        const MULTIPLES: [&str; 10] = ["k", "m", "b", "百", "千", "万", "億", "兆", "thous", "milli"];
        let unit: String = self.words[end..].iter().collect();
        let unit = unit.trim_matches([' ', '.', '。']);
        self.opens_at(start)
            && !MULTIPLES.iter().any(|word| unit.starts_with(word))
            && (1..=5).contains(&unit.chars().count())
            && unit.chars().all(char::is_alphabetic)
            && !NOT_UNITS.contains(&unit)
    }
}

/// The end of the digits, points and commas that begin here; a mark counts only between digits.
fn run_end(words: &[char], at: usize) -> usize {
    let digit = |at: usize| words.get(at).is_some_and(char::is_ascii_digit);
    let mut end = at;
    while digit(end) || (matches!(words.get(end), Some('.' | ',')) && digit(end + 1)) {
        end += 1;
    }
    end
}
