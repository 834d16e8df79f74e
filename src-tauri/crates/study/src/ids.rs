//! Are the readable ids unique?

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use tabane_model::StudyProblem;

use crate::factor;
use crate::plan::Plan;
use crate::template::Piece;
use crate::template::scope::Reference;

/// An id that two requests would get.
pub(crate) fn double(plan: &Plan<'_>) -> Result<Option<String>, StudyProblem> {
    if can_be_taken_apart(plan) {
        return Ok(None);
    }
    search(plan)
}

/// Can everything that tells requests apart be read back from an id? Then no two are the same, however many there
/// are: each factor with more than one level is named by a column without doubles, the trial is named, and behind
/// each name stands a letter that does not occur in it (`p1_rain_n3`).
fn can_be_taken_apart(plan: &Plan<'_>) -> bool {
    let Some(pieces) = plan.custom_id.plain() else {
        return false;
    };
    let factors = plan.combinations.factors();
    let mut named = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Name(reference) = piece else { continue };
        let end = match pieces.get(at + 1) {
            Some(Piece::Text(text)) => text.chars().next(),
            _ => None,
        };
        let is_last = !pieces
            .iter()
            .skip(at + 1)
            .any(|piece| matches!(piece, Piece::Name(_)));
        let ends = is_last || end.is_some_and(|end| !occurs(plan, *reference, end));
        if !ends {
            return false;
        }
        named.push(*reference);
    }
    let told_apart = |(index, of): (usize, &tabane_model::Factor)| {
        of.levels.len() < 2
            || named.iter().any(|reference| match reference {
                Reference::Column { factor, column } => *factor == index && is_unique(of, *column),
                Reference::Trial | Reference::AnswerSheet => false,
            })
    };
    let trial = plan.trials < 2 || named.contains(&Reference::Trial);
    trial && factors.iter().enumerate().all(told_apart)
}

fn occurs(plan: &Plan<'_>, reference: Reference, letter: char) -> bool {
    match reference {
        Reference::Trial => letter.is_ascii_digit(),
        Reference::AnswerSheet => true,
        Reference::Column { factor, column } => plan.combinations.factors().get(factor).is_none_or(|of| {
            (0..of.levels.len()).any(|level| factor::cell(of, level, column).contains(letter))
        }),
    }
}

fn is_unique(of: &tabane_model::Factor, column: usize) -> bool {
    let mut seen = BTreeSet::new();
    (0..of.levels.len()).all(|level| seen.insert(factor::cell(of, level, column)))
}

/// Makes all ids, and compares those whose hashes are the same. Eight bytes a request are held meanwhile.
fn search(plan: &Plan<'_>) -> Result<Option<String>, StudyProblem> {
    let hash = |position| {
        let mut hasher = DefaultHasher::new();
        plan.custom_id(&plan.scope(position))?.hash(&mut hasher);
        Ok(hasher.finish())
    };
    let mut hashes = (0..plan.len())
        .map(hash)
        .collect::<Result<Vec<u64>, StudyProblem>>()?;
    hashes.sort_unstable();
    for double in hashes
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
    {
        let mut same: BTreeSet<String> = BTreeSet::new();
        for position in 0..plan.len() {
            if hash(position)? != double {
                continue;
            }
            let id = plan.custom_id(&plan.scope(position))?;
            if same.contains(&id) {
                return Ok(Some(id));
            }
            // Different texts with the same hash are no doubles.
            same.insert(id);
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{factor, numbered, study};

    fn plan_of(template: &str, check: impl FnOnce(&Plan<'_>)) {
        let persona = factor("a", &[&["id", "name"], &["1", "x_"], &["11", "y"], &["2", "y"]]);
        let mut study = study(vec![persona, numbered("b", 12)], 3);
        study.custom_id = template.to_owned();
        let model = study.models[0].clone();
        check(&Plan::draft(&study, &model).unwrap());
    }

    #[test]
    fn ids_that_can_be_taken_apart_need_no_search() {
        for (template, apart) in [
            ("{{a.id}}_{{b.id}}_n{{trial}}", true),
            ("n{{trial}}-{{b.id}}-{{a.id}}", true),
            ("{{a.name}}|{{a.id}}|{{b.id}}|{{trial}}", true),
            // The trial or a factor is not named, a column has doubles, an end cannot be seen.
            ("{{a.id}}_{{b.id}}", false),
            ("{{a.id}}_{{trial}}", false),
            ("{{a.name}}|{{b.id}}|{{trial}}", false),
            ("{{a.id}}{{b.id}}_{{trial}}", false),
            ("{{a.id}}1{{b.id}}_{{trial}}", false),
            ("{{a.name}}_{{a.id}}_{{b.id}}_{{trial}}", false),
            ("{{ a.id|upper }}_{{b.id}}_{{trial}}", false),
        ] {
            plan_of(template, |plan| {
                assert_eq!(can_be_taken_apart(plan), apart, "{template}");
            });
        }
    }

    #[test]
    fn others_are_searched() {
        plan_of("{{a.name}}_{{a.id}}_{{b.id}}_{{trial}}", |plan| {
            assert_eq!(double(plan), Ok(None));
        });
        plan_of("{{ a.id|upper }}_{{b.id}}_{{trial}}", |plan| {
            assert_eq!(double(plan), Ok(None));
        });
        // 1 and 11_1 ... : "1" "11" is "11" "1".
        plan_of("{{a.id}}{{b.id}}_{{trial}}", |plan| {
            assert!(matches!(double(plan), Ok(Some(id)) if id.starts_with("11")));
        });
    }

    proptest! {
        #[test]
        fn what_can_be_taken_apart_has_no_doubles(
            cells in prop::collection::vec("[01_-]{0,3}", 1..5),
            others in prop::collection::vec("[01_-]{0,3}", 1..5),
            parts in prop::collection::vec(prop::sample::select(vec!["{{a.id}}", "{{b.id}}", "{{trial}}", "_", "-", "1"]), 1..8),
        ) {
            let of = |name: &str, cells: &[String]| tabane_model::Factor {
                levels: cells.iter().map(|cell| vec![cell.clone()]).collect(),
                ..numbered(name, 0)
            };
            let mut study = study(vec![of("a", &cells), of("b", &others)], 2);
            study.custom_id = parts.concat();
            let model = study.models[0].clone();
            let plan = Plan::draft(&study, &model).unwrap();
            let ids: Vec<String> = plan.requests().map(|request| request.unwrap().custom_id).collect();
            let unique = ids.iter().collect::<BTreeSet<_>>().len() == ids.len();
            prop_assert_eq!(search(&plan).unwrap().is_none(), unique);
            prop_assert!(unique || !can_be_taken_apart(&plan));
        }
    }
}
