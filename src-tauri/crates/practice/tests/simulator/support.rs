//! A simulator with a clock that the test sets, and the calls of a client.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use reqwest::multipart::{Form, Part};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use tabane_model::{Clock, Millis};
use tabane_practice::dialects::Dialect;
use tabane_practice::{Faults, Options, Pace, Running, read_faults, serve};

pub(crate) struct SetClock(AtomicI64);

impl Clock for SetClock {
    fn now(&self) -> Millis {
        self.0.load(Ordering::SeqCst)
    }
}

pub(crate) struct Practice {
    pub(crate) dir: Option<tempfile::TempDir>,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) running: Running,
    pub(crate) client: Client,
}

impl Practice {
    pub(crate) async fn start(faults: &str) -> Self {
        Self::start_as(Dialect::Openai, faults).await
    }

    /// One that answers as another service does.
    pub(crate) async fn start_as(dialect: Dialect, faults: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(SetClock(AtomicI64::new(1_795_430_000_000)));
        let running = run(dir.path(), &clock, read_faults(faults).unwrap(), dialect).await;
        Self {
            dir: Some(dir),
            clock,
            running,
            client: Client::new(),
        }
    }

    /// The same folder and clock, a new process as far as the simulator can tell.
    pub(crate) async fn restart(self) -> Self {
        let Self {
            dir, clock, running, ..
        } = self;
        running.stop().await;
        let running = run(
            dir.as_ref().unwrap().path(),
            &clock,
            Faults::default(),
            Dialect::Openai,
        )
        .await;
        Self {
            dir,
            clock,
            running,
            client: Client::new(),
        }
    }

    pub(crate) fn pass(&self, millis: i64) {
        self.clock.0.fetch_add(millis, Ordering::SeqCst);
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.base_url)
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(self.url(path)).bearer_auth(&self.running.key)
    }

    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(self.url(path)).bearer_auth(&self.running.key)
    }

    /// Of `/practice`.
    pub(crate) fn own(&self, path: &str) -> String {
        let origin = self.running.base_url.splitn(4, '/').take(3).collect::<Vec<_>>();
        format!("{}{path}", origin.join("/"))
    }

    pub(crate) async fn told(&self, path: &str) -> Value {
        self.get(path).send().await.unwrap().json().await.unwrap()
    }

    pub(crate) async fn upload(&self, name: &str, text: &str) -> Response {
        let part = Part::bytes(text.as_bytes().to_vec()).file_name(name.to_owned());
        let form = Form::new().part("file", part).text("purpose", "batch");
        self.post("/files").multipart(form).send().await.unwrap()
    }

    pub(crate) async fn uploaded(&self, text: &str) -> String {
        let told: Value = self.upload("in.jsonl", text).await.json().await.unwrap();
        told["id"].as_str().unwrap_or_else(|| panic!("{told}")).to_owned()
    }

    pub(crate) fn create(&self, file: &str) -> RequestBuilder {
        self.post("/batches").json(&json!({
            "input_file_id": file, "endpoint": "/v1/chat/completions", "completion_window": "24h",
            "metadata": { "app_job": "j", "part": "1/1" },
        }))
    }

    /// The id of a batch of this text.
    pub(crate) async fn batch(&self, text: &str) -> String {
        let file = self.uploaded(text).await;
        let told: Value = self.create(&file).send().await.unwrap().json().await.unwrap();
        assert_eq!(told["status"], "validating", "{told}");
        told["id"].as_str().unwrap().to_owned()
    }

    /// Lets the time pass, then gives the batch and the lines of its two files.
    pub(crate) async fn finished(&self, batch: &str) -> (Value, Vec<Value>, Vec<Value>) {
        self.pass(600_000);
        let told = self.told(&format!("/batches/{batch}")).await;
        let output = self.lines(&told["output_file_id"]).await;
        let error = self.lines(&told["error_file_id"]).await;
        (told, output, error)
    }

    pub(crate) async fn content(&self, file: &str) -> String {
        self.get(&format!("/files/{file}/content"))
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
    }

    async fn lines(&self, file: &Value) -> Vec<Value> {
        let Some(file) = file.as_str().filter(|id| !id.is_empty()) else {
            return Vec::new();
        };
        self.content(file)
            .await
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    pub(crate) async fn log(&self) -> Value {
        let call = self
            .client
            .get(self.own("/practice/log"))
            .bearer_auth(&self.running.key);
        call.send().await.unwrap().json().await.unwrap()
    }
}

async fn run(dir: &Path, clock: &Arc<SetClock>, faults: Faults, dialect: Dialect) -> Running {
    let clock: Arc<dyn Clock> = Arc::<SetClock>::clone(clock);
    serve(Options {
        dir: dir.to_owned(),
        clock,
        pace: Pace::Natural,
        faults,
        key: None,
        dialect,
    })
    .await
    .unwrap()
}

/// A file of so many different requests.
pub(crate) fn requests(count: usize) -> String {
    (0..count)
        .map(|row| request(&format!("r-{row}"), &format!("Story number {row}")))
        .collect()
}

pub(crate) fn request(id: &str, asked: &str) -> String {
    let body = json!({ "model": "practice-small", "messages": [{ "role": "user", "content": asked }] });
    let line = json!({ "custom_id": id, "method": "POST", "url": "/v1/chat/completions", "body": body });
    format!("{line}\n")
}

pub(crate) fn ids(lines: &[Value]) -> Vec<&str> {
    lines
        .iter()
        .map(|line| line["custom_id"].as_str().unwrap_or("null"))
        .collect()
}
