//! Shape, trials, which combinations, and how many requests come of them.

use std::collections::{BTreeMap, HashSet};

use tabane_model::{Shape, Study, StudyProblem, StudyStep, Subset};

use super::{error, too_many, warning};
use crate::design::{MOST_REQUESTS, count};
use crate::factor;

/// More requests than this are worth a second look. For one model.
const MANY: u32 = 1_000_000;

pub(super) fn check(study: &Study, problems: &mut Vec<StudyProblem>) {
    let design = &study.design;
    if design.trials == 0 {
        problems.push(error(StudyStep::Design, "design/trials", "trials-zero"));
    }
    if design.shape == Shape::List && study.factors.len() > 1 {
        let problem = error(StudyStep::Design, "design/shape", "list-several-factors");
        problems.push(problem.with("count", study.factors.len()));
    }
    check_rules(study, &design.include, "design/include", problems);
    check_rules(study, &design.exclude, "design/exclude", problems);
    match design.subset {
        Subset::EveryNth { step: 0 } => {
            problems.push(error(StudyStep::Design, "design/subset/step", "subset-zero"));
        }
        Subset::Random { count: 0, .. } => {
            problems.push(error(StudyStep::Design, "design/subset/count", "subset-zero"));
        }
        Subset::All | Subset::EveryNth { .. } | Subset::Random { .. } => {}
    }
    check_count(study, problems);
    if study.custom_id.trim().is_empty() {
        problems.push(error(StudyStep::Design, "custom_id", "custom-id-missing"));
    }
}

fn check_rules(
    study: &Study,
    rules: &[BTreeMap<String, String>],
    path: &str,
    problems: &mut Vec<StudyProblem>,
) {
    if rules.is_empty() {
        return;
    }
    let ids: Vec<HashSet<&str>> = study
        .factors
        .iter()
        .map(|of| {
            (0..of.levels.len())
                .map(|level| factor::level_id(of, level))
                .collect()
        })
        .collect();
    for (index, rule) in rules.iter().enumerate() {
        let path = format!("{path}/{index}");
        if rule.is_empty() {
            problems.push(error(StudyStep::Design, path, "rule-empty"));
            continue;
        }
        for (name, level) in rule {
            let path = format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"));
            let mut factors = study.factors.iter().zip(&ids);
            let Some((of, ids)) = factors.find(|(factor, _)| factor.name == *name) else {
                let problem = error(StudyStep::Design, path, "rule-unknown-factor");
                problems.push(problem.with("factor", name.as_str()));
                continue;
            };
            if !ids.contains(level.as_str()) {
                let problem = error(StudyStep::Design, path, "rule-unknown-level");
                problems.push(
                    problem
                        .with("factor", factor::label(of))
                        .with("level", level.as_str()),
                );
            }
        }
    }
}

fn check_count(study: &Study, problems: &mut Vec<StudyProblem>) {
    let counts = count(study);
    let crossed = counts.levels.iter().fold(1_u64, |product, levels| {
        product.saturating_mul(u64::from(*levels))
    });
    let designed = u64::from(counts.combinations).saturating_mul(u64::from(counts.trials));
    if crossed > u64::from(MOST_REQUESTS) || designed > u64::from(MOST_REQUESTS) {
        problems.push(too_many());
    } else if counts.combinations == 0 && crossed > 0 && !study.factors.is_empty() {
        problems.push(error(StudyStep::Design, "design", "nothing-left"));
    } else if counts.requests > MANY {
        let problem = warning(StudyStep::Design, "design", "requests-many");
        problems.push(problem.with("count", counts.requests));
    }
    if let Subset::Random { count: wanted, .. } = study.design.subset
        && designed > 0
        && u64::from(wanted) > designed
    {
        problems.push(
            warning(StudyStep::Design, "design/subset/count", "subset-larger")
                .with("wanted", wanted)
                .with("count", designed),
        );
    }
}
