use super::*;
use crate::http::Pulse;
use crate::{Downloaded, Fault, FaultKind, Provider};
use futures::StreamExt;
use std::path::PathBuf;
use tempfile::TempDir;

const LINE: &str = "{\"custom_id\":\"a\"}\n";
const LINE_SHA256: &str = "e5683853248b0528d287788603ae26c3122d9e523a6fb27107f3d6bee112b92e";

/// `LINE` compressed.
const GZIP: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 74, 46, 45, 46, 201, 207, 141, 207, 76, 81, 178, 82, 74, 84,
    170, 229, 2, 0, 226, 167, 7, 201, 18, 0, 0, 0,
];

/// Fetches a file into a new folder.
async fn fetch(address: &str) -> (TempDir, PathBuf, Result<Downloaded, Fault>) {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("new folder").join("part-1.output.jsonl");
    let fetched = client(address).download("file/1", &target).await;
    if fetched.is_err() {
        // Neither the file nor half of it.
        assert_eq!(std::fs::read_dir(target.parent().unwrap()).unwrap().count(), 0);
    }
    (dir, target, fetched)
}

fn jsonl(body: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(body, "application/jsonl")
}

#[tokio::test]
async fn an_upload_streams_with_a_known_length() {
    let server = service(answer(200, &json!({"id": "file-1", "object": "file"}))).await;
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("part");
    let content = LINE.repeat(20_000);
    std::fs::write(&file, &content).unwrap();
    let uploaded = client(&server.uri()).upload(&parcel(&file)).await.unwrap();
    assert_eq!(uploaded.file_id, "file-1");
    let request = &server.received_requests().await.unwrap()[0];
    assert_eq!(
        (request.method.as_str(), request.url.path()),
        ("POST", "/v1/files")
    );
    assert_eq!(request.headers["content-length"], request.body.len().to_string());
    assert!(!request.headers.contains_key("transfer-encoding"));
    let body = String::from_utf8_lossy(&request.body);
    let (head, rest) = body.split_once(&content).unwrap();
    assert!(
        head.contains("name=\"purpose\"\r\n\r\nbatch\r\n") && head.contains("filename=\"job-1.jsonl\""),
        "{head}"
    );
    assert!(rest.len() < 100);
}

#[tokio::test]
async fn an_upload_that_is_refused_is_sent_once() {
    for (answer, kind) in [
        (html(413), FaultKind::TooLarge),
        (answer(400, &error("File is too large.")), FaultKind::TooLarge),
        (answer(500, &error("m")), FaultKind::Server),
        (html(200), FaultKind::NotAnApi),
        (answer(200, &json!({"object": "file"})), FaultKind::NotAnApi),
    ] {
        let server = service(answer).await;
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("part");
        std::fs::write(&file, LINE).unwrap();
        assert_eq!(
            client(&server.uri())
                .upload(&parcel(&file))
                .await
                .unwrap_err()
                .kind,
            kind
        );
        assert_eq!(calls(&server).await, 1);
    }
    let fault = client("http://127.0.0.1:1")
        .upload(&parcel("/nowhere/a".as_ref()))
        .await
        .unwrap_err();
    assert_eq!(
        (fault.kind, fault.failure.code.as_str()),
        (FaultKind::Disk, "file-not-found")
    );
}

/// reqwest's read timeout would end this one after the first half second.
#[tokio::test]
async fn a_slow_upload_goes_on_as_long_as_something_moves() {
    let server = service(answer(200, &json!({"id": "file-1"}))).await;
    let client = patient_client(&server.uri(), Duration::from_millis(500));
    let pulse = Pulse::new();
    let heart = pulse.clone();
    let slow = futures::stream::iter(0..12)
        .then(|_| async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            Ok::<_, std::io::Error>("x")
        })
        .inspect(move |_| heart.beat());
    let request = client
        .http
        .act_without_limit("/files")
        .body(reqwest::Body::wrap_stream(slow));
    let reply = client
        .http
        .while_it_moves(&pulse, client.http.json(request))
        .await
        .unwrap();
    assert_eq!(reply["id"], "file-1");
}

#[tokio::test]
async fn an_upload_without_an_answer_is_given_up() {
    let server = service(ResponseTemplate::new(200).set_delay(Duration::from_secs(30))).await;
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("part");
    std::fs::write(&file, LINE).unwrap();
    let client = patient_client(&server.uri(), Duration::from_millis(300));
    let fault = client.upload(&parcel(&file)).await.unwrap_err();
    assert_eq!(
        (fault.kind, fault.failure.code.as_str()),
        (FaultKind::Network, "network-timeout")
    );
}

#[tokio::test]
async fn a_download_is_whole_also_when_it_came_compressed() {
    let gzip = ResponseTemplate::new(200)
        .set_body_raw(GZIP, "application/jsonl")
        .insert_header("content-encoding", "gzip");
    for answer in [jsonl(LINE), gzip] {
        let server = service(answer).await;
        let (_dir, target, fetched) = fetch(&server.uri()).await;
        let expected = Downloaded {
            bytes: LINE.len() as u64,
            sha256: LINE_SHA256.to_owned(),
        };
        assert_eq!(fetched.unwrap(), expected);
        assert_eq!(std::fs::read_to_string(&target).unwrap(), LINE);
        assert_eq!(std::fs::read_dir(target.parent().unwrap()).unwrap().count(), 1);
        let request = &server.received_requests().await.unwrap()[0];
        assert_eq!(request.url.path(), "/v1/files/file%2F1/content");
    }
}

#[tokio::test]
async fn a_download_shorter_than_was_told_is_fetched_again() {
    const HALF: &str = "HTTP/1.1 200 OK\r\ncontent-length: 18\r\n\r\n{\"custom_";
    const WHOLE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 18\r\n\r\n{\"custom_id\":\"a\"}\n";
    let (address, connections) = raw_service(&[HALF, WHOLE]).await;
    let (_dir, target, fetched) = fetch(&address).await;
    assert_eq!(fetched.unwrap().bytes, 18);
    assert_eq!(std::fs::read_to_string(target).unwrap(), LINE);
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_last_line_that_is_no_json_is_fetched_again_and_then_believed() {
    let breaks_off = format!("{LINE}{{\"custom_id\":\"b\",\"resp");
    for bad in [
        breaks_off.as_str(),
        "{malformed json: <<<chaos>>>}",
        "Bad gateway\n",
    ] {
        let server = service_then(jsonl(bad), jsonl(LINE)).await;
        let (_dir, target, _) = fetch(&server.uri()).await;
        assert_eq!(std::fs::read_to_string(target).unwrap(), LINE);
        // The service's own file ends so: the whole lines are not held back for ever.
        let server = service(jsonl(bad)).await;
        let (_dir, target, _) = fetch(&server.uri()).await;
        assert_eq!(std::fs::read_to_string(target).unwrap(), bad);
        assert_eq!(calls(&server).await, 2);
    }
}

#[tokio::test]
async fn an_empty_file_is_no_fault() {
    let server = service(jsonl("")).await;
    let (_dir, target, fetched) = fetch(&server.uri()).await;
    assert_eq!((fetched.unwrap().bytes, target.exists()), (0, true));
}

#[tokio::test]
async fn a_page_or_a_refusal_is_no_file() {
    let padded = ResponseTemplate::new(200).set_body_raw(format!("\n {HTML}"), "application/jsonl");
    for (answer, kind) in [
        (html(200), FaultKind::NotAnApi),
        (padded, FaultKind::NotAnApi),
        (answer(404, &error("m")), FaultKind::NotFound),
        (answer(401, &error("m")), FaultKind::Key),
    ] {
        let server = service(answer).await;
        let (_dir, _, fetched) = fetch(&server.uri()).await;
        assert_eq!(fetched.unwrap_err().kind, kind);
    }
}

#[tokio::test]
async fn the_key_does_not_follow_to_another_host() {
    let other = service(jsonl(LINE)).await;
    let redirect =
        ResponseTemplate::new(302).insert_header("location", format!("{}/signed?a=b", other.uri()));
    let server = service(redirect).await;
    let (_dir, target, fetched) = fetch(&server.uri()).await;
    fetched.unwrap();
    assert_eq!(std::fs::read_to_string(target).unwrap(), LINE);
    assert!(
        server.received_requests().await.unwrap()[0]
            .headers
            .contains_key("authorization")
    );
    let request = &other.received_requests().await.unwrap()[0];
    assert_eq!(request.url.query(), Some("a=b"));
    assert!(!request.headers.contains_key("authorization") && !request.headers.contains_key("referer"));
}

#[tokio::test]
async fn redirects_in_a_circle_end() {
    let server = service(ResponseTemplate::new(302).insert_header("location", "/again")).await;
    let (_dir, _, fetched) = fetch(&server.uri()).await;
    assert_eq!(fetched.unwrap_err().kind, FaultKind::NotAnApi);
}
