//! Failures as a stable code with arguments. The sentence stands in the `messages` crate, in both languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

/// A stable code such as `keychain-locked`. Its sentence is the message `error-<code>`
/// (attributes `.means` and `.next`: what it means for money and data, and what to do next).
pub type ErrorCode = String;

/// An argument of a sentence: numbers stay numbers, so that plurals and digit grouping follow the language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(untagged)]
pub enum Arg {
    Number(#[specta(type = u32)] f64),
    Text(String),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<u64> for Arg {
    fn from(number: u64) -> Self {
        #[allow(clippy::cast_precision_loss)] // counts stay far below 2^53
        Self::Number(number as f64)
    }
}
impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}
impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::from(number as u64)
    }
}

/// The arguments of a sentence by name.
pub type Args = BTreeMap<String, Arg>;

/// What crosses to the window and the command line when something could not be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Failure {
    pub code: ErrorCode,
    pub args: Args,
    /// The raw words of the operating system or the provider, shown only under *Details*. Never holds a key.
    pub detail: Option<String>,
}

impl Failure {
    #[must_use]
    pub fn new(code: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            args: Args::new(),
            detail: None,
        }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }

    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.detail {
            Some(detail) => write!(f, "{}: {detail}", self.code),
            None => f.write_str(&self.code),
        }
    }
}

impl std::error::Error for Failure {}

/// Every crate's error enum says its stable code and arguments through this.
pub trait Explain {
    fn explain(&self) -> Failure;
}
