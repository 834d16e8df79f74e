use super::*;

async fn upload(server: &MockServer) -> Result<String, Fault> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("part");
    std::fs::write(&file, "{}\n").unwrap();
    open(server)
        .upload(&parcel(&file))
        .await
        .map(|uploaded| uploaded.file_id)
}

#[tokio::test]
async fn a_part_becomes_a_dataset_that_is_ready() {
    let server = MockServer::start().await;
    mount(
        &server,
        "POST",
        "/v1/accounts/me/datasets",
        answer(200, &json!({"state": "UPLOADING"})),
    )
    .await;
    mount(
        &server,
        "POST",
        &format!("{DATASET}:upload"),
        answer(200, &json!({"id": "x"})),
    )
    .await;
    let status = json!({"code": "OK", "message": ""});
    let uploading = answer(200, &json!({"state": "UPLOADING", "status": status}));
    let look = Mock::given(method("GET"))
        .and(path(DATASET))
        .respond_with(uploading);
    look.up_to_n_times(1).with_priority(1).mount(&server).await;
    mount(
        &server,
        "GET",
        DATASET,
        answer(200, &json!({"state": "READY", "status": status})),
    )
    .await;
    assert_eq!(upload(&server).await.unwrap(), "tabane-j-1");
    let requests = server.received_requests().await.unwrap();
    let announced: Value = requests[0].body_json().unwrap();
    let expected = json!({"datasetId": "tabane-j-1", "dataset": {"userUploaded": {}, "exampleCount": "3"}});
    assert_eq!(announced, expected);
    let said = asked(&server).await;
    let looks = [format!("GET {DATASET}"), format!("GET {DATASET}")];
    assert_eq!(
        (said[1].as_str(), &said[2..]),
        (format!("POST {DATASET}:upload").as_str(), &looks[..])
    );
}

#[tokio::test]
async fn a_dataset_that_is_there_is_kept_when_ready_and_else_made_anew() {
    let taken = || answer(409, &json!({"code": 6, "message": "resource already exists"}));
    let server = MockServer::start().await;
    mount(&server, "POST", "/v1/accounts/me/datasets", taken()).await;
    mount(&server, "GET", DATASET, answer(200, &json!({"state": "READY"}))).await;
    upload(&server).await.unwrap();
    assert_eq!(asked(&server).await.len(), 2);

    // The name stays taken for a while after it was deleted: tried again later, nothing goes up.
    let server = MockServer::start().await;
    mount(&server, "POST", "/v1/accounts/me/datasets", taken()).await;
    mount(
        &server,
        "GET",
        DATASET,
        answer(200, &json!({"state": "UPLOADING"})),
    )
    .await;
    mount(&server, "DELETE", DATASET, answer(200, &json!({}))).await;
    assert_eq!(upload(&server).await.unwrap_err().kind, FaultKind::Server);
    let said = asked(&server).await;
    assert!(said.contains(&format!("DELETE {DATASET}")) && said.iter().all(|call| !call.contains(":upload")));
}

#[tokio::test]
async fn a_dataset_that_is_no_good_is_said_so() {
    let server = MockServer::start().await;
    let bad = json!({"state": "UPLOADING", "status": {"code": "INVALID_ARGUMENT", "message": "no JSON"}});
    mount(&server, "GET", DATASET, answer(200, &bad)).await;
    Mock::given(method("POST"))
        .respond_with(answer(200, &json!({})))
        .mount(&server)
        .await;
    let fault = upload(&server).await.unwrap_err();
    assert_eq!(fault.failure.code, "upload-not-processed");
    assert_eq!(fault.failure.detail.as_deref(), Some("no JSON"));
}

/// Fetches one of the files of a dataset that has these.
async fn fetch(server: &MockServer, files: &Value, file: &str) -> Result<String, Fault> {
    let told = answer(200, &json!({"filenameToSignedUrls": files}));
    mount(
        server,
        "GET",
        "/v1/accounts/me/datasets/d:getDownloadEndpoint",
        told,
    )
    .await;
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("results");
    open(server).download(&format!("d/{file}"), &target).await?;
    Ok(std::fs::read_to_string(target).unwrap())
}

#[tokio::test]
async fn results_lie_at_signed_addresses_that_get_no_key() {
    let store = MockServer::start().await;
    mount(
        &store,
        "GET",
        "/BIJOutputSet.jsonl",
        ResponseTemplate::new(200).set_body_string("{\"a\":1}\n"),
    )
    .await;
    mount(&store, "GET", "/error-data", ResponseTemplate::new(200)).await;
    let files = json!({
        "dataset/d/BIJOutputSet.jsonl": format!("{}/BIJOutputSet.jsonl?sig=1", store.uri()),
        "dataset/d/error-data": format!("{}/error-data?sig=2", store.uri()),
    });
    for (file, content) in [("results", "{\"a\":1}\n"), ("error-data", "")] {
        let server = MockServer::start().await;
        assert_eq!(fetch(&server, &files, file).await.unwrap(), content);
    }
    let requests = store.received_requests().await.unwrap();
    assert!(
        requests
            .iter()
            .all(|request| !request.headers.contains_key("authorization"))
    );
    // No failures at all: no such file.
    let server = MockServer::start().await;
    let only = json!({"dataset/d/BIJOutputSet.jsonl": "https://127.0.0.1:1/x"});
    assert_eq!(fetch(&server, &only, "error-data").await.unwrap(), "");
}

#[tokio::test]
async fn addresses_that_are_none_or_ran_out() {
    let refusing = MockServer::start().await;
    let page = ResponseTemplate::new(403).set_body_raw("<?xml version='1.0'?><Error/>", "application/xml");
    Mock::given(any()).respond_with(page).mount(&refusing).await;
    for (files, kind) in [
        (
            json!({"d/BIJOutputSet.jsonl": "file:///etc/passwd"}),
            FaultKind::NotAnApi,
        ),
        (json!({"d/BIJOutputSet.jsonl": "nonsense"}), FaultKind::NotAnApi),
        (json!({}), FaultKind::NotFound),
        (json!(null), FaultKind::NotFound),
        (json!([1]), FaultKind::NotFound),
        // It says nothing of the key.
        (
            json!({"d/BIJOutputSet.jsonl": format!("{}/x", refusing.uri())}),
            FaultKind::Network,
        ),
    ] {
        let server = MockServer::start().await;
        assert_eq!(
            fetch(&server, &files, "results").await.unwrap_err().kind,
            kind,
            "{files}"
        );
    }
}
