//! What errors of Cloud Storage, BigQuery and Vertex AI say beyond those that all of Google's share (wire notes 3.8,
//! 4, 5).

use serde_json::Value;
use tabane_model::Failure;

use crate::http::Reply;
use crate::{Fault, FaultKind};

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
        // The older of the services say so without details.
        (403, "accessNotConfigured") => {
            let mut off = of_detail("api-not-enabled", FaultKind::Refused(403));
            off.failure = off.failure.with("api", "API");
            off
        }
        (_, "BILLING_DISABLED" | "billingNotEnabled") => of_detail("billing-disabled", FaultKind::Balance),
        (403, _) if fault.kind == FaultKind::Key => of_detail("permission-missing", FaultKind::Key),
        // Cloud Storage words a missing object as text where the content was asked for.
        (404, _) if !reply.body.trim_start().starts_with('<') => {
            of_detail("not-found-at-provider", FaultKind::NotFound)
        }
        _ => fault,
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
            (403, old("accessNotConfigured"), "api-not-enabled"),
            (403, info("BILLING_DISABLED"), "billing-disabled"),
            (403, old("rateLimitExceeded"), "rate-limited"),
            (403, old("forbidden"), "permission-missing"),
            (403, format!("[{}]", info("BILLING_DISABLED")), "billing-disabled"),
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
    }
}
