//! Gathers what a check finds into a report of bounded size.

use std::collections::BTreeSet;

use hashbrown::HashMap;
use tabane_model::{CheckReport, Fix, ProblemGroup, Rules, Severity};

use crate::flaw::Flaw;
use crate::parts::Parts;
use crate::screen::Screened;

/// What `CheckReport` promises at most.
const MAX_PROBLEMS: usize = 1_000;
const MAX_MODELS: usize = 100;
const MAX_GROUP_LINES: usize = 100;

pub(crate) struct Report<'r> {
    fixes: &'r BTreeSet<Fix>,
    parts: Parts,
    models: HashMap<String, u64>,
    endpoints: HashMap<String, u64>,
    done: CheckReport,
}

impl<'r> Report<'r> {
    pub(crate) fn new(rules: &Rules, fixes: &'r BTreeSet<Fix>, of_file: Option<&Flaw>) -> Self {
        let by_model = rules.one_model && fixes.contains(&Fix::OneJobPerModel);
        let mut report = Self {
            fixes,
            parts: Parts::new(rules, by_model),
            models: HashMap::new(),
            endpoints: HashMap::new(),
            done: CheckReport::default(),
        };
        if let Some(flaw) = of_file {
            report.flaw(0, b"", flaw);
        }
        report
    }

    pub(crate) fn line(&mut self, number: u64, line: &[u8], screened: &Screened<'_>, flaws: &[Flaw]) {
        self.done.lines = number;
        for flaw in flaws {
            self.flaw(number, line, flaw);
        }
        if screened.left_out {
            return;
        }
        let asked = &screened.asked;
        let model = asked.model.as_ref().map(|model| model.text.as_ref());
        let url = asked.url.as_ref().map(|url| url.text.as_ref());
        if let Some(model) = model {
            *self.models.entry_ref(model).or_default() += 1;
        }
        if let Some(url) = url {
            *self.endpoints.entry_ref(url).or_default() += 1;
        }
        if screened.sendable {
            self.done.requests += 1;
            self.done.wire_bytes += asked.wire;
            self.parts.push(url.unwrap_or_default(), model, asked.wire);
        }
    }

    /// A line of a file that cannot be checked as it is.
    pub(crate) fn unchecked_line(&mut self, number: u64) {
        self.done.lines = number;
    }

    fn flaw(&mut self, number: u64, line: &[u8], flaw: &Flaw) {
        let chosen = flaw.chosen(self.fixes);
        let fixed = chosen.is_some();
        match flaw.severity {
            _ if fixed => {}
            Severity::Error => self.done.errors += 1,
            Severity::Warning => self.done.warnings += 1,
        }
        let group = self.done.groups.iter_mut().find(|group| group.code == flaw.code);
        // A warning can be true of every line: of these not all are listed, so that errors keep their place.
        let told_enough = flaw.severity == Severity::Warning
            && group
                .as_ref()
                .is_some_and(|group| group.lines.len() == MAX_GROUP_LINES);
        let listed = !fixed && !told_enough && self.done.problems.len() < MAX_PROBLEMS;
        if let Some(group) = group {
            group.count = group.count.saturating_add(1);
            group.fixed &= fixed;
            if group.lines.len() < MAX_GROUP_LINES {
                group.lines.push(u32::try_from(number).unwrap_or(u32::MAX));
            }
            if listed {
                self.done.problems.push(flaw.problem(number, line, chosen));
            }
            return;
        }
        let first = flaw.problem(number, line, chosen);
        if listed {
            self.done.problems.push(first.clone());
        }
        self.done.groups.push(ProblemGroup {
            code: flaw.code.to_owned(),
            severity: flaw.severity,
            count: 1,
            lines: vec![first.line],
            fix: first.fix.clone(),
            first,
            fixed,
        });
    }

    pub(crate) fn finish(mut self, encoding: &str, bytes: u64) -> CheckReport {
        self.done.encoding = encoding.to_owned();
        self.done.bytes = bytes;
        self.done.parts = self.parts.count;
        self.done.models = most_first(self.models);
        self.done.models.truncate(MAX_MODELS);
        self.done.endpoints = most_first(self.endpoints);
        self.done
    }
}

fn most_first(counts: HashMap<String, u64>) -> Vec<(String, u64)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
    counts
}
