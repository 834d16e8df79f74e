//! The quick way of reading against the sure one.

use super::*;

const BODIES: [&str; 3] = ["body", "params", "request"];
const BODY: &str = r#"{"a":"}","model":"m"}"#;

#[test]
fn the_body_is_found_wherever_it_stands() {
    for line in [
        r#"{"body":BODY,"url":"x"}"#,
        r#"{"url":"x","body":BODY}"#,
        "\t{ \"url\" : \"x\" , \"body\"\r: BODY , \"method\" : 1 } ",
        "{ \"body\" : BODY } ",
        r#"{"":"","body":BODY,"":""}"#,
        r#"{"body":{},"body":BODY,"custom_id":1,"x":{"body":3}}"#,
    ] {
        let line = line.replace("BODY", BODY);
        for name in BODIES {
            let line = line.replace("body", name);
            let fields = Fields::read_at_once(&line).unwrap();
            let held = fields.held(name).unwrap();
            assert_eq!(held.text, BODY, "{line}");
            assert_eq!(held.inside.as_ref().unwrap().model.unwrap().get(), "\"m\"");
        }
    }
}

#[test]
fn where_it_is_not_sure_nothing_is_guessed() {
    for line in [
        r#"{"bod\u0079":{}}"#,
        r#"{"body":{},"ur\u006c":1}"#,
        r#"{"body":[]}"#,
        r#"{"body":null}"#,
        r#"{"body":{},"request":"text"}"#,
    ] {
        assert!(Fields::read_at_once(line).is_none(), "{line}");
        assert!(Fields::read_in_two_steps(line).is_ok(), "{line}");
    }
}

#[test]
fn names_are_in_the_order_of_their_lists() {
    for (at, name) in VALUES.iter().enumerate() {
        assert!(matches!(Known::of(name), Some(Known::Value(found)) if found == at));
    }
}

#[test]
fn all_bodies_of_a_line_are_found_in_their_places() {
    let line = r#"{"request":{"a":1},"key":"k","params":{"b":2} ,"body":{"c":3},"key":null}"#;
    let fields = Fields::read_at_once(line).unwrap();
    let texts = BODIES.map(|name| fields.held(name).unwrap().text);
    assert_eq!(texts, [r#"{"c":3}"#, r#"{"b":2}"#, r#"{"a":1}"#]);
    assert_eq!(
        (fields.twice.as_slice(), fields.value("key").is_none()),
        (&["key"][..], true)
    );
}

/// Lines with a byte or a piece exchanged, left out or put in twice.
fn broken_lines() -> impl Iterator<Item = String> {
    let whole = [
        r#"{"custom_id":"x","method":"POST","url":"/v1","body":{"model":"m","messages":[{"a":-1.5e3}],"stream":false}}"#,
        r#" { "body" : { "input" : "\u00e9\ud83d\ude00\n", "prompt":null } , "custom_id" : 17 , "note":[{}] } "#,
        r#"{"body":{"model":"あ"},"body":{"model":"b","model":"c"},"url":null,"response":{"body":{}}}"#,
        r#"{"key":"k","request":{"contents":[{"parts":[{"text":"あ"}]}]},"id":3,"params":{"model":"m"}}"#,
    ];
    let pieces = [
        "",
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "1",
        " ",
        "\t",
        "\u{1}",
        "\u{a0}",
        "あ",
        "\"body\":{},",
        r"\u0062",
        r"\ud83d",
        "body",
        "params",
        "\"body\":",
        "\"request\":{},",
        "e",
        "-",
        "00",
    ];
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut below = move |limit: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % limit as u64).unwrap()
    };
    (0..200_000).map(move |number| {
        let mut line = whole[number % whole.len()].to_owned();
        for _ in 0..=below(3) {
            let from = line.floor_char_boundary(below(line.len() + 1));
            let to = line
                .floor_char_boundary((from + below(4)).min(line.len()))
                .max(from);
            line.replace_range(from..to, pieces[below(pieces.len())]);
        }
        line
    })
}

#[test]
fn both_ways_of_reading_find_the_same() {
    let (mut at_once, mut refused) = (0, 0);
    for line in broken_lines() {
        let whole = serde_json::from_str::<&RawValue>(&line).is_ok_and(|raw| raw.get().starts_with('{'));
        let (quick, slow) = (Fields::read_at_once(&line), Fields::read_in_two_steps(&line));
        match (quick, slow) {
            (Some(quick), Ok(slow)) => {
                assert_eq!(format!("{quick:?}"), format!("{slow:?}"), "{line}");
                assert!(whole, "{line}");
                at_once += 1;
            }
            (Some(_), Err(_)) => panic!("only one way takes {line}"),
            (None, Ok(_)) => assert!(whole, "{line}"),
            (None, Err(_)) => refused += 1,
        }
    }
    assert!(at_once > 10_000 && refused > 10_000, "{at_once} {refused}");
}
