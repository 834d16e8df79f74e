//! Bringing a part to the service: a file under a name of our own, so that a copy that is already there is known again.

mod session;
mod sum;

use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tabane_model::Failure;

use self::session::Session;
use self::sum::Sum;
use crate::http::{Http, patiently, segment};
use crate::lenient::{number, text};
use crate::{Fault, FaultKind, Parcel, Uploaded, times};

/// Names that one part may use up: each stands for a copy that cannot be taken over.
const NAMES: u32 = 8;

/// A copy that the service deletes sooner is not taken over: the batch still has to wait its turn. Files are kept for
/// 48 h (wire notes 2.3).
const LEAST_LIFE: i64 = 24 * 60 * 60_000;

/// Looks at a file that the service still works on, a second apart.
const LOOKS: u32 = 30;

/// Takes up a session that was left, else begins one. May be called again at any time.
pub(super) async fn upload(http: &Http, parcel: &Parcel) -> Result<Uploaded, Fault> {
    let sum = Sum::of(&parcel.file).await?;
    if let Some(session) = Session::left(&parcel.file, &sum).await {
        match resumed(http, &session).await {
            Ok(uploaded) => return Ok(uploaded),
            Err(fault) if session::passes(&fault.kind) => return Err(fault),
            // The session is over, or was another project's.
            Err(_) => session.forget().await,
        }
    }
    for number in 0..NAMES {
        let name = name(&parcel.name, number);
        match begun(http, parcel, &name, &sum).await {
            Err(Fault {
                kind: FaultKind::Refused(409),
                ..
            }) => {
                if taken_over(http, &name, &sum).await? {
                    return Ok(Uploaded { file_id: name });
                }
            }
            ended => return ended,
        }
    }
    Err(refused(http, 409, "ALREADY_EXISTS"))
}

async fn resumed(http: &Http, session: &Session) -> Result<Uploaded, Fault> {
    session.go_on(http).await?;
    // By the account's own eyes.
    let file = looked_at(http, &session.name).await?;
    let uploaded = ready(http, file, &session.name).await?;
    session.forget().await;
    Ok(uploaded)
}

async fn begun(http: &Http, parcel: &Parcel, name: &str, sum: &Sum) -> Result<Uploaded, Fault> {
    let session = Session::begin(http, parcel, name, sum).await?;
    let ended = match session.send(http).await {
        Ok(file) => ready(http, file, name).await,
        Err(fault) => Err(fault),
    };
    // A session that was cut off is taken up by the next attempt.
    if ended
        .as_ref()
        .err()
        .is_none_or(|fault| !session::passes(&fault.kind))
    {
        session.forget().await;
    }
    ended
}

/// `files/<id>`: at most 40 characters of `[a-z0-9-]`. The same for each attempt at a part.
fn name(parcel: &str, number: u32) -> String {
    let hash = Sha256::digest(format!("{parcel}/{number}"));
    let hex: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("files/tabane-{hex}")
}

/// Whether the file of that name is this part, whole and for long enough.
async fn taken_over(http: &Http, name: &str, sum: &Sum) -> Result<bool, Fault> {
    match looked_at(http, name).await {
        Ok(file) => Ok(is_ours(&file, sum)),
        // Taken by somebody else.
        Err(fault) if fault.kind == FaultKind::NotFound => Ok(false),
        Err(fault) => Err(fault),
    }
}

fn is_ours(file: &Value, sum: &Sum) -> bool {
    let life = times::read(&file["expirationTime"]).map(|at| at - jiff::Timestamp::now().as_millisecond());
    file["state"] == "ACTIVE"
        && number(&file["sizeBytes"]) == Some(sum.bytes)
        && text(&file["sha256Hash"]).is_some_and(|told| sum.is(&told))
        && life.is_none_or(|life| life >= LEAST_LIFE)
}

/// Waits until the service is done with a file.
async fn ready(http: &Http, mut file: Value, name: &str) -> Result<Uploaded, Fault> {
    for _ in 0..LOOKS {
        match file["state"].as_str() {
            Some("PROCESSING") => {}
            Some("FAILED") => {
                return Err(refused(
                    http,
                    400,
                    file["error"]["message"].as_str().unwrap_or_default(),
                ));
            }
            _ => {
                return Ok(Uploaded {
                    file_id: text(&file["name"]).unwrap_or_else(|| name.to_owned()),
                });
            }
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        file = looked_at(http, name).await?;
    }
    Err(Fault {
        failure: Failure::new("provider-in-trouble").with("service", http.service),
        kind: FaultKind::Server,
    })
}

async fn looked_at(http: &Http, name: &str) -> Result<Value, Fault> {
    let path = format!("/v1beta/files/{}", segment(name.trim_start_matches("files/")));
    patiently(|| http.json(http.read(&path))).await
}

fn refused(http: &Http, status: u16, words: &str) -> Fault {
    let failure = Failure::new("refused-by-provider")
        .with("service", http.service)
        .with("status", u32::from(status));
    Fault {
        failure: failure.detail(http.hidden(words)),
        kind: FaultKind::Refused(status),
    }
}

/// What the service is told of a file.
fn described(parcel: &Parcel, name: &str) -> Value {
    json!({ "file": { "name": name, "displayName": parcel.name } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_to_the_rule_and_differ() {
        let names: Vec<String> = (0..NAMES).map(|number| name("tabane-j-1", number)).collect();
        for own in &names {
            let id = own.strip_prefix("files/").unwrap();
            assert!(
                id.len() <= 40
                    && id
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            );
        }
        assert_eq!(names[0], name("tabane-j-1", 0));
        assert_ne!(names[0], names[1]);
        assert_ne!(names[0], name("tabane-j-2", 0));
    }

    #[tokio::test]
    async fn a_copy_is_ours_only_if_all_of_it_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("part");
        std::fs::write(&file, "abc").unwrap();
        let sum = Sum::of(&file).await.unwrap();
        let hash = "YmE3ODE2YmY4ZjAxY2ZlYTQxNDE0MGRlNWRhZTIyMjNiMDAzNjFhMzk2MTc3YTljYjQxMGZmNjFmMjAwMTVhZA==";
        let of = |change: fn(&mut Value)| {
            let mut told = json!({ "state": "ACTIVE", "sizeBytes": "3", "sha256Hash": hash, "expirationTime": "2100-01-01T00:00:00Z" });
            change(&mut told);
            is_ours(&told, &sum)
        };
        assert!(of(|_| ()));
        assert!(of(
            |told| told["sha256Hash"] = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=".into()
        ));
        assert!(of(|told| told["expirationTime"] = Value::Null));
        assert!(!of(|told| told["sizeBytes"] = "4".into()));
        assert!(!of(|told| told["sha256Hash"] = Value::Null));
        assert!(!of(|told| told["state"] = "PROCESSING".into()));
        assert!(!of(|told| told["expirationTime"] = "2026-01-01T00:00:00Z".into()));
    }
}
