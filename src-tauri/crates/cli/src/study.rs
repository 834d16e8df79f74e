//! What the commands of `tabane-cli study` do.

use std::path::Path;

use tabane_app::view::{DataChoices, ResultsOf};
use tabane_app::{App, StudyOrder, check_study, import_data, read_study_file};
use tabane_messages::Language;
use tabane_model::{Failure, JobState, Severity, StudyModel};

use crate::arguments::{Arguments, Study, StudyData, StudySend};
use crate::exit::{Exit, exit_of, worse};
use crate::export::{format_of, write};
use crate::job_id::full_id;
use crate::output::{self, Progress};

pub(crate) async fn run(
    app: &App,
    arguments: &Arguments,
    language: Language,
    command: &Study,
) -> Result<Exit, Failure> {
    match command {
        Study::Check { study } => check(arguments, language, study),
        Study::Build {
            study,
            provider,
            model,
            output,
        } => {
            let model = StudyModel {
                provider: App::provider_named(provider)?.0,
                model: model.clone(),
            };
            let mut study = read_study_file(study)?;
            study.models = vec![model.clone()]; // the study's own are not asked
            let (problems, count) = check_study(&study);
            if problems.iter().any(|problem| problem.severity == Severity::Error) {
                output::study(arguments, language, &study, (&problems, &count));
                return Ok(Exit::NotAll);
            }
            output::adaptations(arguments, language, &study);
            let parts = app.build_study(study, model, output).await?;
            output::built(arguments, language, &parts, output);
            Ok(Exit::Done)
        }
        Study::Send(order) => send(app, arguments, language, order).await,
        Study::ImportData(order) => take_data(arguments, language, order),
        Study::Answers { job, sheet } => {
            let id = full_id(app, job).await?;
            let changed = sheet.as_deref().map(read_study_file).transpose()?;
            app.read_answers_again(&id, changed).await?;
            output::job(arguments, language, &app.job(&id).await?);
            Ok(Exit::Done)
        }
        Study::Read {
            study,
            results,
            export,
        } => {
            format_of(export)?;
            let (_, job) = app.read_elsewhere(read_study_file(study)?, results).await?;
            write(app, ResultsOf::Job { id: job.clone() }, export, true).await?;
            output::job(arguments, language, &app.job(&job).await?);
            Ok(Exit::Done)
        }
    }
}

fn check(arguments: &Arguments, language: Language, study: &Path) -> Result<Exit, Failure> {
    let study = read_study_file(study)?;
    let (problems, count) = check_study(&study);
    output::study(arguments, language, &study, (&problems, &count));
    let wrong = problems.iter().any(|problem| problem.severity == Severity::Error);
    Ok(if wrong { Exit::NotAll } else { Exit::Done })
}

fn take_data(arguments: &Arguments, language: Language, order: &StudyData) -> Result<Exit, Failure> {
    let choices = DataChoices {
        sheet: order.sheet.clone(),
        encoding: order.encoding.clone(),
        delimiter: order.delimiter.clone(),
        header_row: (order.header || order.no_header).then_some(order.header),
    };
    let imported = import_data(&order.study, &order.data, &choices, &order.factor)?;
    output::imported(arguments, language, &imported, order);
    Ok(Exit::Done)
}

async fn send(
    app: &App,
    arguments: &Arguments,
    language: Language,
    order: &StudySend,
) -> Result<Exit, Failure> {
    if let Some(target) = &order.export {
        format_of(target)?; // before anything is sent
    }
    let mut study = read_study_file(&order.study)?;
    if !order.model.is_empty() {
        study.models = order
            .model
            .iter()
            .map(|word| model(word, order.provider.as_deref()))
            .collect::<Result<_, _>>()?;
    } else if let Some(provider) = &order.provider {
        let provider = App::provider_named(provider)?;
        for model in &mut study.models {
            model.provider.clone_from(&provider.0);
        }
    }
    let (problems, count) = check_study(&study);
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        output::study(arguments, language, &study, (&problems, &count));
        return Ok(Exit::NotAll);
    }
    output::adaptations(arguments, language, &study);
    let id = app.add_study(study).await?;
    let jobs = match app.send_study(&id, &sending(order)).await {
        Ok(jobs) => jobs,
        Err(failure) => {
            // The file is still there; a study in the list that was never sent would only puzzle.
            app.delete_study(&id).await?;
            return Err(failure);
        }
    };
    app.start();
    let mut exit = Exit::Done;
    let mut ended = true;
    let mut views = Vec::with_capacity(jobs.len());
    for job in &jobs {
        let progress = Progress::requests(arguments, language);
        let job = if order.wait || order.export.is_some() {
            app.wait_for(job, |job| progress.job(job)).await?
        } else {
            app.wait_until_sent(job, |job| progress.job(job)).await?
        };
        progress.clear();
        ended &= job.state == JobState::Finished;
        exit = worse(exit, exit_of(&job));
        if !arguments.json {
            output::job(arguments, language, &job);
        }
        views.push(job);
    }
    if arguments.json {
        output::jobs(arguments, language, &views); // one array, however many models there are
    }
    if let Some(target) = &order.export
        && ended
    {
        write(app, ResultsOf::Study { id }, target, true).await?;
    }
    Ok(exit)
}

fn sending(order: &StudySend) -> StudyOrder {
    StudyOrder {
        base_url: order.service.base_url.clone(),
        settings: order.service.settings(),
        max_tokens: order.writing.max_tokens,
        cache_prompt: order.writing.cache_prompt,
    }
}

/// `openai:gpt-5.4-mini`; the model's own name may hold colons. With `provider` the whole word is the model.
fn model(word: &str, provider: Option<&str>) -> Result<StudyModel, Failure> {
    let named = match provider {
        Some(provider) => Some((provider, word)),
        None => word.split_once(':'),
    };
    match named {
        Some((provider, model)) if !provider.is_empty() && !model.is_empty() => Ok(StudyModel {
            provider: App::provider_named(provider)?.0,
            model: model.to_owned(),
        }),
        _ => Err(Failure::new("model-word-unreadable").with("word", word)),
    }
}
