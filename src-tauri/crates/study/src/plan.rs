//! A study and one of its models as the requests that will be sent.

use serde_json::value::RawValue;
use tabane_model::{AnswerForm, RequestPreview, Severity, Span, Study, StudyModel, StudyProblem, StudyStep};

use crate::answers;
use crate::body::{self, Body, Joined};
use crate::capability::{Capability, SystemRole, capability};
use crate::check::{check, error};
use crate::design::{Combinations, Sequence};
use crate::factor;
use crate::parameters::{Asked, Parameter, Sent};
use crate::requests::{Built, Requests};
use crate::template::Template;
use crate::template::scope::{Reference, Scope};

/// All requests of one model. It borrows the study and holds no texts: requests are made when they are asked for.
pub struct Plan<'a> {
    model: &'a StudyModel,
    pub(crate) capability: Capability,
    pub(crate) combinations: Combinations<'a>,
    pub(crate) sequence: Sequence,
    pub(crate) trials: u32,
    system: Template<'a>,
    user: Template<'a>,
    pub(crate) custom_id: Template<'a>,
    pub(crate) asked: Asked<'a>,
    /// As the model reads it; empty without fields.
    answer_sheet: String,
    sheet_is_named: bool,
    response_format: Option<Box<RawValue>>,
    /// Something but the id depends on the trial.
    pub(crate) by_trial: bool,
}

struct Messages {
    system: Vec<Span>,
    user: Vec<Span>,
}

impl<'a> Plan<'a> {
    /// The requests of a finished study.
    ///
    /// # Errors
    /// Everything that [`check`] finds wrong (not its warnings).
    pub fn new(study: &'a Study, model: &'a StudyModel) -> Result<Self, Vec<StudyProblem>> {
        let mut problems = check(study);
        problems.retain(|problem| problem.severity == Severity::Error);
        if problems.is_empty() {
            Self::draft(study, model)
        } else {
            Err(problems)
        }
    }

    /// The requests as far as the study stands, for looking at them: the answer sheet may be unfinished, ids may
    /// be double.
    ///
    /// # Errors
    /// What keeps requests from being made at all.
    pub fn draft(study: &'a Study, model: &'a StudyModel) -> Result<Self, Vec<StudyProblem>> {
        let mut problems = Vec::new();
        let mut template = |source: &'a str, step, path: &str| {
            let made = Template::new(source, &study.factors);
            let mut tell = |fault: crate::template::Fault| problems.push(fault.problem(source, step, path));
            made.map_err(|faults| faults.into_iter().for_each(&mut tell)).ok()
        };
        let system = template(&study.prompt.system, StudyStep::Prompt, "prompt/system");
        let user = template(&study.prompt.user, StudyStep::Prompt, "prompt/user");
        let custom_id = template(&study.custom_id, StudyStep::Design, "custom_id");
        let asked = Asked::new(&study.parameters, &study.factors);
        let asked = asked.map_err(|found| problems.extend(found)).ok();
        let combinations = Combinations::new(study);
        let sequence = combinations
            .as_ref()
            .and_then(|all| Sequence::new(all.len(), &study.design));
        match (&combinations, &sequence) {
            (Some(_), Some(sequence)) if sequence.len() > 0 => {}
            (Some(_), Some(_)) => problems.push(error(StudyStep::Design, "design", "nothing-to-send")),
            _ => problems.push(crate::check::too_many()),
        }
        let (
            Some(system),
            Some(user),
            Some(custom_id),
            Some(asked),
            Some(combinations),
            Some(sequence),
            true,
        ) = (
            system,
            user,
            custom_id,
            asked,
            combinations,
            sequence,
            problems.is_empty(),
        )
        else {
            return Err(problems);
        };
        let capability = capability(&model.provider, &model.model);
        let (answer_sheet, response_format) = sheet(study, &capability);
        let names = |reference| system.names(reference) || user.names(reference);
        Ok(Self {
            model,
            capability,
            combinations,
            sequence,
            trials: study.design.trials,
            sheet_is_named: names(Reference::AnswerSheet),
            by_trial: names(Reference::Trial) || asked.references().any(|used| used == Reference::Trial),
            system,
            user,
            custom_id,
            asked,
            answer_sheet,
            response_format,
        })
    }

    /// Requests for this model.
    #[must_use]
    #[allow(clippy::len_without_is_empty)] // there is always at least one
    pub fn len(&self) -> u32 {
        self.sequence.len()
    }

    /// All requests in the order in which they are sent.
    ///
    /// An item is a problem where a template with conditions or filters fails in this one request, or a formula in a
    /// draft; nothing of the job may be sent then.
    #[must_use]
    pub fn requests(&self) -> Requests<'_, 'a> {
        Requests::new(self)
    }

    /// One request as it will be sent; a position behind the end is the last.
    ///
    /// # Errors
    /// What keeps this request from being made.
    pub fn preview(&self, position: u32) -> Result<RequestPreview, StudyProblem> {
        let position = position.min(self.len() - 1);
        let scope = self.scope(position);
        let messages = self.messages(&scope)?;
        let sent = self.asked.sent(&scope, &self.capability)?;
        let body = self.body(&messages, &sent)?;
        let levels = scope.factors().iter().enumerate().map(|(index, factor)| {
            let name = factor::level_name(factor, scope.level(index));
            (factor::label(factor).to_owned(), name.to_owned())
        });
        let characters = Joined(&messages.system).characters() + Joined(&messages.user).characters();
        Ok(RequestPreview {
            position,
            total: self.len(),
            custom_id: self.custom_id(&scope)?,
            levels: levels.collect(),
            trial: scope.trial,
            parameters: self.asked.shown(&scope, &sent),
            system: messages.system,
            user: messages.user,
            characters: u32::try_from(characters).unwrap_or(u32::MAX),
            body: indented(&body),
        })
    }

    pub(crate) fn scope(&self, position: u32) -> Scope<'_> {
        let number = self.sequence.at(position);
        Scope {
            combinations: &self.combinations,
            combination: self.combinations.at(number / self.trials),
            trial: number % self.trials + 1,
            answer_sheet: &self.answer_sheet,
        }
    }

    /// The place of the combination among those that are kept.
    pub(crate) fn place(&self, position: u32) -> u32 {
        self.sequence.at(position) / self.trials
    }

    pub(crate) fn custom_id(&self, scope: &Scope<'_>) -> Result<String, StudyProblem> {
        self.custom_id
            .render(scope)
            .map_err(|fault| fault.problem("", StudyStep::Design, "custom_id"))
    }

    /// The messages as the model gets them.
    fn messages(&self, scope: &Scope<'_>) -> Result<Messages, StudyProblem> {
        let spans = |template: &Template<'_>, path: &str| {
            template
                .spans(scope)
                .map_err(|fault| fault.problem("", StudyStep::Prompt, path))
        };
        let mut system = spans(&self.system, "prompt/system")?;
        let mut user = spans(&self.user, "prompt/user")?;
        if !self.sheet_is_named && !self.answer_sheet.is_empty() {
            user.extend(own(empty_line_after(&user)));
            user.push(Span {
                text: self.answer_sheet.clone(),
                column: Some(Reference::AnswerSheet.shown(&[])),
            });
        }
        if self.capability.system == SystemRole::InUserMessage && !system.is_empty() {
            system.extend(own(empty_line_after(&system)));
            system.append(&mut user);
            user = std::mem::take(&mut system);
        }
        Ok(Messages { system, user })
    }

    fn body(&self, messages: &Messages, sent: &Sent) -> Result<String, StudyProblem> {
        let format = self.response_format.as_deref();
        let texts = (messages.system.as_slice(), messages.user.as_slice());
        Body::new(&self.model.model, texts, sent, &self.capability, format)
            .json()
            // Strings and finite numbers always can be written; should that change, nothing is sent.
            .map_err(|error_| {
                error(StudyStep::Prompt, "prompt", "template-not-rendered").with("detail", error_.to_string())
            })
    }

    pub(crate) fn build(&self, scope: &Scope<'_>) -> Result<Built, StudyProblem> {
        let messages = self.messages(scope)?;
        let sent = self.asked.sent(scope, &self.capability)?;
        Ok(Built {
            body: self.body(&messages, &sent)?.into(),
            temperature: sent.number(Parameter::Temperature),
        })
    }

    /// Templates with conditions or filters may fail in single requests: the first of these many are tried.
    pub(crate) fn try_templates(&self, most: u32) -> Result<(), StudyProblem> {
        if self.system.plain().is_some() && self.user.plain().is_some() {
            return Ok(());
        }
        (0..self.len().min(most)).try_for_each(|position| self.messages(&self.scope(position)).map(drop))
    }

    pub(crate) fn references(&self) -> impl Iterator<Item = Reference> {
        let texts = self.system.references().chain(self.user.references());
        texts.chain(self.asked.references())
    }

    pub(crate) fn messages_name(&self, factor: usize, column: usize) -> bool {
        let reference = Reference::Column { factor, column };
        self.system.names(reference) || self.user.names(reference)
    }
}

/// The answer sheet in words, and as a schema where the model takes one.
fn sheet(study: &Study, capability: &Capability) -> (String, Option<Box<RawValue>>) {
    let sheet = &study.answer_sheet;
    if sheet.fields.is_empty() {
        return (String::new(), None);
    }
    let structured = sheet.form == AnswerForm::Structured && capability.structured;
    let format = structured.then(|| body::response_format(sheet).ok()).flatten();
    let words = answers::written_out(sheet, &study.language, format.is_some());
    (words, format)
}

fn own(text: &str) -> Option<Span> {
    let span = Span {
        text: text.to_owned(),
        column: None,
    };
    (!text.is_empty()).then_some(span)
}

/// The line ends that are missing for an empty line at the end.
fn empty_line_after(spans: &[Span]) -> &'static str {
    let text = Joined(spans).to_string();
    if text.is_empty() || text.ends_with("\n\n") {
        ""
    } else if text.ends_with('\n') {
        "\n"
    } else {
        "\n\n"
    }
}

fn indented(body: &str) -> String {
    let value: Result<serde_json::Value, _> = serde_json::from_str(body);
    value
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| body.to_owned())
}

#[cfg(test)]
mod tests;
