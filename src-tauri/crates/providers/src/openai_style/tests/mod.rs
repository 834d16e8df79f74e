//! The verbs against services that do it wrong.

mod creating;
mod files;
mod finding;
mod reads;
mod rows;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::Client;
use crate::Parcel;
use crate::http::Http;

const KEY: &str = "sk-test-0123456789";
const HTML: &str = "<html><body>Sign in</body></html>";

fn client(address: &str) -> Client {
    patient_client(address, Duration::from_secs(30))
}

/// `silence`: how long nothing may move.
fn patient_client(address: &str, silence: Duration) -> Client {
    let key = SecretString::from(KEY);
    Client {
        http: Http::with_silence(format!("{address}/v1"), key, "S", silence).unwrap(),
        may_be_closed: false,
        twists: crate::profile::Twists::NONE,
    }
}

fn parcel(file: &std::path::Path) -> Parcel {
    Parcel {
        file: file.to_owned(),
        name: "job-1".to_owned(),
        requests: 1,
        bytes: 1,
        model: None,
    }
}

/// A service that always answers this.
async fn service(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

/// A service that answers this once and then that.
async fn service_then(first: ResponseTemplate, then: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(first)
        .up_to_n_times(1)
        .with_priority(1)
        .mount(&server)
        .await;
    Mock::given(any()).respond_with(then).mount(&server).await;
    server
}

async fn calls(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

fn answer(status: u16, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

fn html(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(HTML, "text/html")
}

fn error(message: &str) -> Value {
    json!({"error": {"message": message, "type": "t", "code": "c"}})
}

/// A service that writes these bytes on its first, second ... connection (the last one again after that) and cuts it.
async fn raw_service(answers: &'static [&'static str]) -> (String, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let at = counted.fetch_add(1, Ordering::SeqCst);
            let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
            while !is_whole(&request) {
                match stream.read(&mut buffer).await {
                    Ok(length) if length > 0 => request.extend_from_slice(&buffer[..length]),
                    _ => break,
                }
            }
            let answer = answers[at.min(answers.len() - 1)];
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (address, count)
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.split_once("content-length: ").map_or(0, |(_, rest)| {
        rest.split("\r\n").next().unwrap().parse::<usize>().unwrap()
    });
    body.len() >= length
}
