use proptest::prelude::*;
use tabane_model::Factor;

use super::*;
use crate::design::Combinations;
use crate::testing::{factor, study};

fn factors() -> Vec<Factor> {
    vec![
        factor(
            "persona",
            &[
                &["id", "name", "my column", "{{x}}"],
                &["p1", "Poet", "spaced", "odd"],
                &["p2", "", "{{persona.id}}", "odd"],
            ],
        ),
        factor(
            "ペルソナ",
            &[&["id", "名前", "感情（強さ）"], &["1", "詩人", "とても"]],
        ),
    ]
}

/// The text for a level of the first factor.
fn rendered(source: &str, level: u32) -> Result<String, Vec<Fault>> {
    let study = study(factors(), 3);
    let combinations = Combinations::new(&study).unwrap();
    let scope = Scope {
        combinations: &combinations,
        combination: level,
        trial: 2,
        answer_sheet: "1. X: a number",
    };
    let template = Template::new(source, &study.factors)?;
    let text = template.render(&scope).map_err(|fault| vec![fault])?;
    let spans = template.spans(&scope).unwrap();
    let joined: String = spans.iter().map(|span| span.text.as_str()).collect();
    assert_eq!(joined, text, "what is shown is what is sent");
    Ok(text)
}

#[test]
fn names_give_cells() {
    for (source, text) in [
        ("As {{persona.name}}.", "As Poet."),
        ("{{ ペルソナ.名前 }}として", "詩人として"),
        (r#"{{persona["my column"]}}"#, "spaced"),
        (r#"{{ペルソナ["感情（強さ）"]}}"#, "とても"),
        (r#"{{persona["{{x}}"]}}"#, "odd"),
        ("{{trial}}: {{answer_sheet}}", "2: 1. X: a number"),
        ("no names, {braces}, 100%\n", "no names, {braces}, 100%\n"),
        ("<b>&\"{{persona.name}}\"</b>", "<b>&\"Poet\"</b>"),
        ("", ""),
    ] {
        assert_eq!(rendered(source, 0), Ok(text.to_owned()), "{source}");
    }
}

#[test]
fn those_who_know_jinja_may_use_it() {
    for (source, text) in [
        ("{% if persona.id == 'p1' %}one{% else %}two{% endif %}", "one"),
        ("{{ persona.name | upper }}{# a note #}\n", "POET\n"),
        ("{{ persona.name if trial == 2 else 'first' }}", "Poet"),
        ("  {{- persona.id -}}  !", "p1!"),
        ("{% set who = persona.name %}{{ who }} {{ who }}", "Poet Poet"),
        ("{{ trial + 1 }}", "3"),
        (
            "{% raw %}{{ persona.nothing }}{% endraw %}",
            "{{ persona.nothing }}",
        ),
        ("{{ persona['name'][0] }}", "P"),
    ] {
        assert_eq!(rendered(source, 0), Ok(text.to_owned()), "{source}");
    }
}

#[test]
fn a_cell_that_looks_like_a_template_stays_text() {
    for source in [
        r#"{{persona["my column"]}}"#,
        r#"{{ persona["my column"] | trim }}"#,
    ] {
        assert_eq!(rendered(source, 1), Ok("{{persona.id}}".to_owned()));
    }
}

fn spans(source: &str) -> Vec<(String, Option<String>)> {
    let study = study(factors(), 1);
    let combinations = Combinations::new(&study).unwrap();
    let scope = Scope {
        combinations: &combinations,
        combination: 0,
        trial: 1,
        answer_sheet: "",
    };
    let spans = Template::new(source, &study.factors)
        .unwrap()
        .spans(&scope)
        .unwrap();
    spans.into_iter().map(|span| (span.text, span.column)).collect()
}

#[test]
fn stretches_from_columns_are_told_apart() {
    let from = |text: &str, column: &str| (text.to_owned(), Some(column.to_owned()));
    let own = |text: &str| (text.to_owned(), None);
    let as_poet = vec![
        own("As "),
        from("Poet", "persona.name"),
        own(", "),
        from("spaced", "persona.my column"),
    ];
    assert_eq!(spans(r#"As {{persona.name}}, {{persona["my column"]}}"#), as_poet);
    assert_eq!(
        spans(r#"As {{ persona.name|trim }}, {{persona["my column"]}}"#),
        as_poet
    );
    assert_eq!(
        spans("{% if trial == 1 %}first {{ trial }}{% endif %}{{ 'x' }}{{answer_sheet}}"),
        [own("first "), from("1", "trial"), own("x")]
    );
}

#[test]
fn unknown_names_are_told_with_their_place() {
    let problems = |source: &str| -> Vec<StudyProblem> {
        let faults = Template::new(source, &factors()).err().unwrap_or_default();
        let problem = |fault: Fault| fault.problem(source, StudyStep::Prompt, "prompt/user");
        faults.into_iter().map(problem).collect()
    };
    let source = "読む\n{{ペルソナ.名}} {{persona.name}} {{persono.name}} {{persona}}";
    let found = problems(source);
    let place = |problem: &StudyProblem| -> String {
        let number = |name: &str| match &problem.args[name] {
            tabane_model::Arg::Number(number) => *number as usize,
            tabane_model::Arg::Text(text) => panic!("{text}"),
        };
        source
            .chars()
            .skip(number("from"))
            .take(number("to") - number("from"))
            .collect()
    };
    let codes: Vec<&str> = found.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "template-unknown-column",
            "template-unknown-name",
            "template-factor-alone"
        ]
    );
    assert_eq!(
        found.iter().map(place).collect::<Vec<_>>(),
        ["ペルソナ.名", "persono.name", "persona"]
    );
    assert_eq!(found[0].path, "prompt/user");
    assert_eq!(found[0].args["line"], 2_u32.into());
    assert_eq!(found[0].args["column"], "名".into());

    // The same where the template does more than name columns.
    let codes =
        |source: &str| -> Vec<String> { problems(source).into_iter().map(|problem| problem.code).collect() };
    assert_eq!(
        codes("{% if persona.nam %}{{ x }}{% endif %}"),
        ["template-unknown-column", "template-unknown-name"]
    );
    assert_eq!(codes("{{ range(3) }}"), ["template-unknown-name"]);
    assert_eq!(codes("{{ persona.name.first }}"), Vec::<String>::new());
}

#[test]
fn what_cannot_be_read_is_told() {
    for source in [
        "{{ persona.name",
        "{% if %}",
        "{# note",
        "50% {% discount %}",
        "{{ persona.name | nothing }}",
        "{{}}",
    ] {
        match Template::new(source, &factors()) {
            Err(faults) => assert!(
                matches!(faults[..], [Fault::Unreadable { .. }]),
                "{source}: {faults:?}"
            ),
            Ok(_) => assert!(
                matches!(rendered(source, 0), Err(faults) if matches!(faults[..], [Fault::NotRendered { .. }])),
                "{source}"
            ),
        }
    }
}

#[test]
fn work_without_end_is_stopped() {
    let mut source = String::from("{{ trial }}");
    for _ in 0..7 {
        source = format!("{{% for a in 'abcdefghijklmnopqrst' %}}{source}{{% endfor %}}");
    }
    assert!(matches!(rendered(&source, 0), Err(faults) if matches!(faults[..], [Fault::NotRendered { .. }])));
    for other in [
        "{% include 'x' %}",
        "{{ persona.name | int }}",
        "{% set p = persona %}{{ p.nothing }}",
    ] {
        assert!(rendered(other, 0).is_err(), "{other}");
    }
}

/// The source by the template engine alone.
fn by_jinja(source: &str, factors: &[Factor], scope: &Scope<'_>) -> String {
    Template::jinja(source, tags(source), factors)
        .unwrap()
        .render(scope)
        .unwrap()
}

fn pieces() -> impl Strategy<Value = String> {
    let text = "[^{]{0,12}";
    let name = prop_oneof![
        Just("{{persona.name}}"),
        Just("{{ persona.id }}"),
        Just("{{persona[\"my column\"]}}"),
        Just("{{ ペルソナ.名前}}"),
        Just("{{\ntrial\n}}"),
        Just("{{answer_sheet}}"),
        Just("{ "),
        Just("}}"),
        Just("\n"),
    ];
    prop_oneof![text, name.prop_map(str::to_owned)]
}

proptest! {
    #[test]
    fn both_ways_give_the_same_text(parts in prop::collection::vec(pieces(), 0..8), level in 0_u32..2, sheet in any::<String>()) {
        let source = parts.concat();
        let study = study(factors(), 1);
        let combinations = Combinations::new(&study).unwrap();
        let scope = Scope { combinations: &combinations, combination: level, trial: 7, answer_sheet: &sheet };
        let template = Template::new(&source, &study.factors).unwrap();
        prop_assert!(template.plain().is_some());
        let text = template.render(&scope).unwrap();
        prop_assert_eq!(&by_jinja(&source, &study.factors, &scope), &text);
        let spans = template.spans(&scope).unwrap();
        prop_assert_eq!(spans.into_iter().map(|span| span.text).collect::<String>(), text);
    }

    #[test]
    fn every_column_can_be_named(column in any::<String>(), name in "[a-zあ-ん]{1,6}") {
        prop_assume!(!crate::factor::is_taken(&name));
        let study = study(vec![factor(&name, &[&["id", &column], &["1", "found"]])], 1);
        // Of two columns of the same name the first is meant.
        prop_assume!(column != "id");
        let combinations = Combinations::new(&study).unwrap();
        let scope = Scope { combinations: &combinations, combination: 0, trial: 1, answer_sheet: "" };
        let source = crate::factor::placeholder(&name, &column);
        let template = Template::new(&source, &study.factors).unwrap();
        prop_assert!(template.plain().is_some());
        prop_assert_eq!(template.render(&scope).unwrap(), "found");
        prop_assert_eq!(by_jinja(&source, &study.factors, &scope), "found");
    }

    #[test]
    fn cells_are_put_in_as_they_are(cell in any::<String>(), level in 0_usize..2) {
        let mut factors = factors();
        factors[0].levels[level][1].clone_from(&cell);
        let study = study(factors, 1);
        let combinations = Combinations::new(&study).unwrap();
        let scope = Scope { combinations: &combinations, combination: level as u32, trial: 1, answer_sheet: "" };
        for source in ["a{{persona.name}}b", "a{{persona.name}}b{% if trial == 0 %}{% endif %}"] {
            let template = Template::new(source, &study.factors).unwrap();
            prop_assert_eq!(template.render(&scope).unwrap(), format!("a{cell}b"));
            let spans = template.spans(&scope).unwrap();
            prop_assert_eq!(spans.into_iter().map(|span| span.text).collect::<String>(), format!("a{cell}b"));
        }
    }

    #[test]
    fn no_template_makes_it_panic(source in "([{}%#\"'.a-z0-9 \\\\\\n|\\[\\]]|persona|name|語){0,30}") {
        if let Err(faults) = rendered(&source, 0) {
            for fault in faults {
                let problem = fault.problem(&source, StudyStep::Prompt, "prompt/user");
                crate::testing::assert_sentence(&format!("study-problem-{}", problem.code), &problem.args);
            }
        }
    }
}
