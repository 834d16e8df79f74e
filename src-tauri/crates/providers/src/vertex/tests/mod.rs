//! The verbs against a fake of Google's services, and against services that do it wrong.

mod flow;
mod signing;
mod uploads;

use std::path::Path;
use std::sync::Arc;

use secrecy::SecretString;
use tabane_model::{ProviderId, SystemClock};
use tabane_practice::dialects::Dialect;
use tabane_practice::{Faults, Options, Pace, Running};

use crate::{Account, Asked, Order, Parcel, Provider, write_line};

const JOB: &str = "0198f0aa-0000-7000-8000-000000000001";

/// A running fake with its folder.
struct Fake {
    running: Running,
    dir: tempfile::TempDir,
}

async fn fake(faults: &str) -> Fake {
    let dir = tempfile::tempdir().unwrap();
    let options = Options {
        dir: dir.path().to_owned(),
        clock: Arc::new(SystemClock),
        pace: Pace::Fixed(400),
        faults: read(faults),
        key: None,
        dialect: Dialect::Vertex,
    };
    Fake {
        running: tabane_practice::serve(options).await.unwrap(),
        dir,
    }
}

fn read(faults: &str) -> Faults {
    tabane_practice::read_faults(faults).unwrap()
}

impl Fake {
    fn open(&self, settings: &[(&str, &str)]) -> Box<dyn Provider> {
        open(&self.running.base_url, &self.running.key, settings)
    }

    /// What is counted and recorded.
    async fn told(&self, what: &str) -> serde_json::Value {
        let url = format!("{}/practice/{what}", self.running.base_url);
        let text = reqwest::get(url).await.unwrap().text().await.unwrap();
        serde_json::from_str(&text).unwrap()
    }
}

fn open(base_url: &str, key: &str, settings: &[(&str, &str)]) -> Box<dyn Provider> {
    try_open(base_url, key, settings).unwrap()
}

fn try_open(
    base_url: &str,
    key: &str,
    settings: &[(&str, &str)],
) -> Result<Box<dyn Provider>, tabane_model::Failure> {
    let profile = crate::profile(&ProviderId::new("vertexai")).unwrap();
    let settings = settings
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    crate::open(
        profile,
        Account {
            base_url: base_url.to_owned(),
            key: SecretString::from(key),
            settings: settings.chain([("project".to_owned(), "p".to_owned())]).collect(),
        },
    )
}

/// A part of so many requests.
fn parcel(dir: &Path, part: u32, requests: u32) -> Parcel {
    let profile = crate::profile(&ProviderId::new("vertex")).unwrap();
    let lines: Vec<u8> = (0..requests)
        .flat_map(|number| {
            let asked = Asked {
                wire_id: &format!("k3f9a2-{number:010}"),
                url: "/v1/chat/completions",
                body: &format!(r#"{{"messages":[{{"role":"user","content":"Number {number}?"}}]}}"#),
                model: Some("gemini-3.8-flash"),
            };
            write_line(profile, &asked, &crate::Options::default())
                .unwrap()
                .line
        })
        .collect();
    let file = dir.join(format!("part-{part}.jsonl"));
    std::fs::write(&file, &lines).unwrap();
    Parcel {
        file,
        name: format!("tabane-{JOB}-{part}"),
        requests,
        bytes: lines.len() as u64,
        model: Some("gemini-3.8-flash".to_owned()),
    }
}

fn order(parcel: &Parcel, part: u32, file_id: &str) -> Order {
    let tags = [
        ("app_job", JOB.to_owned()),
        ("part", part.to_string()),
        ("sha256", "x".to_owned()),
    ];
    Order {
        file_id: file_id.to_owned(),
        parcel: parcel.clone(),
        endpoint: "/v1/generateContent".to_owned(),
        window: "24h".to_owned(),
        tags: tags
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        api_version: None,
    }
}
