//! What we say to Google is held against what Google and others wrote: its own API descriptions, and somebody else's
//! Cloud Storage.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tabane_model::{JobState, ProviderId};
use tabane_providers::{Account, Left, Parcel, Provider};
use tabane_tests::world::World;
use tabane_tests::{python, repository};

use super::{BUCKET, DATASET, PROJECT, REGION, vertex};

/// Every exchange of whole jobs, by each way in and out, keeps to the descriptions of Vertex AI, Cloud Storage and
/// BigQuery: methods, parameters, fields, words of enumerations, numbers as texts.
#[tokio::test]
async fn our_exchanges_keep_to_googles_descriptions() {
    let into_bucket = &[
        PROJECT,
        REGION,
        BUCKET,
        DATASET,
        ("input", "dataset"),
        ("output", "bucket"),
    ];
    for settings in [
        &[PROJECT, REGION, BUCKET][..],
        &[PROJECT, REGION, DATASET],
        &[PROJECT, REGION, BUCKET, DATASET],
        into_bucket,
    ] {
        let world = World::with(&vertex(settings).service, 1_000, "{}").await;
        let job = world.send(3).await;
        let view = world.until(&job, |job| job.state == JobState::Finished).await;
        assert_eq!(view.counts.succeeded, 3, "{view:?}");
        world.app.clean_up(&job).await.unwrap();
        let base_url = world.base_url().to_owned();
        let told = tokio::task::spawn_blocking(move || descriptions(&base_url))
            .await
            .unwrap();
        assert_eq!(
            told["faults"],
            Value::from(Vec::<Value>::new()),
            "{settings:?}: {told}"
        );
        assert!(told["checked"].as_u64().unwrap() > 5, "{told}");
    }
}

fn descriptions(base_url: &str) -> Value {
    let script = repository().join("tests/python/google_discovery.py");
    let output = python("python")
        .arg(script)
        .args([base_url, "key"])
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// `gcp-storage-emulator` as a process of its own; ended with the test.
struct Emulator {
    child: Child,
    url: String,
}

impl Emulator {
    fn start() -> Self {
        // Free a moment ago; the emulator takes none by itself.
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let child = python("gcp-storage-emulator")
            .args([
                "start",
                "--host",
                "127.0.0.1",
                "--in-memory",
                "--port",
                &port.to_string(),
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{error}: run `cargo xtask setup`"));
        Self {
            child,
            url: format!("http://127.0.0.1:{port}"),
        }
    }

    async fn ready(&self) {
        let begun = Instant::now();
        while reqwest::get(format!("{}/storage/v1/b?project=p", self.url))
            .await
            .is_err()
        {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "the emulator does not start"
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn lay(&self, name: &str, content: &str) {
        let url = format!(
            "{}/upload/storage/v1/b/lab/o?uploadType=media&name={name}",
            self.url
        );
        let request = reqwest::Client::new()
            .post(url)
            .header("content-type", "application/octet-stream");
        request
            .body(content.to_owned())
            .send()
            .await
            .unwrap()
            .error_for_status()
            .unwrap();
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn provider(emulator: &Emulator) -> Box<dyn Provider> {
    let profile = tabane_providers::profile(&ProviderId::new("vertex")).unwrap();
    let settings = [
        PROJECT,
        // Where the emulator says that all its buckets are.
        ("region", "us"),
        ("bucket", "lab"),
        ("storage_url", emulator.url.as_str()),
    ];
    let account = Account {
        base_url: emulator.url.clone(),
        key: "a-token".to_owned().into(),
        settings: settings
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
    };
    tabane_providers::open(profile, account).unwrap()
}

fn parcel(file: &Path) -> Parcel {
    Parcel {
        file: file.to_owned(),
        name: "tabane-job-1".to_owned(),
        requests: 1,
        bytes: std::fs::metadata(file).unwrap().len(),
        model: Some("gemini-3.5-flash".to_owned()),
    }
}

/// Up in pieces, up again without a second copy, down from several files, and away.
#[tokio::test]
async fn cloud_storage_as_somebody_else_wrote_it() {
    let emulator = Emulator::start();
    emulator.ready().await;
    let bucket = reqwest::Client::new().post(format!("{}/storage/v1/b?project=p", emulator.url));
    let made = bucket
        .json(&serde_json::json!({"name": "lab"}))
        .send()
        .await
        .unwrap();
    made.error_for_status().unwrap();
    let provider = provider(&emulator);
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("part-1.jsonl");
    // More than one piece of 8 MiB.
    std::fs::write(&file, "{\"custom_id\":\"a\",\"request\":{}}\n".repeat(400_000)).unwrap();

    let first = provider.upload(&parcel(&file)).await.unwrap();
    let again = provider.upload(&parcel(&file)).await.unwrap();
    assert_eq!(first, again);
    let object = first
        .file_id
        .strip_prefix("gs://lab/")
        .unwrap()
        .replace('/', "%2F");
    let stored = reqwest::get(format!("{}/storage/v1/b/lab/o/{object}?alt=media", emulator.url));
    assert_eq!(
        stored.await.unwrap().bytes().await.unwrap(),
        std::fs::read(&file).unwrap()
    );

    for (name, line) in [("a", "{\"n\":1}\n"), ("b", "{\"n\":2}\n")] {
        emulator
            .lay(&format!("tabane/tabane-job-1/output/{name}.jsonl"), line)
            .await;
    }
    let results = "gs://lab/tabane/tabane-job-1/output";
    let target = dir.path().join("results.jsonl");
    provider.download(results, &target).await.unwrap();
    assert_eq!(
        std::fs::read_to_string(&target).unwrap(),
        "{\"n\":1}\n{\"n\":2}\n"
    );

    let left = Left {
        file_id: Some(first.file_id),
        output_file_id: Some(results.to_owned()),
    };
    assert_eq!(provider.clean_up(&left).await.unwrap(), 3);
    let rest = reqwest::get(format!("{}/storage/v1/b/lab/o", emulator.url))
        .await
        .unwrap();
    let rest: Value = rest.json().await.unwrap();
    assert!(rest["items"].as_array().is_none_or(Vec::is_empty), "{rest}");
}
