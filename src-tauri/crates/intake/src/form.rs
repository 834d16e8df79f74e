//! The form a line is written in: OpenAI's, the service's own, or that of another service.

use tabane_model::{NativeLine, Rules};

use crate::fields::Fields;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `{"custom_id":…,"method":…,"url":…,"body":…}`
    OpenAi,
    Native(NativeLine),
    /// Right for another service: the problem that says so.
    Foreign(&'static str),
}

impl Form {
    pub(crate) fn of(fields: &Fields<'_>, rules: &Rules) -> Self {
        let has_url = fields.url().is_some();
        if fields.held("body").is_some() {
            let bare = rules.native.filter(|native| native.is_bare() && !has_url);
            return bare.map_or(Self::OpenAi, Self::Native);
        }
        let native = rules.native.filter(|native| !native.is_bare());
        if let Some(native) = native.filter(|native| fields.held(native.body).is_some()) {
            return Self::Native(native);
        }
        // Whoever says where a line goes means OpenAI's form, and something is missing.
        if has_url || fields.method().is_some() {
            return Self::OpenAi;
        }
        let holds = |name: &str| fields.held(name).is_some_and(|held| held.inside.is_some());
        if holds("params") {
            return Self::Foreign("shape-of-claude");
        }
        if holds("request") {
            return Self::Foreign("shape-of-google");
        }
        native.map_or(Self::OpenAi, Self::Native)
    }

    /// Where its name may stand, the usual one first.
    pub(crate) fn ids(self) -> &'static [&'static str] {
        match self {
            Self::Native(native) => native.ids,
            _ => &["custom_id"],
        }
    }

    /// Where what is asked stands.
    pub(crate) fn body(self) -> &'static str {
        match self {
            Self::Native(native) => native.body,
            _ => "body",
        }
    }

    /// It may say where it goes.
    pub(crate) fn is_addressed(self) -> bool {
        match self {
            Self::Native(native) => native.is_bare(),
            _ => true,
        }
    }
}
