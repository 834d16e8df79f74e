//! `cargo xtask screenshots`: every page of the real window with sample data, in both languages and themes.
//!
//! It writes PNG files and checks nothing; the tests beside it do that.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code)] // the desktop has more than pictures need

mod desktop;

use std::path::{Path, PathBuf};
use std::time::Duration;

use desktop::{Start, Window, answer_dialog, repository, shell};
use tabane_tests::{Cli, write_requests};

#[tokio::test]
async fn every_page() {
    let folder = std::env::var_os("TABANE_SCREENSHOTS")
        .map_or_else(|| repository().join("target/screenshots"), PathBuf::from);
    std::fs::create_dir_all(&folder).unwrap();
    for (language, locale) in [("en", "C.UTF-8"), ("ja", "ja_JP.UTF-8")] {
        for theme in ["light", "dark"] {
            let album = Album {
                folder: &folder,
                style: format!("{theme}.{language}"),
                theme,
            };
            album.fill(locale).await;
        }
    }
}

struct Album<'a> {
    folder: &'a Path,
    style: String,
    theme: &'a str,
}

impl Album<'_> {
    async fn fill(&self, locale: &str) {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        let window = Window::open(&Start {
            data_dir: &data,
            locale,
            pace: 8_000,
        })
        .await;
        window.find("door-practice").await;
        self.take(&window, "start-first").await;
        window.click("door-practice").await;
        window.find("send-to-practice").await;
        window.click("nav-settings").await;
        window.click(&format!("theme-{}", self.theme)).await;
        self.take(&window, "settings").await;
        for page in ["jobs", "connections"] {
            window.click(&format!("nav-{page}")).await;
            self.take(&window, &format!("{page}-empty")).await;
        }
        window.click("offer-openai").await;
        window.find("key-field").await;
        self.take(&window, "connections-dialog").await;
        window.close().await;

        problem_file(&dir.path().join("open_answers_wave3.jsonl"));
        seed(&data, dir.path());
        let window = Window::open(&Start {
            data_dir: &data,
            locale,
            pace: 8_000,
        })
        .await;
        window.find("job-row").await;
        self.take(&window, "home").await;
        // By the dialog: a drag leaves a hole in the picture where there is no compositor.
        window.click("send-file").await;
        let title = if locale.starts_with("ja") {
            "リクエストファイルを選ぶ"
        } else {
            "Choose request files"
        };
        answer_dialog(title, &dir.path().join("open_answers_wave3.jsonl"));
        window.find("figures").await;
        self.take(&window, "check-problems").await;
        window.click("nav-home").await;
        window.click_css("[data-testid='draft-row'] a").await;
        window.find("figures").await;
        self.running(&window).await;
        window.click("nav-jobs").await;
        self.take(&window, "jobs").await;
        window.click_css("[data-testid='job-row'] a").await;
        window.find("open-results").await;
        self.take(&window, "job-finished").await;
        window.click("open-results").await;
        window.find("row-2").await;
        window.click("row-2").await;
        window.find("row-panel").await;
        self.take(&window, "results-table").await;
        window.click("export-button").await;
        window.find("export-confirm").await;
        self.take(&window, "results-export").await;
        window.close().await;
    }

    /// The sample on its way.
    async fn running(&self, window: &Window) {
        let script =
            "return !!document.querySelector(\"[data-testid='send-button']:not([aria-disabled='true'])\")";
        if window
            .page
            .execute(script, Vec::new())
            .await
            .unwrap()
            .json()
            .as_bool()
            != Some(true)
        {
            // The newest draft is the one with problems: the sample is the other.
            window.click("nav-home").await;
            window.click_css("[data-testid='draft-row']:last-of-type a").await;
            window.find("figures").await;
        }
        self.take(window, "check-ready").await;
        window.click("send-button").await;
        window.find("confirm-send").await;
        self.take(window, "check-confirm").await;
        window.click("confirm-send").await;
        window.find("job-state").await;
        tokio::time::sleep(Duration::from_secs(5)).await;
        self.take(window, "job-running").await;
    }

    async fn take(&self, _: &Window, name: &str) {
        tokio::time::sleep(Duration::from_millis(400)).await;
        let path = self.folder.join(format!("{name}.{}.png", self.style));
        // Without a compositor the drag's own window leaves a hole: a new size has everything painted again.
        shell(
            "W=$(xdotool search --onlyvisible --name '^Tabane$' | tail -1); xdotool windowsize $W 1201 800 sleep 0.2 windowsize $W 1200 800 sleep 0.4",
        );
        // Of the X window, not through WebDriver: what a person sees, native parts included.
        shell(&format!(
            "import -window $(xdotool search --onlyvisible --name '^Tabane$' | tail -1) '{}'",
            path.display()
        ));
    }
}

/// A request file with something of everything.
fn problem_file(path: &Path) {
    write_requests(path, 60, 30);
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[9] = lines[8].clone();
    lines[20] = String::new();
    lines[21] = String::new();
    lines[30] = lines[30].replace("\"custom_id\":\"row-000030\",", "");
    lines[40] = lines[40].chars().take(140).collect();
    lines[50] = lines[50].replace("practice-small", "gpt-5.4");
    std::fs::write(path, format!("\u{feff}{}\n", lines.join("\n"))).unwrap();
}

/// Two finished jobs, one of them with failures.
fn seed(data: &Path, folder: &Path) {
    let cli = Cli::new(data).with("TABANE_PRACTICE_PACE_MS", "200");
    let file = folder.join("Emotion ratings, pilot 2.jsonl");
    write_requests(&file, 120, 60);
    let _ = cli.run(&["send", file.to_str().unwrap(), "--provider", "practice", "--wait"]);
}
