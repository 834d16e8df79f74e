//! What is changed or left out for one model, as sentences.

use tabane_model::{Adaptation, AnswerForm, Study, StudyModel};

use crate::capability::{Capability, Effort, LengthName, SystemRole, capability};
use crate::number;
use crate::parameters::{Change, REASONING_EFFORT};
use crate::plan::Plan;

/// How the requests adapt to a model. A study whose requests cannot be made yet is told what holds for all of them.
#[must_use]
pub fn adaptations(study: &Study, model: &StudyModel) -> Vec<Adaptation> {
    let takes = capability(&model.provider, &model.model);
    let plan = Plan::draft(study, model).ok();
    let mut told = Vec::new();
    if !takes.known && !model.model.trim().is_empty() {
        told.push(Adaptation::new("model-unknown").with("model", model.model.as_str()));
    }
    let has_system = !study.prompt.system.trim().is_empty();
    match takes.system {
        SystemRole::Developer if has_system => told.push(Adaptation::new("system-as-developer")),
        SystemRole::InUserMessage if has_system => told.push(Adaptation::new("system-in-user-message")),
        SystemRole::System | SystemRole::Developer | SystemRole::InUserMessage => {}
    }
    let sheet = &study.answer_sheet;
    if sheet.form == AnswerForm::Structured && !sheet.fields.is_empty() && !takes.structured {
        told.push(Adaptation::new(if takes.known {
            "numbered-lines"
        } else {
            "numbered-lines-unknown"
        }));
    }
    let limited = !study.parameters.max_output_tokens.trim().is_empty();
    if limited && takes.length == LengthName::MaxCompletionTokens && thinks(&takes) {
        told.push(Adaptation::new("length-with-thinking"));
    }
    if let Some(plan) = plan {
        let total = plan.len();
        told.extend(changes(&plan).into_iter().map(|(change, count)| {
            sentence(&change, &takes)
                .with("count", count)
                .with("total", total)
        }));
    }
    told
}

fn thinks(takes: &Capability) -> bool {
    matches!(takes.effort, Effort::OneOf(_))
}

/// Each change and in how many requests it is made.
fn changes(plan: &Plan<'_>) -> Vec<(Change, u32)> {
    let mut counted: Vec<(Change, u32)> = Vec::new();
    if plan.asked.is_empty() {
        return counted;
    }
    let mut add = |position: u32, requests: u32| {
        // What has no result is a problem of the study, not an adaptation.
        let Ok(sent) = plan.asked.sent(&plan.scope(position), &plan.capability) else {
            return;
        };
        for change in sent.changes {
            match counted.iter_mut().find(|(known, _)| *known == change) {
                Some((_, count)) => *count += requests,
                None => counted.push((change, requests)),
            }
        }
    };
    if plan.by_trial {
        (0..plan.len()).for_each(|position| add(position, 1));
        return counted;
    }
    // The trials of a combination are alike: how many of each are sent, and where the first stands.
    let mut alike = vec![(0_u32, 0_u32); plan.combinations.len() as usize];
    for position in 0..plan.len() {
        if let Some((first, requests)) = alike.get_mut(plan.place(position) as usize) {
            if *requests == 0 {
                *first = position;
            }
            *requests += 1;
        }
    }
    for (first, requests) in alike.into_iter().filter(|(_, requests)| *requests > 0) {
        add(first, requests);
    }
    counted
}

fn sentence(change: &Change, takes: &Capability) -> Adaptation {
    match change {
        Change::Clamped(parameter, low, high) => Adaptation::new("clamped")
            .with("parameter", parameter.name())
            .with("low", number::shown(*low))
            .with("high", number::shown(*high)),
        Change::LeftOut(parameter) => Adaptation::new("left-out").with("parameter", *parameter),
        Change::LeftOutThinking(parameter) => {
            Adaptation::new("left-out-while-thinking").with("parameter", *parameter)
        }
        Change::EffortUnknown(effort) => {
            let known = match takes.effort {
                Effort::OneOf(known) => known.join(" / "),
                Effort::None | Effort::Any => String::new(),
            };
            Adaptation::new("effort-unknown")
                .with("parameter", REASONING_EFFORT)
                .with("effort", effort.as_str())
                .with("known", known)
        }
    }
}

#[cfg(test)]
mod tests;
