//! `cargo xtask screenshots`: every state of the real window, in both languages and themes.
//!
//! It writes PNG files and checks nothing; the tests beside it do that.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code)] // the desktop has more than pictures need

mod desktop;
mod keyboard;
mod service_states;
mod session;
mod states;
mod study_data;
mod study_hand;
mod study_states;
mod walk;

use std::path::PathBuf;
use std::time::Duration;

use desktop::{Window, repository, shell};
use walk::{ENGLISH, Eye, JAPANESE, Style, Walk};

const STYLES: [Style; 4] = [("en", "light"), ("en", "dark"), ("ja", "light"), ("ja", "dark")];

/// One walk a language, because native dialogs have the machine's.
fn walks(eye: &Camera) -> [Walk<'_, Camera>; 2] {
    let walk = |words, styles| Walk { words, styles, eye };
    [walk(&ENGLISH, &STYLES[..2]), walk(&JAPANESE, &STYLES[2..])]
}

#[tokio::test]
async fn every_state() {
    for walk in walks(&Camera::new()) {
        walk.first_use().await;
        walk.without_keychain().await;
        walk.checks().await;
        walk.work().await;
    }
}

#[tokio::test]
async fn services() {
    for walk in walks(&Camera::new()) {
        walk.services().await;
    }
}

#[tokio::test]
async fn studies() {
    for walk in walks(&Camera::new()) {
        walk.studies().await;
    }
}

struct Camera {
    folder: PathBuf,
}

impl Camera {
    fn new() -> Self {
        let folder = std::env::var_os("TABANE_SCREENSHOTS")
            .map_or_else(|| repository().join("target/screenshots"), PathBuf::from);
        std::fs::create_dir_all(&folder).unwrap();
        Self { folder }
    }
}

impl Eye for Camera {
    async fn see(&self, _: &Window, state: &str, (language, theme): Style) {
        tokio::time::sleep(Duration::from_millis(400)).await;
        let path = self.folder.join(format!("{state}.{theme}.{language}.png"));
        // Of the X window, not through WebDriver: what a person sees, native parts included.
        shell(&format!(
            "import -window $(xdotool search --onlyvisible --name '^Tabane$' | tail -1) '{}'",
            path.display()
        ));
    }
}
