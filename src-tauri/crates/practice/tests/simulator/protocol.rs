//! The protocol as it should be: files, batches, progress, cancel, restart.

use crate::support::{Practice, ids, request, requests};
use serde_json::{Value, json};

#[tokio::test]
async fn a_batch_runs_by_the_clock_and_gives_every_row() {
    let practice = Practice::start("{}").await;
    let batch = practice.batch(&requests(17)).await;
    let path = format!("/batches/{batch}");
    assert_eq!(practice.told(&path).await["status"], "validating");
    practice.pass(10_000);
    let told = practice.told(&path).await;
    assert_eq!(told["status"], "in_progress");
    let counts = &told["request_counts"];
    assert_eq!((&counts["total"], &counts["completed"]), (&json!(17), &json!(7)));
    practice.pass(9_200);
    assert_eq!(practice.told(&path).await["status"], "finalizing");
    let (told, output, error) = practice.finished(&batch).await;
    assert_eq!(told["status"], "completed");
    assert_eq!(
        told["request_counts"],
        json!({ "total": 17, "completed": 17, "failed": 0 })
    );
    assert_eq!(told["metadata"]["app_job"], "j");
    assert_eq!(
        told["expires_at"].as_i64().unwrap() - told["created_at"].as_i64().unwrap(),
        86_400
    );
    assert_eq!(
        (output.len(), error.len(), &told["error_file_id"]),
        (17, 0, &Value::Null)
    );
    let usage = |name: &str| {
        output
            .iter()
            .map(|line| line["response"]["body"]["usage"][name].as_u64().unwrap())
            .sum::<u64>()
    };
    assert_eq!(told["usage"]["input_tokens"], usage("prompt_tokens"));
    assert_eq!(told["usage"]["output_tokens"], usage("completion_tokens"));
    assert_eq!(output[3]["response"]["body"]["model"], "practice-small");
    assert_eq!(
        output[3]["response"]["body"]["system_fingerprint"],
        "tabane-practice"
    );
}

#[tokio::test]
async fn the_same_body_twice_differs_and_the_same_batch_again_does_not() {
    let text = format!(
        "{}{}{}",
        request("a", "雨"),
        request("b", "雨"),
        request("c", "雪")
    );
    let practice = Practice::start("{}").await;
    let (first, second) = (practice.batch(&text).await, practice.batch(&text).await);
    let answers = |lines: &[Value]| -> Vec<String> {
        lines
            .iter()
            .map(|line| line["response"]["body"]["choices"][0]["message"]["content"].to_string())
            .collect()
    };
    let (_, first, _) = practice.finished(&first).await;
    let (_, second, _) = practice.finished(&second).await;
    assert_ne!(answers(&first)[0], answers(&first)[1]);
    assert_eq!(answers(&first), answers(&second));
}

#[tokio::test]
async fn a_restart_in_the_middle_changes_nothing() {
    let practice = Practice::start(r#"{"fail_rows":{"rows":[1]}}"#).await;
    let batch = practice.batch(&requests(5)).await;
    practice.pass(8_000);
    let before = practice.told(&format!("/batches/{batch}")).await;
    let (address, key) = (practice.running.base_url.clone(), practice.running.key.clone());
    let practice = practice.restart().await;
    assert_ne!(
        (address, key),
        (practice.running.base_url.clone(), practice.running.key.clone())
    );
    assert_eq!(practice.told(&format!("/batches/{batch}")).await, before);
    let (told, output, error) = practice.finished(&batch).await;
    assert_eq!(
        told["request_counts"],
        json!({ "total": 5, "completed": 4, "failed": 1 })
    );
    assert_eq!((output.len(), ids(&error)), (4, vec!["r-1"]));
    let practice = practice.restart().await;
    let (again, output_again, _) = practice.finished(&batch).await;
    assert_eq!((again, output_again), (told, output));
    assert_eq!(practice.log().await["batches_made"], 1);
}

#[tokio::test]
async fn a_batch_made_just_before_the_end_is_checked_after_the_restart() {
    let practice = Practice::start("{}").await;
    let batch = practice.batch("not json\n").await;
    let practice = practice.restart().await;
    let (told, _, _) = practice.finished(&batch).await;
    assert_eq!(told["status"], "failed");
    assert_eq!(
        (
            &told["errors"]["data"][0]["code"],
            &told["errors"]["data"][0]["line"]
        ),
        (&json!("invalid_json_line"), &json!(1))
    );
    assert_eq!(
        (&told["output_file_id"], &told["request_counts"]["total"]),
        (&Value::Null, &json!(0))
    );
}

#[tokio::test]
async fn a_cancel_keeps_what_had_run() {
    let practice = Practice::start("{}").await;
    let batch = practice.batch(&requests(17)).await;
    practice.pass(10_000);
    let cancel = practice.post(&format!("/batches/{batch}/cancel"));
    let told: Value = cancel.send().await.unwrap().json().await.unwrap();
    assert_eq!(told["status"], "cancelling");
    let (told, output, error) = practice.finished(&batch).await;
    assert_eq!(told["status"], "cancelled");
    assert_eq!((output.len(), error.len()), (7, 10));
    assert!(
        error
            .iter()
            .all(|line| line["error"]["code"] == "batch_cancelled" && line["response"].is_null())
    );
    let again = practice
        .post(&format!("/batches/{batch}/cancel"))
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), 409);
    let unknown = practice.post("/batches/batch_0/cancel").send().await.unwrap();
    assert_eq!(unknown.status(), 404);
}

#[tokio::test]
async fn a_cancel_during_the_check_runs_nothing() {
    let practice = Practice::start("{}").await;
    let batch = practice.batch(&requests(3)).await;
    practice
        .post(&format!("/batches/{batch}/cancel"))
        .send()
        .await
        .unwrap();
    let (told, output, error) = practice.finished(&batch).await;
    assert_eq!(
        (&told["status"], &told["in_progress_at"]),
        (&json!("cancelled"), &Value::Null)
    );
    assert_eq!((output.len(), error.len()), (0, 3));
}

#[tokio::test]
async fn the_key_is_required_and_never_repeated() {
    let practice = Practice::start("{}").await;
    for path in ["/models", "/batches", "/files"] {
        assert_eq!(
            practice
                .client
                .get(practice.url(path))
                .send()
                .await
                .unwrap()
                .status(),
            401
        );
    }
    assert_eq!(
        practice
            .client
            .get(practice.own("/practice/log"))
            .send()
            .await
            .unwrap()
            .status(),
        401
    );
    let wrong = practice
        .client
        .get(practice.url("/models"))
        .bearer_auth("sk-secret")
        .send()
        .await
        .unwrap();
    let text = wrong.text().await.unwrap();
    assert!(text.contains("invalid_api_key") && !text.contains("sk-secret"));
    let models = practice.told("/models").await;
    assert_eq!(
        (&models["data"][0]["id"], &models["data"][1]["id"]),
        (&json!("practice-small"), &json!("practice-large"))
    );
}

#[tokio::test]
async fn lists_are_paged_newest_first() {
    let practice = Practice::start("{}").await;
    let mut made = Vec::new();
    for row in 0..3 {
        made.push(practice.batch(&request(&format!("r-{row}"), "x")).await);
    }
    let first = practice.told("/batches?limit=2").await;
    assert_eq!(
        (&first["data"][0]["id"], &first["data"][1]["id"]),
        (&json!(made[2]), &json!(made[1]))
    );
    assert_eq!(
        (&first["has_more"], &first["last_id"]),
        (&json!(true), &json!(made[1]))
    );
    let rest = practice
        .told(&format!("/batches?limit=2&after={}", made[1]))
        .await;
    assert_eq!(
        (&rest["data"][0]["id"], &rest["has_more"]),
        (&json!(made[0]), &json!(false))
    );
    let files = practice.told("/files?purpose=batch&limit=2").await;
    assert_eq!(
        (files["data"].as_array().unwrap().len(), &files["has_more"]),
        (2, &json!(true))
    );
    assert_eq!(
        practice.told("/files?purpose=batch_output").await["data"],
        json!([])
    );
}

#[tokio::test]
async fn files_are_kept_told_and_deleted() {
    let practice = Practice::start("{}").await;
    let text = request("é", "日本語");
    let file = practice.uploaded(&text).await;
    let told = practice.told(&format!("/files/{file}")).await;
    assert_eq!(
        (&told["filename"], &told["bytes"]),
        (&json!("in.jsonl"), &json!(text.len()))
    );
    let content = practice
        .get(&format!("/files/{file}/content"))
        .send()
        .await
        .unwrap();
    assert_eq!(content.content_length(), Some(text.len() as u64));
    assert_eq!(content.text().await.unwrap(), text);
    let batch = practice.batch(&text).await;
    let input = practice.told(&format!("/batches/{batch}")).await["input_file_id"].clone();
    assert_ne!(input, json!(file));
    let delete = practice
        .client
        .delete(practice.url(&format!("/files/{file}")))
        .bearer_auth(&practice.running.key);
    assert_eq!(
        delete.send().await.unwrap().json::<Value>().await.unwrap()["deleted"],
        true
    );
    for path in [
        format!("/files/{file}"),
        format!("/files/{file}/content"),
        "/files/..%2F..%2Fetc".to_owned(),
    ] {
        assert_eq!(practice.get(&path).send().await.unwrap().status(), 404, "{path}");
    }
    let gone: Value = practice.create(&file).send().await.unwrap().json().await.unwrap();
    assert!(
        gone["error"]["message"]
            .as_str()
            .unwrap()
            .starts_with("Cannot find file")
    );
}

#[tokio::test]
async fn bad_calls_are_refused_with_a_reason() {
    let practice = Practice::start("{}").await;
    let refused = practice.upload("in.txt", "{}\n").await;
    assert_eq!(refused.status(), 400);
    assert!(refused.text().await.unwrap().contains("Must be .jsonl"));
    let nothing = practice
        .post("/files")
        .multipart(reqwest::multipart::Form::new().text("purpose", "batch"));
    assert_eq!(nothing.send().await.unwrap().status(), 400);
    assert_eq!(
        practice.post("/files").body("x").send().await.unwrap().status(),
        400
    );

    let file = practice.uploaded(&requests(1)).await;
    let good =
        json!({ "input_file_id": file, "endpoint": "/v1/chat/completions", "completion_window": "24h" });
    for (key, value) in [
        ("endpoint", json!("/v1/images")),
        ("completion_window", json!("soon")),
        ("completion_window", json!("99999999999999999999h")),
        ("metadata", json!({ "k".repeat(65): "v" })),
        ("metadata", json!({ "k": 5 })),
        ("input_file_id", json!("file-none")),
        ("input_file_id", json!(7)),
    ] {
        let mut bad = good.clone();
        bad[key] = value;
        assert_eq!(
            practice
                .post("/batches")
                .json(&bad)
                .send()
                .await
                .unwrap()
                .status(),
            400,
            "{bad}"
        );
    }
    assert_eq!(
        practice
            .post("/batches")
            .body("nonsense")
            .send()
            .await
            .unwrap()
            .status(),
        400
    );
    assert_eq!(
        practice.get("/batches/batch_0").send().await.unwrap().status(),
        404
    );
    assert_eq!(practice.get("/nothing").send().await.unwrap().status(), 404);
    assert_eq!(practice.log().await["batches_made"], 0);
}

#[tokio::test]
async fn responses_and_embeddings_run_as_batches_too() {
    let practice = Practice::start("{}").await;
    for (endpoint, body) in [
        ("/v1/responses", json!({ "model": "m", "input": "雨" })),
        ("/v1/embeddings", json!({ "model": "m", "input": "雨" })),
    ] {
        let line = json!({ "custom_id": "a", "method": "POST", "url": endpoint, "body": body });
        let file = practice.uploaded(&line.to_string()).await;
        let order = json!({ "input_file_id": file, "endpoint": endpoint, "completion_window": "7d" });
        let made: Value = practice
            .post("/batches")
            .json(&order)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let (told, output, _) = practice.finished(made["id"].as_str().unwrap()).await;
        assert_eq!(
            (&told["status"], output.len()),
            (&json!("completed"), 1),
            "{told}"
        );
        assert_eq!(output[0]["response"]["body"]["model"], "m");
    }
}
