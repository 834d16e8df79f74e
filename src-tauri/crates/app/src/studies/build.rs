//! Requests of a study as files, without sending: for whichever way they go.

use std::io::Write;
use std::path::Path;

use serde::Serialize;
use tabane_model::{Failure, ProviderId, Rules, Study, StudyModel};
use tabane_study::Plan;

use super::{problems_left, study};
use crate::view::ExportView;
use crate::{App, failure};

/// Studies are written in the chat shape.
pub(super) const URL: &str = "/v1/chat/completions";

/// One file within the limits of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BuiltPart {
    pub file: String,
    pub requests: u64,
    pub bytes: u64,
}

impl App {
    /// The name that the save dialog proposes for the request file of one model (0-based).
    ///
    /// # Errors
    /// `study-not-found`, `study-model-not-found`.
    pub fn request_file_name(&self, id: &str, model: u32) -> Result<String, Failure> {
        let (record, design) = study(&self.inner.store, id)?;
        let model = super::model_at(&design, model)?;
        let name = format!("{} {}", record.title, model.model);
        Ok(format!("{}.jsonl", crate::exports::file_safe(&name)))
    }

    /// Writes the requests for one model (0-based) into one file, with the readable ids.
    ///
    /// # Errors
    /// `study-problems-left`, `disk-*`.
    pub async fn write_request_file(
        &self,
        id: &str,
        model: u32,
        target: &Path,
    ) -> Result<ExportView, Failure> {
        let (id, target) = (id.to_owned(), target.to_owned());
        self.with_store(move |app, store| {
            let (_, design) = study(store, &id)?;
            let (model, _) = super::resolve(store, super::model_at(&design, model)?)?;
            let plan = Plan::new(&design, &model).map_err(|problems| problems_left(&problems))?;
            let mut failed = None;
            let written = tabane_export::write_whole(&target, &mut |out| {
                let lines = each_line(&plan, &mut |line| out.write_all(line).map_err(failure::of_disk));
                lines.map_err(|failure| {
                    failed = Some(failure);
                    tabane_export::Error::Stopped
                })
            });
            match (failed, written) {
                (Some(failure), _) => Err(failure),
                (None, written) => {
                    let bytes = written.map_err(failure::of)?;
                    Ok(app.exported(&target, u64::from(plan.len()), bytes, 0))
                }
            }
        })
        .await
    }

    /// Writes the requests of a study for a model into a folder, in as many files as the service's limits need:
    /// `part-1.jsonl`, `part-2.jsonl` ...
    ///
    /// # Errors
    /// `study-problems-left`, `provider-unknown`, `disk-*`.
    pub async fn build_study(
        &self,
        design: Study,
        model: StudyModel,
        folder: &Path,
    ) -> Result<Vec<BuiltPart>, Failure> {
        let rules = Self::profile(&ProviderId::new(&model.provider))?.rules();
        let folder = folder.to_owned();
        self.with_store(move |_, _| build(&design, &model, &rules, &folder))
            .await
    }
}

/// Every request as a line of a request file, in one buffer after the other.
fn each_line(plan: &Plan<'_>, take: &mut dyn FnMut(&[u8]) -> Result<(), Failure>) -> Result<(), Failure> {
    let mut line = Vec::new();
    for request in plan.requests() {
        let request = request.map_err(|problem| problems_left(std::slice::from_ref(&problem)))?;
        line.clear();
        line.extend_from_slice(br#"{"custom_id":"#);
        serde_json::to_writer(&mut line, &request.custom_id)
            .map_err(|error| Failure::new("internal").detail(error.to_string()))?;
        line.extend_from_slice(br#","method":"POST","url":""#);
        line.extend_from_slice(URL.as_bytes());
        line.extend_from_slice(br#"","body":"#);
        line.extend_from_slice(request.body.as_bytes());
        line.extend_from_slice(b"}\n");
        take(&line)?;
    }
    Ok(())
}

fn build(
    design: &Study,
    model: &StudyModel,
    rules: &Rules,
    folder: &Path,
) -> Result<Vec<BuiltPart>, Failure> {
    let plan = Plan::new(design, model).map_err(|problems| problems_left(&problems))?;
    std::fs::create_dir_all(folder).map_err(failure::of_disk)?;
    if folder.join(part_name(1)).exists() {
        return Err(Failure::new("build-folder-used").with("folder", folder.display().to_string()));
    }
    let mut parts: Vec<BuiltPart> = Vec::new();
    let mut open: Option<std::io::BufWriter<std::fs::File>> = None;
    each_line(&plan, &mut |line| {
        let length = line.len() as u64;
        let full = parts
            .last()
            .is_none_or(|part| part.requests >= rules.max_requests || part.bytes + length > rules.max_bytes);
        if full {
            close(open.take())?;
            let file = part_name(parts.len() + 1);
            let made = std::fs::File::create(folder.join(&file)).map_err(failure::of_disk)?;
            open = Some(std::io::BufWriter::with_capacity(1 << 20, made));
            parts.push(BuiltPart {
                file,
                requests: 0,
                bytes: 0,
            });
        }
        if let (Some(out), Some(part)) = (&mut open, parts.last_mut()) {
            out.write_all(line).map_err(failure::of_disk)?;
            part.requests += 1;
            part.bytes += length;
        }
        Ok(())
    })?;
    close(open)?;
    Ok(parts)
}

fn part_name(number: usize) -> String {
    format!("part-{number}.jsonl")
}

fn close(part: Option<std::io::BufWriter<std::fs::File>>) -> Result<(), Failure> {
    match part {
        Some(mut part) => part.flush().map_err(failure::of_disk),
        None => Ok(()),
    }
}
