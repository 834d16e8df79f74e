//! Where a cell stands, as spreadsheets write it: `B12`, `A1:C3`.

/// Columns of a sheet in Excel 2007 and later, and of any table here (`XFD` is the last).
pub(crate) const MAX_COLUMNS: u32 = 16_384;
/// Rows of a sheet in Excel 2007 and later.
pub(crate) const MAX_ROWS: u32 = 1_048_576;

/// Row and column, both from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) row: u32,
    pub(crate) column: u32,
}

impl Place {
    /// `None`: this is no place in a sheet.
    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        let digits = text.iter().position(u8::is_ascii_digit)?;
        let (letters, digits) = text.split_at(digits);
        if letters.len() > 3 || digits.len() > 7 {
            return None;
        }
        let column = letters.iter().try_fold(0u32, |column, letter| {
            let letter = letter.to_ascii_uppercase();
            letter
                .is_ascii_uppercase()
                .then(|| column * 26 + u32::from(letter - b'A') + 1)
        })?;
        let row = digits.iter().try_fold(0u32, |row, digit| {
            digit.is_ascii_digit().then(|| row * 10 + u32::from(digit - b'0'))
        })?;
        let inside = (1..=MAX_COLUMNS).contains(&column) && (1..=MAX_ROWS).contains(&row);
        inside.then(|| Self {
            row: row - 1,
            column: column - 1,
        })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", letters(self.column), self.row + 1)
    }
}

/// A rectangle of cells, both corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) first: Place,
    pub(crate) last: Place,
}

impl Area {
    /// `None`: this is no rectangle in a sheet.
    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        let mut corners = text.splitn(2, |&byte| byte == b':');
        let first = Place::parse(corners.next()?)?;
        let last = match corners.next() {
            Some(corner) => Place::parse(corner)?,
            None => first,
        };
        (first.row <= last.row && first.column <= last.column).then_some(Self { first, last })
    }
}

impl std::fmt::Display for Area {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.first, self.last)
    }
}

/// The letters of a column: 0 is `A`, 26 is `AA`.
pub(crate) fn letters(column: u32) -> String {
    let mut left = column + 1;
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        #[allow(clippy::cast_possible_truncation)] // below 26
        letters.push(b'A' + (left % 26) as u8);
        left /= 26;
    }
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_and_written() {
        for (text, row, column) in [
            ("A1", 0, 0),
            ("Z9", 8, 25),
            ("AA10", 9, 26),
            ("XFD1048576", 1_048_575, 16_383),
        ] {
            let place = Place { row, column };
            assert_eq!(Place::parse(text.as_bytes()), Some(place));
            assert_eq!(place.to_string(), text);
        }
        assert_eq!(Place::parse(b"b2"), Place::parse(b"B2"));
    }

    #[test]
    fn what_is_no_place_is_refused() {
        for text in [
            "",
            "A",
            "1",
            "A0",
            "XFE1",
            "A1048577",
            "AAAAAAAAAAAA1",
            "A99999999999",
            "A1B",
            "あ1",
            "$A$1",
        ] {
            assert_eq!(Place::parse(text.as_bytes()), None, "{text}");
        }
        for text in ["B2:A1", "A1:", ":", "A1:B2:C3"] {
            assert_eq!(Area::parse(text.as_bytes()), None, "{text}");
        }
        assert_eq!(
            Area::parse(b"B2").map(|area| area.to_string()),
            Some("B2:B2".into())
        );
    }
}
