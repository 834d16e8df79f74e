use super::*;
use crate::fireworks::jobs::read;

#[tokio::test]
async fn a_create_bears_our_name() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(answer(200, &job("VALIDATING")))
        .mount(&server)
        .await;
    for (window, duration) in [("24h", Value::Null), ("72h", json!("259200s"))] {
        let order = Order {
            window: window.to_owned(),
            ..order()
        };
        let Created::Made(batch) = open(&server).create(&order).await else {
            panic!()
        };
        assert_eq!(
            (batch.id.as_str(), batch.state),
            ("tabane-j-1", RemoteState::Validating)
        );
        assert_eq!(
            (batch.counts, batch.output_file_id),
            (RemoteCounts::default(), None)
        );
        let requests = server.received_requests().await.unwrap();
        let request = requests.last().unwrap();
        assert_eq!(request.url.path(), "/v1/accounts/me/batchInferenceJobs");
        assert_eq!(request.url.query(), Some("batchInferenceJobId=tabane-j-1"));
        let body: Value = request.body_json().unwrap();
        assert_eq!(body["model"], "accounts/fireworks/models/llama-v3p1-8b-instruct");
        assert_eq!(body["inputDatasetId"], "accounts/me/datasets/tabane-j-1");
        assert_eq!(body["outputDatasetId"], "accounts/me/datasets/tabane-j-1-o");
        assert_eq!(body["maxJobDuration"], duration);
    }
    assert_eq!(asked(&server).await.len(), 2);
}

#[tokio::test]
async fn a_name_that_is_taken_is_our_own_batch() {
    let server = MockServer::start().await;
    let taken = answer(409, &json!({"code": 6, "message": "resource already exists"}));
    mount(&server, "POST", "/v1/accounts/me/batchInferenceJobs", taken).await;
    mount(&server, "GET", JOB, answer(200, &job("RUNNING"))).await;
    let Created::Made(batch) = open(&server).create(&order()).await else {
        panic!()
    };
    assert_eq!(batch.state, RemoteState::InProgress);
}

#[tokio::test]
async fn how_a_create_can_end() {
    for (status, body, kind) in [
        (400, json!({"code": 3, "message": "m"}), Some(Refusal::Other)),
        (
            403,
            json!({"error": {"code": "UNAUTHORIZED", "message": "m"}}),
            Some(Refusal::Key),
        ),
        (
            429,
            json!({"code": 8, "message": "m"}),
            Some(Refusal::RateLimited),
        ),
        (500, json!({"code": 13, "message": "m"}), None),
        (200, json!({"state": "JOB_STATE_VALIDATING"}), None),
        // Taken, and yet not to be seen: it may be ours.
        (409, json!({"code": 6, "message": "m"}), None),
    ] {
        let server = MockServer::start().await;
        mount(
            &server,
            "POST",
            "/v1/accounts/me/batchInferenceJobs",
            answer(status, &body),
        )
        .await;
        Mock::given(method("GET"))
            .respond_with(not_found())
            .mount(&server)
            .await;
        match (open(&server).create(&order()).await, kind) {
            (Created::Refused { kind, .. }, Some(expected)) => assert_eq!(kind, expected, "{body}"),
            (Created::Unclear(_), None) => {}
            (other, _) => panic!("{body}: {other:?}"),
        }
        let creates = asked(&server)
            .await
            .iter()
            .filter(|call| call.starts_with("POST"))
            .count();
        assert_eq!(creates, 1, "{body}");
    }
}

#[tokio::test]
async fn without_a_model_nothing_is_sent() {
    let server = MockServer::start().await;
    let mut order = order();
    order.parcel.model = None;
    let Created::Refused { failure, .. } = open(&server).create(&order).await else {
        panic!()
    };
    assert_eq!(
        (failure.code.as_str(), asked(&server).await.len()),
        ("model-needed", 0)
    );
}

#[test]
fn jobs_are_read() {
    for (word, state) in [
        ("CREATING_INPUT_DATASET", RemoteState::Validating),
        ("RE_QUEUEING", RemoteState::InProgress),
        ("WRITING_RESULTS", RemoteState::Finalizing),
        ("DELETING_CLEANING_UP", RemoteState::Cancelling),
        ("EARLY_STOPPED", RemoteState::Expired),
        ("UNSPECIFIED", RemoteState::Unknown),
        ("SOMETHING_NEW", RemoteState::Unknown),
    ] {
        assert_eq!(read(&job(word)).unwrap().state, state, "{word}");
    }
    let mut done = job("COMPLETED");
    // The count told with the dataset was wrong.
    done["jobProgress"] = json!({"totalInputRequests": 1, "totalProcessedRequests": 3,
        "successfullyProcessedRequests": 2, "failedRequests": 1});
    let batch = read(&done).unwrap();
    assert_eq!(
        (batch.counts.total, batch.counts.completed, batch.counts.failed),
        (Some(3), Some(2), Some(1))
    );
    assert_eq!(batch.output_file_id.as_deref(), Some("tabane-j-1-o/results"));
    assert_eq!(batch.error_file_id.as_deref(), Some("tabane-j-1-o/error-data"));
    let mut running = job("RUNNING");
    running["jobProgress"] = json!({"totalInputRequests": 0, "totalProcessedRequests": 0,
        "successfullyProcessedRequests": 0, "failedRequests": 0});
    assert_eq!(read(&running).unwrap().counts, RemoteCounts::default());
    let mut failed = job("FAILED");
    failed["status"] = json!({"code": "INVALID_ARGUMENT", "message": "failed on input2.jsonl:1"});
    let batch = read(&failed).unwrap();
    assert_eq!(
        (batch.errors[0].code.as_str(), batch.errors[0].line),
        ("INVALID_ARGUMENT", None)
    );
    assert_eq!((batch.output_file_id, batch.error_file_id), (None, None));
    for nothing in [json!({}), json!({"name": ""}), json!([])] {
        assert!(read(&nothing).is_none(), "{nothing}");
    }
}

#[tokio::test]
async fn a_job_that_is_not_there_was_cancelled_only_if_we_said_so() {
    for (name, found) in [("tabane-cancelled", true), ("", false)] {
        let server = MockServer::start().await;
        mount(&server, "GET", JOB, not_found()).await;
        mount(
            &server,
            "GET",
            DATASET,
            answer(200, &json!({"displayName": name, "state": "READY"})),
        )
        .await;
        mount(
            &server,
            "GET",
            &format!("{DATASET}-o:getDownloadEndpoint"),
            not_found(),
        )
        .await;
        match open(&server).get("tabane-j-1").await {
            Ok(batch) => {
                assert!(found);
                assert_eq!(
                    (batch.state, batch.output_file_id),
                    (RemoteState::Cancelled, None)
                );
            }
            Err(fault) => assert_eq!((found, fault.kind), (false, FaultKind::NotFound)),
        }
    }
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(not_found()).mount(&server).await;
    assert_eq!(
        open(&server).get("tabane-j-1").await.unwrap_err().kind,
        FaultKind::NotFound
    );
}

#[tokio::test]
async fn a_cancel_is_written_down_before_it_is_done() {
    let server = MockServer::start().await;
    mount(&server, "GET", JOB, answer(200, &job("RUNNING"))).await;
    mount(&server, "PATCH", DATASET, answer(200, &json!({}))).await;
    mount(&server, "DELETE", JOB, answer(200, &json!({}))).await;
    let batch = open(&server).cancel("tabane-j-1").await.unwrap();
    assert_eq!(batch.state, RemoteState::Cancelling);
    let expected = [
        format!("GET {JOB}"),
        format!("PATCH {DATASET}"),
        format!("DELETE {JOB}"),
    ];
    assert_eq!(asked(&server).await, expected);

    // Not written down: not done. Ended: nothing is deleted.
    for (state, marked) in [("RUNNING", 500), ("COMPLETED", 200)] {
        let server = MockServer::start().await;
        mount(&server, "GET", JOB, answer(200, &job(state))).await;
        mount(
            &server,
            "PATCH",
            DATASET,
            answer(marked, &json!({"code": 13, "message": "m"})),
        )
        .await;
        let cancelled = open(&server).cancel("tabane-j-1").await;
        assert_eq!(cancelled.is_ok(), state == "COMPLETED");
        assert!(
            asked(&server)
                .await
                .iter()
                .all(|call| !call.starts_with("DELETE"))
        );
    }
}

#[tokio::test]
async fn lists_are_read_to_their_end_and_begin_with_the_newest() {
    let server = MockServer::start().await;
    let at = |name: &str, time: &str| json!({"name": format!("accounts/me/batchInferenceJobs/{name}"), "createTime": time});
    let first = json!({"batchInferenceJobs": [at("old", "2026-08-30T03:00:00Z")], "nextPageToken": "t"});
    let second = json!({"batchInferenceJobs": [at("new", "2026-08-31T03:00:00Z"), {"no": "name"}]});
    for (mock, page) in [
        (Mock::given(query_param_is_missing("pageToken")), first),
        (Mock::given(query_param("pageToken", "t")), second),
    ] {
        mock.respond_with(answer(200, &page)).mount(&server).await;
    }
    let listed = open(&server).list(10).await.unwrap();
    let ids: Vec<_> = listed.iter().map(|batch| batch.id.as_str()).collect();
    assert_eq!(ids, ["new", "old"]);
    assert_eq!(open(&server).list(1).await.unwrap().len(), 1);
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(answer(200, &json!([1])))
        .mount(&server)
        .await;
    assert_eq!(open(&server).list(1).await.unwrap_err().kind, FaultKind::NotAnApi);
}

#[test]
fn rows_are_read() {
    let answered = read_result_line(
        r#"{"custom_id": "req-ok-2", "response": {"id": "chatcmpl-1", "object": "chat.completion", "model": "m", "choices": [{"index": 0, "message": {"role": "assistant", "content": "4"}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 47, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": 29}}}}"#,
    );
    assert_eq!(
        (answered.status, answered.answer.as_deref()),
        (Status::Succeeded, Some("4"))
    );
    assert_eq!(
        (answered.input_tokens, answered.cached_tokens),
        (Some(47), Some(29))
    );
    for (line, code) in [
        (r#"{"custom_id":"r","error":{"message":"m","code":"c"}}"#, "c"),
        (
            r#"{"custom_id":"r","response":{"error":{"message":"m","code":"c"}}}"#,
            "c",
        ),
        (r#"{"custom_id":"r","response":"<html></html>"}"#, "transport"),
        (r#"{"custom_id":"r","body":{"messages":[]}}"#, "transport"),
    ] {
        let failed = read_result_line(line);
        assert_eq!(
            (failed.status, failed.wire_id.as_deref()),
            (Status::Failed, Some("r")),
            "{line}"
        );
        assert_eq!(failed.error_code.as_deref(), Some(code), "{line}");
    }
}
