//! Something wrong with a line, before it is known how it is shown.

use std::collections::BTreeSet;
use std::ops::Range;

use tabane_model::{Arg, Fix, Problem, Severity};

use crate::excerpt::excerpt;

/// Made for every problem of a file, of which there may be millions: the excerpt is cut only when it is shown.
#[derive(Debug)]
pub(crate) struct Flaw {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    args: Vec<(&'static str, Arg)>,
    /// Bytes of the line.
    pub(crate) at: Option<Range<usize>>,
    fix: Option<Fix>,
    /// About the whole file: leaving out a line does not help.
    pub(crate) whole_file: bool,
}

impl Flaw {
    pub(crate) fn new(code: &'static str, severity: Severity) -> Self {
        Self {
            code,
            severity,
            args: Vec::new(),
            at: None,
            fix: None,
            whole_file: false,
        }
    }

    pub(crate) fn error(code: &'static str) -> Self {
        Self::new(code, Severity::Error)
    }

    pub(crate) fn warning(code: &'static str) -> Self {
        Self::new(code, Severity::Warning)
    }

    pub(crate) fn of_file(code: &'static str) -> Self {
        Self {
            whole_file: true,
            ..Self::new(code, Severity::Error)
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    pub(crate) fn at(mut self, at: impl Into<Option<Range<usize>>>) -> Self {
        self.at = at.into();
        self
    }

    pub(crate) fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// The fix that is offered: a safe one, else leaving the line out.
    fn offered(&self) -> Option<Fix> {
        self.fix
            .clone()
            .or_else(|| self.leaving_out().filter(|_| self.severity == Severity::Error))
    }

    /// The fix that was chosen for this, if any.
    pub(crate) fn chosen(&self, fixes: &BTreeSet<Fix>) -> Option<Fix> {
        if fixes.is_empty() {
            return None;
        }
        [self.fix.clone(), self.leaving_out()]
            .into_iter()
            .flatten()
            .find(|fix| fixes.contains(fix))
    }

    /// Whether its line is dropped.
    pub(crate) fn leaves_out(&self, fixes: &BTreeSet<Fix>) -> bool {
        matches!(self.chosen(fixes), Some(Fix::LeaveOut { .. }))
    }

    fn leaving_out(&self) -> Option<Fix> {
        (!self.whole_file).then(|| Fix::LeaveOut {
            code: self.code.to_owned(),
        })
    }

    pub(crate) fn problem(&self, number: u64, line: &[u8], chosen: Option<Fix>) -> Problem {
        let mut problem = Problem::new(number, self.code, self.severity);
        for (name, value) in &self.args {
            problem = problem.with(name, value.clone());
        }
        (problem.excerpt, problem.mark) = excerpt(line, self.at.as_ref());
        problem.fix = chosen.or_else(|| self.offered());
        problem
    }
}
