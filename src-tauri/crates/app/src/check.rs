//! Checking a file without making a draft of it (the command line).

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

use tabane_model::{CheckReport, Failure, ProviderId};

use crate::{App, failure};

impl App {
    /// # Errors
    /// `provider-unknown`, `file-*`.
    pub async fn check_file(
        &self,
        file: &Path,
        provider: &ProviderId,
        tell: impl FnMut(u64, u64) + Send + 'static,
    ) -> Result<CheckReport, Failure> {
        self.check_file_as(file, provider, false, tell).await
    }

    /// `any_model`: the model of each line will be replaced, so several are no problem.
    ///
    /// # Errors
    /// `provider-unknown`, `file-*`.
    pub async fn check_file_as(
        &self,
        file: &Path,
        provider: &ProviderId,
        any_model: bool,
        mut tell: impl FnMut(u64, u64) + Send + 'static,
    ) -> Result<CheckReport, Failure> {
        let mut rules = Self::profile(provider)?.rules();
        rules.one_model &= !any_model;
        let file = file.to_owned();
        self.with_store(move |_, _| {
            tabane_intake::check(&file, &rules, &BTreeSet::new(), &mut |progress| {
                tell(progress.bytes_done, progress.bytes_total);
                ControlFlow::Continue(())
            })
            .map_err(failure::of)
        })
        .await
    }
}
