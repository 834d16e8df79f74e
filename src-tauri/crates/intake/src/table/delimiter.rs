//! What stands between the cells of a text file.

use super::{Delimiter, TableError};

/// In the order of preference when several fit alike: text holds commas more often than tabs.
const CANDIDATES: [char; 4] = ['\t', ';', ',', '|'];
/// Records that are looked at.
const LOOKED_AT: usize = 200;
/// The share of records that must have the same number of cells, or more than one.
const ENOUGH: f64 = 0.6;
/// What it weighs when many records have more than one cell, but not equally many.
const UNEVEN: f64 = 0.5;

/// Guesses by how many records have the same number of cells. `whole`: nothing follows `text`.
pub(super) fn guess(text: &str, whole: bool) -> Delimiter {
    let mut best = (0.0, Delimiter::None);
    for candidate in CANDIDATES.map(Delimiter::Character) {
        let fit = fit(text, whole, candidate).unwrap_or(0.0);
        if fit > best.0 {
            best = (fit, candidate);
        }
    }
    best.1
}

/// The share of records with the most usual number of cells. `None`: it is no delimiter here.
fn fit(text: &str, whole: bool, delimiter: Delimiter) -> Option<f64> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.byte().ok()?)
        .from_reader(text.as_bytes());
    let mut sizes = Vec::new();
    let mut record = csv::ByteRecord::new();
    while sizes.len() < LOOKED_AT && reader.read_byte_record(&mut record).ok()? {
        sizes.push(record.len());
    }
    // The last may be cut.
    if !whole && sizes.len() > 1 && sizes.len() < LOOKED_AT {
        sizes.pop();
    }
    let count = |fits: &dyn Fn(usize) -> bool| sizes.iter().filter(|&&size| fits(size)).count();
    let usual = *sizes
        .iter()
        .max_by_key(|&&size| (count(&|other| other == size), size))?;
    #[allow(clippy::cast_precision_loss)] // at most 200
    let share = |part: usize| part as f64 / sizes.len() as f64;
    let (even, several) = (
        share(count(&|size| size == usual)),
        share(count(&|size| size > 1)),
    );
    if usual > 1 && even >= ENOUGH {
        Some(even)
    } else {
        // Names are parted, and most of what follows is.
        (sizes[0] > 1 && several >= ENOUGH).then_some(several * UNEVEN)
    }
}

/// The delimiter that a first line `sep=;` names, as Excel reads and writes it.
pub(super) fn named(text: &str) -> Option<Delimiter> {
    let line = text.lines().next()?;
    let named = line.get(..4).filter(|start| start.eq_ignore_ascii_case("sep="));
    let mut rest = line[named?.len()..].chars();
    let delimiter = Delimiter::Character(rest.next()?);
    (rest.next().is_none() && delimiter.byte().is_ok()).then_some(delimiter)
}

/// What the researcher said, if it can part cells.
pub(super) fn checked(chosen: Delimiter) -> Result<Delimiter, TableError> {
    chosen.byte().map(|_| chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_even_one_is_taken() {
        let character = Delimiter::Character;
        for (text, expected) in [
            ("a,b\n1,2\n", character(',')),
            ("a\tb\n1,5\t2,5\n", character('\t')),
            ("a;b;c\n1,5;2,5;3,5\n", character(';')),
            ("1,5;2,5\n3,5;4,5\n", character(';')),
            ("a|b\n1|2\n", character('|')),
            ("id,tags\n1,x|y\n2,z\n", character(',')),
            ("a,b\n\"x;y\nz;;\",2\n3,4\n", character(',')),
            ("a,b,c\n1,2\n1,2,3\n4,5,6\n", character(',')),
            ("a,b\n1,2\n3,4,5\n6\n7,8,\n9,10\n", character(',')),
            ("text\nHello, world\nno\nyes, no, maybe\n", Delimiter::None),
            ("one\ntwo\n", Delimiter::None),
            ("", Delimiter::None),
        ] {
            assert_eq!(guess(text, true), expected, "{text}");
        }
        assert_eq!(guess("a,b\n1,2\n3", false), character(','));
    }

    #[test]
    fn the_first_line_may_name_it() {
        assert_eq!(named("sep=;\na;b"), Some(Delimiter::Character(';')));
        assert_eq!(named("SEP=\t\r\na\tb"), Some(Delimiter::Character('\t')));
        for text in ["sep=", "sep=;;", "sep=\"", "sepal;x", "あ=;", "se", ""] {
            assert_eq!(named(text), None, "{text}");
        }
    }
}
