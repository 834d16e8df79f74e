//! Google's errors, which say more than their status (wire notes 3.8, 4, 5).

use std::time::Duration;

use serde_json::Value;
use tabane_model::Failure;

use crate::http::Reply;
use crate::{Fault, FaultKind};

/// A longer wait is a mistake of the service.
const LONGEST: f64 = 24.0 * 3_600.0;

/// `fault`: what the status alone says.
pub(super) fn refined(fault: Fault, reply: &Reply, service: &str) -> Fault {
    let body: Value = serde_json::from_str(&reply.body).unwrap_or_default();
    // Sometimes the whole is in a list of one.
    let error = &body.get(0).unwrap_or(&body)["error"];
    let details = error["details"].as_array().map_or(&[][..], Vec::as_slice);
    let detail = |name: &str| details.iter().find_map(|detail| detail.get(name));
    let reason = detail("reason").or(error["errors"].get(0).map(|first| &first["reason"]));
    let reason = reason.and_then(Value::as_str).unwrap_or_default();
    let of_detail = |code: &str, kind| Fault {
        failure: Failure {
            detail: fault.failure.detail.clone(),
            ..Failure::new(code).with("service", service)
        },
        kind,
    };
    match (reply.status.as_u16(), reason) {
        (403, "rateLimitExceeded" | "userRateLimitExceeded" | "quotaExceeded" | "jobRateLimitExceeded") => {
            of_detail("rate-limited", FaultKind::RateLimited { retry_after: None })
        }
        (_, "SERVICE_DISABLED" | "accessNotConfigured") => {
            let api = detail("metadata").and_then(|data| data["service"].as_str());
            let mut off = of_detail("api-disabled", FaultKind::Key);
            off.failure = off.failure.with("api", api.unwrap_or("Vertex AI API"));
            off
        }
        (_, "BILLING_DISABLED" | "billingNotEnabled") => of_detail("billing-disabled", FaultKind::Balance),
        (403, _) if fault.kind == FaultKind::Key => of_detail("permission-missing", FaultKind::Key),
        // Cloud Storage words a missing object as text where the content was asked for.
        (404, _) if !reply.body.trim_start().starts_with('<') => {
            of_detail("not-found-at-provider", FaultKind::NotFound)
        }
        (429 | 500..=599, _) if fault.retry_after().is_none() => match wait(detail("retryDelay")) {
            Some(wait) => Fault {
                kind: FaultKind::RateLimited {
                    retry_after: Some(wait),
                },
                ..fault
            },
            None => fault,
        },
        _ => fault,
    }
}

/// Such as `57.238747106s`.
fn wait(told: Option<&Value>) -> Option<Duration> {
    let seconds: f64 = told?.as_str()?.strip_suffix('s')?.parse().ok()?;
    Duration::try_from_secs_f64(seconds.min(LONGEST)).ok()
}

/// Names of `google.rpc.Code`: how a job or a row says by number what went wrong.
pub(super) fn code_name(code: u64) -> &'static str {
    match code {
        1 => "CANCELLED",
        3 => "INVALID_ARGUMENT",
        4 => "DEADLINE_EXCEEDED",
        5 => "NOT_FOUND",
        6 => "ALREADY_EXISTS",
        7 => "PERMISSION_DENIED",
        8 => "RESOURCE_EXHAUSTED",
        9 => "FAILED_PRECONDITION",
        10 => "ABORTED",
        11 => "OUT_OF_RANGE",
        12 => "UNIMPLEMENTED",
        13 => "INTERNAL",
        14 => "UNAVAILABLE",
        15 => "DATA_LOSS",
        16 => "UNAUTHENTICATED",
        _ => "UNKNOWN",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::StatusCode;
    use reqwest::header::HeaderMap;
    use serde_json::json;

    fn read(status: u16, body: &str, kind: FaultKind) -> Fault {
        let reply = Reply {
            status: StatusCode::from_u16(status).unwrap(),
            headers: HeaderMap::new(),
            body: body.to_owned(),
        };
        let failure = Failure::new("as-before").detail("m");
        refined(Fault { failure, kind }, &reply, "S")
    }

    #[test]
    fn the_reason_counts_more_than_the_status() {
        let info = |reason: &str| {
            json!({"error": {"code": 403, "message": "m", "details": [{"@type": "x"},
                {"reason": reason, "metadata": {"service": "bigquery.googleapis.com"}}]}})
            .to_string()
        };
        let old = |reason: &str| json!({"error": {"errors": [{"reason": reason}]}}).to_string();
        for (status, body, code) in [
            (403, info("SERVICE_DISABLED"), "api-disabled"),
            (403, old("accessNotConfigured"), "api-disabled"),
            (403, info("BILLING_DISABLED"), "billing-disabled"),
            (403, old("rateLimitExceeded"), "rate-limited"),
            (403, old("forbidden"), "permission-missing"),
            (403, format!("[{}]", info("SERVICE_DISABLED")), "api-disabled"),
            (404, "No such object: b/o".to_owned(), "not-found-at-provider"),
            (404, String::new(), "not-found-at-provider"),
            (404, "<html>".to_owned(), "as-before"),
            (401, info("x"), "as-before"),
            (400, "[]".to_owned(), "as-before"),
        ] {
            let fault = read(status, &body, FaultKind::Key);
            assert_eq!(fault.failure.code, code, "{status} {body}");
            assert_eq!(fault.failure.detail.as_deref(), Some("m"));
        }
        let off = read(403, &info("SERVICE_DISABLED"), FaultKind::Key).failure;
        assert_eq!(off.args["api"], "bigquery.googleapis.com".into());
    }

    #[test]
    fn a_wait_stands_in_the_body() {
        for (delay, seconds) in [("57.5s", Some(57.5)), ("1e9s", Some(LONGEST)), ("soon", None), ("-1s", None)] {
            let body = json!({"error": {"code": 429, "details": [{"retryDelay": delay}]}}).to_string();
            let fault = read(429, &body, FaultKind::RateLimited { retry_after: None });
            assert_eq!(fault.retry_after().map(|wait| wait.as_secs_f64()), seconds, "{delay}");
        }
    }
}
