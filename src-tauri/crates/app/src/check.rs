//! Checking a file without making a draft of it (the command line).

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

use tabane_model::{CheckReport, Failure, ProviderId};

use crate::fit::{self, Asking, Fit};
use crate::{App, failure};

impl App {
    /// As it will be sent: `model` will replace that of each line, so neither several nor none are a problem;
    /// `max_tokens` is the longest answer where a request names none.
    ///
    /// # Errors
    /// `provider-unknown`, `file-*`.
    pub async fn check_file(
        &self,
        file: &Path,
        provider: &ProviderId,
        (model, max_tokens): (Option<&str>, Option<u32>),
        mut tell: impl FnMut(u64, u64) + Send + 'static,
    ) -> Result<(CheckReport, Fit), Failure> {
        let profile = Self::profile(provider)?;
        let mut rules = profile.rules();
        if model.is_some() {
            rules = rules.for_given_model();
        }
        let file = file.to_owned();
        let model = model.map(str::to_owned);
        self.with_store(move |_, _| {
            let report = tabane_intake::check(&file, &rules, &BTreeSet::new(), &mut |progress| {
                tell(progress.bytes_done, progress.bytes_total);
                ControlFlow::Continue(())
            })
            .map_err(failure::of)?;
            let asking = Asking {
                file: &file,
                rules: &rules,
                fixes: &BTreeSet::new(),
                model: model.as_deref(),
            };
            let fit = fit::fit(
                profile,
                &asking,
                &report,
                &fit::options(max_tokens, false),
                &|| false,
            )?;
            Ok((report, fit))
        })
        .await
    }
}
