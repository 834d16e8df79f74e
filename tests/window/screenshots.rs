//! `cargo xtask screenshots`: every state of the real window, in both languages and themes.
//!
//! It writes PNG files and checks nothing; the tests beside it do that.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code)] // the desktop has more than pictures need

mod desktop;
mod keyboard;
mod session;
mod states;
mod walk;

use std::path::PathBuf;
use std::time::Duration;

use desktop::{Window, repository, shell};
use walk::{ENGLISH, Eye, JAPANESE, Style, Walk};

#[tokio::test]
async fn every_state() {
    let folder = std::env::var_os("TABANE_SCREENSHOTS")
        .map_or_else(|| repository().join("target/screenshots"), PathBuf::from);
    std::fs::create_dir_all(&folder).unwrap();
    let camera = Camera { folder };
    let styles: [Style; 4] = [("en", "light"), ("en", "dark"), ("ja", "light"), ("ja", "dark")];
    for (words, styles) in [(&ENGLISH, &styles[..2]), (&JAPANESE, &styles[2..])] {
        let walk = Walk {
            words,
            styles,
            eye: &camera,
        };
        walk.first_use().await;
        walk.without_keychain().await;
        walk.checks().await;
        walk.work().await;
    }
}

struct Camera {
    folder: PathBuf,
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
