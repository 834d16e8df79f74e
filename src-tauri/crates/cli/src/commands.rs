//! What each command does.

use std::path::Path;

use tabane_app::view::ResultsOf;
use tabane_app::{App, SendOrder};
use tabane_messages::Language;
use tabane_model::{Failure, JobState, ProviderId};

use crate::arguments::{Arguments, Command, Send};
use crate::exit::{Exit, exit_of, worse};
use crate::export::{export, format_of, write};
use crate::job_id::full_id;
use crate::output::{self, Progress};

pub(crate) async fn run(app: &App, arguments: &Arguments, language: Language) -> Result<Exit, Failure> {
    match &arguments.command {
        Command::Check { file, provider } => check(app, arguments, language, file, provider).await,
        Command::Send(send) => send_file(app, arguments, language, send).await,
        Command::Jobs { search } => {
            let jobs = app.jobs(search.clone(), true).await?;
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
            .jobs(None, false)
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
