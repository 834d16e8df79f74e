use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};
use tabane_model::{Order, Subset};

use super::*;
use crate::PlannedRequest;
use crate::file::{parse, sample};
use crate::testing::{emotions, factor, model, numbered, study, told};

fn bodies(plan: &Plan<'_>) -> Vec<Value> {
    let body = |request: Result<PlannedRequest<'_>, StudyProblem>| {
        serde_json::from_str(&request.unwrap().body).unwrap()
    };
    plan.requests().map(body).collect()
}

fn ids(plan: &Plan<'_>) -> Vec<String> {
    plan.requests()
        .map(|request| request.unwrap().custom_id)
        .collect()
}

#[test]
fn the_guiding_case() {
    let study = parse(sample("ja").as_bytes()).unwrap();
    let plan = Plan::new(&study, &study.models[0]).unwrap();
    assert_eq!(
        (plan.len(), plan.requests().len(), plan.requests().count()),
        (120, 120, 120)
    );
    let requests: Vec<_> = plan.requests().map(Result::unwrap).collect();
    let first = &requests[0];
    assert_eq!((first.custom_id.as_str(), first.trial), ("p1_rain_n1", 1));
    assert_eq!(
        (first.levels.as_slice(), first.temperature),
        (["p1", "rain"].as_slice(), Some(0.8))
    );
    assert_eq!(requests[119].custom_id, "p4_cherry_n10");
    assert_eq!(requests[119].temperature, Some(0.3));
    assert!(first.body.starts_with(
        r#"{"model":"practice-small","messages":[{"role":"system","content":"あなたは大学1年生"#
    ));

    let body: Value = serde_json::from_str(&first.body).unwrap();
    assert_eq!(body["temperature"], json!(0.8));
    let user = body["messages"][1]["content"].as_str().unwrap();
    assert!(
        user.starts_with("大学1年生として、次の文章を読んでください。\n\n時刻表には"),
        "{user}"
    );
    assert!(user.contains("面白さの理由"), "{user}");
    let format = &body["response_format"];
    assert_eq!(
        (&format["type"], &format["json_schema"]["strict"]),
        (&json!("json_schema"), &json!(true))
    );
    assert_eq!(
        format["json_schema"]["schema"]["properties"]
            .as_object()
            .unwrap()
            .len(),
        8
    );
    let fields: Vec<&String> = format["json_schema"]["schema"]["properties"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(fields[..3], ["amusement", "amusement_reason", "surprise"]);

    let unique: BTreeSet<_> = requests.iter().map(|request| &request.custom_id).collect();
    assert_eq!(unique.len(), 120);
}

#[test]
fn trials_share_their_text_and_stay_requests() {
    let study = emotions();
    let plan = Plan::new(&study, &study.models[1]).unwrap();
    let requests: Vec<_> = plan.requests().map(Result::unwrap).collect();
    assert!(Arc::ptr_eq(&requests[0].body, &requests[9].body));
    assert!(!Arc::ptr_eq(&requests[9].body, &requests[10].body));
    let trials: Vec<u32> = requests[..11].iter().map(|request| request.trial).collect();
    assert_eq!(trials, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1]);
}

#[test]
fn what_names_the_trial_is_made_for_each() {
    let mut study = study(vec![numbered("a", 1)], 3);
    study.prompt.user = "Try {{trial}}".to_owned();
    study.parameters.seed = "100 + {{trial}}".to_owned();
    study.answer_sheet.fields.clear();
    let plan = Plan::new(&study, &study.models[0]).unwrap();
    let seen: Vec<_> = bodies(&plan)
        .into_iter()
        .map(|body| (body["messages"][0]["content"].clone(), body["seed"].clone()))
        .collect();
    assert_eq!(
        seen,
        [
            (json!("Try 1"), json!(101)),
            (json!("Try 2"), json!(102)),
            (json!("Try 3"), json!(103))
        ]
    );
}

#[test]
fn a_mixed_order_has_the_same_requests() {
    let mut study = emotions();
    let designed = ids(&Plan::new(&study, &study.models[0]).unwrap());
    study.design.order = Order::Random { seed: 4127 };
    let plan = Plan::new(&study, &study.models[0]).unwrap();
    let mixed = ids(&plan);
    assert_ne!(mixed, designed);
    assert_eq!(mixed.iter().collect::<BTreeSet<_>>(), designed.iter().collect());
    // Each with the body of its own combination.
    for request in plan.requests().map(Result::unwrap) {
        let of = study.factors[0]
            .levels
            .iter()
            .find(|level| level[0] == request.levels[0])
            .unwrap();
        assert!(request.body.contains(&of[3]));
        assert!(request.custom_id.starts_with(&request.levels.join("_")));
    }
    study.design.subset = Subset::EveryNth { step: 10 };
    assert_eq!(Plan::new(&study, &study.models[0]).unwrap().len(), 12);
}

#[test]
fn the_body_follows_the_model() {
    let mut study = emotions();
    study.parameters.max_output_tokens = "400".to_owned();
    study.parameters.top_p = "1.0".to_owned();
    study.parameters.reasoning_effort = "low".to_owned();
    study.parameters.frequency_penalty = "0.5".to_owned();
    let body = |provider: &str, name: &str| {
        let model = model(provider, name);
        let plan = Plan::new(&study, &model).unwrap();
        bodies(&plan).remove(0)
    };
    let keys = |body: &Value| -> Vec<String> { body.as_object().unwrap().keys().cloned().collect() };

    let practice = body("practice", "practice-small");
    assert_eq!(
        keys(&practice),
        [
            "model",
            "messages",
            "temperature",
            "top_p",
            "max_tokens",
            "frequency_penalty",
            "reasoning_effort",
            "response_format"
        ]
    );
    assert_eq!(practice["top_p"].to_string(), "1");
    let thinking = body("openai", "gpt-5-mini");
    assert_eq!(
        keys(&thinking),
        [
            "model",
            "messages",
            "max_completion_tokens",
            "reasoning_effort",
            "response_format"
        ]
    );
    let o3 = body("openai", "o3");
    assert_eq!(o3["messages"][0]["role"], "developer");
    let early = body("openai", "o1-mini");
    assert_eq!(
        (
            early["messages"].as_array().unwrap().len(),
            &early["messages"][0]["role"]
        ),
        (1, &json!("user"))
    );
    let text = early["messages"][0]["content"].as_str().unwrap();
    assert!(
        text.starts_with("You are a first-year university student."),
        "{text}"
    );
    assert!(
        text.contains("own words.\n\nAs First-year student, read"),
        "{text}"
    );
    let unknown = body("custom", "my-model");
    assert_eq!(
        keys(&unknown),
        [
            "model",
            "messages",
            "temperature",
            "top_p",
            "max_tokens",
            "frequency_penalty",
            "reasoning_effort"
        ]
    );
}

#[test]
fn the_answer_sheet_follows_the_message_that_does_not_name_it() {
    let user = |text: &str| {
        let mut study = study(vec![numbered("a", 1)], 1);
        study.prompt.user = text.to_owned();
        let plan = Plan::new(&study, &study.models[0]).unwrap();
        let body = bodies(&plan).remove(0);
        body["messages"][0]["content"]
            .as_str()
            .unwrap()
            .replace(&plan.answer_sheet, "SHEET")
    };
    assert_eq!(user("Rate."), "Rate.\n\nSHEET");
    assert_eq!(user("Rate.\n"), "Rate.\n\nSHEET");
    assert_eq!(user("Rate.\n\n\n"), "Rate.\n\n\nSHEET");
    assert_eq!(user("{{answer_sheet}}\nRate."), "SHEET\nRate.");
}

#[test]
fn what_servers_take_for_line_ends_is_escaped() {
    let mut study = study(
        vec![factor(
            "t",
            &[&["id", "body"], &["1", "a\u{2028}b\u{85}c\r\n\"d\""]],
        )],
        1,
    );
    study.prompt.user = "{{t.body}}\u{2029}".to_owned();
    study.answer_sheet.fields.clear();
    let plan = Plan::new(&study, &study.models[0]).unwrap();
    let body = plan.requests().next().unwrap().unwrap().body;
    assert!(!body.contains(['\u{2028}', '\u{2029}', '\u{85}', '\n', '\r']));
    assert_eq!(
        bodies(&plan)[0]["messages"][0]["content"],
        "a\u{2028}b\u{85}c\r\n\"d\"\u{2029}"
    );
}

#[test]
fn what_is_shown_is_what_is_sent() {
    let mut study = parse(sample("ja").as_bytes()).unwrap();
    study.design.order = Order::Random { seed: 9 };
    for model in [
        model("practice", "practice-small"),
        model("openai", "o1-mini"),
        model("anthropic", "claude-haiku-5-5"),
    ] {
        let plan = Plan::new(&study, &model).unwrap();
        for (position, request) in plan.requests().enumerate() {
            let request = request.unwrap();
            let preview = plan.preview(position as u32).unwrap();
            let sent: Value = serde_json::from_str(&request.body).unwrap();
            assert_eq!(serde_json::from_str::<Value>(&preview.body).unwrap(), sent);
            assert_eq!(
                (preview.custom_id, preview.trial),
                (request.custom_id, request.trial)
            );
            let shown: Vec<String> = [&preview.system, &preview.user]
                .map(|spans| Joined(spans).to_string())
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect();
            let messages = sent["messages"].as_array().unwrap().iter();
            let said: Vec<&str> = messages
                .map(|message| message["content"].as_str().unwrap())
                .collect();
            assert_eq!(shown, said);
            assert_eq!(preview.characters as usize, said.concat().chars().count());
        }
    }
}

#[test]
fn the_preview_tells_where_everything_comes_from() {
    let mut study = emotions();
    study.factors[0].label = "Persona".to_owned();
    let claude = model("anthropic", "claude-haiku-5-5");
    let plan = Plan::new(&study, &claude).unwrap();
    let preview = plan.preview(0).unwrap();
    assert_eq!((preview.position, preview.total), (0, 120));
    let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    assert_eq!(
        preview.levels,
        [
            pair("Persona", "First-year student"),
            pair("Text", "The bus stop")
        ]
    );
    assert_eq!(preview.parameters, [pair("temperature", "0.7 + 0.1 = 0.8")]);
    assert_eq!(preview.system[0].column.as_deref(), Some("persona.message"));
    let columns: Vec<_> = preview
        .user
        .iter()
        .filter_map(|span| span.column.as_deref())
        .collect();
    assert_eq!(columns, ["persona.name", "text.body", "answer_sheet"]);
    assert!(preview.body.starts_with("{\n  \"model\": \"claude-haiku-5-5\""));
    // The poet with the cherry tree: 1.1 is more than this model takes.
    assert_eq!(
        plan.preview(80).unwrap().parameters,
        [pair("temperature", "0.9 + 0.2 = 1.1 → 1")]
    );
    assert_eq!(plan.preview(u32::MAX).unwrap().position, 119);
    let thinking = model("openai", "gpt-5");
    assert_eq!(
        Plan::new(&study, &thinking)
            .unwrap()
            .preview(0)
            .unwrap()
            .parameters,
        []
    );
}

#[test]
fn double_ids_are_told_with_an_example() {
    let mut study = emotions();
    study.custom_id = "{{persona.id}}_n{{trial}}".to_owned();
    let problems = Plan::new(&study, &study.models[0]).err().unwrap();
    assert_eq!(told(&problems), [("custom-id-double", "custom_id")]);
    assert_eq!(problems[0].args["template"], "{{persona.id}}_n{{trial}}".into());
    assert!(
        matches!(&problems[0].args["id"], tabane_model::Arg::Text(id) if id.starts_with('p') && id.contains("_n"))
    );
    // Looking at it is possible all the same.
    assert_eq!(
        Plan::draft(&study, &study.models[0])
            .unwrap()
            .preview(0)
            .unwrap()
            .custom_id,
        "p1_n1"
    );
    // 1 and 11 against 11 and 1.
    let mut study = super::tests::study(vec![numbered("a", 12), numbered("b", 12)], 1);
    study.custom_id = "{{a.id}}{{b.id}}".to_owned();
    assert_eq!(
        told(&Plan::new(&study, &study.models[0]).err().unwrap()),
        [("custom-id-double", "custom_id")]
    );
    study.design.subset = Subset::EveryNth { step: 12 };
    assert!(Plan::new(&study, &study.models[0]).is_ok());
}

#[test]
fn a_template_that_fails_in_one_request_stops_there() {
    let mut study = study(vec![factor("a", &[&["id", "n"], &["1", "5"], &["2", "x"]])], 1);
    study.prompt.user = "{{ a.n | int }}".to_owned();
    study.answer_sheet.fields.clear();
    assert_eq!(
        told(&Plan::new(&study, &study.models[0]).err().unwrap()),
        [("template-not-rendered", "prompt/user")]
    );
    let plan = Plan::draft(&study, &study.models[0]).unwrap();
    let made: Vec<bool> = plan.requests().map(|request| request.is_ok()).collect();
    assert_eq!(made, [true, false]);
}

#[test]
fn a_study_that_makes_no_request_is_no_plan() {
    let codes = |study: &Study| -> Vec<String> {
        let problems = Plan::draft(study, &study.models[0]).err().unwrap();
        problems.into_iter().map(|problem| problem.code).collect()
    };
    assert_eq!(codes(&study(vec![numbered("a", 3)], 0)), ["nothing-to-send"]);
    assert_eq!(codes(&study(vec![numbered("a", 0)], 2)), ["nothing-to-send"]);
    assert_eq!(
        codes(&study(vec![numbered("a", 20_000), numbered("b", 20_000)], 1)),
        ["requests-too-many"]
    );
    let mut broken = study(vec![numbered("a", 3)], 1);
    broken.prompt.user = "{{b.id}}".to_owned();
    broken.parameters.temperature = "warm".to_owned();
    assert_eq!(codes(&broken), ["template-unknown-name", "formula-unreadable"]);
}

#[test]
fn a_plan_can_be_used_from_any_thread() {
    fn assert_shared<T: Send + Sync>() {}
    assert_shared::<Plan<'_>>();
    assert_shared::<Requests<'_, '_>>();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn as_many_requests_as_the_product_each_with_its_own_id(
        a in 1_usize..5, b in 1_usize..5, trials in 1_u32..5, seed in prop::option::of(any::<u32>()),
    ) {
        let mut study = study(vec![numbered("a", a), numbered("b", b)], trials);
        if let Some(seed) = seed {
            study.design.order = Order::Random { seed };
        }
        let plan = Plan::new(&study, &study.models[0]).unwrap();
        let unique: BTreeSet<String> = ids(&plan).into_iter().collect();
        prop_assert_eq!(unique.len(), a * b * trials as usize);
        prop_assert_eq!(plan.len() as usize, unique.len());
    }
}
