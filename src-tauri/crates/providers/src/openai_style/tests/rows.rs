//! Each row of the table against what its service was seen to answer (wire notes 2 to 4.6).

mod seen;

use super::*;
use crate::profile::Profile;
use crate::{Created, FaultKind, Order, Provider, Refusal, Wanted, profile, read_result_line};
use seen::all_seen;
use std::collections::BTreeMap;
use tabane_model::{ProviderId, Status};
use wiremock::matchers::{method, path};

fn row(id: &str) -> &'static Profile {
    profile(&ProviderId::new(id)).unwrap()
}

/// A service at the path of its real address.
fn open(id: &str, server: &MockServer) -> Box<dyn Provider> {
    let account = crate::Account {
        base_url: format!("{}{}", server.uri(), base_path(id)),
        key: SecretString::from(KEY),
        settings: tabane_model::Settings::new(),
    };
    crate::open(row(id), account).unwrap()
}

fn base_path(id: &str) -> &'static str {
    match row(id).base_url {
        // The user types no more than the host.
        None => "",
        Some(address) => &address[address[8..].find('/').unwrap() + 8..],
    }
}

fn order(id: &str) -> Order {
    Order {
        file_id: "f".to_owned(),
        parcel: parcel("part".as_ref()),
        endpoint: "/v1/chat/completions".to_owned(),
        window: row(id).windows[0].to_owned(),
        tags: BTreeMap::from([("app_job".to_owned(), "j".to_owned())]),
        api_version: None,
    }
}

#[tokio::test]
async fn what_each_service_was_seen_to_answer_is_read() {
    let seen = all_seen();
    let rows = crate::profiles()
        .iter()
        .filter(|row| row.dialect == crate::Dialect::OpenAi);
    for row in rows.filter(|row| row.base_url.is_some() || row.id == "azure") {
        assert!(seen.iter().any(|seen| seen.id == row.id), "{}", row.id);
    }
    for seen in seen {
        let server = service(answer(200, &seen.batch)).await;
        let batch = open(seen.id, &server).get(seen.batch_id).await.unwrap();
        assert_eq!(
            (batch.id.as_str(), batch.state),
            (seen.batch_id, seen.state),
            "{}",
            seen.id
        );
        let counts = [batch.counts.total, batch.counts.completed, batch.counts.failed];
        assert_eq!(counts, seen.counts, "{}", seen.id);
        let files = [batch.output_file_id.as_deref(), batch.error_file_id.as_deref()];
        assert_eq!(files, seen.files, "{}", seen.id);
        assert!(batch.created_at.is_some(), "{}", seen.id);

        let outcome = read_result_line(&seen.line.replace('\n', ""));
        let (status, read) = match seen.outcome {
            Ok(answer) => (Status::Succeeded, (Some(answer), None)),
            Err(code) => (Status::Failed, (None, Some(code))),
        };
        assert_eq!(
            (outcome.status, outcome.wire_id.as_deref()),
            (status, Some("r")),
            "{}",
            seen.id
        );
        let found = (outcome.answer.as_deref(), outcome.error_code.as_deref());
        assert_eq!(found, read, "{}", seen.id);
    }
}

/// What a create says, by the row.
async fn said(id: &str) -> (String, Value) {
    let server = service(answer(200, &json!({"id": "b", "status": "validating"}))).await;
    let created = open(id, &server).create(&order(id)).await;
    assert!(matches!(created, Created::Made(_)), "{id}: {created:?}");
    let request = &server.received_requests().await.unwrap()[0];
    let expected = if id == "azure" {
        "/openai/v1"
    } else {
        base_path(id)
    };
    assert_eq!(request.url.path(), format!("{expected}/batches"));
    let key = if id == "azure" { "api-key" } else { "authorization" };
    (
        request.headers[key].to_str().unwrap().to_owned(),
        request.body_json().unwrap(),
    )
}

#[tokio::test]
async fn a_create_says_what_each_service_wants() {
    for row in all_seen() {
        let (key, body) = said(row.id).await;
        let azure = row.id == "azure";
        assert_eq!(
            key,
            if azure {
                KEY.to_owned()
            } else {
                format!("Bearer {KEY}")
            }
        );
        let metadata = if row.id == "dashscope" {
            json!({"ds_name": "job-1"})
        } else {
            json!({"app_job": "j"})
        };
        assert_eq!(body["metadata"], metadata, "{}", row.id);
        let kept = if row.id == "zhipu" {
            json!(false)
        } else {
            Value::Null
        };
        assert_eq!(body["auto_delete_input_file"], kept, "{}", row.id);
        let window = if row.id == "novita" { "48h" } else { "24h" };
        assert_eq!(body["completion_window"], window, "{}", row.id);
    }
}

/// Uploads a small file to Azure, whose file is `states` one after the other; gives how often it was looked at.
async fn azure_upload(server: &MockServer, states: &[Value]) -> Result<(), FaultKind> {
    let file = json!({"id": "file-a", "status": "pending"});
    let mount = |mock: Mock| async move { mock.mount(server).await };
    mount(Mock::given(method("POST")).respond_with(answer(201, &file))).await;
    for (place, state) in states.iter().enumerate() {
        let told = json!({"id": "file-a", "status": state, "status_details": "the file has a BOM"});
        let look = Mock::given(path("/openai/v1/files/file-a")).respond_with(answer(200, &told));
        let priority = u8::try_from(place + 1).unwrap();
        mount(look.up_to_n_times(1).with_priority(priority)).await;
    }
    let dir = tempfile::tempdir().unwrap();
    let part = dir.path().join("part");
    std::fs::write(&part, "{}\n").unwrap();
    let uploaded = open("azure", server).upload(&parcel(&part)).await;
    uploaded.map(drop).map_err(|fault| {
        assert_eq!(fault.failure.code, "upload-not-processed");
        assert_eq!(fault.failure.detail.as_deref(), Some("the file has a BOM"));
        fault.kind
    })
}

#[tokio::test]
async fn azure_looks_through_a_file_before_a_batch_is_made_of_it() {
    let server = MockServer::start().await;
    let states = [json!("pending"), json!("Running"), json!("processed")];
    azure_upload(&server, &states).await.unwrap();
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 4);
    assert!(requests.iter().all(|request| request.headers["api-key"] == KEY));
    assert!(
        requests
            .iter()
            .all(|request| !request.headers.contains_key("authorization"))
    );
    let form = String::from_utf8_lossy(&requests[0].body);
    for field in [
        "name=\"purpose\"\r\n\r\nbatch\r\n",
        "name=\"expires_after.seconds\"\r\n\r\n2592000\r\n",
        "name=\"expires_after.anchor\"\r\n\r\ncreated_at\r\n",
    ] {
        assert!(form.contains(field), "{form}");
    }
    let server = MockServer::start().await;
    let fault = azure_upload(&server, &[json!("error")]).await.unwrap_err();
    assert_eq!(fault, FaultKind::Refused(422));
}

#[tokio::test]
async fn a_file_in_data_is_a_file_too() {
    let told = json!({"code": 20000, "status": true, "data": {"id": "file-s", "object": "file"}});
    let server = service(answer(200, &told)).await;
    let dir = tempfile::tempdir().unwrap();
    let part = dir.path().join("part");
    std::fs::write(&part, "{}\n").unwrap();
    let uploaded = open("siliconflow", &server).upload(&parcel(&part)).await.unwrap();
    assert_eq!((uploaded.file_id.as_str(), calls(&server).await), ("file-s", 1));
}

#[tokio::test]
async fn a_batch_is_found_again_by_the_only_mark() {
    let list = json!({"data": [
        {"id": "other", "created_at": 1_795_430_000, "metadata": {"ds_name": "job-2"}},
        {"id": "ours", "created_at": 1_795_430_000, "metadata": {"ds_name": "job-1"}},
    ]});
    let wanted = Wanted {
        app_job: "j".to_owned(),
        part: "1".to_owned(),
        parcel: parcel("part".as_ref()),
        nonce: "n".to_owned(),
        file_id: None,
        since: 1_795_430_000_000,
    };
    for (id, expected) in [("dashscope", &["ours"][..]), ("zhipu", &[])] {
        let server = service(answer(200, &list)).await;
        let found = open(id, &server).find(&wanted).await.unwrap();
        let ids: Vec<_> = found.iter().map(|batch| batch.id.as_str()).collect();
        assert_eq!(ids, expected, "{id}");
    }
}

#[tokio::test]
async fn lines_are_named_from_one_for_the_reader() {
    let told = json!({"id": "b", "status": "failed", "errors": {"data": [{"code": "c", "line": 0, "message": "m"}]}});
    let groq = json!({"id": "b", "status": "completed", "errors": [{"code": "invalid_method", "line": 4}]});
    for (id, told, line) in [("deepinfra", &told, 1), ("groq", &groq, 4)] {
        let server = service(answer(200, told)).await;
        let batch = open(id, &server).get("b").await.unwrap();
        assert_eq!(batch.errors[0].line, Some(line), "{id}");
    }
}

#[tokio::test]
async fn refusals_of_each_shape_are_clear_and_text_is_not() {
    let refused = |kind| Some(kind);
    for (id, reply, expected) in [
        (
            "deepinfra",
            answer(404, &json!({"detail": "No such File"})),
            refused(Refusal::FileNotFound),
        ),
        (
            "deepinfra",
            answer(401, &json!({"detail": {"error": {"message": "m"}}})),
            refused(Refusal::Key),
        ),
        (
            "deepinfra",
            answer(
                422,
                &json!({"detail": [{"loc": ["body", "completion_window"], "msg": "m", "type": "t"}]}),
            ),
            refused(Refusal::Other),
        ),
        (
            "azure",
            answer(429, &json!({"error": {"code": "429", "message": "m"}})),
            refused(Refusal::RateLimited),
        ),
        (
            "siliconflow",
            answer(400, &json!({"code": 20012, "message": "m", "data": null})),
            refused(Refusal::Other),
        ),
        (
            "zhipu",
            answer(400, &json!({"error": {"code": "1210", "message": "m"}})),
            refused(Refusal::Other),
        ),
        // In plain text anybody on the way may have said it.
        (
            "parasail",
            ResponseTemplate::new(401).set_body_string("Unauthorized"),
            None,
        ),
    ] {
        let server = service(reply).await;
        match (open(id, &server).create(&order(id)).await, expected) {
            (Created::Refused { kind, .. }, Some(expected)) => assert_eq!(kind, expected, "{id}"),
            (Created::Unclear(failure), None) => assert_eq!(failure.code, "key-refused", "{id}"),
            (other, _) => panic!("{id}: {other:?}"),
        }
    }
    // Before anything is created a key in plain text is as wrong as any.
    let server = service(ResponseTemplate::new(401).set_body_string("Unauthorized")).await;
    assert_eq!(
        open("parasail", &server).models().await.unwrap_err().kind,
        FaultKind::Key
    );
}

#[tokio::test]
async fn results_lie_elsewhere_or_are_empty() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("part-1.output.jsonl");
    let other = service(ResponseTemplate::new(200).set_body_string("{\"custom_id\":\"a\"}\n")).await;
    let signed = format!("{}/signed?sig=1", other.uri());
    let server = service(ResponseTemplate::new(302).insert_header("location", signed)).await;
    open("parasail", &server).download("o", &target).await.unwrap();
    let request = &other.received_requests().await.unwrap()[0];
    assert!(!request.headers.contains_key("authorization"));

    for id in ["azure", "deepinfra"] {
        let server = service(ResponseTemplate::new(200).set_body_string("")).await;
        let target = dir.path().join(id);
        assert_eq!(
            open(id, &server).download("e", &target).await.unwrap().bytes,
            0,
            "{id}"
        );
    }
}
