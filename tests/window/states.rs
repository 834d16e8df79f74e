//! Every page and dialog of the window, with real data: jobs sent to simulators that misbehave as services do.

use std::path::Path;

use serde_json::json;
use tabane_tests::{Cli, Simulator, write_requests};
use thirtyfour::Key;

use crate::desktop::{Start, Window, answer_dialog, cancel_dialog};
use crate::session::Session;
use crate::walk::{Eye, Walk};

impl<E: Eye> Walk<'_, E> {
    pub(crate) fn start<'b>(&'b self, data_dir: &'b Path) -> Start<'b> {
        Start {
            data_dir,
            locale: self.words.locale,
            pace: 400,
        }
    }

    /// The window as it is before anything was done with it.
    pub(crate) async fn first_use(&self) {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        let window = Window::open(&self.start(&data)).await;
        window.find("door-practice").await;
        self.look(&window, "start-first").await;
        window.click("door-practice").await;
        window.find("figures").await;
        window.click("send-to-practice").await;
        self.look(&window, "check-ready").await;
        window.click("send-button").await;
        window.find("confirm-send").await;
        self.look(&window, "check-confirm").await;
        window.click("confirm-not-yet").await;
        window.click("discard-draft").await;
        window.find("door-practice").await;
        self.look(&window, "home-empty").await;
        for page in ["settings", "jobs", "connections"] {
            window.turn_to(page).await;
            let empty = if page == "settings" {
                page
            } else {
                &format!("{page}-empty")
            };
            self.look(&window, empty).await;
        }
        window.click("connection-add").await;
        window.find("key-field").await;
        self.look(&window, "connections-dialog").await;
        window.type_into("key-field", "sk-0123456789").await;
        // Nothing listens there.
        window.type_into("base-url-field", "http://127.0.0.1:9/v1").await;
        window.click("test-key").await;
        window
            .css("[data-testid='test-result'] [data-testid='failure']")
            .await;
        self.look(&window, "connections-unreachable").await;
        window.close().await;
    }

    /// Connections where no keychain answers.
    pub(crate) async fn without_keychain(&self) {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        let session = Session::start(&dir.path().join("session"), "");
        let environment = [("DBUS_SESSION_BUS_ADDRESS", session.address.as_str())];
        let window = Window::open_with(&self.start(&data), &environment).await;
        window.command("set_greeted", json!({})).await;
        window.click("nav-connections").await;
        window.find("keychain-note").await;
        self.look(&window, "connections-no-keychain").await;
        window.click("offer-openai").await;
        window.find("until-close").await;
        self.look(&window, "connections-no-keychain-dialog").await;
        window.close().await;
    }

    /// A file with problems, one that takes its time, and one line of it.
    pub(crate) async fn checks(&self) {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        let window = Window::open(&self.start(&data)).await;
        let file = dir.path().join(format!("{}.jsonl", self.words.wave));
        problem_file(&file);
        window.click("door-send-file").await;
        answer_dialog(self.words.open, &file);
        window.find("figures").await;
        self.look(&window, "check-problems").await;
        window.click_css("[data-testid^='show-']").await;
        window.find("whole-line").await;
        self.look(&window, "check-line").await;
        window.press(Key::Escape).await;

        let long = dir.path().join(format!("{}.jsonl", self.words.essays));
        write_requests(&long, 250_000, 600);
        window.click("nav-home").await;
        window.click("send-file").await;
        answer_dialog(self.words.open, &long);
        window.find("stop-check").await;
        self.look(&window, "check-running").await;
        window.find("stop-check").await;
        window.close().await;
    }

    /// Jobs in every state that needs words, their results, and what can be done with them.
    pub(crate) async fn work(&self) {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        let services = Services::start(dir.path());
        services.send(&data, dir.path(), self.words);
        let window = Window::open(&self.start(&data)).await;
        window.command("set_greeted", json!({})).await;
        let ids = services.connect(&window).await;
        let running = window.job(self.words.essays, "waiting").await;
        window.command("resume_job", json!({ "id": running })).await;
        window.job(self.words.essays, "running").await;
        let refused = window.job(self.words.wave, "waiting").await;
        let failed = window.job(self.words.pilot, "finished").await;
        window.find("job-row").await;
        self.look(&window, "home").await;
        self.jobs(&window, &running, &refused).await;
        self.results(&window, &failed, dir.path()).await;
        self.connections(&window, &ids).await;
        window.close().await;
    }

    async fn jobs(&self, window: &Window, running: &str, refused: &str) {
        window.click("nav-jobs").await;
        window.find("jobs-search").await;
        window.find("job-row").await;
        self.look(window, "jobs").await;
        // The newest is the finished one.
        window
            .click_css("[data-testid='job-row']:first-of-type button")
            .await;
        window.find("delete-job").await;
        self.look(window, "jobs-menu").await;
        window.click("delete-job").await;
        window.find("confirm-delete").await;
        let red = "const at = document.querySelector(\"[data-testid='confirm-delete']\");
            const ground = element => getComputedStyle(element).backgroundColor;
            return ground(at) !== ground(at.previousElementSibling)";
        window.until("the button that deletes stands out", red).await;
        self.look(window, "job-delete").await;
        window.press(Key::Escape).await;
        window.type_into("jobs-search", "zzz").await;
        window.until_gone("job-row").await;
        self.look(window, "jobs-none").await;

        window.go(&format!("#/jobs/{running}")).await;
        window.find("cancel-job").await;
        self.look(window, "job-running").await;
        window.click("cancel-job").await;
        window.find("confirm-cancel").await;
        self.look(window, "job-cancel").await;
        window.press(Key::Escape).await;
        window.go(&format!("#/jobs/{refused}")).await;
        window.find("waiting").await;
        self.look(window, "job-refused").await;
    }

    async fn results(&self, window: &Window, failed: &str, folder: &Path) {
        window.go(&format!("#/jobs/{failed}")).await;
        window.find("why-failed").await;
        self.look(window, "job-failed").await;
        window.click("open-results").await;
        window.find("row-2").await;
        self.look(window, "results").await;
        window.click("row-2").await;
        window.find("row-panel").await;
        self.look(window, "results-row").await;
        window.click("row-details").await;
        self.look(window, "results-row-raw").await;
        window.click("row-3").await;
        self.look(window, "results-row-failed").await;
        window.click("facet-failed").await;
        window.type_into("results-search", "zzz").await;
        window.until_gone("results-grid").await;
        self.look(window, "results-none").await;
        window.click("facet-all").await;
        window.click("results-search").await;
        window.press(Key::Escape).await;
        window.find("results-grid").await;
        window.click("facet-failed").await;
        window.click("export-button").await;
        window.click("export-format-csv").await;
        self.look(window, "results-export").await;
        window.click("export-confirm").await;
        cancel_dialog(self.words.save);
        window.click("export-confirm").await;
        answer_dialog(self.words.save, &folder.join("out.csv"));
        window.find("export-done").await;
        self.look(window, "results-exported").await;
    }

    async fn connections(&self, window: &Window, ids: &[String]) {
        for id in &ids[..2] {
            window.command("test_connection", json!({ "id": id })).await;
        }
        window.go("#/connections").await;
        window.find(&format!("connection-{}", ids[0])).await;
        self.look(window, "connections").await;
        let menu = format!("[data-testid='connection-{}'] button[aria-haspopup]", ids[0]);
        window.click_css(&menu).await;
        window.find("forget-connection").await;
        self.look(window, "connections-menu").await;
        window.click("change-connection").await;
        window.find("key-field").await;
        self.look(window, "connections-change").await;
        window.press(Key::Escape).await;
        window.click_css(&menu).await;
        window.click("forget-connection").await;
        window.find("confirm-forget").await;
        self.look(window, "connections-forget").await;
    }
}

/// Services that fail, each in its own way.
struct Services {
    failing: Simulator,
    refusing: Simulator,
    slow: Simulator,
}

impl Services {
    fn start(folder: &Path) -> Self {
        let one = |name: &str, pace: &str, faults: &str| {
            Simulator::start(&folder.join(name), &["--pace-ms", pace, "--faults", faults])
        };
        Self {
            failing: one(
                "failing",
                "200",
                r#"{"fail_rows":{"rows":[3,20,41],"status":429,"code":"rate_limit_exceeded"},"length_rows":[5,6],
                "refusal_rows":[9]}"#,
            ),
            refusing: one(
                "refusing",
                "200",
                r#"{"create_refuse":{"status":429,"times":99,"body":{"error":{"code":"insufficient_quota",
                "message":"You exceeded your current quota, please check your plan and billing details."}}}}"#,
            ),
            slow: one("slow", "600000", r#"{"upload_too_large_above":30000}"#),
        }
    }

    /// The command line took their keys from its environment; the window gets them for its keychain.
    async fn connect(&self, window: &Window) -> Vec<String> {
        let mut ids = Vec::new();
        let known = window.command("connections", json!({})).await;
        for (name, simulator) in [
            ("Campus LLM", &self.failing),
            ("Department server", &self.refusing),
            ("Institute", &self.slow),
        ] {
            let known = known.as_array().unwrap();
            let same = known.iter().find(|one| one["base_url"] == *simulator.base_url);
            let id = same.and_then(|one| one["id"].as_str()).unwrap();
            let form = json!({
                "id": id, "provider": "custom", "name": name, "base_url": simulator.base_url,
                "key": simulator.key, "until_close": false,
            });
            window.command("save_connection", json!({ "form": form })).await;
            ids.push(id.to_owned());
        }
        ids
    }

    fn send(&self, data: &Path, folder: &Path, words: &crate::walk::Words) {
        for (name, lines, simulator) in [
            (words.essays, 200, &self.slow),
            (words.wave, 60, &self.refusing),
            (words.pilot, 120, &self.failing),
        ] {
            let file = folder.join(format!("{name}.jsonl"));
            write_requests(&file, lines, 150);
            let cli = Cli::new(data).with_simulator(simulator);
            let file = file.to_str().unwrap();
            let to = ["--provider", "custom", "--base-url", &simulator.base_url];
            let mut send = vec!["send", file];
            send.extend(to);
            if std::ptr::eq(simulator, &raw const self.failing) {
                send.push("--wait");
            }
            let _ = cli.run(&send);
        }
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
