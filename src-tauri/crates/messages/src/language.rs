//! The two languages.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A language that Tabane speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    En,
    Ja,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::En, Self::Ja];

    /// The word in the settings and on the command line: `en`, `ja`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ja => "ja",
        }
    }

    /// Reads `en` or `ja`, nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.as_str() == text)
    }

    /// The language for a locale of the system such as `ja_JP.UTF-8` or `ja-JP`; English for any that we do
    /// not speak, `C` and nonsense included.
    #[must_use]
    pub fn from_locale(locale: &str) -> Self {
        let tongue = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if tongue.eq_ignore_ascii_case("ja") {
            Self::Ja
        } else {
            Self::En
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_its_own_words_only() {
        for language in Language::ALL {
            assert_eq!(Language::parse(language.as_str()), Some(language));
        }
        for bad in ["", "EN", "jp", "ja-JP", "en "] {
            assert_eq!(Language::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn takes_the_language_out_of_a_locale() {
        for ja in [
            "ja",
            "ja_JP",
            "ja_JP.UTF-8",
            "ja-JP",
            "JA-jp",
            "ja@calendar=japanese",
            "ja.eucJP",
        ] {
            assert_eq!(Language::from_locale(ja), Language::Ja, "{ja:?}");
        }
        for en in [
            "",
            "C",
            "C.UTF-8",
            "POSIX",
            "en_US.UTF-8",
            "fr_FR",
            "jam_JM",
            "jav",
            "日本語",
        ] {
            assert_eq!(Language::from_locale(en), Language::En, "{en:?}");
        }
    }
}
