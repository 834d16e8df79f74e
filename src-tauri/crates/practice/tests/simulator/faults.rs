//! Every way in which the simulator misbehaves when it is told to.

use crate::support::{Practice, ids, requests};
use serde_json::{Value, json};

/// Runs ten rows with these faults.
async fn ten(faults: &str) -> (Value, Vec<Value>, Vec<Value>) {
    let practice = Practice::start(faults).await;
    let batch = practice.batch(&requests(10)).await;
    practice.finished(&batch).await
}

#[tokio::test]
async fn failed_rows_stand_in_the_error_file() {
    let (told, output, error) =
        ten(r#"{"fail_rows":{"rows":{"every_nth":4},"status":429,"code":"rate_limit_exceeded"}}"#).await;
    assert_eq!((ids(&error), output.len()), (vec!["r-3", "r-7"], 8));
    assert_eq!(error[0]["response"]["status_code"], 429);
    assert_eq!(
        error[0]["response"]["body"]["error"]["code"],
        "rate_limit_exceeded"
    );
    assert_eq!(
        (&error[0]["error"], &told["request_counts"]["failed"]),
        (&Value::Null, &json!(2))
    );
}

#[tokio::test]
async fn when_all_rows_fail_there_is_no_output_file() {
    let (told, output, error) = ten(r#"{"fail_rows":{"rows":{"every_nth":1}}}"#).await;
    assert_eq!(
        (&told["status"], &told["output_file_id"]),
        (&json!("completed"), &Value::Null)
    );
    assert_eq!((output.len(), error.len()), (0, 10));
}

#[tokio::test]
async fn rows_expire() {
    let (told, output, error) = ten(r#"{"expire_after_rows":4}"#).await;
    assert_eq!(
        (&told["status"], output.len(), error.len()),
        (&json!("expired"), 4, 6)
    );
    assert!(told["expired_at"].is_i64());
    assert!(error.iter().all(|line| line["error"]["code"] == "batch_expired"));
}

#[tokio::test]
async fn rows_are_dropped_doubled_and_nameless() {
    let (_, output, error) = ten(r#"{"drop_rows":[0],"duplicate_rows":[2],"null_custom_id":[9]}"#).await;
    assert_eq!(
        ids(&output),
        [
            "r-1", "r-2", "r-2", "r-3", "r-4", "r-5", "r-6", "r-7", "r-8", "null"
        ]
    );
    assert!(error.is_empty());
}

#[tokio::test]
async fn rows_come_in_another_order_without_a_last_line_end() {
    let practice = Practice::start(r#"{"shuffle":true,"no_final_newline":true}"#).await;
    let batch = practice.batch(&requests(10)).await;
    let (told, output, _) = practice.finished(&batch).await;
    let mut order = ids(&output);
    assert_ne!(order[..3], ["r-0", "r-1", "r-2"]);
    order.sort_unstable();
    assert_eq!(order, (0..10).map(|row| format!("r-{row}")).collect::<Vec<_>>());
    let file = told["output_file_id"].as_str().unwrap();
    let text = practice.content(file).await;
    assert!(text.ends_with('}'));
    assert_eq!(
        practice.told(&format!("/files/{file}")).await["bytes"],
        text.len()
    );
}

#[tokio::test]
async fn rows_have_strange_bodies() {
    let (_, output, error) =
        ten(r#"{"string_body_rows":[1],"empty_body_rows":[2],"length_rows":[3],"refusal_rows":[4]}"#).await;
    let body = |id: &str| {
        &output
            .iter()
            .chain(&error)
            .find(|line| line["custom_id"] == id)
            .unwrap()["response"]["body"]
    };
    assert!(body("r-1").as_str().unwrap().contains("<html>"));
    assert_eq!((body("r-2"), ids(&error)), (&json!({}), vec!["r-2"]));
    assert_eq!(error[0]["response"]["status_code"], 0);
    assert_eq!(body("r-3")["choices"][0]["finish_reason"], "length");
    assert!(body("r-4")["choices"][0]["message"]["refusal"].is_string());
}

#[tokio::test]
async fn cancelled_rows_can_be_nowhere() {
    let practice = Practice::start(r#"{"cancelled_rows_nowhere":true}"#).await;
    let batch = practice.batch(&requests(10)).await;
    practice.pass(10_000);
    practice
        .post(&format!("/batches/{batch}/cancel"))
        .send()
        .await
        .unwrap();
    let (told, output, error) = practice.finished(&batch).await;
    assert_eq!(
        (&told["status"], output.len(), error.len()),
        (&json!("cancelled"), 4, 0)
    );
}

#[tokio::test]
async fn a_create_is_cut_with_and_without_a_batch() {
    let practice = Practice::start(r#"{"create_then_cut":1,"create_cut":1}"#).await;
    let file = practice.uploaded(&requests(1)).await;
    assert!(practice.create(&file).send().await.is_err());
    assert_eq!(practice.log().await["batches_made"], 0);
    assert!(practice.create(&file).send().await.is_err());
    assert_eq!(practice.log().await["batches_made"], 1);
    assert!(practice.create(&file).send().await.unwrap().status().is_success());
    let log = practice.log().await;
    assert_eq!(
        (&log["batches_made"], &log["calls"]["POST /v1/batches"]),
        (&json!(2), &json!(3))
    );
    assert_eq!(log["batches"][0]["metadata"]["app_job"], "j");
}

#[tokio::test]
async fn a_create_is_refused() {
    let practice = Practice::start(
        r#"{"create_refuse":{"status":429,"body":{"error":{"message":"slow"}},"retry_after":7}}"#,
    )
    .await;
    let file = practice.uploaded(&requests(1)).await;
    let refused = practice.create(&file).send().await.unwrap();
    assert_eq!(
        (refused.status().as_u16(), &refused.headers()["retry-after"]),
        (429, &"7".parse().unwrap())
    );
    assert_eq!(refused.json::<Value>().await.unwrap()["error"]["message"], "slow");
    assert!(practice.create(&file).send().await.unwrap().status().is_success());
    assert_eq!(practice.log().await["batches_made"], 1);
}

#[tokio::test]
async fn the_check_fails_and_the_next_does_not() {
    let practice = Practice::start(
        r#"{"fail_check":{"code":"token_limit_exceeded","message":"Enqueued token limit reached"}}"#,
    )
    .await;
    let text = requests(2);
    let (first, second) = (practice.batch(&text).await, practice.batch(&text).await);
    let (first, _, _) = practice.finished(&first).await;
    assert_eq!(
        (&first["status"], &first["errors"]["data"][0]["code"]),
        (&json!("failed"), &json!("token_limit_exceeded"))
    );
    assert_eq!(practice.finished(&second).await.0["status"], "completed");
}

#[tokio::test]
async fn a_new_batch_is_not_found_at_first() {
    let practice = Practice::start(r#"{"not_found_after_create":2}"#).await;
    let batch = practice.batch(&requests(1)).await;
    for status in [404, 404, 200] {
        let look = practice.get(&format!("/batches/{batch}")).send().await.unwrap();
        assert_eq!(look.status(), status);
    }
}

#[tokio::test]
async fn uploads_are_too_large() {
    let practice = Practice::start(r#"{"upload_too_large_above":100}"#).await;
    let refused = practice.upload("a.jsonl", &requests(5)).await;
    assert_eq!(refused.status(), 400);
    assert!(refused.text().await.unwrap().contains("File is too large."));
    assert_eq!(practice.told("/files").await["data"], json!([]));
    let kept: Vec<_> = std::fs::read_dir(practice.dir.as_ref().unwrap().path().join("files"))
        .unwrap()
        .collect();
    assert!(kept.is_empty(), "{kept:?}");
    let practice = Practice::start(r#"{"upload_too_large_above":100,"upload_too_large_html":true}"#).await;
    let refused = practice.upload("a.jsonl", &requests(5)).await;
    assert_eq!(refused.status(), 413);
    assert!(refused.text().await.unwrap().contains("<html>"));
}

#[tokio::test]
async fn looks_fail_for_a_while() {
    let practice = Practice::start(
        r#"{"html_answers":1,"refuse_key":1,"server_500":1,"retry_after":{"times":1,"seconds":3},"delay":30}"#,
    )
    .await;
    let begun = tokio::time::Instant::now();
    let page = practice.get("/models").send().await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(page.text().await.unwrap().contains("<html>"));
    for status in [401, 500, 429, 200] {
        let look = practice.get("/models").send().await.unwrap();
        assert_eq!(look.status(), status);
        assert_eq!(look.headers().get("retry-after").is_some(), status == 429);
    }
    assert!(begun.elapsed().as_millis() >= 150);
}

#[tokio::test]
async fn what_is_told_is_strange() {
    let practice =
        Practice::start(r#"{"unknown_status":true,"null_counts":true,"empty_error_file_id":true}"#).await;
    let file = practice.uploaded(&requests(2)).await;
    let made: Value = practice.create(&file).send().await.unwrap().json().await.unwrap();
    assert_eq!(
        (&made["status"], &made["request_counts"]),
        (&json!("scheduling"), &Value::Null)
    );
    let (told, output, _) = practice.finished(made["id"].as_str().unwrap()).await;
    assert_eq!(
        (&told["status"], &told["error_file_id"], output.len()),
        (&json!("completed"), &json!(""), 2)
    );
}

#[tokio::test]
async fn models_are_mixed_only_where_that_is_allowed() {
    let text = requests(2).replacen("practice-small", "practice-large", 1);
    for (faults, status) in [("{}", "failed"), (r#"{"mixed_models":true}"#, "completed")] {
        let practice = Practice::start(faults).await;
        let batch = practice.batch(&text).await;
        assert_eq!(practice.finished(&batch).await.0["status"], status);
    }
}

#[tokio::test]
async fn downloads_break_off() {
    let practice = Practice::start(r#"{"cut_download":1}"#).await;
    let batch = practice.batch(&requests(10)).await;
    practice.pass(600_000);
    let told = practice.told(&format!("/batches/{batch}")).await;
    let file = told["output_file_id"].as_str().unwrap();
    let cut = practice
        .get(&format!("/files/{file}/content"))
        .send()
        .await
        .unwrap();
    assert!(cut.content_length().is_some());
    assert!(cut.text().await.is_err());
    let whole = practice.content(file).await;
    assert_eq!(whole.lines().count(), 10);

    // Faults are set while it runs.
    let faults = practice
        .client
        .put(practice.own("/practice/faults"))
        .bearer_auth(&practice.running.key);
    let set: Value = faults
        .body(r#"{"truncated_last_line":1}"#)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(set["truncated_last_line"], 1);
    let short = practice.content(file).await;
    assert_eq!(short.len(), whole.len() - 10);
    assert!(serde_json::from_str::<Value>(short.lines().last().unwrap()).is_err());
    assert_eq!(practice.content(file).await, whole);
    let misspelt = practice
        .client
        .put(practice.own("/practice/faults"))
        .bearer_auth(&practice.running.key);
    assert_eq!(
        misspelt.body(r#"{"truncate":1}"#).send().await.unwrap().status(),
        400
    );
}

#[tokio::test]
async fn lines_are_broken_off() {
    let practice = Practice::start(r#"{"malformed_rows":[1,3]}"#).await;
    let batch = practice.batch(&requests(5)).await;
    practice.pass(600_000);
    let told = practice.told(&format!("/batches/{batch}")).await;
    let text = practice.content(told["output_file_id"].as_str().unwrap()).await;
    let broken = |line: &str| serde_json::from_str::<Value>(line).is_err();
    let found: Vec<_> = text.lines().map(broken).collect();
    assert_eq!(found, [false, true, false, true, false]);
    assert_eq!(told["request_counts"]["completed"], 5);
}

#[tokio::test]
async fn looks_are_limited_without_a_word_of_how_long() {
    let practice = Practice::start(r#"{"rate_limited":2}"#).await;
    for status in [429, 429, 200] {
        let look = practice.get("/models").send().await.unwrap();
        assert_eq!(look.status(), status);
        assert!(!look.headers().contains_key("retry-after"));
    }
}

#[tokio::test]
async fn an_upload_is_cut_and_nothing_is_kept() {
    let practice = Practice::start(r#"{"cut_upload":1}"#).await;
    let part = reqwest::multipart::Part::bytes(requests(2_000).into_bytes()).file_name("in.jsonl");
    let form = reqwest::multipart::Form::new()
        .part("file", part)
        .text("purpose", "batch");
    assert!(practice.post("/files").multipart(form).send().await.is_err());
    assert_eq!(practice.told("/files").await["data"], json!([]));
    practice.uploaded(&requests(1)).await;
}

#[tokio::test]
async fn results_are_gone_and_the_input_is_not() {
    let practice = Practice::start(r#"{"results_gone":1}"#).await;
    let batch = practice.batch(&requests(1)).await;
    practice.pass(600_000);
    let told = practice.told(&format!("/batches/{batch}")).await;
    for (file, status) in [
        ("input_file_id", 200),
        ("output_file_id", 404),
        ("output_file_id", 200),
    ] {
        let path = format!("/files/{}/content", told[file].as_str().unwrap());
        assert_eq!(
            practice.get(&path).send().await.unwrap().status(),
            status,
            "{file}"
        );
    }
}
