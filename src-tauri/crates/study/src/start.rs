//! How a study begins, and the names that follow its factors.

use tabane_model::{
    AnswerForm, AnswerSheet, Design, Factor, Order, Parameters, Prompt, STUDY_FORMAT, Shape, Study, Subset,
};

use crate::factor;

/// A study of which nothing is decided yet but the language of its answer sheet (`en` or `ja`).
#[must_use]
pub fn empty(language: &str) -> Study {
    Study {
        tabane: STUDY_FORMAT,
        title: String::new(),
        language: language.to_owned(),
        factors: Vec::new(),
        design: Design {
            shape: Shape::Crossed,
            trials: 1,
            include: Vec::new(),
            exclude: Vec::new(),
            order: Order::AsDesigned,
            subset: Subset::All,
        },
        prompt: Prompt::default(),
        parameters: Parameters::default(),
        answer_sheet: AnswerSheet {
            form: AnswerForm::Structured,
            fields: Vec::new(),
        },
        models: Vec::new(),
        custom_id: custom_id(&[]),
    }
}

/// The readable id that a study of these factors begins with: their level ids and the trial.
pub(crate) fn custom_id(factors: &[Factor]) -> String {
    let mut pattern = String::new();
    for factor in factors {
        let id = factor
            .columns
            .get(factor::id_column(factor))
            .map_or("id", String::as_str);
        pattern.push_str(&factor::placeholder(&factor.name, id));
        pattern.push('_');
    }
    pattern + "n{{trial}}"
}

/// A change of the factors changes the readable id too, as long as nobody has written another one.
pub fn follow_factors(before: &Study, changed: &mut Study) {
    if changed.custom_id == before.custom_id && before.custom_id == custom_id(&before.factors) {
        changed.custom_id = custom_id(&changed.factors);
    }
}

/// Every name that a template of these factors can use, such as `persona.name`.
#[must_use]
pub fn names(factors: &[Factor]) -> Vec<String> {
    let columns = factors.iter().flat_map(|factor| {
        let placeholder = |column: &String| factor::placeholder(&factor.name, column);
        factor.columns.iter().map(placeholder)
    });
    let bare = columns.map(|placeholder| {
        placeholder
            .trim_start_matches('{')
            .trim_end_matches('}')
            .to_owned()
    });
    bare.chain(["trial".to_owned(), "answer_sheet".to_owned()])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factor(name: &str, columns: &[&str]) -> Factor {
        Factor {
            name: name.to_owned(),
            label: String::new(),
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
            levels: Vec::new(),
        }
    }

    #[test]
    fn the_readable_id_follows_the_factors_until_somebody_writes_one() {
        let before = empty("ja");
        assert_eq!(before.custom_id, "n{{trial}}");
        let mut changed = before.clone();
        changed.factors = vec![factor("persona", &["name", "id"]), factor("text", &["題 名"])];
        follow_factors(&before, &mut changed);
        assert_eq!(changed.custom_id, "{{persona.id}}_{{text[\"題 名\"]}}_n{{trial}}");
        let mut own = changed.clone();
        own.custom_id = "x{{trial}}".to_owned();
        own.factors.pop();
        follow_factors(&changed, &mut own);
        assert_eq!(own.custom_id, "x{{trial}}");
    }

    #[test]
    fn names_as_a_template_says_them() {
        let factors = [factor("persona", &["id", "my column"])];
        assert_eq!(
            names(&factors),
            ["persona.id", "persona[\"my column\"]", "trial", "answer_sheet"]
        );
    }
}
