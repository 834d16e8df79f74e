//! What is changed for a model of a study: by what is known of the model, and to put it in the service's words.

use tabane_model::{Adaptation, ProviderId, Study, StudyModel};
use tabane_providers::{Asked, Options, write_line};
use tabane_study::Plan;

use super::build::URL;

pub(super) fn adapted(study: &Study, model: &StudyModel) -> Vec<Adaptation> {
    let mut told = tabane_study::adaptations(study, model);
    let by_service = by_service(study, model).unwrap_or_default();
    if !by_service.is_empty() {
        // "Everything is sent as the study says" would not be true.
        told.retain(|adaptation| adaptation.code != "model-unknown");
    }
    for change in by_service {
        let same = |known: &Adaptation| {
            known.code == change.code && known.args.get("parameter") == change.args.get("parameter")
        };
        if !told.iter().any(same) {
            told.push(change);
        }
    }
    told
}

/// All requests of a study for one model are built alike: what holds for the first holds for all.
fn by_service(study: &Study, model: &StudyModel) -> Option<Vec<Adaptation>> {
    let profile = tabane_providers::profile(&ProviderId::new(&model.provider))?;
    let plan = Plan::new(study, model).ok()?;
    let first = plan.requests().next()?.ok()?;
    let asked = Asked {
        wire_id: "a",
        url: URL,
        body: &first.body,
        model: None,
    };
    let written = write_line(profile, &asked, &Options::default()).ok()?;
    let total = plan.len();
    let counted = |change: Adaptation| change.with("count", total).with("total", total);
    Some(written.changes.into_iter().map(counted).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_service_demands_is_told_before_it_is_sent() {
        let sample = include_bytes!("../../../study/samples/emotions.en.tabane");
        let study = tabane_study::file::parse(sample).unwrap();
        let codes = |provider: &str, model: &str| -> Vec<String> {
            let model = StudyModel {
                provider: provider.to_owned(),
                model: model.to_owned(),
            };
            let told = adapted(&study, &model).into_iter();
            told.map(|adaptation| adaptation.code).collect()
        };
        let claude = codes("anthropic", "claude-haiku-5-5");
        assert!(claude.contains(&"length-added".to_owned()), "{claude:?}");
        let openrouter = codes("openrouter", "openai/gpt-oss-20b");
        assert!(openrouter.contains(&"batch-variant".to_owned()), "{openrouter:?}");
        assert!(!codes("openai", "gpt-4o").contains(&"length-added".to_owned()));
    }
}
