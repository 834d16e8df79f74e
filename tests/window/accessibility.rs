//! axe in the real window: every page and dialog, both languages, both themes.

use crate::desktop::Window;
use crate::walk::{ENGLISH, Eye, Style, Walk};

struct Axe;

impl Eye for Axe {
    async fn see(&self, window: &Window, state: &str, (language, theme): Style) {
        window
            .must_be_accessible(&format!("{state} {language} {theme}"))
            .await;
    }
}

const EVERY: [Style; 4] = [("en", "light"), ("en", "dark"), ("ja", "light"), ("ja", "dark")];

const WALK: Walk<'static, Axe> = Walk {
    words: &ENGLISH,
    styles: &EVERY,
    eye: &Axe,
};

#[tokio::test]
async fn no_violation_on_first_use() {
    WALK.first_use().await;
}

#[tokio::test]
async fn no_violation_while_a_file_is_checked() {
    WALK.checks().await;
}

#[tokio::test]
async fn no_violation_on_jobs_results_and_connections() {
    WALK.work().await;
}

#[tokio::test]
async fn no_violation_on_studies() {
    WALK.studies().await;
}

#[tokio::test]
async fn no_violation_without_a_keychain() {
    WALK.without_keychain().await;
}
