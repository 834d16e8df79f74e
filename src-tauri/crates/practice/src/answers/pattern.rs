//! A text that a regular expression matches.

use regex_syntax::hir::{Hir, HirKind};

use super::dice::Dice;

/// Repetitions of `*` and `+` beyond the least.
const MORE: u32 = 4;
/// A longer text is nobody's wish.
const LONGEST: usize = 10_000;

/// `None` when the pattern is not understood (look-around, back references).
pub(super) fn text(pattern: &str, dice: &mut Dice) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut text = String::new();
    write(&hir, dice, &mut text)?;
    Some(text)
}

fn write(hir: &Hir, dice: &mut Dice, text: &mut String) -> Option<()> {
    if text.len() > LONGEST {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(letter(class, dice)?),
        HirKind::Repetition(repetition) => {
            let least = repetition.min;
            let most = repetition
                .max
                .unwrap_or(least.saturating_add(MORE))
                .min(least.saturating_add(MORE));
            let extra = if most > least {
                dice.draw(u64::from(most - least) + 1)
            } else {
                0
            };
            for _ in 0..u64::from(least) + extra {
                write(&repetition.sub, dice, text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, dice, text)?,
        HirKind::Concat(parts) => {
            for part in parts {
                write(part, dice, text)?;
            }
        }
        HirKind::Alternation(options) => write(dice.pick(options)?, dice, text)?,
    }
    Some(())
}

/// A letter of the class: of its plain ones where it has some (`.` and `\w` have all of Unicode).
fn letter(class: &regex_syntax::hir::Class, dice: &mut Dice) -> Option<char> {
    let regex_syntax::hir::Class::Unicode(class) = class else {
        return None;
    };
    let mut plain = class.clone();
    let ascii = regex_syntax::hir::ClassUnicodeRange::new(' ', '~');
    plain.intersect(&regex_syntax::hir::ClassUnicode::new([ascii]));
    let class = if plain.ranges().is_empty() { class } else { &plain };
    let count: u64 = class.ranges().iter().map(|range| range.len() as u64).sum();
    let mut at = dice.draw(count);
    for range in class.ranges() {
        let length = range.len() as u64;
        if at < length {
            return (range.start()..=range.end()).nth(usize::try_from(at).ok()?);
        }
        at -= length;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_the_shape_of_the_pattern() {
        let of = |pattern: &str| text(pattern, &mut Dice::new(pattern, 0)).unwrap();
        let id = of(r"^[A-Z]{3}-\d{4}$");
        assert!(
            id.len() == 8 && id.as_bytes()[3] == b'-' && id[4..].parse::<u32>().is_ok(),
            "{id}"
        );
        assert!(["yes", "no"].contains(&of("^(?:yes|no)$").as_str()));
        assert!(of("^[ぁ-ん]{2,3}$").chars().all(|c| ('ぁ'..='ん').contains(&c)));
        assert!(of(r"^\w+$").is_ascii());
        assert_eq!(text("^(?=x)$", &mut Dice::new("b", 0)), None);
        assert_eq!(text("(a{1000}){1000}", &mut Dice::new("b", 0)), None);
    }
}
