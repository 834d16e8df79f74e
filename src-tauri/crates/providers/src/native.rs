//! How the lines of each service's own files are written, for those who have such a file already.

use tabane_model::NativeLine;

use crate::Dialect;

impl Dialect {
    /// `None`: as OpenAI's, with `method` and `url`.
    pub(crate) fn native_line(self) -> Option<NativeLine> {
        match self {
            Self::OpenAi | Self::Xai => None,
            Self::Anthropic => Some(ANTHROPIC),
            Self::Gemini => Some(GEMINI),
            Self::Vertex => Some(VERTEX),
            Self::OpenRouter | Self::Mistral | Self::Together | Self::Fireworks => Some(BARE),
        }
    }
}

/// `{"custom_id":"a","params":{"model":…}}`: Python package `anthropic` and documentation (wire notes 1.2, 2026-11-24).
const ANTHROPIC: NativeLine = NativeLine {
    ids: &["custom_id"],
    body: "params",
    url: "/v1/messages",
    nameless: false,
    model_in_body: true,
};

/// `{"key":"a","request":{"contents":…}}`, the model in the address of the batch (wire notes 2.3, 2026-11-24). The
/// other names are Vertex AI's: its files ask in the same words.
const GEMINI: NativeLine = NativeLine {
    ids: &["key", "custom_id", "id"],
    body: "request",
    url: "/v1beta/generateContent",
    nameless: false,
    model_in_body: false,
};

/// `{"request":{"contents":…}}`, the model beside the file. Further columns are taken; Google's own samples have an
/// `id`, other clients a `custom_id` or `key` (wire notes 3.3 and 3.6, 2026-11-24).
const VERTEX: NativeLine = NativeLine {
    ids: &["custom_id", "key", "id"],
    body: "request",
    url: "/v1/generateContent",
    nameless: true,
    model_in_body: false,
};

/// `{"custom_id":"a","body":{…}}`, the kind of request beside the file, and often the model: Mistral and Fireworks
/// (wire notes 4.2 and 4.5, 2026-11-24), OpenRouter (notes of the same day); Together takes what is beside it. Chats
/// are what nearly all ask for.
const BARE: NativeLine = NativeLine {
    ids: &["custom_id"],
    body: "body",
    url: "/v1/chat/completions",
    nameless: false,
    model_in_body: true,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_files_are_read_by() {
        for line in [ANTHROPIC, GEMINI, VERTEX, BARE] {
            assert!(line.ids.iter().all(|id| ["custom_id", "key", "id"].contains(id)));
            assert!(!line.ids.is_empty() && ["params", "request", "body"].contains(&line.body));
            assert_eq!(line.is_bare(), line == BARE);
        }
    }

    #[test]
    fn what_is_translated_may_stand_beside_what_is_not() {
        for profile in crate::profiles() {
            let rules = profile.rules();
            let translated = rules.native.is_some_and(|line| !line.is_bare());
            assert!(!(translated && rules.one_endpoint), "{}", profile.id);
            let given = rules.for_given_model();
            assert!(given.model_given && !given.one_model);
        }
    }
}
