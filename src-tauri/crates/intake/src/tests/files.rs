//! Whole files: what they are, how large, and what happens on the way.

use std::fmt::Write as _;
use std::ops::ControlFlow;

use tabane_model::{Explain, Severity};

use super::{Sample, good, groups, leave_out, rules, set};
use crate::{Error, check, requests, wire_line_len};

#[test]
fn what_is_no_request_file_is_said_once() {
    for (bytes, code) in [
        (&b""[..], "empty-file"),
        (b"\n \n\r\n", "empty-file"),
        (b"\xEF\xBB\xBF\n", "empty-file"),
        (
            br#"{"id":"r","custom_id":"a","response":{"body":{}},"error":null}"#,
            "looks-like-results",
        ),
        (b"[\n{\"custom_id\":\"a\"},\n", "looks-like-json-array"),
        (b"PK\x03\x04rest", "looks-like-spreadsheet"),
        (b"id,text\na,b\nc,d\n", "looks-like-spreadsheet"),
    ] {
        let report = Sample::new(bytes).check(&rules(), &[leave_out(code)]);
        assert_eq!(groups(&report), [(code, vec![0], false)]);
        assert_eq!(
            (report.errors, report.requests, report.groups[0].fix.clone()),
            (1, 0, None)
        );
        assert_eq!(report.groups[0].severity, Severity::Error);
    }
}

#[test]
fn bodies_go_out_byte_for_byte() {
    let body = r#"{ "model" : "m",  "messages":[{"content":"é\u00e9 😀"}], "temperature":1.0e0, "seed":12345678901234567890 }"#;
    let sample = Sample::new(super::with_body("a", body) + "\r\n");
    let all = sample.requests(&rules(), &[]);
    assert_eq!(
        (all[0].body.as_str(), all[0].model.as_deref(), all[0].line),
        (body, Some("m"), 1)
    );
    let report = sample.check(&rules(), &[]);
    assert_eq!(report.wire_bytes, wire_line_len("/v1/chat/completions", body));
}

#[test]
fn any_url_with_a_version_is_taken_where_none_are_listed() {
    let mut rules = rules();
    rules.endpoints.clear();
    let line = |url: &str| good(url).replace("/v1/chat/completions", url);
    let report = Sample::new([line("/v4/anything"), line("/other")].join("\n")).check(&rules, &[]);
    assert_eq!(
        (groups(&report), report.requests),
        (vec![("url-not-supported", vec![2], false)], 1)
    );
}

#[test]
fn a_request_larger_than_a_part_is_too_long() {
    let mut rules = rules();
    let fits = wire_line_len("/v1/chat/completions", super::CHAT);
    rules.max_bytes = fits;
    assert!(Sample::new(good("a")).check(&rules, &[]).is_ok());
    rules.max_bytes = fits - 1;
    let report = Sample::new(good("a")).check(&rules, &[]);
    assert_eq!(groups(&report), [("line-too-long", vec![1], false)]);
    assert_eq!(report.problems[0].args["limit"], (fits - 1).into());
}

#[test]
fn reports_stay_small() {
    let mut file = String::new();
    for number in 0..3_000 {
        let _ = writeln!(file, "broken {number}");
        let _ = writeln!(
            file,
            "{}",
            good(&number.to_string()).replace("\"m\"", &format!("\"m{number}\""))
        );
    }
    let report = Sample::new(file).check(&rules(), &[]);
    assert_eq!(
        (report.problems.len(), report.models.len(), report.errors),
        (1_000, 100, 5_999)
    );
    assert_eq!(
        (report.groups[0].count, report.groups[0].lines.len()),
        (3_000, 100)
    );
    assert!(report.problems.is_sorted_by_key(|problem| problem.line));
}

#[test]
fn warnings_do_not_crowd_out_errors() {
    let mut file: String = (0..3_000)
        .map(|number| good("x").replace("\"x\"", &number.to_string()) + "\n")
        .collect();
    file.push_str("broken");
    let report = Sample::new(file).check(&rules(), &[]);
    assert_eq!((report.warnings, report.errors), (3_000, 1));
    assert_eq!(report.problems.last().unwrap().code, "not-json");
}

#[test]
fn progress_goes_forward_and_can_stop_the_check() {
    let file = (0..20_000)
        .map(|number| good(&(number % 19_999).to_string()) + "\n")
        .collect::<String>();
    let sample = Sample::new(&file);
    let mut told = Vec::new();
    let report = check(&sample.path, &rules(), &set(&[]), &mut |progress| {
        told.push(progress);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(groups(&report), [("custom-id-duplicate", vec![20_000], false)]);
    assert!(told.len() > 100 && told.is_sorted_by_key(|progress| progress.bytes_done));
    assert!(
        told.iter()
            .all(|progress| progress.bytes_total == file.len() as u64)
    );

    // Stopped at any time, in either reading.
    for after in [0, 1, told.len() / 2, told.len() - 1] {
        let mut calls = 0;
        let stopped = check(&sample.path, &rules(), &set(&[]), &mut |_| {
            calls += 1;
            if calls > after {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        assert!(matches!(stopped, Err(Error::Cancelled)));
        assert_eq!(calls, after + 1);
    }
}

#[test]
fn a_file_that_is_gone_is_said() {
    let sample = Sample::new("");
    std::fs::remove_file(&sample.path).unwrap();
    let checked = check(&sample.path, &rules(), &set(&[]), &mut |_| {
        ControlFlow::Continue(())
    });
    assert_eq!(checked.unwrap_err().explain().code, "file-not-found");
    assert!(requests(&sample.path, &rules(), &set(&[])).is_err());
    assert!(crate::recognise(&sample.path).is_err());
}
