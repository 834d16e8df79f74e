//! Services that others wrote: they know nothing of us and share no mistake with our simulator. `cargo xtask setup`
//! installs them; nothing here leaves this computer.

mod aimock;
mod llmock;
mod prism;

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tabane_tests::{Cli, repository, write_requests};

/// How long a server may take to start, and an event to happen, before the test is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Requests in the file that is sent.
const REQUESTS: usize = 12;

/// A server as a process of its own; ended with the test.
struct Server {
    child: Child,
    said: Arc<Mutex<String>>,
}

impl Server {
    fn start(command: &mut Command) -> Self {
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.unwrap_or_else(|error| {
            panic!(
                "{}: {error}: run `cargo xtask setup`",
                command.get_program().display()
            )
        });
        let said = Arc::new(Mutex::new(String::new()));
        keep_what_is_said(child.stdout.take().unwrap(), Arc::clone(&said));
        keep_what_is_said(child.stderr.take().unwrap(), Arc::clone(&said));
        Self { child, said }
    }

    fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Waits for `words` and gives the first word after them.
    fn word_after(&self, words: &str) -> String {
        until(&format!("{words:?} from the server"), || {
            let said = self.said();
            let (_, rest) = said.split_once(words)?;
            Some(rest.split_whitespace().next()?.to_owned())
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn keep_what_is_said(from: impl Read + Send + 'static, said: Arc<Mutex<String>>) {
    std::thread::spawn(move || {
        let mut lines = BufReader::new(from);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            said.lock().unwrap().push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
    });
}

/// Looks again and again until there is something.
fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The Node that `cargo xtask setup` fetched, else the one installed, in `tests/node`.
fn node() -> Command {
    let tools = std::fs::read_dir(repository().join("target/tools"));
    let program = format!("bin/node{}", std::env::consts::EXE_SUFFIX);
    let newest = tools
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path().join(&program))
        .filter(|path| path.is_file())
        .max();
    let mut command = Command::new(newest.unwrap_or_else(|| "node".into()));
    command.current_dir(repository().join("tests/node"));
    command
}

/// Status and JSON of an answer.
fn ask(request: impl FnOnce(&reqwest::Client) -> reqwest::RequestBuilder) -> (u16, Value) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = request(&client);
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    })
}

/// `tabane-cli` with a request file and the address of a service.
struct Job {
    dir: tempfile::TempDir,
    base_url: String,
    cli: Cli,
}

impl Job {
    fn new(base_url: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        write_requests(&dir.path().join("a.jsonl"), REQUESTS, 0);
        Self {
            cli: Cli::new(&dir.path().join("data")).with("TABANE_CUSTOM_API_KEY", "test-key"),
            base_url: base_url.to_owned(),
            dir,
        }
    }

    fn file(&self) -> PathBuf {
        self.dir.path().join("a.jsonl")
    }

    fn words<'a>(&'a self, file: &'a str) -> Vec<&'a str> {
        vec!["send", file, "--provider", "custom", "--base-url", &self.base_url]
    }

    /// Sends and waits for the end.
    fn run(&self) -> (i32, Value) {
        let file = self.file();
        let mut words = self.words(file.to_str().unwrap());
        words.push("--wait");
        self.cli.json(&words)
    }

    /// Sends and gives the job as soon as its batch is made.
    fn send(&self) -> Value {
        let file = self.file();
        let (code, job) = self.cli.json(&self.words(file.to_str().unwrap()));
        assert_eq!(code, 0, "{job}");
        job
    }

    /// Begins to send, and ends the process once something has happened.
    fn send_until(&self, what: &str, happened: impl Fn() -> bool) -> Value {
        let file = self.file();
        let mut command = self.cli.command(&self.words(file.to_str().unwrap()));
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        until(what, || happened().then_some(()));
        child.kill().unwrap();
        child.wait().unwrap();
        let (_, jobs) = self.cli.json(&["jobs"]);
        jobs[0].clone()
    }

    /// Each request with its answer.
    fn rows(&self, job: &Value) -> Vec<Value> {
        let output = self.cli.run(&["results", job["id"].as_str().unwrap(), "--json"]);
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}
