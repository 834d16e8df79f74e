//! The practice provider as a process of its own, for tests.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use tabane_model::SystemClock;
use tabane_practice::dialects::Dialect;
use tabane_practice::{Error, Faults, Options, Pace, read_faults, serve_on};

/// Speaks a batch protocol on 127.0.0.1, OpenAI's unless told otherwise. Prints one line of JSON with its address and key, then serves until
/// it is ended.
#[derive(Parser)]
struct Arguments {
    /// Where files and batches are kept.
    #[arg(long)]
    dir: PathBuf,
    /// 0 is any free port.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Made for the occasion if not given.
    #[arg(long)]
    key: Option<String>,
    /// Milliseconds that each batch takes, instead of 20 s to 2 min.
    #[arg(long)]
    pace_ms: Option<u64>,
    /// Whose protocol it speaks.
    #[arg(long, value_enum, default_value_t = Dialect::Openai)]
    dialect: Dialect,
    /// What goes wrong, as JSON.
    #[arg(long, value_parser = read_faults)]
    faults: Option<Faults>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nowhere else to say it; a closed stderr is no reason to fail differently.
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::from(3)
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Error> {
    let options = Options {
        dir: arguments.dir,
        clock: Arc::new(SystemClock),
        pace: arguments.pace_ms.map_or(Pace::Natural, Pace::Fixed),
        faults: arguments.faults.unwrap_or_default(),
        key: arguments.key,
        dialect: arguments.dialect,
    };
    let running = serve_on(arguments.port, options).await?;
    let told = serde_json::json!({ "base_url": running.base_url, "key": running.key });
    // A test that does not read it has no use for it.
    let _ = writeln!(std::io::stdout(), "{told}");
    // An end by signal, or no way to hear of one: both are the end.
    let _ = tokio::signal::ctrl_c().await;
    running.stop().await;
    Ok(())
}
