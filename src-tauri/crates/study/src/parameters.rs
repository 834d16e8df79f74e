//! What is asked of the model beside the words: read once, calculated for each request, and fitted to the model.

use tabane_model::{Factor, Parameters, Severity, StudyProblem, StudyStep};

use crate::capability::Capability;
use crate::check::error;
use crate::factor;
use crate::formula::{self, Formula, NoResult};
use crate::number;
use crate::template::scope::{Reference, Scope};
use crate::template::{self, Template};

/// A parameter that is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Parameter {
    Temperature,
    TopP,
    MaxOutputTokens,
    Seed,
    FrequencyPenalty,
    PresencePenalty,
}

pub(crate) const REASONING_EFFORT: &str = "reasoning_effort";

impl Parameter {
    const ALL: [Self; 6] = [
        Self::Temperature,
        Self::TopP,
        Self::MaxOutputTokens,
        Self::Seed,
        Self::FrequencyPenalty,
        Self::PresencePenalty,
    ];

    /// As the study file names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Temperature => "temperature",
            Self::TopP => "top_p",
            Self::MaxOutputTokens => "max_output_tokens",
            Self::Seed => "seed",
            Self::FrequencyPenalty => "frequency_penalty",
            Self::PresencePenalty => "presence_penalty",
        }
    }

    fn source(self, parameters: &Parameters) -> &str {
        match self {
            Self::Temperature => &parameters.temperature,
            Self::TopP => &parameters.top_p,
            Self::MaxOutputTokens => &parameters.max_output_tokens,
            Self::Seed => &parameters.seed,
            Self::FrequencyPenalty => &parameters.frequency_penalty,
            Self::PresencePenalty => &parameters.presence_penalty,
        }
    }

    /// Whole numbers only, and these: no model takes others.
    fn whole(self) -> Option<(f64, f64)> {
        match self {
            // 2,147,483,647 is what services that store 32 bits still take.
            Self::MaxOutputTokens => Some((1.0, 2_147_483_647.0)),
            Self::Seed => Some((-number::LARGEST_WHOLE, number::LARGEST_WHOLE)),
            Self::Temperature | Self::TopP | Self::FrequencyPenalty | Self::PresencePenalty => None,
        }
    }

    /// Within what it is kept: openai/openai-openapi v2.3.0 of 2026-08-21; the temperature is the model's own.
    fn range(self, capability: &Capability) -> (f64, f64) {
        match self {
            Self::Temperature => capability.temperature,
            Self::TopP => (0.0, 1.0),
            Self::FrequencyPenalty | Self::PresencePenalty => (-2.0, 2.0),
            Self::MaxOutputTokens | Self::Seed => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }

    fn is_sampling(self) -> bool {
        matches!(self, Self::Temperature | Self::TopP)
    }

    fn is_taken(self, capability: &Capability, effort: Option<&str>) -> bool {
        match self {
            Self::Temperature | Self::TopP => capability.samples(effort),
            Self::FrequencyPenalty | Self::PresencePenalty => capability.penalties,
            Self::Seed => capability.seed,
            Self::MaxOutputTokens => true,
        }
    }
}

/// The parameters of a study, read.
pub(crate) struct Asked<'a> {
    formulas: Vec<(Parameter, Formula)>,
    effort: Option<Template<'a>>,
}

/// The parameters of one request as they are sent.
#[derive(Default)]
pub(crate) struct Sent {
    numbers: Vec<(Parameter, f64)>,
    pub(crate) effort: Option<String>,
    pub(crate) changes: Vec<Change>,
}

/// What was changed for the model.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Change {
    /// Brought into the range.
    Clamped(Parameter, f64, f64),
    /// Never taken.
    LeftOut(&'static str),
    /// Not taken while the model thinks.
    LeftOutThinking(&'static str),
    /// A value of `reasoning_effort` that the model does not know.
    EffortUnknown(String),
}

impl<'a> Asked<'a> {
    pub(crate) fn new(parameters: &'a Parameters, factors: &[Factor]) -> Result<Self, Vec<StudyProblem>> {
        let mut problems = Vec::new();
        let mut formulas = Vec::new();
        for parameter in Parameter::ALL {
            let source = parameter.source(parameters);
            if source.trim().is_empty() {
                continue;
            }
            match Formula::new(source, factors) {
                Ok(formula) => formulas.push((parameter, formula)),
                Err(fault) => problems.push(formula_problem(fault, source, parameter)),
            }
        }
        let source = parameters.reasoning_effort.trim();
        let mut effort = None;
        if !source.is_empty() {
            match Template::new(source, factors) {
                Ok(template) => effort = Some(template),
                Err(faults) => problems.extend(faults.into_iter().map(|fault| effort_problem(fault, source))),
            }
        }
        if problems.is_empty() {
            Ok(Self { formulas, effort })
        } else {
            Err(problems)
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.formulas.is_empty() && self.effort.is_none()
    }

    pub(crate) fn references(&self) -> impl Iterator<Item = Reference> {
        let formulas = self.formulas.iter().flat_map(|(_, formula)| formula.references());
        formulas.chain(self.effort.iter().flat_map(Template::references))
    }

    /// The numbers before any model is asked for what it takes.
    pub(crate) fn numbers(&self, scope: &Scope<'_>) -> Result<Vec<(Parameter, f64)>, StudyProblem> {
        self.formulas
            .iter()
            .map(|(parameter, formula)| {
                let value = formula
                    .value(scope)
                    .map_err(|why| no_result(&why, *parameter, scope))?;
                whole_problem(*parameter, value).map_or(Ok((*parameter, value)), Err)
            })
            .collect()
    }

    /// What is sent to a model in one request.
    pub(crate) fn sent(&self, scope: &Scope<'_>, capability: &Capability) -> Result<Sent, StudyProblem> {
        let mut sent = Sent::default();
        if let Some(template) = &self.effort {
            let effort = template
                .render(scope)
                .map_err(|fault| effort_problem(fault, ""))?;
            sent.take_effort(effort.trim(), capability);
        }
        for (parameter, value) in self.numbers(scope)? {
            sent.take(parameter, value, capability);
        }
        Ok(sent)
    }

    /// Name and `0.7 + 0.1 = 0.8` of all that is sent.
    pub(crate) fn shown(&self, scope: &Scope<'_>, sent: &Sent) -> Vec<(String, String)> {
        let numbers = sent.numbers.iter().filter_map(|(parameter, value)| {
            let (_, formula) = self.formulas.iter().find(|(asked, _)| asked == parameter)?;
            let mut text = formula.shown(scope).ok()?;
            let changed =
                |change: &Change| matches!(change, Change::Clamped(clamped, ..) if clamped == parameter);
            if sent.changes.iter().any(changed) {
                text = format!("{text} → {}", number::shown(*value));
            }
            Some((parameter.name().to_owned(), text))
        });
        let effort = sent
            .effort
            .iter()
            .map(|effort| (REASONING_EFFORT.to_owned(), effort.clone()));
        numbers.chain(effort).collect()
    }
}

impl Sent {
    pub(crate) fn number(&self, wanted: Parameter) -> Option<f64> {
        let found = self.numbers.iter().find(|(parameter, _)| *parameter == wanted);
        found.map(|(_, value)| *value)
    }

    fn take_effort(&mut self, effort: &str, capability: &Capability) {
        if effort.is_empty() {
            return;
        }
        if capability.knows_effort(effort) {
            self.effort = Some(effort.to_owned());
        } else if capability.effort == crate::capability::Effort::None {
            self.changes.push(Change::LeftOut(REASONING_EFFORT));
        } else {
            self.changes.push(Change::EffortUnknown(effort.to_owned()));
        }
    }

    fn take(&mut self, parameter: Parameter, value: f64, capability: &Capability) {
        if !parameter.is_taken(capability, self.effort.as_deref()) {
            let thinking = parameter.is_sampling() && capability.samples(Some("none"));
            self.changes.push(if thinking {
                Change::LeftOutThinking(parameter.name())
            } else {
                Change::LeftOut(parameter.name())
            });
            return;
        }
        let (low, high) = parameter.range(capability);
        let kept = value.clamp(low, high);
        if kept.total_cmp(&value).is_ne() {
            self.changes.push(Change::Clamped(parameter, low, high));
        }
        self.numbers.push((parameter, kept));
    }
}

fn path(parameter: &str) -> String {
    format!("parameters/{parameter}")
}

fn formula_problem(fault: formula::Fault, source: &str, parameter: Parameter) -> StudyProblem {
    let path = path(parameter.name());
    match fault {
        formula::Fault::Unreadable(range) => {
            let characters = |end: usize| source.get(..end).unwrap_or(source).chars().count();
            error(StudyStep::Prompt, path, "formula-unreadable")
                .with("from", characters(range.start))
                .with("to", characters(range.end))
        }
        formula::Fault::Unknown(why, used) => {
            template::Fault::Unknown { why, used }.problem(source, StudyStep::Prompt, &path)
        }
    }
    .with("parameter", parameter.name())
}

fn effort_problem(fault: template::Fault, source: &str) -> StudyProblem {
    fault.problem(source, StudyStep::Prompt, &path(REASONING_EFFORT))
}

fn no_result(why: &NoResult, parameter: Parameter, scope: &Scope<'_>) -> StudyProblem {
    match *why {
        NoResult::Cell {
            factor,
            level,
            column,
        } => cell_problem(scope.factors(), factor, level, column, parameter.name()),
        NoResult::Endless => error(StudyStep::Prompt, path(parameter.name()), "formula-no-result"),
        NoResult::Words => error(StudyStep::Prompt, path(parameter.name()), "formula-words"),
    }
    .with("parameter", parameter.name())
}

/// A cell that holds no number, named by factor, level and column.
pub(crate) fn cell_problem(
    factors: &[Factor],
    factor: usize,
    level: usize,
    column: usize,
    parameter: &str,
) -> StudyProblem {
    let cell = factors
        .get(factor)
        .map_or("", |of| factor::cell(of, level, column));
    let code = if cell.trim().is_empty() {
        "cell-empty-number"
    } else {
        "cell-not-a-number"
    };
    let place = format!("factors/{factor}/levels/{level}/{column}");
    let problem = error(StudyStep::Data, place, code).with("parameter", parameter);
    factors.get(factor).map_or(problem.clone(), |of| {
        problem
            .with("factor", factor::label(of))
            .with("level", factor::level_name(of, level))
            .with("column", of.columns.get(column).map_or("", String::as_str))
            .with("cell", cell)
    })
}

fn whole_problem(parameter: Parameter, value: f64) -> Option<StudyProblem> {
    let (low, high) = parameter.whole()?;
    let code = if value.fract() != 0.0 {
        "parameter-not-whole"
    } else if value < low || value > high {
        "parameter-out-of-range"
    } else {
        return None;
    };
    let problem = StudyProblem::new(StudyStep::Prompt, path(parameter.name()), code, Severity::Error);
    Some(
        problem
            .with("parameter", parameter.name())
            .with("value", number::shown(value))
            .with("low", number::shown(low))
            .with("high", number::shown(high)),
    )
}
