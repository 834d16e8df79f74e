//! A fake and a provider that speaks to it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tabane_model::{Clock, Outcome, ProviderId, Settings, SystemClock};
use tabane_practice::dialects::Dialect;
use tabane_practice::{Options, Pace, Running, read_faults};
use tabane_providers::{
    Account, Asked, Batch, Created, Downloaded, Fault, Order, Parcel, Profile, Provider, Wanted, profile,
    read_result_line, write_line,
};

const ENDPOINT: &str = "/v1/chat/completions";

pub(crate) struct World {
    dir: tempfile::TempDir,
    fake: Running,
    profile: &'static Profile,
    pub(crate) provider: Box<dyn Provider>,
}

impl World {
    pub(crate) async fn new(dialect: Dialect, faults: &str) -> Self {
        Self::made(dialect, 200, faults, None).await
    }

    /// A batch takes long enough to be cancelled.
    pub(crate) async fn slow(dialect: Dialect, faults: &str) -> Self {
        Self::made(dialect, 4_000, faults, None).await
    }

    pub(crate) async fn with_key(dialect: Dialect, key: &str) -> Self {
        Self::made(dialect, 200, "{}", Some(key)).await
    }

    async fn made(dialect: Dialect, pace: u64, faults: &str, key: Option<&str>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let fake = tabane_practice::serve(Options {
            dir: dir.path().join("fake"),
            clock: Arc::new(SystemClock),
            pace: Pace::Fixed(pace),
            faults: read_faults(faults).unwrap(),
            key: None,
            dialect,
        })
        .await
        .unwrap();
        let id = match dialect {
            Dialect::Openrouter => "openrouter",
            Dialect::Mistral => "mistral",
            Dialect::Xai => "grok",
            _ => panic!("another dialect"),
        };
        let profile = profile(&ProviderId::new(id)).unwrap();
        let account = Account {
            base_url: fake.base_url.clone(),
            key: SecretString::from(key.unwrap_or(&fake.key)),
            settings: Settings::new(),
        };
        let provider = tabane_providers::open(profile, account).unwrap();
        Self {
            dir,
            fake,
            profile,
            provider,
        }
    }

    /// Other faults from now on.
    pub(crate) async fn faults(&self, faults: &str) {
        let origin = self.fake.base_url.split("/api").next().unwrap();
        let origin = origin.trim_end_matches("/v1");
        let request = reqwest::Client::new().put(format!("{origin}/practice/faults"));
        let told = request.body(faults.to_owned()).send().await.unwrap();
        assert!(told.status().is_success(), "{faults}");
    }

    pub(crate) fn parcel(&self, nonce: &str, requests: usize) -> Parcel {
        let file = self.dir.path().join(format!("{nonce}.jsonl"));
        let body = |row| {
            format!(
                r#"{{"messages":[{{"role":"user","content":"束 {row}\u2028"}}],"model":"practice/small"}}"#
            )
        };
        let lines = (0..requests).flat_map(|row| {
            let asked = Asked {
                wire_id: &wire_id(nonce, row),
                url: ENDPOINT,
                body: &body(row),
                model: None,
            };
            write_line(self.profile, &asked, &tabane_providers::Options::default())
                .unwrap()
                .line
        });
        let lines: Vec<u8> = lines.collect();
        std::fs::write(&file, &lines).unwrap();
        Parcel {
            file,
            name: format!("tabane-{nonce}-1"),
            requests: u32::try_from(requests).unwrap(),
            bytes: lines.len() as u64,
            model: Some("practice/small".to_owned()),
        }
    }

    pub(crate) fn ids(&self, parcel: &Parcel) -> BTreeSet<String> {
        (0..parcel.requests as usize)
            .map(|row| wire_id("nonce", row))
            .collect()
    }

    pub(crate) async fn order(&self, parcel: &Parcel) -> Order {
        let uploaded = self.provider.upload(parcel).await.unwrap();
        order(parcel, &uploaded.file_id)
    }

    pub(crate) fn wanted(&self, order: &Order) -> Wanted {
        Wanted {
            app_job: order.tags["app_job"].clone(),
            part: "1".to_owned(),
            parcel: order.parcel.clone(),
            nonce: "nonce".to_owned(),
            file_id: Some(order.file_id.clone()),
            since: SystemClock.now() - 60_000,
        }
    }

    pub(crate) async fn sent(&self, requests: usize) -> String {
        let order = self.order(&self.parcel("nonce", requests)).await;
        match self.provider.create(&order).await {
            Created::Made(batch) => batch.id,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn ended(&self, id: &str) -> Batch {
        for _ in 0..200 {
            let batch = self.provider.get(id).await.unwrap();
            if batch.state.is_terminal() {
                return batch;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it never ended");
    }

    fn target(&self) -> PathBuf {
        self.dir.path().join("received/part-1.output.jsonl")
    }

    pub(crate) fn is_arriving(&self) -> bool {
        self.dir
            .path()
            .join("received/part-1.output.jsonl.arriving")
            .exists()
    }

    pub(crate) async fn download(&self, results: &str) -> Result<Downloaded, Fault> {
        self.provider.download(results, &self.target()).await
    }

    /// Of all rows, in both files.
    pub(crate) async fn outcomes(&self, batch: &Batch) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for id in [&batch.output_file_id, &batch.error_file_id]
            .into_iter()
            .flatten()
        {
            let downloaded = self.download(id).await.unwrap();
            let text = std::fs::read_to_string(self.target()).unwrap();
            assert_eq!(downloaded.bytes, text.len() as u64);
            outcomes.extend(text.lines().map(read_result_line));
        }
        outcomes
    }
}

pub(crate) fn wire_id(nonce: &str, row: usize) -> String {
    format!("{nonce}-{row:06}")
}

pub(crate) fn order(parcel: &Parcel, file_id: &str) -> Order {
    let tags = [("app_job", parcel.name.as_str()), ("part", "1"), ("sha256", "0")];
    Order {
        file_id: file_id.to_owned(),
        parcel: parcel.clone(),
        endpoint: ENDPOINT.to_owned(),
        window: "24h".to_owned(),
        tags: BTreeMap::from(tags.map(|(name, value)| (name.to_owned(), value.to_owned()))),
        api_version: None,
    }
}
