//! The verbs against the fake, which Google's own SDK speaks to as well, and against services that do it wrong.

mod batches;
mod uploads;
mod wrong;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde_json::Value;
use tabane_model::{ProviderId, Settings, SystemClock};
use tabane_practice::dialects::Dialect;
use tabane_practice::{Pace, Running, read_faults, serve};
use tempfile::TempDir;

use crate::{Account, Asked, Batch, Options, Order, Parcel, Provider, open, profile, write_line};

const MODEL: &str = "gemini-3.8-flash";

struct Fake {
    running: Running,
    folder: TempDir,
}

impl Fake {
    async fn start(faults: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let running = serve(tabane_practice::Options {
            dir: folder.path().join("fake"),
            clock: Arc::new(SystemClock),
            pace: Pace::Fixed(200),
            faults: read_faults(faults).unwrap(),
            key: None,
            dialect: Dialect::Gemini,
        })
        .await
        .unwrap();
        Self { running, folder }
    }

    fn provider(&self) -> Box<dyn Provider> {
        provider(&self.running.base_url, &self.running.key)
    }

    async fn set_faults(&self, faults: &str) {
        let url = format!("{}/practice/faults", self.running.base_url);
        let put = reqwest::Client::new().put(url).body(faults.to_owned());
        assert!(put.send().await.unwrap().status().is_success());
    }

    /// Calls of a method and route.
    async fn calls(&self, route: &str) -> u64 {
        let url = format!("{}/practice/log", self.running.base_url);
        let log: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
        log["calls"][route].as_u64().unwrap_or(0)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A part of so many requests, as the app would write it.
    fn parcel(&self, requests: u32) -> Parcel {
        let lines: Vec<u8> = (1..=requests)
            .flat_map(|number| line(&format!("k3f9-{number:06}"), &format!("Question {number}")))
            .collect();
        let file = self.path("part-1.jsonl");
        std::fs::write(&file, &lines).unwrap();
        parcel(&file, requests)
    }
}

fn provider(base_url: &str, key: &str) -> Box<dyn Provider> {
    let account = Account {
        base_url: base_url.to_owned(),
        key: SecretString::from(key),
        settings: Settings::new(),
    };
    open(profile(&ProviderId::new("google")).unwrap(), account).unwrap()
}

fn line(id: &str, question: &str) -> Vec<u8> {
    let body =
        format!(r#"{{"model":"m","messages":[{{"role":"user","content":"{question}"}}],"max_tokens":50}}"#);
    let asked = Asked {
        wire_id: id,
        url: "/v1/chat/completions",
        body: &body,
        model: Some(MODEL),
    };
    write_line(
        profile(&ProviderId::new("gemini")).unwrap(),
        &asked,
        &Options::default(),
    )
    .unwrap()
    .line
}

fn parcel(file: &Path, requests: u32) -> Parcel {
    Parcel {
        file: file.to_owned(),
        name: "tabane-j-1".to_owned(),
        requests,
        bytes: file.metadata().unwrap().len(),
        model: Some(MODEL.to_owned()),
    }
}

fn order(parcel: &Parcel, file_id: &str) -> Order {
    Order {
        file_id: file_id.to_owned(),
        parcel: parcel.clone(),
        endpoint: "/v1beta/generateContent".to_owned(),
        window: "24h".to_owned(),
        tags: std::collections::BTreeMap::new(),
        api_version: None,
    }
}

async fn ended(provider: &dyn Provider, id: &str) -> Batch {
    for _ in 0..200 {
        let batch = provider.get(id).await.unwrap();
        if batch.state.is_terminal() {
            return batch;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{id} does not end");
}
