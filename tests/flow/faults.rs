//! What services really do wrong, each with the outcome that the user must see.

use serde_json::Value;
use tabane_tests::{Cli, Simulator, write_requests};

/// Sends 12 rows to a simulator with these faults and waits; the exit code, the job and the simulator's log.
fn send(faults: &str) -> (i32, Value, Value) {
    let dir = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(
        &dir.path().join("simulator"),
        &["--pace-ms", "200", "--faults", faults],
    );
    let cli = Cli::new(&dir.path().join("data")).with_simulator(&simulator);
    let file = dir.path().join("a.jsonl");
    write_requests(&file, 12, 0);
    let (code, job) = cli.json(&[
        "send",
        file.to_str().unwrap(),
        "--provider",
        "custom",
        "--base-url",
        &simulator.base_url,
        "--wait",
    ]);
    (code, job, simulator.log())
}

/// Succeeded, failed, expired, cancelled, missing, pending.
pub(crate) fn counts(job: &Value) -> [u64; 6] {
    [
        "succeeded",
        "failed",
        "expired",
        "cancelled",
        "missing",
        "pending",
    ]
    .map(|name| job["counts"][name].as_u64().unwrap_or_else(|| panic!("{job}")))
}

#[test]
fn failed_rows_are_told_apart() {
    let (code, job, _) = send(r#"{"fail_rows":{"rows":[0,5],"status":429,"code":"rate_limit_exceeded"}}"#);
    assert_eq!((code, counts(&job)), (1, [10, 2, 0, 0, 0, 0]), "{job}");
    assert_eq!(job["failures"][0]["code"], "rate_limit_exceeded");
}

#[test]
fn completed_with_every_row_failed_is_no_success() {
    let (code, job, _) = send(r#"{"fail_rows":{"rows":{"every_nth":1}}}"#);
    assert_eq!((code, counts(&job)), (1, [0, 12, 0, 0, 0, 0]), "{job}");
}

#[test]
fn what_expired_keeps_the_answered_rows() {
    let (code, job, _) = send(r#"{"expire_after_rows":7}"#);
    assert_eq!((code, counts(&job)), (1, [7, 0, 5, 0, 0, 0]), "{job}");
}

#[test]
fn rows_in_no_file_are_missing() {
    let (code, job, _) = send(r#"{"drop_rows":[3]}"#);
    assert_eq!((code, counts(&job)), (1, [11, 0, 0, 0, 1, 0]), "{job}");
}

#[test]
fn order_doubles_and_a_missing_line_end_change_nothing() {
    let (code, job, _) = send(r#"{"shuffle":true,"duplicate_rows":[2,9],"no_final_newline":true}"#);
    assert_eq!((code, counts(&job)), (0, [12, 0, 0, 0, 0, 0]), "{job}");
}

#[test]
fn one_nameless_row_goes_to_the_one_request_without_answer() {
    let (code, job, _) = send(r#"{"null_custom_id":[4]}"#);
    assert_eq!((code, counts(&job)), (0, [12, 0, 0, 0, 0, 0]), "{job}");
}

#[test]
fn a_string_for_a_body_and_a_status_of_nought_are_failures() {
    let (code, job, _) = send(r#"{"string_body_rows":[1],"empty_body_rows":[2]}"#);
    assert_eq!((code, counts(&job)), (1, [10, 2, 0, 0, 0, 0]), "{job}");
}

#[test]
fn cut_off_and_declined_answers_count_as_answered_and_are_named() {
    let (_, job, _) = send(r#"{"length_rows":[1,2],"refusal_rows":[3]}"#);
    assert_eq!(counts(&job), [12, 0, 0, 0, 0, 0], "{job}");
    assert_eq!(
        (&job["cut_off"], &job["declined"]),
        (&2.into(), &1.into()),
        "{job}"
    );
}

#[test]
fn unknown_words_and_untold_counts_are_lived_with() {
    let (code, job, _) = send(
        r#"{"unknown_status":true,"null_counts":true,"empty_error_file_id":true,"not_found_after_create":1}"#,
    );
    assert_eq!((code, counts(&job)), (0, [12, 0, 0, 0, 0, 0]), "{job}");
}

#[test]
fn a_busy_or_broken_service_is_asked_again() {
    let (code, job, _) = send(r#"{"retry_after":{"times":1,"seconds":1},"server_500":1,"cut_download":1}"#);
    assert_eq!((code, counts(&job)), (0, [12, 0, 0, 0, 0, 0]), "{job}");
}

#[test]
fn a_create_that_was_cut_off_after_it_arrived_is_found_and_never_repeated() {
    let (code, job, log) = send(r#"{"create_then_cut":1}"#);
    assert_eq!((code, counts(&job)), (0, [12, 0, 0, 0, 0, 0]), "{job}");
    assert_eq!(log["batches_made"], 1, "{log}");
}

#[test]
fn a_refused_create_with_retry_after_is_made_once() {
    let faults = r#"{"create_refuse":{"status":429,"body":{"error":{"message":"slow down","code":"rate_limit_exceeded"}},"retry_after":1}}"#;
    let (code, job, log) = send(faults);
    assert_eq!((code, counts(&job)), (0, [12, 0, 0, 0, 0, 0]), "{job}");
    assert_eq!(log["batches_made"], 1, "{log}");
}

#[test]
fn an_empty_balance_waits_for_the_user_and_sends_nothing() {
    let faults = r#"{"create_refuse":{"status":429,"times":9,"body":{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}}}"#;
    let (code, job, log) = send(faults);
    assert_eq!((code, &job["state"]), (3, &"waiting".into()), "{job}");
    assert_eq!(counts(&job), [0, 0, 0, 0, 0, 12]);
    assert_eq!(log["batches_made"], 0, "{log}");
}

#[test]
fn a_batch_refused_in_the_services_check_cost_nothing_and_says_why() {
    let (code, job, _) = send(r#"{"fail_check":{"code":"model_not_found","message":"no such model"}}"#);
    assert_eq!((code, counts(&job)), (1, [0, 12, 0, 0, 0, 0]), "{job}");
    assert_eq!(job["parts"][0]["state"], "refused", "{job}");
    assert_eq!(job["failures"][0]["code"], "model_not_found", "{job}");
}
