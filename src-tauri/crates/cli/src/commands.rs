//! What each command does.

use std::path::Path;

use tabane_app::view::{ExportOrder, JobView, ResultsOf, ViewFilter};
use tabane_app::{App, SendOrder};
use tabane_messages::Language;
use tabane_model::{Failure, JobState, ProviderId};

use crate::Exit;
use crate::arguments::{Arguments, Command, Export, Send};
use crate::output::{self, Progress};

pub(crate) async fn run(app: &App, arguments: &Arguments, language: Language) -> Result<Exit, Failure> {
    match &arguments.command {
        Command::Check { file, provider } => check(app, arguments, language, file, provider).await,
        Command::Send(send) => send_file(app, arguments, language, send).await,
        Command::Jobs { search } => {
            let jobs = app.jobs(search.clone()).await?;
            output::jobs(arguments, language, &jobs);
            Ok(Exit::Done)
        }
        Command::Job { id } => {
            let job = app.job(&full_id(app, id).await?).await?;
            output::job(arguments, language, &job);
            Ok(Exit::Done)
        }
        Command::Resume { id } => resume(app, arguments, language, id.as_deref()).await,
        Command::Cancel { id } => {
            let id = full_id(app, id).await?;
            app.cancel_job(&id).await?;
            app.start();
            let job = app.wait_for(&id, |_| ()).await?;
            output::job(arguments, language, &job);
            Ok(if job.state == JobState::Waiting {
                Exit::CouldNot
            } else {
                Exit::Done
            })
        }
        Command::Results { id } => {
            let id = full_id(app, id).await?;
            output::results(app, arguments, language, &id).await?;
            Ok(Exit::Done)
        }
        Command::Export(order) => {
            let id = full_id(app, &order.id).await?;
            export(app, arguments, language, &id, order).await
        }
        Command::Study(command) => crate::study::run(app, arguments, language, command).await,
        Command::Import { results, requests } => {
            let id = app.import_results(results, requests.as_deref()).await?;
            output::job(arguments, language, &app.job(&id).await?);
            Ok(Exit::Done)
        }
    }
}

async fn check(
    app: &App,
    arguments: &Arguments,
    language: Language,
    file: &Path,
    provider: &str,
) -> Result<Exit, Failure> {
    let progress = Progress::bytes(arguments, language);
    let report = app
        .check_file(file, &ProviderId::new(provider), {
            let progress = progress.clone();
            move |done, total| progress.set(done, total)
        })
        .await?;
    progress.clear();
    output::report(arguments, language, &report);
    Ok(if report.errors == 0 && report.requests > 0 {
        Exit::Done
    } else {
        Exit::NotAll
    })
}

async fn send_file(
    app: &App,
    arguments: &Arguments,
    language: Language,
    send: &Send,
) -> Result<Exit, Failure> {
    if let Some(target) = &send.export {
        format_of(target)?; // before anything is sent
    }
    let provider = ProviderId::new(&send.provider);
    let report = app
        .check_file_as(&send.file, &provider, send.model.is_some(), |_, _| ())
        .await?;
    if report.errors > 0 || report.requests == 0 {
        output::report(arguments, language, &report);
        return Ok(Exit::NotAll);
    }
    let name = send
        .file
        .file_stem()
        .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let order = SendOrder {
        file: send.file.clone(),
        name,
        provider,
        base_url: send.base_url.clone(),
        model: send.model.clone(),
        window: send.window.clone(),
        fixes: std::collections::BTreeSet::new(),
    };
    let jobs = app.send_file(order).await?;
    app.start();
    let mut exit = Exit::Done;
    for id in &jobs {
        let progress = Progress::requests(arguments, language);
        let job = if send.wait || send.export.is_some() {
            app.wait_for(id, |job| progress.job(job)).await?
        } else {
            app.wait_until_sent(id, |job| progress.job(job)).await?
        };
        progress.clear();
        if let Some(target) = &send.export
            && job.state == JobState::Finished
        {
            write(app, ResultsOf::Job { id: id.clone() }, target, true).await?;
        }
        output::job(arguments, language, &job);
        exit = worse(exit, exit_of(&job));
    }
    Ok(exit)
}

async fn resume(
    app: &App,
    arguments: &Arguments,
    language: Language,
    id: Option<&str>,
) -> Result<Exit, Failure> {
    let ids = match id {
        Some(id) => vec![full_id(app, id).await?],
        None => app
            .jobs(None)
            .await?
            .into_iter()
            .filter(|job| job.state != JobState::Finished)
            .map(|job| job.id)
            .collect(),
    };
    for id in &ids {
        app.resume_job(id).await?;
    }
    app.start();
    let mut exit = Exit::Done;
    let mut views = Vec::new();
    for id in &ids {
        let progress = Progress::requests(arguments, language);
        let job = app.wait_for(id, |job| progress.job(job)).await?;
        progress.clear();
        exit = worse(exit, exit_of(&job));
        views.push(job);
    }
    match (views.as_slice(), id) {
        ([job], Some(_)) => output::job(arguments, language, job),
        _ => output::jobs(arguments, language, &views),
    }
    Ok(exit)
}

async fn export(
    app: &App,
    arguments: &Arguments,
    language: Language,
    id: &str,
    order: &Export,
) -> Result<Exit, Failure> {
    let written = app
        .export_to(
            ExportOrder {
                of: ResultsOf::Job { id: id.to_owned() },
                format: order.format.clone(),
                filter: ViewFilter::default(),
                defuse_formulas: !order.keep_formulas,
            },
            &order.output,
        )
        .await?;
    output::exported(arguments, language, &written, &order.output);
    Ok(Exit::Done)
}

pub(crate) async fn write(
    app: &App,
    of: ResultsOf,
    target: &Path,
    defuse_formulas: bool,
) -> Result<(), Failure> {
    let order = ExportOrder {
        of,
        format: format_of(target)?,
        filter: ViewFilter::default(),
        defuse_formulas,
    };
    app.export_to(order, target).await.map(|_| ())
}

pub(crate) fn format_of(target: &Path) -> Result<String, Failure> {
    let ending = target
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    if ["csv", "xlsx", "json", "jsonl"].contains(&ending.as_str()) {
        Ok(ending)
    } else {
        Err(Failure::new("format-unknown").with("format", ending))
    }
}

/// Whether every row was answered, and whether it could be done at all.
pub(crate) fn exit_of(job: &JobView) -> Exit {
    match job.state {
        JobState::Waiting => Exit::CouldNot,
        JobState::Finished if job.counts.succeeded < job.counts.requests => Exit::NotAll,
        _ => Exit::Done,
    }
}

pub(crate) fn worse(one: Exit, other: Exit) -> Exit {
    if other as u8 > one as u8 { other } else { one }
}

/// A job by its id or the unique beginning or end of it, as people copy it.
pub(crate) async fn full_id(app: &App, short: &str) -> Result<String, Failure> {
    let matching: Vec<String> = app
        .jobs(None)
        .await?
        .into_iter()
        .map(|job| job.id)
        .filter(|id| id == short || (short.len() >= 4 && (id.starts_with(short) || id.ends_with(short))))
        .collect();
    match matching.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(Failure::new("job-not-found").with("id", short)),
        _ => Err(Failure::new("job-id-ambiguous").with("id", short)),
    }
}
