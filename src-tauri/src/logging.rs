//! A log file a day in the data folder, kept for fourteen days. It never holds keys or answers.

use std::path::Path;

use tracing_appender::rolling::{Builder, Rotation};
use tracing_subscriber::EnvFilter;

pub(crate) fn start(data_dir: &Path) {
    let appender = Builder::new()
        .rotation(Rotation::DAILY)
        .filename_prefix("tabane")
        .filename_suffix("log")
        .max_log_files(14)
        .build(data_dir.join("logs"));
    // Without a log Tabane still works.
    if let Ok(appender) = appender {
        let filter = EnvFilter::try_from_env("TABANE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
        let _ = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(appender)
            .with_ansi(false)
            .try_init();
    }
}
