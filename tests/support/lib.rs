//! What the tests of the whole share: the programs under test, the simulator as a process of its own, request files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that cannot be set up has failed

pub mod world;

use std::io::{BufRead, BufReader, Write};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tabane_model::ProviderId;

/// The folder that cargo builds into, found from the running test's own file.
#[must_use]
pub fn built() -> PathBuf {
    let exe = std::env::current_exe().unwrap();
    exe.ancestors()
        .find(|path| path.join("deps").is_dir())
        .expect("a cargo target folder")
        .to_owned()
}

/// The repository's top folder.
#[must_use]
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A program of the Python environment that `cargo xtask setup` made of `tests/python/requirements.txt`.
#[must_use]
pub fn python(program: &str) -> Command {
    let programs = if cfg!(windows) { "Scripts" } else { "bin" };
    let mut command = Command::new(repository().join("target/python").join(programs).join(program));
    command.env("PYTHONUNBUFFERED", "1");
    command
}

/// A program of the workspace. `cargo test --workspace` builds them beside the tests.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    let path = built().join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.is_file(),
        "{} is not built: run `cargo build -p {name}`",
        path.display()
    );
    path
}

/// The simulator as a process of its own; ended with the test.
pub struct Simulator {
    child: Child,
    pub base_url: String,
    pub key: String,
}

impl Simulator {
    /// `arguments`: such as `--pace-ms 200 --faults {...}`.
    #[must_use]
    pub fn start(dir: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(program("tabane-practice"))
            .arg("--dir")
            .arg(dir)
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let told: Value = serde_json::from_str(&line).expect("one line of JSON");
        Self {
            child,
            base_url: told["base_url"].as_str().unwrap().to_owned(),
            key: told["key"].as_str().unwrap().to_owned(),
        }
    }

    /// What the simulator counted: calls, and batches made.
    #[must_use]
    pub fn log(&self) -> Value {
        self.told("/practice/log")
    }

    /// What it answers at a path of its address, whatever the dialect's own base address ends with.
    #[must_use]
    pub fn told(&self, path: &str) -> Value {
        let (scheme, rest) = self.base_url.split_once("://").unwrap();
        let host = rest.split('/').next().unwrap();
        let (url, key) = (format!("{scheme}://{host}{path}"), self.key.clone());
        tokio::runtime::Runtime::new().unwrap().block_on(async move {
            let answer = reqwest::Client::new()
                .get(url)
                .bearer_auth(key)
                .send()
                .await
                .unwrap();
            answer.json().await.unwrap()
        })
    }

    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `tabane-cli` on its own data folder.
pub struct Cli {
    pub data_dir: PathBuf,
    environment: Vec<(String, String)>,
}

impl Cli {
    #[must_use]
    pub fn new(data_dir: &Path) -> Self {
        Self {
            data_dir: data_dir.to_owned(),
            environment: vec![("LANG".into(), "C.UTF-8".into())],
        }
    }

    #[must_use]
    pub fn with(mut self, variable: &str, value: &str) -> Self {
        self.environment.push((variable.to_owned(), value.to_owned()));
        self
    }

    /// The key of the `custom` service.
    #[must_use]
    pub fn with_simulator(self, simulator: &Simulator) -> Self {
        self.with_key("custom", simulator)
    }

    /// The key of a service that the simulator stands for.
    #[must_use]
    pub fn with_key(self, provider: &str, simulator: &Simulator) -> Self {
        let variable = tabane_keys::variable(&ProviderId::new(provider));
        self.with(&variable, &simulator.key)
    }

    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program("tabane-cli"));
        command.args(arguments).arg("--data-dir").arg(&self.data_dir);
        command
            .env_remove("LC_ALL")
            .env_remove("DBUS_SESSION_BUS_ADDRESS");
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    #[must_use]
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Starts it, waits until `moment` returns, and kills it (SIGKILL: nothing can be tidied up).
    pub fn killed_at(&self, arguments: &[&str], moment: impl FnOnce()) {
        let mut child = self.command(arguments).stdout(Stdio::null()).spawn().unwrap();
        moment();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// With `--json`: the exit code and the value.
    #[must_use]
    pub fn json(&self, arguments: &[&str]) -> (i32, Value) {
        let mut arguments = arguments.to_vec();
        arguments.push("--json");
        let output = self.run(&arguments);
        let text = String::from_utf8_lossy(&output.stdout);
        let value = serde_json::from_str(text.trim()).unwrap_or_else(|error| {
            panic!(
                "{arguments:?}: {error}: {text}\n{}",
                String::from_utf8_lossy(&output.stderr)
            )
        });
        (output.status.code().unwrap_or(-1), value)
    }
}

/// Runs all cases at the same time, for they mostly wait; gives what they gave in their order.
pub fn together<T: Sync, R: Send>(cases: &[T], run: impl Fn(&T) -> R + Sync) -> Vec<R> {
    std::thread::scope(|scope| {
        let running: Vec<_> = cases.iter().map(|case| scope.spawn(|| run(case))).collect();
        running
            .into_iter()
            .map(|one| one.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

/// Writes a chat request file of `lines` requests, each padded by about `padding` bytes.
pub fn write_requests(path: &Path, lines: usize, padding: usize) {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    let pad = "あいうえお".repeat(padding / 15 + usize::from(padding > 0));
    for number in 0..lines {
        writeln!(
            out,
            r#"{{"custom_id":"row-{number:06}","method":"POST","url":"/v1/chat/completions","body":{{"model":"practice-small","messages":[{{"role":"user","content":"第{number}問。{pad}短く答えてください。"}}]}}}}"#
        )
        .unwrap();
    }
    out.flush().unwrap();
}

/// Peak resident memory of a live process in bytes (Linux).
#[must_use]
pub fn peak_memory(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace()
        .nth(1)?
        .parse::<u64>()
        .ok()
        .map(|kilobytes| kilobytes * 1024)
}
