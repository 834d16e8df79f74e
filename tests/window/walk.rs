//! A walk through the states of the window: each is built once and then looked at in every style.

use serde_json::json;

use crate::desktop::Window;

/// A language and a theme.
pub(crate) type Style = (&'static str, &'static str);

/// What differs with the language of the machine.
pub(crate) struct Words {
    pub(crate) locale: &'static str,
    /// Titles of the native dialogs.
    pub(crate) open: &'static str,
    pub(crate) save: &'static str,
    pub(crate) choose_data: &'static str,
    pub(crate) save_study: &'static str,
    pub(crate) save_requests: &'static str,
    /// Names of files, as a researcher gives them.
    pub(crate) wave: &'static str,
    pub(crate) pilot: &'static str,
    pub(crate) essays: &'static str,
}

pub(crate) const ENGLISH: Words = Words {
    locale: "C.UTF-8",
    open: "Choose request files",
    save: "Save the results",
    choose_data: "Choose a spreadsheet",
    save_study: "Save the study",
    save_requests: "Save the requests",
    wave: "open_answers_wave3",
    pilot: "Emotion ratings, pilot 2",
    essays: "Essays, spring term",
};
pub(crate) const JAPANESE: Words = Words {
    locale: "ja_JP.UTF-8",
    open: "リクエストファイルを選ぶ",
    save: "結果の保存先",
    choose_data: "スプレッドシートを選択",
    save_study: "研究を保存",
    save_requests: "リクエストを保存",
    wave: "自由記述_第3波",
    pilot: "感情評定の予備調査2",
    essays: "春学期の作文",
};

/// Who looks: axe, or a camera.
pub(crate) trait Eye {
    async fn see(&self, window: &Window, state: &str, style: Style);
}

pub(crate) struct Walk<'a, E> {
    pub(crate) words: &'a Words,
    pub(crate) styles: &'a [Style],
    pub(crate) eye: &'a E,
}

impl<E: Eye> Walk<'_, E> {
    /// The state as it is now, in each style; language and theme change without leaving it. Ends in the first style,
    /// which is the one of the native dialogs.
    pub(crate) async fn look(&self, window: &Window, state: &str) {
        for style in self.styles {
            wear(window, *style).await;
            self.eye.see(window, state, *style).await;
        }
        wear(window, self.styles[0]).await;
    }
}

/// Puts the style on and waits for it: for colours on their way, and for a page that is still being read from the disk.
async fn wear(window: &Window, (language, theme): Style) {
    window
        .command("set_language", json!({ "language": language }))
        .await;
    window.command("set_theme", json!({ "theme": theme })).await;
    let shown = format!(
        "const {{ lang, dataset }} = document.documentElement;
        return lang === '{language}' && dataset.theme === '{theme}'
            && [...document.querySelectorAll('h1')].some(one => one.checkVisibility())
            && document.getAnimations().every(one => !/color|background/.test(one.transitionProperty))"
    );
    window.until("the style", &shown).await;
}

impl Window {
    /// Goes to a page by its address, as a link does.
    pub(crate) async fn go(&self, address: &str) {
        let script = "window.location.hash = arguments[0]";
        self.page.execute(script, vec![json!(address)]).await.unwrap();
    }

    /// Goes to a page by the navigation and waits until it is there: it may have to be read from the disk.
    pub(crate) async fn turn_to(&self, page: &str) {
        self.click(&format!("nav-{page}")).await;
        let there = format!(
            "return document.querySelector('[data-testid=nav-{page}]').getAttribute('aria-current') === 'page'
                && [...document.querySelectorAll('h1')].some(one => one.checkVisibility())"
        );
        self.until(page, &there).await;
    }

    pub(crate) async fn type_into(&self, id: &str, text: &str) {
        self.find(id).await.send_keys(text).await.unwrap();
    }

    /// The id of the job with this name, once it is in this state.
    pub(crate) async fn job(&self, name: &str, state: &str) -> String {
        for _ in 0..200 {
            let jobs = self.command("jobs", json!({ "search": null })).await;
            let jobs = jobs.as_array().cloned().unwrap_or_default();
            let found = jobs
                .iter()
                .find(|job| job["name"] == name && job["state"] == state);
            if let Some(id) = found.and_then(|job| job["id"].as_str()) {
                return id.to_owned();
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("no job “{name}” in state {state}: {}", self.text().await);
    }
}
