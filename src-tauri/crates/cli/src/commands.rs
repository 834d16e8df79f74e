//! What each command does.

use std::path::Path;

use tabane_app::view::ResultsOf;
use tabane_app::{App, SendOrder};
use tabane_messages::Language;
use tabane_model::{Failure, JobState};

use crate::arguments::{Adopt, Arguments, Command, Send};
use crate::exit::{Exit, exit_of, worse};
use crate::export::{export, format_of, write};
use crate::job_id::full_id;
use crate::output::{self, Progress};

pub(crate) async fn run(app: &App, arguments: &Arguments, language: Language) -> Result<Exit, Failure> {
    match &arguments.command {
        Command::Check {
            file,
            provider,
            model,
        } => check(app, arguments, language, file, (provider, model.as_deref())).await,
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
        Command::Adopt(order) => adopt(app, arguments, language, order).await,
        Command::CleanUp { id } => {
            let job = app.clean_up(&full_id(app, id).await?).await?;
            output::job(arguments, language, &job);
            Ok(Exit::Done)
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
    (provider, model): (&str, Option<&str>),
) -> Result<Exit, Failure> {
    let progress = Progress::bytes(arguments, language);
    let (report, fit) = app
        .check_file(file, &App::provider_named(provider)?, (model, None), {
            let progress = progress.clone();
            move |done, total| progress.set(done, total)
        })
        .await?;
    progress.clear();
    output::report(arguments, language, &report, &fit);
    Ok(
        if report.errors == 0 && report.requests > 0 && fit.untranslatable.is_none() {
            Exit::Done
        } else {
            Exit::NotAll
        },
    )
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
    let provider = App::provider_named(&send.provider)?;
    let (report, fit) = app
        .check_file(
            &send.file,
            &provider,
            (send.model.as_deref(), send.writing.max_tokens),
            |_, _| (),
        )
        .await?;
    if report.errors > 0 || report.requests == 0 || fit.untranslatable.is_some() {
        output::report(arguments, language, &report, &fit);
        return Ok(Exit::NotAll);
    }
    output::fit(arguments, language, &fit);
    let name = send
        .file
        .file_stem()
        .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let order = SendOrder {
        file: send.file.clone(),
        name,
        provider,
        base_url: send.service.base_url.clone(),
        settings: send.service.settings(),
        model: send.model.clone(),
        window: send.window.clone(),
        fixes: std::collections::BTreeSet::new(),
        max_tokens: send.writing.max_tokens,
        cache_prompt: send.writing.cache_prompt,
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

async fn adopt(app: &App, arguments: &Arguments, language: Language, order: &Adopt) -> Result<Exit, Failure> {
    if let Some(target) = &order.export {
        format_of(target)?;
    }
    let provider = App::provider_named(&order.provider)?;
    let (base_url, settings) = (order.service.base_url.as_deref(), order.service.settings());
    let Some(batch_id) = &order.batch_id else {
        let batches = app.adoptable_from(&provider, base_url, &settings).await?;
        output::adoptable(arguments, language, &batches);
        return Ok(Exit::Done);
    };
    let id = app
        .adopt_from(
            &provider,
            base_url,
            &settings,
            batch_id,
            order.requests.as_deref(),
        )
        .await?;
    if !order.wait && order.export.is_none() {
        output::job(arguments, language, &app.job(&id).await?);
        return Ok(Exit::Done);
    }
    app.start();
    let progress = Progress::requests(arguments, language);
    let job = app.wait_for(&id, |job| progress.job(job)).await?;
    progress.clear();
    if let Some(target) = &order.export
        && job.state == JobState::Finished
    {
        write(app, ResultsOf::Job { id }, target, true).await?;
    }
    output::job(arguments, language, &job);
    Ok(exit_of(&job))
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
