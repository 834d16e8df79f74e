//! The kinds of file that results are saved as.

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Csv,
    Xlsx,
    /// One array of objects.
    Json,
    /// One object a line.
    Jsonl,
}

impl Format {
    pub const ALL: [Self; 4] = [Self::Csv, Self::Xlsx, Self::Json, Self::Jsonl];

    /// Reads a file ending without its dot, in small or capital letters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.extension().eq_ignore_ascii_case(text))
    }

    /// The file ending, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn reads_what_it_says() {
        for format in Format::ALL {
            assert_eq!(Format::parse(format.extension()), Some(format));
        }
        assert_eq!(Format::parse("XLSX"), Some(Format::Xlsx));
        for bad in ["", ".csv", "xls", "表"] {
            assert_eq!(Format::parse(bad), None);
        }
    }
}
