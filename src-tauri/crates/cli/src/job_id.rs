//! Jobs as people name them.

use tabane_app::App;
use tabane_model::Failure;

/// A job by its id or the unique beginning or end of it, as people copy it.
pub(crate) async fn full_id(app: &App, short: &str) -> Result<String, Failure> {
    let matching: Vec<String> = app
        .jobs(None, false)
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
