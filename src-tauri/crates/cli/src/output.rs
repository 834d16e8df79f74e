//! What is printed: sentences in the user's language, or one JSON value.

use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use tabane_app::view::{AdoptableView, ExportView, JobView, ResultsOf, TableRemark, ViewFilter};
use tabane_app::{App, BuiltPart, Fit, ImportedData, study_adaptations};
use tabane_messages::Language;
use tabane_model::{
    Adaptation, Args, CheckReport, Failure, Severity, Study, StudyCount, StudyModel, StudyProblem,
};

use crate::arguments::{Arguments, StudyData};
use crate::exit::Exit;

/// A line on standard output. Whoever reads may have enough (`| head`): that ends the program quietly. What cannot be
/// written otherwise is told by the exit code.
macro_rules! say {
    ($($words:tt)*) => { line_out(&format!($($words)*)) };
}

fn line_out(words: &str) {
    use std::io::Write as _;
    if let Err(error) = writeln!(std::io::stdout(), "{words}") {
        let enough = error.kind() == std::io::ErrorKind::BrokenPipe;
        std::process::exit(if enough { 0 } else { Exit::CouldNot as i32 });
    }
}

/// Says a failure in three steps on standard error.
pub(crate) fn failure(arguments: &Arguments, language: Language, failure: &Failure) -> Exit {
    let sentence = tabane_messages::failure(language, failure);
    if arguments.json {
        print_json(&json!({
            "error": { "code": failure.code, "message": sentence.what, "detail": failure.detail }
        }));
    }
    eprintln!("{}", sentence.what);
    eprintln!("{}\n{}", sentence.means, sentence.next);
    if let Some(detail) = &failure.detail {
        eprintln!("({detail})");
    }
    match failure.code.as_str() {
        "provider-unknown"
        | "format-unknown"
        | "job-not-found"
        | "job-id-ambiguous"
        | "window-not-offered"
        | "base-url-missing"
        | "model-word-unreadable"
        | "encoding-unknown"
        | "table-no-such-sheet"
        | "table-delimiter"
        | "data-factor-name" => Exit::WrongUsage,
        "problems-left" | "study-problems-left" => Exit::NotAll,
        _ => Exit::CouldNot,
    }
}

pub(crate) fn report(arguments: &Arguments, language: Language, report: &CheckReport, fit: &Fit) {
    if arguments.json {
        let problems: Vec<_> = report
            .problems
            .iter()
            .take(1_000)
            .map(|problem| {
                let mut entry = json!({
                    "line": problem.line,
                    "code": problem.code,
                    "severity": problem.severity,
                    "message": tabane_messages::problem(language, problem),
                });
                if let (Some(fix), Some(entry)) = (&problem.fix, entry.as_object_mut()) {
                    entry.insert("fix".to_owned(), json!(fix));
                }
                entry
            })
            .collect();
        print_json(&json!({
            "ok": report.errors == 0 && report.requests > 0 && fit.untranslatable.is_none(),
            "requests": report.requests,
            "bytes": report.bytes,
            "parts": report.parts,
            "problem_count": report.errors + report.warnings,
            "problems": problems,
            "adaptations": adapted_json(language, &fit.adaptations),
            "untranslatable": fit.untranslatable.as_ref().map(|why| tabane_messages::failure(language, why).what),
        }));
        return;
    }
    for problem in &report.problems {
        say!(
            "{}:{}: {}",
            problem.line,
            severity(language, problem.severity),
            tabane_messages::problem(language, problem)
        );
    }
    let args = numbers(&[
        ("requests", report.requests),
        ("errors", report.errors),
        ("warnings", report.warnings),
        ("parts", u64::from(report.parts)),
    ]);
    let id = if report.errors == 0 {
        "cli-check-ready"
    } else {
        "cli-check-problems"
    };
    say!("{}", language.text(id, &args));
    self::fit(arguments, language, fit);
}

/// How the requests of a file are changed to suit the service; on standard error, so that nothing is adapted in
/// silence.
pub(crate) fn fit(arguments: &Arguments, language: Language, fit: &Fit) {
    if arguments.json {
        return;
    }
    for adaptation in &fit.adaptations {
        eprintln!("{}", tabane_messages::study_adapted(language, adaptation));
    }
    if let Some(failure) = &fit.untranslatable {
        let sentence = tabane_messages::failure(language, failure);
        eprintln!("{}\n{}\n{}", sentence.what, sentence.means, sentence.next);
    }
}

fn adapted_json(language: Language, adaptations: &[Adaptation]) -> Vec<serde_json::Value> {
    adaptations
        .iter()
        .map(|adaptation| {
            json!({
                "code": adaptation.code,
                "args": adaptation.args,
                "message": tabane_messages::study_adapted(language, adaptation),
            })
        })
        .collect()
}

/// Batches that could be taken over.
pub(crate) fn adoptable(arguments: &Arguments, language: Language, batches: &[AdoptableView]) {
    if arguments.json {
        print_json(&json!(batches));
        return;
    }
    if batches.is_empty() {
        say!("{}", language.text("cli-adopt-none", &Args::new()));
    }
    for batch in batches {
        let requests = batch.requests.map_or_else(String::new, |count| count.to_string());
        let words = [
            batch.id.as_str(),
            &batch.status,
            &requests,
            batch.model.as_deref().unwrap_or_default(),
            batch.name.as_deref().unwrap_or_default(),
        ];
        say!("{}", words.join("  ").trim_end());
    }
}

/// What is changed for each model; in words on standard error, so that nothing is adapted in silence.
pub(crate) fn adaptations(arguments: &Arguments, language: Language, study: &Study) {
    if arguments.json {
        return; // `study check --json` tells them
    }
    for (model, adaptations) in study_adaptations(study) {
        for adaptation in adaptations {
            let words = tabane_messages::study_adapted(language, &adaptation);
            eprintln!("{} ({}): {words}", model.model, model.provider);
        }
    }
}

fn adaptations_json(language: Language, study: &Study) -> Vec<serde_json::Value> {
    let of_model = |(model, adaptations): (StudyModel, Vec<Adaptation>)| {
        adaptations.into_iter().map(move |adaptation| {
            json!({
                "provider": model.provider,
                "model": model.model,
                "code": adaptation.code,
                "message": tabane_messages::study_adapted(language, &adaptation),
            })
        })
    };
    study_adaptations(study).into_iter().flat_map(of_model).collect()
}

pub(crate) fn study(
    arguments: &Arguments,
    language: Language,
    study: &Study,
    (problems, count): (&[StudyProblem], &StudyCount),
) {
    let requests = u64::from(count.requests) * u64::from(count.models);
    let errors = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count();
    if arguments.json {
        let problems: Vec<_> = problems
            .iter()
            .take(1_000)
            .map(|problem| {
                json!({
                    "step": problem.step,
                    "path": problem.path,
                    "code": problem.code,
                    "severity": problem.severity,
                    "message": tabane_messages::study_problem(language, problem),
                })
            })
            .collect();
        print_json(&json!({
            "ok": errors == 0,
            "requests": requests,
            "combinations": count.combinations,
            "trials": count.trials,
            "models": count.models,
            "problem_count": problems.len(),
            "problems": problems,
            "adaptations": adaptations_json(language, study),
        }));
        return;
    }
    adaptations(arguments, language, study);
    for problem in problems {
        say!(
            "{}:{}: {}",
            problem.path,
            severity(language, problem.severity),
            tabane_messages::study_problem(language, problem)
        );
    }
    let args = numbers(&[
        ("requests", requests),
        ("each", count.requests.into()),
        ("models", count.models.into()),
        ("errors", errors as u64),
    ]);
    let id = if errors == 0 {
        "cli-study-ready"
    } else {
        "cli-study-problems"
    };
    say!("{}", language.text(id, &args));
}

pub(crate) fn built(arguments: &Arguments, language: Language, parts: &[BuiltPart], folder: &Path) {
    let requests: u64 = parts.iter().map(|part| part.requests).sum();
    if arguments.json {
        print_json(&json!({ "requests": requests, "folder": folder, "parts": parts }));
        return;
    }
    let mut args = numbers(&[("requests", requests), ("parts", parts.len() as u64)]);
    args.insert("folder".to_owned(), folder.display().to_string().into());
    say!("{}", language.text("cli-study-built", &args));
}

pub(crate) fn imported(arguments: &Arguments, language: Language, data: &ImportedData, order: &StudyData) {
    let sentence =
        |remark: &TableRemark| language.text(&format!("table-remark-{}", remark.code), &remark.args);
    if arguments.json {
        let remarks: Vec<_> = data
            .remarks
            .iter()
            .map(|remark| json!({ "code": remark.code, "args": remark.args, "message": sentence(remark) }))
            .collect();
        print_json(&json!({
            "study": order.study,
            "factor": order.factor,
            "levels": data.levels,
            "columns": data.columns,
            "remarks": remarks,
        }));
        return;
    }
    let mut args = numbers(&[
        ("levels", data.levels.into()),
        ("columns", data.columns.len() as u64),
    ]);
    args.insert("factor".to_owned(), order.factor.as_str().into());
    args.insert("study".to_owned(), order.study.display().to_string().into());
    say!("{}", language.text("cli-study-data", &args));
    for remark in &data.remarks {
        say!("{}", sentence(remark));
    }
}

fn severity(language: Language, severity: Severity) -> String {
    let id = match severity {
        Severity::Error => "severity-error",
        Severity::Warning => "severity-warning",
    };
    language.text(id, &Args::new())
}

pub(crate) fn jobs(arguments: &Arguments, language: Language, jobs: &[JobView]) {
    if arguments.json {
        print_json(&json!(jobs));
        return;
    }
    if jobs.is_empty() {
        say!("{}", language.text("cli-no-jobs", &Args::new()));
    }
    for view in jobs {
        say!("{}", line(language, view));
    }
}

pub(crate) fn job(arguments: &Arguments, language: Language, job: &JobView) {
    if arguments.json {
        print_json(&json!(job));
        return;
    }
    say!("{}", line(language, job));
    say!("{}", language.text("cli-sum", &sum(job)));
    if job.practice {
        say!("{}", language.text("practice-note", &Args::new()));
    }
    for adaptation in &job.adaptations {
        say!("{}", tabane_messages::study_adapted(language, adaptation));
    }
    if let Some(version) = &job.api_version {
        let version = Args::from([("version".to_owned(), version.as_str().into())]);
        say!("{}", language.text("cli-api-version", &version));
    }
    if job.leftovers > 0 {
        let left = Args::from([
            ("id".to_owned(), job.id.as_str().into()),
            ("provider".to_owned(), job.provider_name.as_str().into()),
        ]);
        say!("{}", language.text("cli-leftovers", &left));
    }
    if let Some(waiting) = &job.waiting {
        let sentence = tabane_messages::failure(language, waiting);
        say!("{}\n{}\n{}", sentence.what, sentence.means, sentence.next);
        if let Some(detail) = &waiting.detail {
            say!("({detail})");
        }
    }
    if job.missing_values > 0 {
        let rows = numbers(&[("rows", job.missing_values.into())]);
        say!("{}", language.text("cli-missing-values", &rows));
    }
}

pub(crate) async fn results(
    app: &App,
    arguments: &Arguments,
    language: Language,
    id: &str,
) -> Result<(), Failure> {
    const PAGE: u32 = 1_000;
    let view = app
        .open_view(ResultsOf::Job { id: id.to_owned() }, ViewFilter::default())
        .await?;
    let mut start = 0;
    while start < view.rows {
        for row in app.view_rows(view.view, start, PAGE).await? {
            if arguments.json {
                let whole = app.row_detail(id, row.position).await?;
                let mut value = json!(row);
                value["answer"] = json!(whole.answer);
                print_json(&value);
            } else {
                let status = language.text(&format!("status-{}", row.status.as_str()), &Args::new());
                let text = row.answer.or(row.error_message).unwrap_or_default();
                say!(
                    "{}\t{status}\t{}",
                    row.custom_id,
                    text.replace(['\n', '\r', '\t'], " ")
                );
            }
        }
        start += PAGE;
    }
    app.close_view(view.view);
    Ok(())
}

pub(crate) fn exported(arguments: &Arguments, language: Language, written: &ExportView, target: &Path) {
    if arguments.json {
        print_json(&json!({ "rows": written.rows, "bytes": written.bytes, "file": target }));
        return;
    }
    let mut args = numbers(&[("rows", u64::from(written.rows))]);
    args.insert("file".to_owned(), target.display().to_string().into());
    say!("{}", language.text("cli-exported", &args));
}

fn line(language: Language, job: &JobView) -> String {
    let state = language.text(&format!("job-state-{}", job.state.as_str()), &Args::new());
    let model = job.model.clone().unwrap_or_default();
    format!(
        "{}  {}  {}  {}  {state}",
        job.id, job.name, job.provider_name, model
    )
}

fn sum(job: &JobView) -> Args {
    let counts = &job.counts;
    numbers(&[
        ("requests", counts.requests.into()),
        ("succeeded", counts.succeeded.into()),
        ("failed", counts.failed.into()),
        ("expired", counts.expired.into()),
        ("cancelled", counts.cancelled.into()),
        ("missing", counts.missing.into()),
        ("pending", counts.pending.into()),
    ])
}

fn numbers(pairs: &[(&str, u64)]) -> Args {
    pairs
        .iter()
        .map(|(name, number)| ((*name).to_owned(), (*number).into()))
        .collect()
}

fn print_json(value: &serde_json::Value) {
    say!("{value}");
}

/// A progress bar on a terminal; nothing in a pipe or with `--json`.
#[derive(Clone)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    pub(crate) fn bytes(arguments: &Arguments, language: Language) -> Self {
        Self::new(arguments, &language.text("cli-checking", &Args::new()))
    }

    pub(crate) fn requests(arguments: &Arguments, language: Language) -> Self {
        Self::new(arguments, &language.text("cli-waiting", &Args::new()))
    }

    fn new(arguments: &Arguments, words: &str) -> Self {
        // indicatif hides itself where standard error is no terminal.
        let bar = if arguments.json {
            ProgressBar::hidden()
        } else {
            ProgressBar::new(0)
        };
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {percent}%") {
            bar.set_style(style);
        }
        bar.set_message(words.to_owned());
        Self(bar)
    }

    pub(crate) fn set(&self, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
    }

    pub(crate) fn job(&self, job: &JobView) {
        let told = job.told_completed.unwrap_or(0) + job.told_failed.unwrap_or(0);
        let done = (job.counts.requests - job.counts.pending).max(told);
        self.set(done.into(), job.counts.requests.into());
    }

    pub(crate) fn clear(&self) {
        self.0.finish_and_clear();
    }
}
