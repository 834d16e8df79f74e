//! What the chosen fixes change.

use tabane_model::{Fix, Severity};

use super::{Sample, good, groups, leave_out, rules, with_body};

fn names(sample: &Sample, fixes: &[Fix]) -> Vec<(u64, String)> {
    sample
        .requests(&rules(), fixes)
        .into_iter()
        .map(|request| (request.line, request.custom_id))
        .collect()
}

fn named(names: &[(u64, &str)]) -> Vec<(u64, String)> {
    names
        .iter()
        .map(|(line, name)| (*line, (*name).to_owned()))
        .collect()
}

#[test]
fn a_byte_order_mark_stands_in_the_way_until_it_is_dropped() {
    let sample = Sample::new(format!("\u{FEFF}{}\n{}\n", good("a"), good("b")));
    let report = sample.check(&rules(), &[]);
    assert_eq!(
        (groups(&report), report.encoding.as_str()),
        (vec![("bom", vec![1], false)], "utf-8-bom")
    );
    assert_eq!(
        (report.errors, report.groups[0].fix.clone()),
        (1, Some(Fix::DropBom))
    );
    let report = sample.check(&rules(), &[Fix::DropBom]);
    assert!(report.is_ok() && report.groups[0].fixed && report.problems.is_empty());
    assert_eq!(names(&sample, &[Fix::DropBom]), named(&[(1, "a"), (2, "b")]));
}

#[test]
fn a_mark_is_told_even_when_its_line_is_left_out() {
    let sample = Sample::new(format!("\u{FEFF}broken\n{}\n", good("b")));
    let report = sample.check(&rules(), &[leave_out("not-json")]);
    assert_eq!(
        groups(&report),
        [("bom", vec![1], false), ("not-json", vec![1], true)]
    );
    assert!(!report.is_ok());
}

#[test]
fn other_encodings_are_converted_when_chosen() {
    let text = format!("{}\r\n{}\r\n", good("質問い"), good("回答あ"));
    let utf16: Vec<u8> = format!("\u{FEFF}{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (bytes, encoding, title) in [
        (utf16, "utf-16le", "UTF-16"),
        (
            encoding_rs::SHIFT_JIS.encode(&text).0.into_owned(),
            "shift_jis",
            "Shift_JIS",
        ),
    ] {
        let sample = Sample::new(bytes);
        let report = sample.check(&rules(), &[]);
        assert_eq!(
            (report.encoding.as_str(), report.lines, report.requests),
            (encoding, 2, 0)
        );
        assert_eq!(groups(&report), [("not-utf8", vec![0], false)]);
        assert_eq!(report.problems[0].args["encoding"], title.into());
        let report = sample.check(&rules(), &[Fix::ConvertToUtf8]);
        assert!(report.is_ok() && report.groups[0].fixed, "{report:?}");
        assert_eq!(
            names(&sample, &[Fix::ConvertToUtf8]),
            named(&[(1, "質問い"), (2, "回答あ")])
        );
    }
}

#[test]
fn blank_lines_are_dropped_when_chosen() {
    let sample = Sample::new(format!("\n{}\r\n \r\n{}\n\n", good("a"), good("b")));
    let report = sample.check(&rules(), &[]);
    assert_eq!((report.errors, report.requests, report.lines), (3, 2, 5));
    let report = sample.check(&rules(), &[Fix::DropBlankLines]);
    assert_eq!(groups(&report), [("blank-line", vec![1, 3, 5], true)]);
    assert_eq!(
        (report.groups[0].severity, report.errors, report.warnings),
        (Severity::Warning, 0, 0)
    );
    assert!(report.is_ok());
}

#[test]
fn lines_without_a_name_get_that_of_their_line() {
    let unnamed = good("x").replace("\"custom_id\":\"x\",", "");
    let file = [
        unnamed.clone(),
        good(""),
        good("line-1"),
        good("line-2-2"),
        unnamed,
    ]
    .join("\n");
    let sample = Sample::new(file);
    assert!(sample.check(&rules(), &[Fix::NameByLine]).is_ok());
    let expected = named(&[
        (1, "line-1-2"),
        (2, "line-2"),
        (3, "line-1"),
        (4, "line-2-2"),
        (5, "line-5"),
    ]);
    assert_eq!(names(&sample, &[Fix::NameByLine]), expected);
    assert_eq!(names(&sample, &[]), named(&[(3, "line-1"), (4, "line-2-2")]));
}

#[test]
fn repeated_names_get_the_next_free_number() {
    let file = ["a", "a", "b", "a-2", "a", "b"].map(good).join("\n");
    let sample = Sample::new(file);
    let report = sample.check(&rules(), &[]);
    assert_eq!(groups(&report), [("custom-id-duplicate", vec![2, 5, 6], false)]);
    assert_eq!(report.problems[2].args["first_line"], 3_u32.into());
    assert_eq!(names(&sample, &[]), named(&[(1, "a"), (3, "b"), (4, "a-2")]));
    let expected = named(&[(1, "a"), (2, "a-3"), (3, "b"), (4, "a-2"), (5, "a-4"), (6, "b-2")]);
    assert_eq!(names(&sample, &[Fix::RenameDuplicates]), expected);
    assert!(sample.check(&rules(), &[Fix::RenameDuplicates]).is_ok());
    assert!(
        sample
            .check(&rules(), &[leave_out("custom-id-duplicate")])
            .is_ok()
    );
}

#[test]
fn a_number_and_its_text_are_the_same_name() {
    let number = |number: &str| good("x").replace("\"x\"", number);
    let sample = Sample::new([number("17"), good("17"), number("17"), number("17.0")].join("\n"));
    let report = sample.check(&rules(), &[]);
    assert_eq!(
        groups(&report),
        [
            ("custom-id-number", vec![1, 3, 4], false),
            ("custom-id-duplicate", vec![2, 3], false)
        ]
    );
    assert_eq!((report.errors, report.requests), (2, 2));
    let expected = named(&[(1, "17"), (2, "17-2"), (3, "17-3"), (4, "17.0")]);
    assert_eq!(names(&sample, &[Fix::RenameDuplicates]), expected);
    assert!(sample.check(&rules(), &[Fix::RenameDuplicates]).is_ok());
}

#[test]
fn lines_with_a_warning_can_be_left_out_all_the_same() {
    let sample = Sample::new([good("x").replace("\"x\"", "17"), good("a")].join("\n"));
    assert_eq!(
        names(&sample, &[leave_out("custom-id-number")]),
        named(&[(2, "a")])
    );
}

#[test]
fn a_line_that_is_left_out_is_nobodys_first() {
    let odd = good("a")
        .replace("/v1/chat/completions", "/nowhere")
        .replace("\"m\"", "\"n\"");
    let sample = Sample::new([odd, good("a"), good("b")].join("\n"));
    let before: Vec<_> = sample
        .check(&rules(), &[])
        .groups
        .into_iter()
        .map(|group| group.code)
        .collect();
    assert_eq!(
        before,
        ["url-not-supported", "model-mixed", "custom-id-duplicate"]
    );
    let report = sample.check(&rules(), &[leave_out("url-not-supported")]);
    assert_eq!(
        (groups(&report), report.requests),
        (vec![("url-not-supported", vec![1], true)], 2)
    );
    assert_eq!(
        (report.models, report.endpoints),
        (vec![("m".into(), 2)], vec![("/v1/chat/completions".into(), 2)])
    );
}

#[test]
fn a_line_that_is_left_out_counts_once() {
    let sample = Sample::new([good("a"), "{}".into()].join("\n"));
    let fixes = ["url-missing", "custom-id-missing", "body-missing"].map(leave_out);
    let report = sample.check(&rules(), &fixes);
    assert_eq!(report.groups.iter().map(|group| group.count).sum::<u32>(), 1);
    assert!(report.is_ok());
}

#[test]
fn one_job_per_model_fills_parts_by_model() {
    let line = |id: &str, model: &str| with_body(id, &format!(r#"{{"model":"{model}","messages":[{{}}]}}"#));
    let models = ["m", "n", "m", "n", "m"];
    let file = models
        .iter()
        .enumerate()
        .map(|(index, model)| line(&index.to_string(), model))
        .collect::<Vec<_>>();
    let sample = Sample::new(file.join("\n"));
    let mut rules = rules();
    rules.max_requests = 2;
    let report = sample.check(&rules, &[]);
    assert_eq!((report.errors, report.requests, report.parts), (2, 3, 2));
    assert_eq!(report.models, [("m".to_owned(), 3), ("n".to_owned(), 2)]);
    let report = sample.check(&rules, &[Fix::OneJobPerModel]);
    assert!(report.is_ok());
    assert_eq!((report.requests, report.parts), (5, 3));
    rules.one_model = false;
    let report = sample.check(&rules, &[]);
    assert!(report.is_ok() && report.groups.is_empty() && report.parts == 3);
}
