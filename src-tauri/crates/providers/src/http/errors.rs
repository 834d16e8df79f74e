//! What an answer that is no success, or a connection that did not do it, means for the runner.

use std::error::Error;

use tabane_model::Failure;

use super::google::Details;
use super::said::Said;
use super::wait::retry_after;
use super::{Reply, said};
use crate::{Fault, FaultKind};

/// From an answer that is no success.
pub(super) fn classify(reply: &Reply, service: &str) -> Fault {
    let said = Said::read(&reply.body);
    let google = Details::read(&reply.body);
    let told = retry_after(&reply.headers).or(google.retry_after);
    let text = said.message.to_lowercase();
    let number = reply.status.as_u16();
    let no_credit = [
        "insufficient_quota",
        "billing_hard_limit_reached",
        "insufficient_balance",
        // Anthropic: of its own, of the tier, of the contract (wire notes, Anthropic 1.6; package 2.12.0).
        "billing_error",
        "enforced_spend_limit_reached",
        "contract_spend_limit_reached",
    ]
    .iter()
    .any(|word| said.names(word))
        || text.contains("billing hard limit")
        // Anthropic says these with 400 and no code (anthropics/claude-code#66314).
        || text.contains("credit balance is too low")
        || text.contains("reached your specified api usage limits")
        || (text.contains("exceeded your current quota") && !google.exhausted())
        || number == 402;
    let (name, kind) = match number {
        300..=399 => ("not-an-api", FaultKind::NotAnApi),
        400..=499 if no_credit => ("balance-empty", FaultKind::Balance),
        403 if google.interface_off() => ("api-not-enabled", FaultKind::Refused(number)),
        // Google's words for a file that is gone (googleapis/python-genai#1218).
        403 if text.contains("or it may not exist") => ("not-found-at-provider", FaultKind::NotFound),
        401 | 403 | 407 => ("key-refused", FaultKind::Key),
        400 if google.key_refused() => ("key-refused", FaultKind::Key),
        // xAI (wire notes 4.4).
        400 if text.contains("incorrect api key") => ("key-refused", FaultKind::Key),
        404 | 410 if said.own_words => ("not-found-at-provider", FaultKind::NotFound),
        408 | 500..=599 => (
            "provider-in-trouble",
            told.map_or(FaultKind::Server, |wait| FaultKind::RateLimited {
                retry_after: Some(wait),
            }),
        ),
        // Also a proxy's page: it has read the length and let nothing through (wire notes 5.1).
        413 => ("file-too-large-for-provider", FaultKind::TooLarge),
        400 | 422 if text.contains("too large") => ("file-too-large-for-provider", FaultKind::TooLarge),
        429 => ("rate-limited", FaultKind::RateLimited { retry_after: told }),
        400..=499 if !said.own_words => ("not-an-api", FaultKind::NotAnApi),
        _ => ("refused-by-provider", FaultKind::Refused(number)),
    };
    let mut failure = Failure::new(name)
        .with("service", service)
        .with("status", u32::from(number));
    if google.interface_off() {
        failure = failure.with("api", google.interface);
    }
    failure.detail = (!said.message.is_empty()).then_some(said.message);
    Fault { failure, kind }
}

/// From a connection that did not do it. The address stays out of it: it may hold a password.
pub(super) fn transport(error: &reqwest::Error, service: &str) -> Fault {
    let (code, kind) = if error.is_connect() || error.is_builder() {
        // No address, no connection, no handshake: not a byte of the request was sent.
        ("network-unreachable", FaultKind::Unreachable)
    } else if error.is_redirect() {
        ("not-an-api", FaultKind::NotAnApi)
    } else if error.is_timeout() {
        ("network-timeout", FaultKind::Network)
    } else {
        ("network-cut", FaultKind::Network)
    };
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    let words: Vec<String> = causes.map(ToString::to_string).collect();
    let mut failure = Failure::new(code).with("service", service);
    failure.detail = (!words.is_empty()).then(|| words.join(": "));
    Fault { failure, kind }
}

/// Nothing moved for too long.
pub(super) fn silent(service: &str) -> Fault {
    Fault {
        failure: Failure::new("network-timeout").with("service", service),
        kind: FaultKind::Network,
    }
}

/// Somebody else answered, or nothing that can be read.
pub(super) fn not_an_api(body: &str, service: &str) -> Fault {
    let shown = said::shown(body);
    let mut failure = Failure::new("not-an-api").with("service", service);
    failure.detail = (!shown.is_empty()).then_some(shown);
    Fault {
        failure,
        kind: FaultKind::NotAnApi,
    }
}

/// A download that ended too early.
pub(crate) fn cut_short(service: &str) -> Fault {
    Fault {
        failure: Failure::new("download-cut").with("service", service),
        kind: FaultKind::Network,
    }
}

/// A file of this computer.
pub(crate) fn disk(error: &std::io::Error) -> Fault {
    let code = match error.kind() {
        std::io::ErrorKind::StorageFull => "disk-full",
        std::io::ErrorKind::NotFound => "file-not-found",
        std::io::ErrorKind::PermissionDenied => "file-not-allowed",
        _ => "disk-failed",
    };
    Fault {
        failure: Failure::new(code).detail(error.to_string()),
        kind: FaultKind::Disk,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    use reqwest::StatusCode;
    use reqwest::header::HeaderMap;

    fn reply(status: u16, body: &str) -> Reply {
        let status = StatusCode::from_u16(status).unwrap();
        Reply {
            status,
            headers: HeaderMap::new(),
            body: body.to_owned(),
        }
    }

    const JSON: &str = r#"{"error":{"message":"no","code":"x"}}"#;
    const HTML: &str = "<html>bad</html>";
    const OFF: &str = r#"{"error":{"code":403,"message":"no","status":"PERMISSION_DENIED","details":[
        {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"SERVICE_DISABLED"}]}}"#;
    const BAD_KEY: &str = r#"[{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[
        {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}}]"#;
    const EXHAUSTED: &str = r#"{"error":{"code":429,"message":"You exceeded your current quota.","status":"RESOURCE_EXHAUSTED",
        "details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"7s"}]}}"#;
    const NO_FILE: &str = r#"{"error":{"code":403,"message":"You do not have permission to access the File x or it may not exist."}}"#;
    const QUOTA: &str = r#"{"error":{"message":"no","code":null,"type":"insufficient_quota"}}"#;

    const NO_CREDIT: &str = r#"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API."}}"#;
    const SPEND_LIMIT: &str = r#"{"type":"error","error":{"type":"rate_limit_error","message":"no","details":{"error_code":"enforced_spend_limit_reached"}}}"#;
    const RAMP: &str = r#"{"type":"error","error":{"type":"rate_limit_error","message":"no","details":{"error_code":"ramp_limit_exceeded"}}}"#;

    /// Status, body, what the runner does, whether it is a clear no to a create.
    const TABLE: &[(u16, &str, FaultKind, bool)] = &[
        (307, "", FaultKind::NotAnApi, false),
        (400, JSON, FaultKind::Refused(400), true),
        (400, HTML, FaultKind::NotAnApi, false),
        (400, "{}", FaultKind::NotAnApi, false),
        (
            400,
            r#"{"error":{"message":"File is too large."}}"#,
            FaultKind::TooLarge,
            true,
        ),
        (
            400,
            r#"{"error":{"message":"Billing hard limit has been reached"}}"#,
            FaultKind::Balance,
            true,
        ),
        (400, NO_CREDIT, FaultKind::Balance, true),
        (400, BAD_KEY, FaultKind::Key, true),
        (
            400,
            r#"{"code":"Client specified an invalid argument","error":"Incorrect API key provided: [key]."}"#,
            FaultKind::Key,
            true,
        ),
        (401, JSON, FaultKind::Key, true),
        (401, HTML, FaultKind::Key, false),
        (402, JSON, FaultKind::Balance, true),
        (403, JSON, FaultKind::Key, true),
        (403, OFF, FaultKind::Refused(403), true),
        (403, NO_FILE, FaultKind::NotFound, true),
        (404, JSON, FaultKind::NotFound, true),
        (404, HTML, FaultKind::NotAnApi, false),
        (408, JSON, FaultKind::Server, false),
        (409, JSON, FaultKind::Refused(409), true),
        (410, JSON, FaultKind::NotFound, true),
        (413, HTML, FaultKind::TooLarge, false),
        (413, JSON, FaultKind::TooLarge, true),
        (422, r#"{"detail":[{"msg":"m"}]}"#, FaultKind::Refused(422), true),
        (429, JSON, FaultKind::RateLimited { retry_after: None }, true),
        (429, HTML, FaultKind::RateLimited { retry_after: None }, false),
        (429, QUOTA, FaultKind::Balance, true),
        (429, SPEND_LIMIT, FaultKind::Balance, true),
        (429, RAMP, FaultKind::RateLimited { retry_after: None }, true),
        (
            429,
            EXHAUSTED,
            FaultKind::RateLimited {
                retry_after: Some(Duration::from_secs(7)),
            },
            true,
        ),
        (500, JSON, FaultKind::Server, false),
        (500, QUOTA, FaultKind::Server, false),
        (503, HTML, FaultKind::Server, false),
        (529, "", FaultKind::Server, false),
    ];

    #[test]
    fn statuses_and_codes_say_what_to_do_and_what_is_certain() {
        for (status, body, kind, definite) in TABLE {
            let reply = reply(*status, body);
            let fault = classify(&reply, "S");
            assert_eq!(
                (&fault.kind, reply.is_definite_refusal()),
                (kind, *definite),
                "{status} {body}"
            );
            assert!(
                !fault.failure.detail.unwrap_or_default().contains('<'),
                "{status} {body}"
            );
        }
    }

    #[test]
    fn what_is_no_api_is_never_shown_as_html() {
        assert_eq!(not_an_api(HTML, "S").failure.detail, None);
        assert_eq!(not_an_api("hello", "S").failure.detail.as_deref(), Some("hello"));
    }
}
