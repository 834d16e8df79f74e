//! Tokens by each way, against a token endpoint that is looked at.

use std::sync::LazyLock;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::machine::Machine;
use super::{Credentials, Tokens};
use crate::{Fault, FaultKind};

/// Made anew for each run: a key in the repository would look like one that opens something.
static KEY: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate(KeySize::Rsa2048).unwrap());

/// As it stands in the file of a service account.
pub(in crate::vertex) fn pem() -> String {
    let der = KEY.as_der().unwrap();
    let lines: Vec<_> = STANDARD
        .encode(der.as_ref())
        .as_bytes()
        .chunks(64)
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect();
    let mark = |word: &str| format!("-----{word} PRIVATE KEY-----\n");
    format!("{}{}\n{}", mark("BEGIN"), lines.join("\n"), mark("END"))
}

async fn endpoint(status: u16, body: Value) -> MockServer {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(status).set_body_json(body);
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

async fn form(server: &MockServer) -> Vec<(String, String)> {
    let requests = server.received_requests().await.unwrap();
    let request = requests.last().unwrap();
    assert_eq!(
        request.headers["content-type"],
        "application/x-www-form-urlencoded"
    );
    let text = String::from_utf8(request.body.clone()).unwrap();
    let url = reqwest::Url::parse(&format!("http://x/?{text}")).unwrap();
    url.query_pairs()
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

fn account(server: &MockServer, mail: &str) -> Tokens {
    let key = SecretString::from(
        json!({ "type": "service_account", "private_key": pem(), "private_key_id": "k1", "client_email": mail,
            "token_uri": server.uri() })
        .to_string(),
    );
    Tokens::new(Credentials::of_account(&key, true, "S").unwrap(), &key, "S").unwrap()
}

async fn fault(tokens: &Tokens) -> Fault {
    tokens.token().await.err().unwrap()
}

#[tokio::test]
async fn a_claim_is_signed_with_the_accounts_key() {
    let server = endpoint(
        200,
        json!({"access_token": "ya29.x", "expires_in": "3599", "token_type": "Bearer"}),
    )
    .await;
    let token = account(&server, "a@p").token().await.unwrap().unwrap();
    assert_eq!((token.value.expose_secret(), token.of_person), ("ya29.x", false));
    let form = form(&server).await;
    assert_eq!(
        form[0],
        (
            "grant_type".to_owned(),
            "urn:ietf:params:oauth:grant-type:jwt-bearer".to_owned()
        )
    );
    let parts: Vec<_> = form[1].1.split('.').collect();
    let decoded = |part: &str| URL_SAFE_NO_PAD.decode(part).unwrap();
    let head: Value = serde_json::from_slice(&decoded(parts[0])).unwrap();
    assert_eq!(head, json!({"alg": "RS256", "typ": "JWT", "kid": "k1"}));
    let claims: Value = serde_json::from_slice(&decoded(parts[1])).unwrap();
    assert_eq!(
        (claims["iss"].as_str(), claims["aud"].as_str()),
        (Some("a@p"), Some("https://oauth2.googleapis.com/token"))
    );
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        3_600
    );
    let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, KEY.public_key().as_ref());
    let signed = format!("{}.{}", parts[0], parts[1]);
    public.verify(signed.as_bytes(), &decoded(parts[2])).unwrap();
}

#[tokio::test]
async fn a_token_that_is_nearly_over_is_fetched_anew() {
    for (mail, seconds, calls) in [("b@p", 220, 2), ("c@p", 300, 1)] {
        let server = endpoint(200, json!({"access_token": "t", "expires_in": seconds})).await;
        for _ in 0..2 {
            account(&server, mail).token().await.unwrap();
        }
        assert_eq!(
            server.received_requests().await.unwrap().len(),
            calls,
            "{seconds}"
        );
    }
}

#[tokio::test]
async fn what_the_endpoint_says_no_with_is_told_in_words() {
    for (status, body, code, kind) in [
        (
            400,
            json!({"error": "invalid_grant", "error_description": "Invalid JWT Signature."}),
            "credentials-revoked",
            FaultKind::Key,
        ),
        (
            400,
            json!({"error": "invalid_grant", "error_description": "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."}),
            "clock-wrong",
            FaultKind::Key,
        ),
        (
            401,
            json!({"error": "unauthorized_client"}),
            "key-refused",
            FaultKind::Key,
        ),
        (
            200,
            json!({"id_token": "secret"}),
            "not-an-api",
            FaultKind::NotAnApi,
        ),
    ] {
        let server = endpoint(status, body).await;
        let fault = fault(&account(&server, "d@p")).await;
        assert_eq!((fault.failure.code.as_str(), &fault.kind), (code, &kind));
        assert!(!format!("{fault:?}").contains("secret"));
        assert_eq!(server.received_requests().await.unwrap().len(), 1, "{code}");
    }
}

fn machine(file: Option<std::path::PathBuf>, gcloud: &str, user_token_uri: &str) -> Tokens {
    let machine = Machine {
        file,
        gcloud: gcloud.into(),
    };
    let mut tokens = Tokens::new(Credentials::Machine(machine), &SecretString::default(), "S").unwrap();
    user_token_uri.clone_into(&mut tokens.user_token_uri);
    tokens
}

#[tokio::test]
async fn the_login_of_this_computer_is_refreshed() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("application_default_credentials.json");
    let login = json!({ "type": "authorized_user", "client_id": "c&d", "client_secret": "s", "refresh_token": "1//r",
        "quota_project_id": "payer" });
    std::fs::write(&file, login.to_string()).unwrap();
    let server = endpoint(200, json!({"access_token": "t", "expires_in": 3599})).await;
    let tokens = machine(Some(file.clone()), "/nowhere", &server.uri());
    let token = tokens.token().await.unwrap().unwrap();
    assert_eq!((token.payer.as_deref(), token.of_person), (Some("payer"), true));
    assert_eq!(tokens.project().await.as_deref(), Some("payer"));
    let form = form(&server).await;
    assert_eq!(
        form[1..],
        [
            ("client_id", "c&d"),
            ("client_secret", "s"),
            ("refresh_token", "1//r")
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    let server = endpoint(
        400,
        json!({"error": "invalid_grant", "error_subtype": "invalid_rapt"}),
    )
    .await;
    std::fs::write(&file, login.to_string().replace("1//r", "1//old")).unwrap();
    assert_eq!(
        fault(&machine(Some(file.clone()), "/nowhere", &server.uri()))
            .await
            .failure
            .code,
        "login-expired"
    );
    std::fs::write(&file, r#"{"type":"external_account"}"#).unwrap();
    assert_eq!(
        fault(&machine(Some(file), "/nowhere", &server.uri()))
            .await
            .failure
            .code,
        "credentials-not-supported"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn else_the_tool_is_asked() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let tool = dir.path().join("gcloud");
    let script = "#!/bin/sh\ncase \"$1\" in auth) echo ya29.tool;; config) echo my-project;; esac\n";
    std::fs::write(&tool, script).unwrap();
    std::fs::set_permissions(&tool, std::fs::Permissions::from_mode(0o755)).unwrap();
    let missing = Some(dir.path().join("none.json"));
    let tokens = machine(missing.clone(), tool.to_str().unwrap(), "http://127.0.0.1:9");
    let token = tokens.token().await.unwrap().unwrap();
    assert_eq!(
        (token.value.expose_secret(), token.payer.as_deref()),
        ("ya29.tool", Some("my-project"))
    );
    assert_eq!(tokens.project().await.as_deref(), Some("my-project"));
    assert!(tokens.refused(&token));
    std::fs::write(&tool, "#!/bin/sh\necho 'ERROR: log in' >&2\nexit 1\n").unwrap();
    for (gcloud, file) in [(tool.to_str().unwrap(), missing), ("/nowhere/gcloud", None)] {
        let fault = fault(&machine(file, gcloud, "http://127.0.0.1:9")).await;
        assert_eq!(
            (fault.failure.code.as_str(), &fault.kind),
            ("login-missing", &FaultKind::Key)
        );
    }
}
