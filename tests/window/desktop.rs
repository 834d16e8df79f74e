//! The real window under test: WebKitWebDriver, the built app, its own data folder, real mouse and keyboard.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tabane_tests::program;
use thirtyfour::prelude::*;

/// How long anything on the page may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// One started Tabane. `close` ends it; a second `open` on the same folder is a restart.
pub(crate) struct Window {
    pub(crate) page: WebDriver,
    driver: Child,
}

/// How a window is started.
pub(crate) struct Start<'a> {
    pub(crate) data_dir: &'a Path,
    /// The system's locale, such as `ja_JP.UTF-8`.
    pub(crate) locale: &'a str,
    /// Milliseconds that a practice batch takes.
    pub(crate) pace: u64,
}

impl Window {
    pub(crate) async fn open(start: &Start<'_>) -> Self {
        Self::open_with(start, &[]).await
    }

    /// With more in the environment, such as another D-Bus session.
    pub(crate) async fn open_with(start: &Start<'_>, environment: &[(&str, &str)]) -> Self {
        let port = free_port();
        let driver = Command::new("WebKitWebDriver")
            .args(["--host=127.0.0.1", "-p", &port.to_string()])
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("TABANE_DATA_DIR", start.data_dir)
            // What the webview keeps by itself, such as the form in which studies are opened.
            .env("XDG_DATA_HOME", start.data_dir.with_extension("webview"))
            .env("TABANE_PRACTICE_PACE_MS", start.pace.to_string())
            .env("LANG", start.locale)
            .env("LC_ALL", start.locale)
            .envs(environment.iter().copied())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver: run this through `cargo xtask test`");
        let mut wanted = Capabilities::new();
        wanted
            .set(
                "webkitgtk:browserOptions",
                json!({ "binary": program("tabane"), "args": ["--automation"] }),
            )
            .unwrap();
        let url = format!("http://127.0.0.1:{port}");
        let begun = Instant::now();
        let page = loop {
            match WebDriver::new(&url, wanted.clone()).await {
                Ok(page) => break page,
                Err(error) => assert!(begun.elapsed() < PATIENCE, "no window: {error}"),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        // thirtyfour ends the session when the last handle goes, and waits for ever if the driver is gone by then
        // (a failing test): one handle is kept, and `close` ends the session.
        std::mem::forget(page.clone());
        Self { page, driver }
    }

    pub(crate) async fn close(mut self) {
        let _ = self.page.clone().quit().await;
        self.end_app();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        // The lock on the data folder goes with the process.
        tokio::time::sleep(Duration::from_millis(300)).await;
    }

    /// Waits for the app to go and ends it if it stays, as after a failing test: it would hold the single instance's
    /// name and the data folder. Only this driver's own app, by its id: other desktops may be in use beside us.
    fn end_app(&self) {
        shell(&format!(
            "app=$(pgrep -P {} -x tabane) || exit 0
            for i in $(seq 40); do kill -0 $app 2>/dev/null || exit 0; sleep 0.05; done; kill -9 $app",
            self.driver.id()
        ));
    }

    /// The element with this `data-testid`, once it is there.
    pub(crate) async fn find(&self, id: &str) -> WebElement {
        self.css(&format!("[data-testid='{id}']")).await
    }

    pub(crate) async fn css(&self, selector: &str) -> WebElement {
        let begun = Instant::now();
        loop {
            if let Ok(found) = self.page.find(By::Css(selector)).await {
                return found;
            }
            if begun.elapsed() > PATIENCE {
                panic!("{selector} is not there. The page: {}", self.text().await);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub(crate) async fn click(&self, id: &str) {
        self.click_css(&format!("[data-testid='{id}']")).await;
    }

    /// Waits as a person does until the button can act: a click on a blocked one would be lost.
    pub(crate) async fn click_css(&self, selector: &str) {
        let begun = Instant::now();
        loop {
            let element = self.css(selector).await;
            let blocked = element.attr("aria-disabled").await.ok().flatten();
            if blocked.as_deref() == Some("true") {
                assert!(begun.elapsed() < PATIENCE, "{selector} stays blocked");
            } else {
                match element.click().await {
                    Ok(()) => return,
                    // It moved or was drawn anew.
                    Err(error) => assert!(begun.elapsed() < PATIENCE, "{selector}: {error}"),
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until the script gives true.
    pub(crate) async fn until(&self, what: &str, script: &str) {
        let begun = Instant::now();
        loop {
            let found = self.page.execute(script, Vec::new()).await.ok();
            if found.is_some_and(|value| value.json().as_bool() == Some(true)) {
                return;
            }
            if begun.elapsed() > PATIENCE {
                panic!("waited for: {what}. The page: {}", self.text().await);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub(crate) async fn until_text(&self, text: &str) {
        // Phrase breaks of Japanese are made with U+200B on the page only.
        let script = format!(
            "return document.body.innerText.replaceAll('\\u200b','').includes({})",
            serde_json::Value::from(text)
        );
        self.until(text, &script).await;
    }

    pub(crate) async fn text(&self) -> String {
        let script = "return document.body.innerText.replaceAll('\\u200b','')";
        match self.page.execute(script, Vec::new()).await {
            Ok(value) => value.json().as_str().unwrap_or_default().to_owned(),
            Err(error) => error.to_string(),
        }
    }

    /// One of the app's own commands, as the page calls it; panics with its failure.
    pub(crate) async fn command(&self, name: &str, arguments: Value) -> Value {
        let script = "const done = arguments[arguments.length - 1];
            window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]).then(
                value => done({ value }), failure => done({ failure }))";
        let arguments = vec![json!(name), arguments];
        let answer = self.page.execute_async(script, arguments).await.unwrap();
        let answer = answer.json().clone();
        assert!(answer.get("failure").is_none(), "{name}: {answer}");
        answer["value"].clone()
    }

    /// axe-core in the real page; panics with what it found.
    pub(crate) async fn must_be_accessible(&self, page: &str) {
        let there = self
            .page
            .execute("return 'axe' in window", Vec::new())
            .await
            .unwrap();
        if there.json().as_bool() != Some(true) {
            let source = repository().join("ui/node_modules/axe-core/axe.min.js");
            let source = std::fs::read_to_string(source).unwrap();
            self.page.execute(&source, Vec::new()).await.unwrap();
        }
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']}).then(
                found => done(found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 160)).join(' | '))),
                error => done([String(error)]))";
        let found = self.page.execute_async(script, Vec::new()).await.unwrap();
        let violations = found.json().as_array().cloned().unwrap_or_default();
        if !violations.is_empty() {
            panic!("{page}: {violations:#?}. The page: {}", self.text().await);
        }
    }

    /// Where the middle of an element is on the screen, for real mouse events.
    async fn on_screen(&self, selector: &str) -> (i64, i64) {
        let script = "const r = document.querySelector(arguments[0]).getBoundingClientRect();
            return [r.x + r.width / 2, r.y + r.height / 2]";
        let inside = self.page.execute(script, vec![json!(selector)]).await.unwrap();
        let inside: Vec<f64> = serde_json::from_value(inside.json().clone()).unwrap();
        let found = shell("xdotool search --onlyvisible --name '^Tabane$' | tail -1");
        let geometry = shell(&format!("xdotool getwindowgeometry --shell {}", found.trim()));
        let value = |name: &str| -> f64 {
            let line = geometry
                .lines()
                .find_map(|line| line.strip_prefix(&format!("{name}=")));
            line.and_then(|text| text.parse().ok())
                .unwrap_or_else(|| panic!("{name}: {geometry}"))
        };
        #[allow(clippy::cast_possible_truncation)] // pixels
        let middle = ((value("X") + inside[0]) as i64, (value("Y") + inside[1]) as i64);
        middle
    }

    /// A true XDND drag of files onto the middle of an element.
    pub(crate) async fn drop_files(&self, selector: &str, files: &[&Path]) {
        let (x, y) = self.on_screen(selector).await;
        let source = repository().join("tests/window/dragsource.py");
        let mut source = Command::new("/usr/bin/python3")
            .arg(source)
            .args(files)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        let mut steps =
            "mousemove 20 20 sleep 0.1 mousedown 1 sleep 0.1 mousemove 40 30 sleep 0.1".to_owned();
        for step in 1..=8 {
            steps.push_str(&format!(
                " mousemove {} {} sleep 0.05",
                40 + (x - 40) * step / 8,
                30 + (y - 30) * step / 8
            ));
        }
        steps.push_str(&format!(" mousemove {} {} sleep 0.4 mouseup 1", x + 1, y + 1));
        shell(&format!("xdotool {steps}"));
        tokio::time::sleep(Duration::from_millis(500)).await;
        let _ = source.kill();
        let _ = source.wait();
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.end_app();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Types a path into the native file dialog with this title and accepts it.
///
/// The title is compared as the window manager has it (`_NET_WM_NAME`, UTF-8): xdotool's own search reads the
/// older name, which loses Japanese where the locale is not installed.
pub(crate) fn answer_dialog(title: &str, path: &Path) {
    let script = format!(
        r#"
        xdotool windowactivate --sync $W; sleep 0.4
        printf %s '{path}' | xclip -selection clipboard -i >/dev/null 2>&1
        {location}xdotool key --clearmodifiers ctrl+a; sleep 0.1
        xdotool key --clearmodifiers ctrl+v; sleep 0.4
        xdotool key Return
        for i in $(seq 100); do [ -z "$(find)" ] && exit 0; sleep 0.05; done
        exit 2"#,
        path = path.display(),
        // A dialog that opens a file shows its line for a path only then.
        location = if path.exists() {
            "xdotool key --clearmodifiers ctrl+l; sleep 0.3\n        "
        } else {
            ""
        },
    );
    in_dialog(title, &script);
}

/// Leaves the native dialog with this title by Escape.
pub(crate) fn cancel_dialog(title: &str) {
    let script = "xdotool windowactivate --sync $W; sleep 0.4; xdotool key Escape
        for i in $(seq 100); do [ -z \"$(find)\" ] && exit 0; sleep 0.05; done; exit 2";
    in_dialog(title, script);
}

/// Runs a script once the native dialog is there, as `$W`; `find` tells whether it still is.
fn in_dialog(title: &str, script: &str) {
    let script = format!(
        r#"
        find() {{
          for w in $(xdotool search --onlyvisible --name '' 2>/dev/null); do
            xprop -id $w -notype -f _NET_WM_NAME 8u ' $0\n' _NET_WM_NAME 2>/dev/null | grep -qF '"{title}"' && echo $w && return
          done
        }}
        for i in $(seq 200); do W=$(find); [ -n "$W" ] && break; sleep 0.05; done
        [ -n "$W" ] || exit 1
        {script}"#
    );
    let status = Command::new("bash")
        .arg("-c")
        .arg(script)
        .env("LC_ALL", "C.UTF-8")
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "the dialog “{title}”: {status}");
}

pub(crate) fn shell(script: &str) -> String {
    let output = Command::new("bash").arg("-c").arg(script).output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}
