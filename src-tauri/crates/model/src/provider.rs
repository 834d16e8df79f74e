//! Who a job is sent to, and what that service accepts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

/// Such as `openai`, `anthropic`, `vertex`, `custom`, `practice`: the same words in the window, the command line and the database.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct ProviderId(pub String);

impl ProviderId {
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(id.to_owned())
    }
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The embedded simulator, whose answers are no data.
    #[must_use]
    pub fn is_practice(&self) -> bool {
        self.0 == "practice"
    }
}

impl std::fmt::Display for ProviderId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a connection needs beside address and key, by name, such as `project` and `region`. Never a secret.
pub type Settings = BTreeMap<String, String>;

/// What one service accepts in one batch. `providers` makes it, `intake` checks against it, `app` splits by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    pub provider: ProviderId,
    /// Requests in one part.
    pub max_requests: u64,
    /// Bytes of one part's file as sent.
    pub max_bytes: u64,
    /// Accepted values of a line's `url`, such as `/v1/chat/completions`. Empty: any that starts with `/v`.
    pub endpoints: Vec<String>,
    /// All lines of a part must name the same model.
    pub one_model: bool,
    /// All lines of a part must name the same `url`.
    pub one_endpoint: bool,
    /// Completion windows such as `24h`, `7d`; the first is the default.
    pub windows: Vec<String>,
    /// How long the service keeps results, in days. `None`: not told.
    pub retention_days: Option<u32>,
    /// How the lines of the service's own files are written. They are taken beside OpenAI's, and both in one file.
    pub native: Option<NativeLine>,
    /// A model is given that replaces that of every line.
    pub model_given: bool,
}

impl Rules {
    /// Which model a line names, if any, no longer matters: one is given for all.
    #[must_use]
    pub fn for_given_model(self) -> Self {
        Self {
            one_model: false,
            model_given: true,
            ..self
        }
    }
}

/// A line of a service's own files, such as `{"key":"a","request":{…}}`: a name and what is asked, no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NativeLine {
    /// Where its name may stand, the usual one first: of `custom_id`, `key`, `id`.
    pub ids: &'static [&'static str],
    /// Where what is asked stands: `params`, `request`, or `body`, which makes it OpenAI's line without its address.
    pub body: &'static str,
    /// The `url` that stands for it.
    pub url: &'static str,
    /// The service knows no names: a line without one is right, and goes by its number.
    pub nameless: bool,
    /// What is asked names the model. Else one has to be given for all.
    pub model_in_body: bool,
}

impl NativeLine {
    /// OpenAI's line without `method` and `url`.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.body == "body"
    }
}
