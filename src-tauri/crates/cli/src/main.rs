//! `tabane-cli`: the same engine as the window, for servers, scripts and measurement.

#![allow(clippy::print_stdout, clippy::print_stderr)] // printing is what a command line does

mod arguments;
mod commands;
mod exit;
mod export;
mod job_id;
mod output;
mod study;

use std::process::ExitCode;
use std::sync::Arc;

use arguments::{Arguments, LanguageWord};
use clap::Parser;
use tabane_app::{App, Options};
use tabane_messages::Language;
use tabane_model::{Failure, SystemClock};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse(); // wrong usage leaves with 2 here
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("TABANE_LOG"))
        .with_writer(std::io::stderr)
        .init();
    let mut language = match arguments.language {
        Some(LanguageWord::En) => Language::En,
        Some(LanguageWord::Ja) => Language::Ja,
        None => tabane_app::system_language(),
    };
    let exit = match open(&arguments, language) {
        Err(failure) => output::failure(&arguments, language, &failure),
        Ok(app) => {
            if arguments.language.is_none()
                && let Ok(settings) = app.settings()
                && let Some(chosen) = Language::parse(&settings.language)
            {
                language = chosen;
            }
            match commands::run(&app, &arguments, language).await {
                Ok(exit) => exit,
                Err(failure) => output::failure(&arguments, language, &failure),
            }
        }
    };
    ExitCode::from(exit as u8)
}

fn open(arguments: &Arguments, language: Language) -> Result<App, Failure> {
    let data_dir = match &arguments.data_dir {
        Some(dir) => dir.clone(),
        None => tabane_app::default_data_dir().ok_or_else(|| Failure::new("data-folder-unknown"))?,
    };
    // Milliseconds that a practice batch takes: for tests and demonstrations.
    let practice_pace = std::env::var("TABANE_PRACTICE_PACE_MS")
        .ok()
        .and_then(|pace| pace.parse().ok());
    App::open(Options {
        data_dir,
        holder: "command-line".to_owned(),
        clock: Arc::new(SystemClock),
        secrets: Arc::new(tabane_keys::Keychain::new()),
        language: language.as_str().to_owned(),
        keys_from_environment: true,
        practice_pace,
        most_requests_in_part: None,
    })
}
