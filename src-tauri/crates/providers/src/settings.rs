//! What a service needs beside its address and key, such as a project and a region.

use tabane_model::{Failure, Settings};

use crate::Profile;

/// One setting of a connection. Its label is the message `setting-<name>`, with `.help` and `.example`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    pub name: &'static str,
    pub required: bool,
    /// What stands in the form before anything is typed.
    pub default: Option<&'static str>,
}

/// # Errors
/// `setting-missing`: a required one is empty and has no default.
pub(crate) fn complete(profile: &Profile, settings: &Settings) -> Result<(), Failure> {
    for setting in profile.settings.iter().filter(|setting| setting.required) {
        if value(profile, settings, setting.name).is_none() {
            return Err(Failure::new("setting-missing")
                .with("service", profile.name)
                .with("setting", setting.name));
        }
    }
    Ok(())
}

/// What is set, else the default. Blank is not set.
pub(crate) fn value<'a>(profile: &Profile, settings: &'a Settings, name: &str) -> Option<&'a str> {
    let set = settings
        .get(name)
        .map(|value| value.trim())
        .filter(|value| !value.is_empty());
    let default = || {
        profile
            .settings
            .iter()
            .find(|setting| setting.name == name)?
            .default
    };
    set.or_else(default)
}
