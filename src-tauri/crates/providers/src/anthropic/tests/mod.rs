//! The verbs against services that do it wrong, and against the fake.

mod creating;
mod finding;
mod reads;
mod whole;
mod writing;

use std::collections::BTreeMap;
use std::path::Path;

use secrecy::SecretString;
use serde_json::{Value, json};
use tabane_model::ProviderId;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::Client;
use crate::{Account, Order, Parcel, Profile, Provider, profile};

const KEY: &str = "sk-ant-0123456789";

fn claude() -> &'static Profile {
    profile(&ProviderId::new("claude")).unwrap()
}

fn client(address: &str) -> Client {
    client_with(address, KEY)
}

fn client_with(address: &str, key: &str) -> Client {
    let account = Account {
        base_url: address.to_owned(),
        key: SecretString::from(key),
        settings: BTreeMap::new(),
    };
    Client::new(claude(), account).unwrap()
}

/// A part with these lines.
fn parcel(dir: &Path, lines: &[&str]) -> Parcel {
    let file = dir.join("part-1.jsonl");
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    std::fs::write(&file, &text).unwrap();
    Parcel {
        file,
        name: "tabane-job-1".to_owned(),
        requests: u32::try_from(lines.len()).unwrap(),
        bytes: text.len() as u64,
        model: None,
    }
}

fn order(parcel: Parcel) -> Order {
    Order {
        file_id: parcel.name.clone(),
        parcel,
        endpoint: "/v1/messages".to_owned(),
        window: "24h".to_owned(),
        tags: BTreeMap::new(),
        api_version: None,
    }
}

async fn service(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

fn answer(status: u16, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

fn error(kind: &str) -> Value {
    json!({"type": "error", "error": {"type": kind, "message": "m"}, "request_id": "req_1"})
}

/// A batch of `total` requests made at this time.
fn batch(id: &str, status: &str, made: &str, total: u64) -> Value {
    let ended = status == "ended";
    json!({
        "id": id, "type": "message_batch", "processing_status": status, "created_at": made,
        "request_counts": {
            "processing": if ended { 0 } else { total }, "succeeded": if ended { total } else { 0 },
            "errored": 0, "canceled": 0, "expired": 0,
        },
    })
}
