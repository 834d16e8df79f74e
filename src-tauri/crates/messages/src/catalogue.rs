//! The sentences, compiled in and looked up by id.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use tabane_model::{Arg, Args};
use unic_langid::LanguageIdentifier;

use crate::Language;
use crate::numbers;

// `ENGLISH` and `JAPANESE`: (area, text of its file). Made by build.rs.
include!(concat!(env!("OUT_DIR"), "/areas.rs"));

type Bundle = FluentBundle<FluentResource>;

/// From here on whole numbers are no longer exact in an `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Language {
    /// The Fluent files of this language: name of the area, text.
    #[must_use]
    pub fn sources(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::En => ENGLISH,
            Self::Ja => JAPANESE,
        }
    }

    /// The sentence with this id. An id that does not exist gives itself, so that nothing is ever blank;
    /// the tests of those who use it see to it that this does not happen.
    #[must_use]
    pub fn text(self, id: &str, args: &Args) -> String {
        self.look_up(id, None, args).unwrap_or_else(|| id.to_owned())
    }

    /// An attribute of a message, such as `means` of `error-keychain-locked`.
    #[must_use]
    pub fn attribute(self, id: &str, attribute: &str, args: &Args) -> Option<String> {
        self.look_up(id, Some(attribute), args)
    }

    /// Is there a sentence with this id?
    #[must_use]
    pub fn has(self, id: &str) -> bool {
        self.bundle()
            .get_message(id)
            .is_some_and(|message| message.value().is_some())
    }

    fn look_up(self, id: &str, attribute: Option<&str>, args: &Args) -> Option<String> {
        let bundle = self.bundle();
        let message = bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        // What Fluent finds amiss (an argument that was not given) stands visibly in the text as `{$name}`.
        let mut amiss = Vec::new();
        Some(
            bundle
                .format_pattern(pattern, Some(&fluent_args(args)), &mut amiss)
                .into_owned(),
        )
    }

    fn bundle(self) -> &'static Bundle {
        static ENGLISH_BUNDLE: OnceLock<Bundle> = OnceLock::new();
        static JAPANESE_BUNDLE: OnceLock<Bundle> = OnceLock::new();
        match self {
            Self::En => ENGLISH_BUNDLE.get_or_init(|| build(self)),
            Self::Ja => JAPANESE_BUNDLE.get_or_init(|| build(self)),
        }
    }
}

/// A file with a fault keeps its good messages here; that it has a fault is found by the tests.
fn build(language: Language) -> Bundle {
    let id: LanguageIdentifier = language.as_str().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![id]);
    // No invisible direction marks: our text also goes to terminals, files and other programs.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) => Some(numbers::grouped(number)),
        _ => None,
    }));
    // Only fails when the name is taken, and the bundle is new.
    let _ = bundle.add_builtins();
    for (_, source) in language.sources() {
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let _ = bundle.add_resource(resource);
    }
    bundle
}

fn fluent_args(args: &Args) -> FluentArgs<'_> {
    args.iter()
        .map(|(name, arg)| (name.as_str(), fluent_value(arg)))
        .collect()
}

/// Fluent's plural rules panic on numbers with very many digits, so it is given only what would be shown:
/// three decimals, and as plain text what is no exact number anyway.
fn fluent_value(arg: &Arg) -> FluentValue<'_> {
    match arg {
        Arg::Text(text) => FluentValue::from(text.as_str()),
        Arg::Number(number) if number.abs() < EXACT => {
            FluentValue::Number(FluentNumber::from(numbers::shown(*number)))
        }
        Arg::Number(number) => FluentValue::from(number.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(count: f64) -> Args {
        Args::from([("count".to_owned(), Arg::Number(count))])
    }

    #[test]
    fn counts_follow_the_language() {
        let say = |language: Language, count| language.text("count-requests", &args(count));
        assert_eq!(say(Language::En, 0.0), "0 requests");
        assert_eq!(say(Language::En, 1.0), "1 request");
        assert_eq!(say(Language::En, 52_337.0), "52,337 requests");
        assert_eq!(say(Language::Ja, 1.0), "1件");
        assert_eq!(say(Language::Ja, 52_337.0), "52,337件");
    }

    #[test]
    fn an_unknown_id_gives_itself() {
        for id in [
            "no-such-message",
            "",
            "日本語",
            "count requests",
            "count-requests.value",
            "{ $x }",
        ] {
            assert_eq!(Language::En.text(id, &Args::new()), id);
            assert_eq!(Language::Ja.attribute(id, "means", &Args::new()), None);
            assert!(!Language::Ja.has(id));
        }
        assert_eq!(
            Language::En.attribute("count-requests", "means", &Args::new()),
            None
        );
    }

    #[test]
    fn a_forgotten_argument_is_visible() {
        assert_eq!(Language::Ja.text("count-requests", &Args::new()), "{$count}件");
    }

    #[test]
    fn no_number_makes_it_panic() {
        for odd in [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            1e300,
            1e-300,
            -1e300,
            f64::MIN_POSITIVE,
            0.1 + 0.2,
        ] {
            for language in Language::ALL {
                assert!(!language.text("count-requests", &args(odd)).is_empty());
            }
        }
    }

    #[test]
    fn texts_are_not_read_as_fluent() {
        let args = Args::from([("code".to_owned(), Arg::Text("{ $x } \u{2068}".to_owned()))]);
        assert!(
            Language::En
                .text("error-unexpected", &args)
                .contains("{ $x } \u{2068}")
        );
    }

    #[test]
    fn threads_share_one_catalogue() {
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| assert_eq!(Language::Ja.text("count-parts", &args(2.0)), "2束"));
            }
        });
    }
}
