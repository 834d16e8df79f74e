//! How the requests of a file fit a service: what is changed to suit it, and what its model will not take.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;
use tabane_model::{Adaptation, CheckReport, Failure, Fix, Rules};
use tabane_providers::{Asked, Options, Profile, write_line};
use tabane_study::capability::{Capability, LengthName, Sampling, capability};

use crate::failure;

/// What is found before anything is sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fit {
    /// With `count` and `total`.
    pub adaptations: Vec<Adaptation>,
    /// The first request that cannot be put in the service's words, with its `line` and the `count` of such.
    pub untranslatable: Option<Failure>,
}

/// Which requests.
pub(crate) struct Asking<'a> {
    pub file: &'a Path,
    pub rules: &'a Rules,
    pub fixes: &'a BTreeSet<Fix>,
    /// Replaces the model of every line.
    pub model: Option<&'a str>,
}

pub(crate) fn options(max_tokens: Option<u32>, cache_prompt: bool) -> Options {
    Options {
        max_tokens,
        cache_prompt,
    }
}

/// Counts adaptations of the same kind.
#[derive(Default)]
pub(crate) struct Counted {
    found: Vec<(Adaptation, u64)>,
    total: u64,
}

impl Counted {
    pub(crate) fn request(&mut self, changes: Vec<Adaptation>) {
        self.total += 1;
        for change in changes {
            match self.found.iter_mut().find(|(known, _)| *known == change) {
                Some((_, count)) => *count += 1,
                None => self.found.push((change, 1)),
            }
        }
    }

    /// Each with its `count` and the `total` of requests.
    pub(crate) fn told(self) -> Vec<Adaptation> {
        let total = self.total;
        self.found
            .into_iter()
            .map(|(change, count)| change.with("count", count).with("total", total))
            .collect()
    }
}

/// Reads the file once more. `stopped`: nobody waits for it any longer.
pub(crate) fn fit(
    profile: &Profile,
    asking: &Asking<'_>,
    report: &CheckReport,
    options: &Options,
    stopped: &dyn Fn() -> bool,
) -> Result<Fit, Failure> {
    // What a translation writes suits the model; anything else may still hold what it refuses.
    let translates = profile.translates();
    let adapts = translates || profile.adapts_requests();
    let is_particular = |model: &str| is_particular(&capability(profile.id, model));
    let particular = match asking.model {
        Some(model) => is_particular(model),
        None => report.models.iter().any(|(model, _)| is_particular(model)),
    };
    if !report.is_ok() || !(adapts || particular) {
        return Ok(Fit::default());
    }
    let mut counted = Counted::default();
    let mut untranslatable: Option<(Failure, u64)> = None;
    let requests = tabane_intake::requests(asking.file, asking.rules, asking.fixes).map_err(failure::of)?;
    for request in requests {
        if stopped() {
            return Err(Failure::new(failure::CLOSING));
        }
        let request = request.map_err(failure::of)?;
        let model = asking.model.or(request.model.as_deref());
        let mut changes = Vec::new();
        if adapts {
            let asked = Asked {
                wire_id: "a",
                url: &request.url,
                body: &request.body,
                model: asking.model,
            };
            match write_line(profile, &asked, options) {
                Ok(written) => changes = written.changes,
                Err(failure) => {
                    match &mut untranslatable {
                        Some((_, count)) => *count += 1,
                        None => untranslatable = Some((failure.with("line", request.line), 1)),
                    }
                    continue;
                }
            }
        }
        if !translates {
            changes.extend(refused(profile, model.unwrap_or_default(), &request.body));
        }
        counted.request(changes);
    }
    Ok(Fit {
        adaptations: counted.told(),
        untranslatable: untranslatable.map(|(failure, count)| failure.with("count", count)),
    })
}

/// It takes less than most do.
fn is_particular(takes: &Capability) -> bool {
    takes.known && (takes.sampling != Sampling::Always || !takes.penalties || !takes.seed)
}

/// Names of the fields that models are particular about.
#[derive(Deserialize)]
struct Body {
    temperature: Option<IgnoredAny>,
    top_p: Option<IgnoredAny>,
    max_tokens: Option<IgnoredAny>,
    seed: Option<IgnoredAny>,
    frequency_penalty: Option<IgnoredAny>,
    presence_penalty: Option<IgnoredAny>,
    reasoning_effort: Option<String>,
}

/// A body in the service's own shape goes out as it is; the service will refuse these fields row by row.
fn refused(profile: &Profile, model: &str, body: &str) -> Vec<Adaptation> {
    let takes = capability(profile.id, model);
    let Ok(body) = serde_json::from_str::<Body>(body) else {
        return Vec::new();
    };
    if !takes.known {
        return Vec::new();
    }
    let samples = match takes.sampling {
        Sampling::Always => true,
        Sampling::Never => false,
        Sampling::WithoutThinking { by_default } => body
            .reasoning_effort
            .as_deref()
            .map_or(by_default, |effort| effort == "none"),
    };
    let thinks = takes.sampling != Sampling::Always && takes.length == LengthName::MaxCompletionTokens;
    [
        ("temperature", body.temperature.is_some() && !samples),
        ("top_p", body.top_p.is_some() && !samples),
        ("max_tokens", body.max_tokens.is_some() && thinks),
        ("seed", body.seed.is_some() && !takes.seed),
        (
            "frequency_penalty",
            body.frequency_penalty.is_some() && !takes.penalties,
        ),
        (
            "presence_penalty",
            body.presence_penalty.is_some() && !takes.penalties,
        ),
    ]
    .into_iter()
    .filter(|(_, refused)| *refused)
    .map(|(parameter, _)| Adaptation::new("will-be-refused").with("parameter", parameter))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tabane_model::ProviderId;

    #[test]
    fn what_a_model_refuses_is_said_by_parameter() {
        let openai = tabane_providers::profile(&ProviderId::new("openai")).unwrap();
        let body = r#"{"model":"gpt-6-luna","messages":[],"temperature":0.7,"max_tokens":9,"seed":1}"#;
        let told: Vec<_> = refused(openai, "gpt-6-luna", body)
            .into_iter()
            .map(|adaptation| adaptation.args["parameter"].clone())
            .collect();
        assert_eq!(told, ["temperature".into(), "max_tokens".into()]);
        let without_thinking = r#"{"temperature":0.7,"reasoning_effort":"none"}"#;
        assert!(refused(openai, "gpt-6-luna", without_thinking).is_empty());
        assert!(refused(openai, "nobody-knows-me", body).is_empty());
    }

    #[test]
    fn the_same_change_is_counted_once() {
        let mut counted = Counted::default();
        let seed = || Adaptation::new("left-out").with("parameter", "seed");
        counted.request(vec![
            seed(),
            Adaptation::new("length-added").with("length", 4_096_u32),
        ]);
        counted.request(vec![seed()]);
        counted.request(Vec::new());
        let told = counted.told();
        assert_eq!(told[0], seed().with("count", 2_u32).with("total", 3_u32));
        assert_eq!(told.len(), 2);
    }
}
