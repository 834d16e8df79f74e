//! An `App` and a simulator that share one clock, which stands still until the test moves it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use serde_json::Value;
use tabane_app::view::{ConnectionForm, JobView};
use tabane_app::{App, Options, SendOrder};
use tabane_keys::MemoryStore;
use tabane_model::{Clock, JobId, Millis, ProviderId};
use tabane_practice::{Pace, Running, read_faults};

pub(crate) const SECOND: Millis = 1_000;
pub(crate) const MINUTE: Millis = 60 * SECOND;

pub(crate) struct SetClock(AtomicI64);

impl Clock for SetClock {
    fn now(&self) -> Millis {
        self.0.load(Ordering::SeqCst)
    }
}

pub(crate) struct World {
    dir: tempfile::TempDir,
    clock: Arc<SetClock>,
    simulator: Running,
    pub(crate) app: App,
}

impl World {
    /// A batch of the simulator takes `pace` milliseconds of the clock.
    pub(crate) async fn new(pace: u64, faults: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(SetClock(AtomicI64::new(1_795_430_000_000)));
        let simulator = tabane_practice::serve(tabane_practice::Options {
            dir: dir.path().join("simulator"),
            clock: clock.clone(),
            pace: Pace::Fixed(pace),
            faults: read_faults(faults).unwrap(),
            key: None,
            dialect: tabane_practice::dialects::Dialect::Openai,
        })
        .await
        .unwrap();
        let app = open(&dir, &clock);
        let form = ConnectionForm {
            id: None,
            provider: "custom".to_owned(),
            name: "Simulator".to_owned(),
            base_url: Some(simulator.base_url.clone()),
            settings: tabane_model::Settings::new(),
            key: Some(simulator.key.clone()),
            until_close: false,
        };
        app.save_connection(form).await.unwrap();
        app.start();
        Self {
            dir,
            clock,
            simulator,
            app,
        }
    }

    pub(crate) fn now(&self) -> Millis {
        self.clock.now()
    }

    pub(crate) fn pass(&self, millis: Millis) {
        self.clock.0.fetch_add(millis, Ordering::SeqCst);
    }

    pub(crate) async fn send(&self, requests: u32) -> JobId {
        let file = self.write(requests);
        let order = SendOrder {
            file,
            name: "a".to_owned(),
            provider: ProviderId::new("custom"),
            base_url: Some(self.simulator.base_url.clone()),
            model: None,
            window: None,
            fixes: std::collections::BTreeSet::new(),
            settings: tabane_model::Settings::new(),
            max_tokens: None,
            cache_prompt: false,
        };
        self.app.send_file(order).await.unwrap().remove(0)
    }

    fn write(&self, requests: u32) -> PathBuf {
        let file = self.dir.path().join("a.jsonl");
        let lines: String = (0..requests)
            .map(|n| {
                let body = r#"{"model":"m","messages":[{"role":"user","content":"How are you?"}]}"#;
                format!(
                    r#"{{"custom_id":"r{n}","method":"POST","url":"/v1/chat/completions","body":{body}}}"#
                ) + "\n"
            })
            .collect();
        std::fs::write(&file, lines).unwrap();
        file
    }

    /// Moves the clock by a second at a time, waking the engine, until the job is as wanted.
    pub(crate) async fn until(&self, job: &JobId, wanted: impl Fn(&JobView) -> bool) -> JobView {
        for _ in 0..2_000 {
            let view = self.app.job(job).await.unwrap();
            if wanted(&view) {
                return view;
            }
            self.pass(SECOND);
            self.app.wake_up();
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{:?}", self.app.job(job).await);
    }

    /// What reached the simulator, and every batch that it made.
    pub(crate) async fn log(&self) -> Value {
        let url = self.simulator.base_url.replace("/v1", "/practice/log");
        self.ask(reqwest::Client::new().get(url)).await
    }

    /// How often each address was called.
    pub(crate) async fn calls(&self) -> Value {
        self.log().await["calls"].clone()
    }

    pub(crate) async fn batches_made(&self) -> u64 {
        self.log().await["batches_made"].as_u64().unwrap()
    }

    /// Other faults from now on.
    pub(crate) async fn faults(&self, faults: &str) {
        let url = self.simulator.base_url.replace("/v1", "/practice/faults");
        let told = self
            .ask(reqwest::Client::new().put(url).body(faults.to_owned()))
            .await;
        assert!(told.is_object(), "{told}");
    }

    async fn ask(&self, request: reqwest::RequestBuilder) -> Value {
        let answer = request.bearer_auth(&self.simulator.key).send().await.unwrap();
        answer.error_for_status().unwrap().json().await.unwrap()
    }
}

fn open(dir: &tempfile::TempDir, clock: &Arc<SetClock>) -> App {
    App::open(Options {
        data_dir: dir.path().join("data"),
        holder: "command-line".to_owned(),
        clock: clock.clone(),
        secrets: Arc::new(MemoryStore::new()),
        language: "en".to_owned(),
        keys_from_environment: false,
        practice_pace: None,
    })
    .unwrap()
}
