//! Checking a file: every line, every problem, nothing sent.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

use hashbrown::{HashMap, HashSet};
use tabane_model::{CheckReport, Fix, Problem, ProblemGroup, Rules, Severity};

use crate::ids::Ids;
use crate::line::{Parsed, parse};
use crate::parts::{PartCount, wire_length};
use crate::recognise::{self, Whole};
use crate::source::{Line, Source};
use crate::{Error, excerpt};

/// Problems listed in full.
const LISTED: usize = 1_000;
/// Line numbers kept of each kind of problem.
const LINES_OF_A_KIND: usize = 100;
/// Distinct models and endpoints that are told apart.
const NAMES: usize = 100;
/// Bytes between two calls of `progress`.
const STEP: u64 = 1 << 20;

/// How far a check has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub bytes_done: u64,
    pub bytes_total: u64,
    pub lines: u64,
}

/// Checks a request file against a service's rules, with the chosen fixes applied.
///
/// # Errors
/// The file could not be read; [`Error::Stopped`] when `progress` breaks.
pub fn check(
    path: &Path,
    rules: &Rules,
    fixes: &BTreeSet<Fix>,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<CheckReport, Error> {
    let mut source = Source::open(path)?;
    let mut check = Check::new(rules, fixes, &source);
    if check.whole_file(&source) {
        let mut line = Vec::new();
        let mut told = 0;
        while let Some(kind) = source.next_line(&mut line)? {
            check.line(&line, &kind, source.line);
            if source.bytes_done - told >= STEP {
                told = source.bytes_done;
                let Source {
                    bytes_done,
                    bytes_total,
                    line: lines,
                    ..
                } = source;
                if progress(Progress {
                    bytes_done,
                    bytes_total,
                    lines,
                })
                .is_break()
                {
                    return Err(Error::Stopped);
                }
            }
        }
        check.report.lines = source.line;
        check.doubles(path)?;
    }
    Ok(check.finish())
}

struct Check<'a> {
    rules: &'a Rules,
    fixes: &'a BTreeSet<Fix>,
    report: CheckReport,
    groups: BTreeMap<String, ProblemGroup>,
    ids: Ids,
    /// Lines whose id may have been used before.
    suspects: Vec<(u64, u64)>,
    first_url: Option<String>,
    first_model: Option<String>,
    models: HashMap<String, u64>,
    endpoints: HashMap<String, u64>,
    parts: PartCount,
    parts_by_model: HashMap<String, PartCount>,
}

impl<'a> Check<'a> {
    fn new(rules: &'a Rules, fixes: &'a BTreeSet<Fix>, source: &Source) -> Self {
        let report = CheckReport {
            bytes: source.bytes_total,
            encoding: source.encoding.name().to_owned(),
            ..CheckReport::default()
        };
        Self {
            rules,
            fixes,
            report,
            groups: BTreeMap::new(),
            ids: Ids::default(),
            suspects: Vec::new(),
            first_url: None,
            first_model: None,
            models: HashMap::new(),
            endpoints: HashMap::new(),
            parts: PartCount::default(),
            parts_by_model: HashMap::new(),
        }
    }

    /// What can be said of the file before its lines. False: its lines say nothing more.
    fn whole_file(&mut self, source: &Source) -> bool {
        let about = |code: &str| Problem::new(0, code, Severity::Error);
        if source.encoding == crate::source::Encoding::Utf8Bom {
            let mut problem = about("bom");
            problem.line = 1;
            let head = String::from_utf8_lossy(&source.head);
            let first = head.lines().next().unwrap_or_default();
            problem.excerpt = format!("EF BB BF{}", excerpt::around(first, 0, 0).0);
            problem.mark = Some((0, 8));
            self.problem(problem);
        }
        let code = match recognise::whole(source) {
            Whole::Lines => None,
            Whole::Empty => Some("empty-file"),
            Whole::Results => Some("looks-like-results"),
            Whole::Array => Some("looks-like-json-array"),
            Whole::Spreadsheet => Some("looks-like-spreadsheet"),
        };
        if let Some(code) = code {
            self.problem(about(code));
            return false;
        }
        if !source.encoding.is_utf8() {
            self.problem(about("not-utf8").with("encoding", source.encoding.name()));
            return self.fixes.contains(&Fix::ConvertToUtf8);
        }
        true
    }

    fn line(&mut self, bytes: &[u8], kind: &Line, number: u64) {
        if let Line::TooLong = kind {
            return self.problem(Problem::new(number, "line-too-long", Severity::Error));
        }
        match parse(bytes, number, self.rules) {
            Ok(parsed) => self.request(parsed, bytes, number),
            Err(problem) => self.problem(*problem),
        }
    }

    fn request(&mut self, parsed: Parsed<'_>, bytes: &[u8], number: u64) {
        let mut can_go = true;
        for remark in parsed.remarks {
            can_go &= remark.severity == Severity::Warning || self.is_mended(&remark.code);
            self.problem(remark);
        }
        let length = wire_length(&parsed.url, parsed.body);
        if length > self.rules.max_bytes {
            self.problem(Problem::new(number, "line-too-long", Severity::Error));
            return;
        }
        if self.first_url.is_none() {
            self.first_url = Some(parsed.url.clone().into_owned());
        }
        if self.rules.one_endpoint && self.first_url.as_deref() != Some(parsed.url.as_ref()) {
            self.problem(marked("url-mixed", number, bytes, &parsed.url).with("url", parsed.url.as_ref()));
            return;
        }
        let model = parsed.model.as_deref().unwrap_or_default();
        if self.first_model.is_none() {
            self.first_model = Some(model.to_owned());
        }
        let other_model = self.rules.one_model && self.first_model.as_deref() != Some(model);
        if other_model {
            can_go &= self.is_mended("model-mixed");
            self.problem(marked("model-mixed", number, bytes, model).with("model", model));
        }
        if let Some(id) = &parsed.custom_id
            && !self.ids.insert(id)
        {
            self.suspects.push((number, self.ids.hash(id)));
        }
        if !can_go {
            return;
        }
        self.report.requests += 1;
        self.report.wire_bytes += length;
        count(&mut self.models, model);
        count(&mut self.endpoints, &parsed.url);
        if self.fixes.contains(&Fix::OneJobPerModel) && self.rules.one_model {
            self.parts_by_model
                .entry_ref(model)
                .or_default()
                .add(length, self.rules);
        } else {
            self.parts.add(length, self.rules);
        }
    }

    /// The second pass: which suspects really use an id again, and since which line.
    fn doubles(&mut self, path: &Path) -> Result<(), Error> {
        if self.suspects.is_empty() {
            return Ok(());
        }
        let hashes: HashSet<u64> = self.suspects.iter().map(|(_, hash)| *hash).collect();
        let mut first_lines: HashMap<String, u64> = HashMap::new();
        let mut source = Source::open(path)?;
        let mut line = Vec::new();
        while let Some(kind) = source.next_line(&mut line)? {
            let Line::Whole = kind else { continue };
            let Ok(Parsed {
                custom_id: Some(id), ..
            }) = parse(&line, source.line, self.rules)
            else {
                continue;
            };
            if !hashes.contains(&self.ids.hash(&id)) {
                continue;
            }
            if let Some(first) = first_lines.get(id.as_ref()) {
                let problem = marked("custom-id-duplicate", source.line, &line, &id)
                    .with("first_line", *first)
                    .with("id", id.chars().take(60).collect::<String>());
                if !self.is_mended(&problem.code) {
                    self.report.requests = self.report.requests.saturating_sub(1);
                }
                self.problem(problem);
            } else {
                first_lines.insert(id.into_owned(), source.line);
            }
        }
        Ok(())
    }

    fn is_mended(&self, code: &str) -> bool {
        fix_of(code).is_some_and(|fix| self.fixes.contains(&fix))
    }

    /// Files a problem under its kind; those that a chosen fix takes care of are listed but do not count.
    fn problem(&mut self, mut problem: Problem) {
        problem.fix = if problem.severity == Severity::Error {
            fix_of(&problem.code)
        } else {
            None
        };
        let mended = problem.fix.as_ref().is_some_and(|fix| self.fixes.contains(fix));
        match problem.severity {
            _ if mended => {}
            Severity::Error => self.report.errors += 1,
            Severity::Warning => self.report.warnings += 1,
        }
        let group = self
            .groups
            .entry(problem.code.clone())
            .or_insert_with(|| ProblemGroup {
                code: problem.code.clone(),
                severity: problem.severity,
                count: 0,
                first: problem.clone(),
                lines: Vec::new(),
                fix: problem.fix.clone(),
                fixed: mended,
            });
        group.count += 1;
        if group.lines.len() < LINES_OF_A_KIND {
            group.lines.push(problem.line);
        }
        // Doubles come from the second pass: room for them is made at the end, in order of lines.
        let listed = group.count as usize;
        if !mended && listed <= LISTED {
            self.report.problems.push(problem);
        }
    }

    fn finish(self) -> CheckReport {
        let mut report = self.report;
        report.parts = self.parts.parts + self.parts_by_model.values().map(|count| count.parts).sum::<u32>();
        report.models = most_first(self.models);
        report.endpoints = most_first(self.endpoints);
        report.problems.sort_by_key(|problem| problem.line);
        report.problems.truncate(LISTED);
        report.groups = self.groups.into_values().collect();
        report
            .groups
            .sort_by_key(|group| (group.severity, group.first.line));
        report
    }
}

/// The fix that is offered for a problem: a safe one where there is one, else leaving the line out.
fn fix_of(code: &str) -> Option<Fix> {
    Some(match code {
        "bom" => Fix::DropBom,
        "not-utf8" => Fix::ConvertToUtf8,
        "blank-line" => Fix::DropBlankLines,
        "custom-id-missing" | "custom-id-empty" => Fix::NameByLine,
        "custom-id-duplicate" => Fix::RenameDuplicates,
        "model-mixed" => Fix::OneJobPerModel,
        "empty-file" | "looks-like-results" | "looks-like-json-array" | "looks-like-spreadsheet" => {
            return None;
        }
        _ => Fix::LeaveOut {
            code: code.to_owned(),
        },
    })
}

/// A problem with a word of its line marked.
fn marked(code: &str, number: u64, bytes: &[u8], word: &str) -> Problem {
    let mut problem = Problem::new(number, code, Severity::Error);
    let text = String::from_utf8_lossy(bytes);
    if let Some(at) = text.find(word).filter(|_| !word.is_empty()) {
        let (excerpt, mark) = excerpt::around(&text, at, at + word.len());
        problem.excerpt = excerpt;
        problem.mark = Some(mark);
    } else {
        problem.excerpt = excerpt::around(&text, 0, 0).0;
    }
    problem
}

fn count(counts: &mut HashMap<String, u64>, name: &str) {
    if let Some(count) = counts.get_mut(name) {
        *count += 1;
    } else if counts.len() < NAMES {
        counts.insert(name.to_owned(), 1);
    }
}

fn most_first(counts: HashMap<String, u64>) -> Vec<(String, u64)> {
    let mut list: Vec<_> = counts.into_iter().collect();
    list.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
    list
}
