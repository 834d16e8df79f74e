//! Studies for the tests.

use tabane_model::{Factor, Parameters, Prompt, Study, StudyModel, StudyProblem};

use crate::file::{parse, sample};

/// The English sample: 4 x 3 x 10 on two models.
pub(crate) fn emotions() -> Study {
    parse(sample("en").as_bytes()).unwrap()
}

/// The first row names the columns.
pub(crate) fn factor(name: &str, rows: &[&[&str]]) -> Factor {
    let row = |cells: &&[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    Factor {
        name: name.to_owned(),
        label: String::new(),
        columns: row(&rows[0]),
        levels: rows[1..].iter().map(row).collect(),
    }
}

/// Levels `0`, `1`, `2` ... under `id`.
pub(crate) fn numbered(name: &str, levels: usize) -> Factor {
    Factor {
        name: name.to_owned(),
        label: String::new(),
        columns: vec!["id".to_owned()],
        levels: (0..levels).map(|level| vec![level.to_string()]).collect(),
    }
}

/// A study of these factors that asks for its ids.
pub(crate) fn study(factors: Vec<Factor>, trials: u32) -> Study {
    let mut study = emotions();
    let ids: Vec<String> = factors
        .iter()
        .map(|factor| crate::factor::placeholder(&factor.name, &factor.columns[0]))
        .collect();
    study.prompt = Prompt {
        system: String::new(),
        user: ids.join(" "),
    };
    study.custom_id = format!("{}_n{{{{trial}}}}", ids.join("_"));
    study.parameters = Parameters::default();
    study.factors = factors;
    study.design.trials = trials;
    study
}

pub(crate) fn model(provider: &str, model: &str) -> StudyModel {
    StudyModel {
        provider: provider.to_owned(),
        model: model.to_owned(),
    }
}

/// Code and path of each problem.
pub(crate) fn told(problems: &[StudyProblem]) -> Vec<(&str, &str)> {
    problems
        .iter()
        .map(|problem| (problem.code.as_str(), problem.path.as_str()))
        .collect()
}

/// Both languages have a sentence with this id, and give it the arguments that it names.
pub(crate) fn assert_sentence(id: &str, args: &tabane_model::Args) {
    for (language, source) in [
        ("en", include_str!("../../messages/en/study.ftl")),
        ("ja", include_str!("../../messages/ja/study.ftl")),
    ] {
        let start = format!("\n{id} =");
        let at = source.find(&start);
        let rest = &source[at.unwrap_or_else(|| panic!("{language} has no {id}")) + start.len()..];
        let sentence = rest.split_inclusive('\n').enumerate();
        let sentence: String = sentence
            .take_while(|(line, text)| *line == 0 || text.starts_with(' '))
            .map(|(_, text)| text)
            .collect();
        if sentence.contains("{ study-parameter }") {
            assert!(
                args.contains_key("parameter"),
                "{language} {id} wants the parameter"
            );
        }
        for named in sentence.split('$').skip(1) {
            let name: String = named
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                .collect();
            assert!(
                args.contains_key(&name),
                "{language} {id} wants ${name}, given are {args:?}"
            );
        }
    }
}
