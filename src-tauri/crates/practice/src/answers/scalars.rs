//! Numbers and strings within the rules of a schema.

use serde_json::Value;

use super::dice::Dice;
use super::prose::{self, Tongue};
use super::range::last_range;
use super::schema::Rules;

/// Bounds of a number when neither the schema nor its description tells any.
const USUAL: (f64, f64) = (0.0, 100.0);

struct Bounds {
    low: f64,
    high: f64,
    /// The bound itself is not allowed.
    above: bool,
    below: bool,
}

fn bounds(rules: &Rules) -> Bounds {
    let (above_low, low) = bound(rules.minimum, rules.exclusive_minimum.as_ref(), f64::max);
    let (below_high, high) = bound(rules.maximum, rules.exclusive_maximum.as_ref(), f64::min);
    let width = USUAL.1 - USUAL.0;
    let (low, high) = match (low, high) {
        (Some(low), Some(high)) => (low, high),
        (Some(low), None) => (low, if low < USUAL.1 { USUAL.1 } else { low + width }),
        (None, Some(high)) => (if high > USUAL.0 { USUAL.0 } else { high - width }, high),
        (None, None) => rules
            .description
            .as_deref()
            .and_then(last_range)
            .map_or(USUAL, |range| (range.low, range.high)),
    };
    Bounds {
        low,
        high,
        above: above_low,
        below: below_high,
    }
}

/// An exclusive bound is a number, or (in the old draft 4) `true` beside the inclusive one.
fn bound(
    inclusive: Option<f64>,
    exclusive: Option<&Value>,
    tighter: fn(f64, f64) -> f64,
) -> (bool, Option<f64>) {
    match (inclusive, exclusive) {
        (inclusive, Some(Value::Bool(exclusive))) => (*exclusive, inclusive),
        (Some(inclusive), Some(exclusive)) => {
            let exclusive = exclusive.as_f64().unwrap_or(inclusive);
            let bound = tighter(inclusive, exclusive);
            (bound == exclusive, Some(bound))
        }
        (inclusive, None) => (false, inclusive),
        (None, Some(exclusive)) => (true, exclusive.as_f64()),
    }
}

/// How many steps the value is: between the bounds, counted in `step`.
fn steps(bounds: &Bounds, step: f64, dice: &mut Dice) -> i64 {
    // 0.3 / 0.1 is a little below 3.
    const SLACK: f64 = 1e-9;
    let (low, high) = (bounds.low / step, bounds.high / step);
    let low = if bounds.above {
        (low + SLACK).floor() + 1.0
    } else {
        (low - SLACK).ceil()
    };
    let high = if bounds.below {
        (high - SLACK).ceil() - 1.0
    } else {
        (high + SLACK).floor()
    };
    #[allow(clippy::cast_possible_truncation)] // bounds beyond 64 bits are cut to them
    dice.between(low as i64, high as i64)
}

pub(super) fn integer(rules: &Rules, dice: &mut Dice) -> i64 {
    let step = rules
        .multiple_of
        .filter(|step| *step >= 1.0 && step.fract() == 0.0)
        .unwrap_or(1.0);
    #[allow(clippy::cast_possible_truncation)] // as above
    steps(&bounds(rules), step, dice).saturating_mul(step as i64)
}

pub(super) fn number(rules: &Rules, dice: &mut Dice) -> f64 {
    let bounds = bounds(rules);
    let width = bounds.high - bounds.low;
    let fine = if width < 0.1 {
        width / 100.0
    } else if width <= 10.0 {
        0.01
    } else {
        0.1
    };
    let step = rules.multiple_of.filter(|step| *step > 0.0).unwrap_or(fine);
    if step <= 0.0 {
        return bounds.low;
    }
    #[allow(clippy::cast_precision_loss)] // steps of a rating are few
    let value = steps(&bounds, step, dice) as f64 * step;
    if width < 0.1 {
        value
    } else {
        (value * 1e9).round() / 1e9
    }
}

pub(super) fn string(rules: &Rules, tongue: Tongue, dice: &mut Dice) -> String {
    if let Some(text) = rules
        .pattern
        .as_deref()
        .and_then(|pattern| super::pattern::text(pattern, dice))
    {
        return text;
    }
    if let Some(text) = rules.format.as_deref().and_then(|format| formatted(format, dice)) {
        return text;
    }
    let mut text = prose::sentence(tongue, dice);
    let least = rules.min_length.unwrap_or(0).min(100_000);
    while (text.chars().count() as u64) < least {
        if tongue == Tongue::English {
            text.push(' ');
        }
        text.push_str(&prose::sentence(tongue, dice));
    }
    match rules.max_length {
        Some(most) => text
            .chars()
            .take(usize::try_from(most).unwrap_or(usize::MAX))
            .collect(),
        None => text,
    }
}

/// The formats that OpenAI's strict mode lists, and `uri`.
fn formatted(format: &str, dice: &mut Dice) -> Option<String> {
    let mut part = |low, high| dice.between(low, high);
    let date = |part: &mut dyn FnMut(i64, i64) -> i64| {
        format!("{}-{:02}-{:02}", part(2000, 2026), part(1, 12), part(1, 28))
    };
    let time = |part: &mut dyn FnMut(i64, i64) -> i64| {
        format!("{:02}:{:02}:{:02}Z", part(0, 23), part(0, 59), part(0, 59))
    };
    Some(match format {
        "date" => date(&mut part),
        "time" => time(&mut part),
        "date-time" => format!("{}T{}", date(&mut part), time(&mut part)),
        "duration" => format!("PT{}M", part(1, 59)),
        "email" => format!("person{}@example.com", part(1, 999)),
        "hostname" => format!("host{}.example.com", part(1, 999)),
        "uri" => format!("https://example.com/{}", part(1, 999)),
        "ipv4" => format!("192.0.2.{}", part(1, 254)),
        "ipv6" => format!("2001:db8::{:x}", part(1, 0xffff)),
        "uuid" => {
            let (a, b, c) = (part(0, 0xffff_ffff), part(0, 0xffff), part(0, 0xfff));
            let (d, e) = (part(0x8000, 0xbfff), part(0, 0xffff_ffff_ffff));
            format!("{a:08x}-{b:04x}-4{c:03x}-{d:04x}-{e:012x}")
        }
        _ => return None,
    })
}
