//! The verbs against a service that does it wrong.

mod datasets;
mod jobs;

use std::collections::BTreeMap;

use secrecy::SecretString;
use serde_json::{Value, json};
use tabane_model::{Failure, ProviderId, RemoteCounts, RemoteState, Settings, Status};
use wiremock::matchers::{any, method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::{
    Account, Asked, Created, Fault, FaultKind, Options, Order, Parcel, Provider, Refusal, profile,
    read_result_line, write_line,
};

const KEY: &str = "fw_test_0123456789";
const JOB: &str = "/v1/accounts/me/batchInferenceJobs/tabane-j-1";
const DATASET: &str = "/v1/accounts/me/datasets/tabane-j-1";

fn open_at(address: &str, account: &str) -> Result<Box<dyn Provider>, Failure> {
    let account = Account {
        base_url: address.to_owned(),
        key: SecretString::from(KEY),
        settings: Settings::from([("account".to_owned(), account.to_owned())]),
    };
    crate::open(profile(&ProviderId::new("fireworks")).unwrap(), account)
}

fn open(server: &MockServer) -> Box<dyn Provider> {
    open_at(&server.uri(), "me").unwrap()
}

fn answer(status: u16, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

fn not_found() -> ResponseTemplate {
    answer(
        404,
        &json!({"code": 5, "details": [], "message": "resource not found"}),
    )
}

async fn mount(server: &MockServer, verb: &str, place: &str, answer: ResponseTemplate) {
    Mock::given(method(verb))
        .and(path(place))
        .respond_with(answer)
        .mount(server)
        .await;
}

/// What was asked: methods and paths.
async fn asked(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    let said = requests
        .iter()
        .map(|request| format!("{} {}", request.method, request.url.path()));
    said.collect()
}

fn parcel(file: &std::path::Path) -> Parcel {
    Parcel {
        file: file.to_owned(),
        name: "tabane-j-1".to_owned(),
        requests: 3,
        bytes: 1,
        model: Some("llama-v3p1-8b-instruct".to_owned()),
    }
}

fn order() -> Order {
    Order {
        file_id: "tabane-j-1".to_owned(),
        parcel: parcel("part".as_ref()),
        endpoint: "/v1/chat/completions".to_owned(),
        window: "24h".to_owned(),
        tags: BTreeMap::new(),
        api_version: None,
    }
}

/// As captured on 2026-08-30.
fn job(state: &str) -> Value {
    json!({"name": "accounts/me/batchInferenceJobs/tabane-j-1", "displayName": "", "state": format!("JOB_STATE_{state}"),
        "createTime": "2026-08-30T03:48:56.029803417Z", "expireTime": "2026-08-31T03:48:53.988342027Z",
        "inputDatasetId": "accounts/me/datasets/tabane-j-1", "outputDatasetId": "accounts/me/datasets/tabane-j-1-o",
        "model": "accounts/fireworks/models/m", "jobProgress": null, "status": {"code": "OK", "message": ""}})
}

#[test]
fn lines_have_no_model() {
    let row = profile(&ProviderId::new("fireworks")).unwrap();
    let asked = Asked {
        wire_id: "n-1",
        url: "/v1/chat/completions",
        body: "{\"model\":\"m\", \"messages\":[{\"role\":\"user\",\"content\":\"a\u{2028}\"}],\"temperature\":0.70}",
        model: Some("other"),
    };
    let written = write_line(row, &asked, &Options::default()).unwrap();
    let line = String::from_utf8(written.line).unwrap();
    let expected =
        r#"{"custom_id":"n-1","body":{"messages":[{"role":"user","content":"a\u2028"}],"temperature":0.70}}"#;
    assert_eq!((line.trim_end(), written.changes.len()), (expected, 0));
}

#[test]
fn the_account_is_wanted_and_addresses_are_taken_as_they_come() {
    let missing = open_at("https://api.fireworks.ai", " ").err().unwrap();
    assert_eq!(missing.code, "setting-missing");
    let row = profile(&ProviderId::new("fireworks")).unwrap();
    for (address, account) in [
        ("https://api.fireworks.ai/v1", "me"),
        ("https://api.fireworks.ai/inference/v1", "accounts/me"),
        ("https://api.fireworks.ai/v1/accounts/me/", "me"),
        ("api.fireworks.ai", " me "),
    ] {
        let account = Account {
            base_url: address.to_owned(),
            key: SecretString::from(KEY),
            settings: Settings::from([("account".to_owned(), account.to_owned())]),
        };
        let client = super::Client::new(row, account).unwrap();
        assert_eq!(
            client.http.base(),
            "https://api.fireworks.ai/v1/accounts/me",
            "{address}"
        );
    }
}
