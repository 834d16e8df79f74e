//! Exports: from one read snapshot to a temporary file, then renamed.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tabane_export::{Columns, Format, Options};
use tabane_model::Failure;
use tabane_store::Filter;

use crate::view::{ExportOrder, ExportView, Stale, file_name, float, small};
use crate::{App, failure, lock};

/// Written files by number, for *Show in folder*, and the switch that stops the one being written.
#[derive(Default)]
pub(crate) struct Exports {
    written: Vec<PathBuf>,
    stop: Option<Arc<AtomicBool>>,
}

impl App {
    /// The name that the save dialog proposes.
    ///
    /// # Errors
    /// `job-not-found`, `format-unknown`.
    pub fn export_name(&self, order: &ExportOrder) -> Result<String, Failure> {
        let format = format_of(&order.format)?;
        let scope = self.scope(&self.inner.store, &order.of)?;
        Ok(format!("{}.{}", file_safe(&scope.name), format.extension()))
    }

    /// Writes the rows of a filter to a file.
    ///
    /// # Errors
    /// `disk-*`, `export-stopped`.
    pub async fn export_to(&self, order: ExportOrder, target: &Path) -> Result<ExportView, Failure> {
        let target = target.to_owned();
        let stop = Arc::new(AtomicBool::new(false));
        lock(&self.inner.exports).stop = Some(Arc::clone(&stop));
        self.with_store(move |app, store| {
            let format = format_of(&order.format)?;
            let scope = app.scope(store, &order.of)?;
            let filter = Filter::from(&order.filter);
            let options = Options {
                defuse_formulas: order.defuse_formulas,
                columns: match &scope.study {
                    Some(study) => Columns::of_study(&study.study),
                    None => Columns::plain(),
                },
            };
            let mut told_at = app.now();
            let written = tabane_export::write(
                format,
                &target,
                &mut |row| {
                    for job in &scope.jobs {
                        store
                            .each_row(&job.id, &filter, &mut |found| {
                                row(&found).map_err(Stopped::Writing)
                            })
                            .map_err(Stopped::into_error)?;
                    }
                    Ok(())
                },
                &options,
                &mut |rows| {
                    if stop.load(Ordering::Relaxed) {
                        return ControlFlow::Break(());
                    }
                    let now = app.now();
                    if now - told_at >= 100 {
                        told_at = now;
                        app.changed(Stale::Export { rows: small(rows) });
                    }
                    ControlFlow::Continue(())
                },
            )
            .map_err(failure::of)?;
            lock(&app.inner.exports).stop = None;
            Ok(app.exported(&target, written.rows, written.bytes, written.long_texts))
        })
        .await
    }

    /// Remembers a written file for *Show in folder*.
    pub(crate) fn exported(&self, target: &Path, rows: u64, bytes: u64, long_texts: u64) -> ExportView {
        let mut exports = lock(&self.inner.exports);
        exports.written.push(target.to_owned());
        ExportView {
            id: small(exports.written.len() as u64 - 1),
            file_name: file_name(target),
            rows: small(rows),
            bytes: float(bytes),
            long_texts: small(long_texts),
        }
    }

    pub fn stop_export(&self) {
        if let Some(stop) = &lock(&self.inner.exports).stop {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// Where an export went.
    #[must_use]
    pub fn exported_file(&self, id: u32) -> Option<PathBuf> {
        lock(&self.inner.exports).written.get(id as usize).cloned()
    }
}

/// Why the rows stopped coming.
enum Stopped {
    Reading(tabane_store::Error),
    Writing(tabane_export::Error),
}

impl Stopped {
    fn into_error(self) -> tabane_export::Error {
        match self {
            Self::Reading(error) => tabane_export::Error::Rows(failure::of(error)),
            Self::Writing(error) => error,
        }
    }
}

impl From<tabane_store::Error> for Stopped {
    fn from(error: tabane_store::Error) -> Self {
        Self::Reading(error)
    }
}

fn format_of(name: &str) -> Result<Format, Failure> {
    Format::parse(name).ok_or_else(|| Failure::new("format-unknown").with("format", name))
}

/// A job's name as a file name on every system.
pub(crate) fn file_safe(name: &str) -> String {
    let safe: String = name
        .chars()
        .map(|c| {
            if c.is_control() || r#"<>:"/\|?*"#.contains(c) {
                '_'
            } else {
                c
            }
        })
        .take(100)
        .collect();
    let safe = safe.trim_matches([' ', '.']).to_owned();
    if safe.is_empty() {
        "results".to_owned()
    } else {
        safe
    }
}

#[cfg(test)]
mod tests {
    use super::file_safe;

    #[test]
    fn a_name_is_never_a_path() {
        assert_eq!(file_safe("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(file_safe("面白さ 第3回"), "面白さ 第3回");
        assert_eq!(file_safe(" .. "), "results");
    }
}
