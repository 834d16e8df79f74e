//! A number in a stretch of an answer.
//!
//! A number is read only where it stands in digits: 八十五 and "eighty-five" are words. It must open the stretch (after
//! words such as 約, "about" or スコアは) or carry what makes it a rating: 点, "points", `/100`, "out of 100", %.
//! `85 (previously 70)` is 85, because the later number is a remark; `85, no, 70`, `85 or 90`, ranges and "80 or more"
//! are ambiguous. A rating on another scale (`4/5` where 1 to 7 was asked) is ambiguous too and never converted.
//! `85%` counts where the scale ends at 100 or is open. A comma is a thousands separator in whole numbers (`1,234`)
//! and a decimal comma where it cannot be that (`0,75`) in decimals; the rest is ambiguous.

use tabane_model::MissingReason;

use super::digits::Bounds;
use super::number_context::{Follows, Token, Tokens};
use super::number_use::Use;
use super::reading::Reading;
use super::text::{Span, Text};

/// The number that a stretch of the answer gives; `None` where it says nothing. `hidden` are places that only repeat
/// the instructions.
pub(super) fn read(text: &Text, span: &Span, bounds: Bounds, hidden: &[Span]) -> Option<Reading> {
    let tokens = Tokens::find(text, span, bounds, hidden);
    if let Some(reading) = leading(&tokens, bounds) {
        return Some(reading);
    }
    let mut ratings = tokens
        .all
        .iter()
        .filter(|token| tokens.is_rating_in_words(token, bounds));
    if let Some(first) = ratings.next() {
        return Some(match ratings.find(|token| token.number != first.number) {
            Some(_) => Reading::missing(MissingReason::Ambiguous, span.clone()),
            None => judge(first.number.as_deref(), &first.span, bounds),
        });
    }
    if let Some(vague) = tokens
        .all
        .iter()
        .find(|token| matches!(token.follows, Follows::Range | Follows::Bound))
    {
        return Some(Reading::missing(MissingReason::Ambiguous, vague.span.clone()));
    }
    tokens
        .has_words()
        .then(|| Reading::missing(MissingReason::NotANumber, span.clone()))
}

/// The number that opens the stretch.
fn leading(tokens: &Tokens, bounds: Bounds) -> Option<Reading> {
    let first = tokens.all.first().filter(|first| tokens.opens(first))?;
    let ambiguous = || Some(Reading::missing(MissingReason::Ambiguous, first.span.clone()));
    match &first.follows {
        Follows::Range | Follows::Bound => return ambiguous(),
        Follows::Words => return None,
        Follows::Scale(end) if !bounds.is_scale_end(end) => return ambiguous(),
        Follows::Percent if !bounds.takes_percent() => return ambiguous(),
        Follows::Scale(_) | Follows::Percent | Follows::Points | Follows::Nothing => {}
    }
    if tokens.scale.as_ref().is_some_and(|end| !bounds.is_scale_end(end)) {
        return ambiguous();
    }
    if tokens
        .all
        .get(1)
        .is_some_and(|second| tokens.counts_with(first, second))
    {
        return None;
    }
    let differs = |other: &&Token| other.number != first.number;
    let is_scale =
        |other: &Token| tokens.is_in_brackets(first, other) && bounds.is_end(other.number.as_deref());
    if tokens.all[1..]
        .iter()
        .filter(differs)
        .any(|other| tokens.is_alternative(first, other) && !is_scale(other))
    {
        return ambiguous();
    }
    Some(judge(first.number.as_deref(), &first.span, bounds))
}

fn judge(number: Option<&str>, span: &Span, bounds: Bounds) -> Reading {
    match number
        .ok_or(MissingReason::Ambiguous)
        .and_then(|number| bounds.check(number))
    {
        Ok(value) => Reading::value(value, span.clone()),
        Err(reason) => Reading::missing(reason, span.clone()),
    }
}

impl Tokens {
    /// A number in the midst of words that is marked as the rating.
    fn is_rating_in_words(&self, token: &Token, bounds: Bounds) -> bool {
        let scale = self.scale.as_ref().is_none_or(|end| bounds.is_scale_end(end));
        match &token.follows {
            Follows::Scale(end) => bounds.is_scale_end(end),
            Follows::Percent => bounds.takes_percent() && self.how(token) == Use::Given,
            Follows::Points => scale,
            Follows::Nothing => scale && self.how(token) == Use::Given,
            Follows::Range | Follows::Bound | Follows::Words => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Bounds = Bounds {
        whole: true,
        minimum: Some(0.0),
        maximum: Some(100.0),
    };
    const OPEN: Bounds = Bounds {
        whole: true,
        minimum: None,
        maximum: None,
    };
    const DECIMAL: Bounds = Bounds {
        whole: false,
        minimum: Some(-1.0),
        maximum: Some(5.0),
    };
    const SEVEN: Bounds = Bounds {
        whole: true,
        minimum: Some(1.0),
        maximum: Some(7.0),
    };

    fn says(words: &str, bounds: Bounds) -> String {
        let text = Text::new(words);
        match read(&text, &text.all(), bounds, &[]) {
            Some(Reading::Value { value, .. }) => value,
            Some(Reading::Missing { reason, .. }) => format!("{reason:?}"),
            None => "nothing".to_owned(),
        }
    }

    fn check(bounds: Bounds, cases: &[(&str, &str)]) {
        let wrong: Vec<String> = cases
            .iter()
            .filter(|(words, expected)| says(words, bounds) != *expected)
            .map(|(words, expected)| format!("{words}: {} instead of {expected}", says(words, bounds)))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn ratings_of_a_hundred() {
        check(
            WHOLE,
            &[
                ("85", "85"),
                ("８５", "85"),
                (" **85** ", "85"),
                ("85点", "85"),
                ("85点です。", "85"),
                ("85/100", "85"),
                ("85 / 100", "85"),
                ("85 out of 100", "85"),
                ("100点満点中85点", "85"),
                ("約80", "80"),
                ("約80くらい", "80"),
                ("about 80", "80"),
                ("around 80, I think", "80"),
                ("~80", "80"),
                ("85%", "85"),
                ("085", "85"),
                ("85.0", "85"),
                ("+85", "85"),
                ("スコアは85", "85"),
                ("Score: 85", "85"),
                ("I'd say 85.", "85"),
                ("とても楽しかったので85点です", "85"),
                ("85（0〜100）", "85"),
                ("0〜100の整数で85", "85"),
                ("85 (previously 70)", "85"),
                ("85。17時40分の場面が好き", "85"),
                ("85 - 17:40 was funny", "85"),
                ("Moderate, at 60.", "60"),
                ("85→", "85"),
                ("85、", "85"),
                ("85です", "85"),
            ],
        );
    }

    #[test]
    fn what_is_no_single_value() {
        check(
            WHOLE,
            &[
                ("70〜80", "Ambiguous"),
                ("70-80", "Ambiguous"),
                ("70–80", "Ambiguous"),
                ("70 to 80", "Ambiguous"),
                ("between 70 and 80", "Ambiguous"),
                ("70から80", "Ambiguous"),
                ("70か80", "Ambiguous"),
                ("70 or 80", "Ambiguous"),
                ("85, 90", "Ambiguous"),
                ("85 90", "Ambiguous"),
                ("85→90", "Ambiguous"),
                ("80以上", "Ambiguous"),
                ("80+", "Ambiguous"),
                (">80", "Ambiguous"),
                ("over 80", "Ambiguous"),
                ("80台", "Ambiguous"),
                ("8/10", "Ambiguous"),
                ("10点満点中8点", "Ambiguous"),
                ("85, but on reflection 70", "Ambiguous"),
                ("85、いや70", "Ambiguous"),
                ("85点、訂正して70点", "Ambiguous"),
                ("8,5", "Ambiguous"),
                ("850", "OutOfRange"),
                ("-5", "OutOfRange"),
                ("101/100", "OutOfRange"),
                ("85.5", "NotWhole"),
                ("eighty-five", "NotANumber"),
                ("八十五", "NotANumber"),
                ("2回読んで笑った", "NotANumber"),
                ("17時40分のバス", "NotANumber"),
                ("17:40のバス", "NotANumber"),
                ("1e2", "NotANumber"),
                ("とても面白い", "NotANumber"),
                ("GPT4", "NotANumber"),
                ("", "nothing"),
                ("**", "nothing"),
                ("0〜100", "nothing"),
                ("2024/05/01", "NotANumber"),
                ("80 or more", "Ambiguous"),
            ],
        );
    }

    #[test]
    fn other_kinds_of_numbers() {
        check(
            OPEN,
            &[
                ("1,234", "1234"),
                ("12,345,678", "12345678"),
                ("25歳", "25"),
                ("−5", "-5"),
                ("マイナス5", "-5"),
                ("-0", "0"),
                ("¥5,000", "5000"),
            ],
        );
        check(
            DECIMAL,
            &[
                ("0.75", "0.75"),
                ("0,75", "0.75"),
                ("3,5", "3.5"),
                ("-0.5", "-0.5"),
                (".5", "0.5"),
                ("1,234", "Ambiguous"),
                ("0.50", "0.50"),
                ("75%", "Ambiguous"),
                ("４．２", "4.2"),
            ],
        );
        check(
            SEVEN,
            &[
                ("4/7", "4"),
                ("4/5", "Ambiguous"),
                ("5（やや丁寧）", "5"),
                ("5: polite", "5"),
                ("5. Very polite", "5"),
                ("レベル5", "5"),
                ("a 5 out of 7", "5"),
                ("1〜7", "nothing"),
                ("８", "OutOfRange"),
            ],
        );
        let large = Bounds {
            whole: false,
            minimum: None,
            maximum: None,
        };
        check(
            large,
            &[
                ("1,234.56", "1234.56"),
                ("1.234,56", "1234.56"),
                ("1.2.3", "NotANumber"),
            ],
        );
    }
}
