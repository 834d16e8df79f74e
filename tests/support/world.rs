//! An `App` and a simulator that share one clock, which stands still until the test moves it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use serde_json::Value;
use tabane_app::view::{ConnectionForm, JobView, ResultsOf, RowView, ViewFilter};
use tabane_app::{App, Options, SendOrder};
use tabane_keys::MemoryStore;
use tabane_model::{Clock, Failure, JobId, Millis, ProviderId, Settings};
use tabane_practice::dialects::Dialect;
use tabane_practice::{Pace, Running, read_faults};

pub const SECOND: Millis = 1_000;
pub const MINUTE: Millis = 60 * SECOND;

struct SetClock(AtomicI64);

impl Clock for SetClock {
    fn now(&self) -> Millis {
        self.0.load(Ordering::SeqCst)
    }
}

/// A service as a test speaks to it.
#[derive(Clone, Debug)]
pub struct Service {
    /// The provider's id.
    pub provider: &'static str,
    /// Whose protocol its fake speaks.
    pub dialect: Dialect,
    pub settings: &'static [(&'static str, &'static str)],
    pub model: &'static str,
}

impl Service {
    /// A service of one's own that speaks as OpenAI does.
    pub const CUSTOM: Self = Self {
        provider: "custom",
        dialect: Dialect::Openai,
        settings: &[],
        model: "m",
    };

    fn settings(&self) -> Settings {
        self.settings
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }
}

pub struct World {
    dir: tempfile::TempDir,
    clock: Arc<SetClock>,
    simulator: Running,
    service: Service,
    /// The connection that was saved.
    pub connection: String,
    pub app: App,
}

/// Where the jobs of the first computer lie.
pub struct JobFolder(PathBuf);

impl JobFolder {
    /// The file that was sent for a part.
    #[must_use]
    pub fn part(&self, job: &JobId, number: u32) -> PathBuf {
        self.0.join(format!("jobs/{job}/part-{number}.jsonl"))
    }
}

impl World {
    /// With a service of one's own. A batch takes `pace` milliseconds of the clock.
    pub async fn new(pace: u64, faults: &str) -> Self {
        Self::with(&Service::CUSTOM, pace, faults).await
    }

    pub async fn with(service: &Service, pace: u64, faults: &str) -> Self {
        Self::in_parts(service, None, pace, faults).await
    }

    /// `most`: requests in one part.
    pub async fn in_parts(service: &Service, most: Option<u64>, pace: u64, faults: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(SetClock(AtomicI64::new(1_795_430_000_000)));
        let simulator = tabane_practice::serve(tabane_practice::Options {
            dir: dir.path().join("simulator"),
            clock: clock.clone(),
            pace: Pace::Fixed(pace),
            faults: read_faults(faults).unwrap(),
            key: None,
            dialect: service.dialect,
        })
        .await
        .unwrap();
        let app = open(&dir.path().join("data"), &clock, most);
        let mut world = Self {
            dir,
            clock,
            simulator,
            service: service.clone(),
            connection: String::new(),
            app,
        };
        world.connection = world.save_key(None, &world.simulator.key.clone()).await;
        world.app.start();
        world
    }

    /// Saves a key for the connection `id`, or for a new one; gives its id.
    pub async fn save_key(&self, id: Option<&str>, key: &str) -> String {
        let form = ConnectionForm {
            id: id.map(str::to_owned),
            provider: self.service.provider.to_owned(),
            name: "Simulator".to_owned(),
            base_url: Some(self.simulator.base_url.clone()),
            settings: self.service.settings(),
            key: Some(key.to_owned()),
            forget_key: false,
            until_close: false,
        };
        self.app.save_connection(form).await.unwrap().id
    }

    /// The right key again.
    pub async fn restore_key(&self) {
        self.save_key(Some(&self.connection), &self.simulator.key).await;
    }

    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.simulator.base_url
    }

    #[must_use]
    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    pub fn pass(&self, millis: Millis) {
        self.clock.0.fetch_add(millis, Ordering::SeqCst);
    }

    /// Sends a file of chat requests with the ids `r0`, `r1` ...
    pub async fn send(&self, requests: u32) -> JobId {
        let file = self.write(requests);
        self.send_file(file).await.unwrap().remove(0)
    }

    pub async fn send_file(&self, file: PathBuf) -> Result<Vec<JobId>, Failure> {
        let order = SendOrder {
            file,
            name: "a".to_owned(),
            provider: ProviderId::new(self.service.provider),
            base_url: Some(self.simulator.base_url.clone()),
            settings: Settings::new(),
            model: None,
            window: None,
            fixes: std::collections::BTreeSet::new(),
            max_tokens: None,
            cache_prompt: false,
        };
        self.app.send_file(order).await
    }

    /// A file of chat requests; no two ask the same.
    #[must_use]
    pub fn write(&self, requests: u32) -> PathBuf {
        let file = self.dir.path().join("a.jsonl");
        let model = self.service.model;
        let lines: String = (0..requests)
            .map(|n| {
                let body = format!(
                    r#"{{"model":"{model}","messages":[{{"role":"system","content":"Answer briefly."}},{{"role":"user","content":"How are you, number {n}?"}}]}}"#
                );
                format!(
                    r#"{{"custom_id":"r{n}","method":"POST","url":"/v1/chat/completions","body":{body}}}"#
                ) + "\n"
            })
            .collect();
        std::fs::write(&file, lines).unwrap();
        file
    }

    /// Moves the clock by a second at a time, waking the engine, until the job is as wanted.
    pub async fn until(&self, job: &JobId, wanted: impl Fn(&JobView) -> bool) -> JobView {
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

    /// The rows of a job's results, in the order of its requests.
    pub async fn rows(&self, job: &JobId) -> Vec<RowView> {
        let of = ResultsOf::Job { id: job.clone() };
        let view = self.app.open_view(of, ViewFilter::default()).await.unwrap();
        let rows = self.app.view_rows(view.view, 0, view.rows).await.unwrap();
        self.app.close_view(view.view);
        rows
    }

    /// A colleague at another computer, who has the same key and none of our jobs.
    pub async fn colleague(&mut self) -> JobFolder {
        let ours = self.dir.path().join("data");
        // A computer of its own each time.
        let place = (1..).map(|n| self.dir.path().join(format!("colleague-{n}")));
        let place = place.into_iter().find(|place| !place.exists()).unwrap();
        let app = open(&place, &self.clock, None);
        self.app = app;
        self.connection = self.save_key(None, &self.simulator.key.clone()).await;
        self.app.start();
        JobFolder(ours)
    }

    /// What reached the simulator, and every batch that it made.
    pub async fn log(&self) -> Value {
        self.ask(reqwest::Client::new().get(self.practice("log"))).await
    }

    /// How often each address was called.
    pub async fn calls(&self) -> Value {
        self.log().await["calls"].clone()
    }

    pub async fn batches_made(&self) -> u64 {
        self.log().await["batches_made"].as_u64().unwrap()
    }

    /// Other faults from now on.
    pub async fn faults(&self, faults: &str) {
        let request = reqwest::Client::new().put(self.practice("faults"));
        let told = self.ask(request.body(faults.to_owned())).await;
        assert!(told.is_object(), "{told}");
    }

    /// An address of the simulator's own.
    fn practice(&self, what: &str) -> String {
        let (scheme, rest) = self.simulator.base_url.split_once("://").unwrap();
        let host = rest.split('/').next().unwrap();
        format!("{scheme}://{host}/practice/{what}")
    }

    async fn ask(&self, request: reqwest::RequestBuilder) -> Value {
        let answer = request.bearer_auth(&self.simulator.key).send().await.unwrap();
        answer.error_for_status().unwrap().json().await.unwrap()
    }
}

fn open(data_dir: &Path, clock: &Arc<SetClock>, most_requests_in_part: Option<u64>) -> App {
    App::open(Options {
        data_dir: data_dir.to_owned(),
        holder: "command-line".to_owned(),
        clock: clock.clone(),
        secrets: Arc::new(MemoryStore::new()),
        language: "en".to_owned(),
        keys_from_environment: false,
        practice_pace: None,
        most_requests_in_part,
    })
    .unwrap()
}
