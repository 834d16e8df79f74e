//! The simulator in the words of other services.

use crate::support::{Practice, requests};
use serde_json::{Value, json};
use tabane_practice::dialects::Dialect;

/// A batch of three at its beginning and at its end, in a service's words.
async fn told(dialect: Dialect, window: &str) -> (Practice, Value, Value) {
    let practice = Practice::start_as(dialect, r#"{"fail_rows":{"rows":[2]}}"#).await;
    let file = practice.uploaded(&requests(3)).await;
    let create =
        json!({ "input_file_id": file, "endpoint": "/v1/chat/completions", "completion_window": window });
    let made: Value = practice
        .post("/batches")
        .json(&create)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let path = format!(
        "/batches/{}",
        made["id"].as_str().unwrap_or_else(|| panic!("{made}"))
    );
    let begun = practice.told(&path).await;
    practice.pass(600_000);
    let done = practice.told(&path).await;
    (practice, begun, done)
}

#[tokio::test]
async fn azure_has_its_own_header_and_looks_through_files() {
    let practice = Practice::start_as(Dialect::Azure, "{}").await;
    let as_azure = |request: reqwest::RequestBuilder| {
        let (client, request) = request.build_split();
        let mut request = request.unwrap();
        request.headers_mut().remove("authorization");
        request
            .headers_mut()
            .insert("api-key", practice.running.key.parse().unwrap());
        client.execute(request)
    };
    assert!(practice.url("/batches").ends_with("/openai/v1/batches"));
    let bearer = practice.get("/models").header("api-key", "wrong");
    assert_eq!(bearer.send().await.unwrap().status(), 401);

    let part = reqwest::multipart::Part::bytes(requests(1).into_bytes()).file_name("in.jsonl");
    let form = reqwest::multipart::Form::new()
        .part("file", part)
        .text("purpose", "batch");
    let file: Value = as_azure(practice.post("/files").multipart(form))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(file["status"], "pending");
    let file = file["id"].as_str().unwrap();
    let create = || as_azure(practice.create(file));
    assert_eq!(create().await.unwrap().status(), 400);
    for status in ["pending", "processed"] {
        let look: Value = as_azure(practice.get(&format!("/files/{file}")))
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        assert_eq!(look["status"], status);
    }
    let made: Value = create().await.unwrap().json().await.unwrap();
    assert_eq!(
        (&made["status"], made["created_at"].is_string()),
        (&json!("Validating"), true)
    );
    assert_eq!(made["request_counts"]["total"], Value::Null);
    practice.pass(600_000);
    let page: Value = as_azure(practice.get("/batches"))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(page["value"].as_array().unwrap().len(), 1);
    let id = made["id"].as_str().unwrap();
    let done: Value = as_azure(practice.get(&format!("/batches/{id}")))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(
        (&done["status"], &done["request_counts"]["completed"]),
        (&json!("Completed"), &json!(1))
    );
    let error = format!("/files/{}/content", done["error_file_id"].as_str().unwrap());
    assert_eq!(
        as_azure(practice.get(&error))
            .await
            .unwrap()
            .text()
            .await
            .unwrap(),
        ""
    );
    assert_eq!(practice.log().await["calls"]["POST /v1/batches"], 2);
}

#[tokio::test]
async fn groq_pages_by_cursor() {
    let practice = Practice::start_as(Dialect::Groq, "{}").await;
    for _ in 0..3 {
        practice.batch(&requests(1)).await;
    }
    let first = practice.told("/batches?limit=2").await;
    assert_eq!(first["data"].as_array().unwrap().len(), 2);
    assert!(first.get("has_more").is_none());
    let cursor = first["paging"]["next_cursor"].as_str().unwrap();
    let rest = practice.told(&format!("/batches?limit=2&cursor={cursor}")).await;
    assert_eq!(rest["data"].as_array().unwrap().len(), 1);
    assert_eq!(rest["paging"]["next_cursor"], Value::Null);
}

#[tokio::test]
async fn groq_tells_errors_as_a_bare_list() {
    let practice = Practice::start_as(
        Dialect::Groq,
        r#"{"fail_check":{"code":"invalid_method","line":4}}"#,
    )
    .await;
    let batch = practice.batch(&requests(1)).await;
    let (done, _, _) = practice.finished(&batch).await;
    assert_eq!(done["errors"][0]["line"], 4);
}

#[tokio::test]
async fn kluster_tells_times_as_texts_and_cancels_with_one_l() {
    let practice = Practice::start_as(Dialect::Kluster, "{}").await;
    let file = practice.uploaded(&requests(10)).await;
    let made: Value = practice.create(&file).send().await.unwrap().json().await.unwrap();
    assert!(made["created_at"].is_i64());
    let path = format!("/batches/{}", made["id"].as_str().unwrap());
    practice.pass(5_000);
    let asked = practice.post(&format!("{path}/cancel")).send().await.unwrap();
    assert_eq!(asked.json::<Value>().await.unwrap()["status"], "canceling");
    assert!(practice.told(&path).await["created_at"].is_string());
}

#[tokio::test]
async fn deepinfra_counts_late_and_fails_rows_without_a_response() {
    let (practice, begun, done) = told(Dialect::Deepinfra, "24h").await;
    assert_eq!(begun["request_counts"], Value::Null);
    let error = done["error_file_id"].as_str().unwrap();
    assert_eq!(error, format!("{}_error", done["id"].as_str().unwrap()));
    let row: Value = serde_json::from_str(&practice.content(error).await).unwrap();
    assert_eq!(
        (&row["response"], &row["error"]["code"]),
        (&Value::Null, &json!("400"))
    );
    let file = done["input_file_id"].as_str().unwrap();
    for (file, window, status, place) in [
        (file, "48h", 422, "/detail/0/msg"),
        ("none", "24h", 400, "/detail/error/message"),
    ] {
        let create =
            json!({ "input_file_id": file, "endpoint": "/v1/chat/completions", "completion_window": window });
        let refused = practice.post("/batches").json(&create).send().await.unwrap();
        assert_eq!(refused.status(), status);
        let said: Value = refused.json().await.unwrap();
        assert!(said.pointer(place).is_some_and(Value::is_string), "{said}");
    }
    assert!(practice.told("/batches/none").await["detail"].is_string());
}

#[tokio::test]
async fn novita_shouts_and_says_nothing_as_an_empty_text() {
    let (_, begun, done) = told(Dialect::Novita, "48h").await;
    assert_eq!(
        (&begun["status"], &begun["errors"], &begun["output_file_id"]),
        (&json!("VALIDATING"), &json!(""), &json!(""))
    );
    assert_eq!(
        (&done["status"], &done["completed"], &done["failed"]),
        (&json!("COMPLETED"), &json!(2), &json!(1))
    );
    assert!(done["created_at"].is_string());
}

#[tokio::test]
async fn siliconflow_queues_and_tells_no_status_of_a_row() {
    let (practice, begun, done) = told(Dialect::Siliconflow, "24h").await;
    assert_eq!(begun["status"], "in_queue");
    let text = practice.content(done["output_file_id"].as_str().unwrap()).await;
    let row: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(row["response"].as_object().unwrap().len(), 1);
    assert!(row["response"]["body"]["choices"].is_array());
}

#[tokio::test]
async fn zhipus_endpoints_begin_with_v4() {
    let practice = Practice::start_as(Dialect::Zhipu, "{}").await;
    let file = practice.uploaded(&requests(1).replace("/v1/", "/v4/")).await;
    assert_eq!(practice.create(&file).send().await.unwrap().status(), 400);
    let create =
        json!({ "input_file_id": file, "endpoint": "/v4/chat/completions", "completion_window": "24h" });
    let made: Value = practice
        .post("/batches")
        .json(&create)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let (done, output, _) = practice.finished(made["id"].as_str().unwrap()).await;
    assert_eq!((&done["status"], output.len()), (&json!("completed"), 1));
    assert!(output[0]["response"]["body"]["choices"].is_array());
}
