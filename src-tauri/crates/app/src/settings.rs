//! What the user chose: language and theme.

use tabane_messages::Language;
use tabane_model::Failure;

use crate::view::{Settings, Stale};
use crate::{App, failure};

impl App {
    /// # Errors
    /// The database could not be read.
    pub fn settings(&self) -> Result<Settings, Failure> {
        let get = |key: &str| self.inner.store.setting(key).map_err(failure::of);
        Ok(Settings {
            language: get("language")?.unwrap_or_else(|| self.inner.first_language.clone()),
            theme: get("theme")?.unwrap_or_else(|| "system".to_owned()),
            greeted: get("greeted")?.is_some(),
            data_folder: self.inner.data_dir.display().to_string(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    /// # Errors
    /// `setting-unknown`: no such language.
    pub fn set_language(&self, language: &str) -> Result<Settings, Failure> {
        self.set_one_of("language", language, &["en", "ja"])
    }

    /// # Errors
    /// `setting-unknown`: no such theme.
    pub fn set_theme(&self, theme: &str) -> Result<Settings, Failure> {
        self.set_one_of("theme", theme, &["system", "light", "dark"])
    }

    /// The first greeting has been seen.
    ///
    /// # Errors
    /// The database could not be written.
    pub fn set_greeted(&self) -> Result<Settings, Failure> {
        self.set_one_of("greeted", "yes", &["yes"])
    }

    fn set_one_of(&self, key: &str, value: &str, allowed: &[&str]) -> Result<Settings, Failure> {
        if !allowed.contains(&value) {
            return Err(Failure::new("setting-unknown").with("value", value));
        }
        self.inner.store.set_setting(key, value).map_err(failure::of)?;
        self.changed(Stale::Settings);
        self.settings()
    }
}

/// The language that this computer speaks, for the first start and before the settings can be read.
#[must_use]
pub fn system_language() -> Language {
    sys_locale::get_locale().map_or(Language::En, |locale| Language::from_locale(&locale))
}
