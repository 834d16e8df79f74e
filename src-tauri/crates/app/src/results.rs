//! The results table: a view is the filtered row numbers, computed once; the grid asks for rows by position.

mod scope;

use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use tabane_model::{Failure, JobId, Look, ResultRow, Status};
use tabane_store::Filter;

use crate::view::{
    LookCount, MessageView, ResultsOf, RowDetail, RowStudy, RowView, StatusCount, ViewFilter, ViewHandle,
    float, small,
};
use crate::{App, failure, lock};

/// Open views by number: 4 bytes a row.
#[derive(Default)]
pub(crate) struct Views {
    next: u32,
    open: HashMap<u32, Arc<View>>,
}

/// The rows of each job, one job after the other.
type View = Vec<(JobId, Vec<u32>)>;

impl From<&ViewFilter> for Filter {
    fn from(filter: &ViewFilter) -> Self {
        let search = filter
            .search
            .as_ref()
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty());
        Self {
            status: filter.status.clone(),
            looks: filter.looks.clone(),
            search,
        }
    }
}

impl App {
    /// Computes the rows of a filter and keeps them under a number.
    ///
    /// # Errors
    /// `job-not-found`, `study-not-found`.
    pub async fn open_view(&self, of: ResultsOf, filter: ViewFilter) -> Result<ViewHandle, Failure> {
        self.with_store(move |app, store| {
            let filter = Filter::from(&filter);
            let scope = app.scope(store, &of)?;
            let mut rows = View::new();
            let mut by_status = Status::ALL.map(|status| StatusCount { status, count: 0 });
            let mut by_look = Look::ALL.map(|look| LookCount { look, count: 0 });
            for job in &scope.jobs {
                let found = store.open_view(&job.id, &filter).map_err(failure::of)?;
                rows.push((job.id.clone(), found));
                let facets = store
                    .facets(&job.id, filter.search.as_deref())
                    .map_err(failure::of)?;
                for entry in &mut by_status {
                    entry.count += facets.statuses.of(entry.status);
                }
                for (entry, count) in by_look.iter_mut().zip(facets.looks) {
                    entry.count += count;
                }
            }
            let length = rows.iter().map(|(_, rows)| rows.len() as u64).sum();
            let mut views = lock(&app.inner.views);
            views.next += 1;
            let view = views.next;
            views.open.insert(view, Arc::new(rows));
            Ok(ViewHandle {
                view,
                rows: small(length),
                by_status: by_status.to_vec(),
                by_look: by_look.to_vec(),
                study: scope.head(),
            })
        })
        .await
    }

    /// Rows `start..start + len` of a view; fewer at its end.
    ///
    /// # Errors
    /// `view-not-found`.
    pub async fn view_rows(&self, view: u32, start: u32, len: u32) -> Result<Vec<RowView>, Failure> {
        self.with_store(move |app, store| {
            let rows = lock(&app.inner.views)
                .open
                .get(&view)
                .cloned()
                .ok_or_else(|| failure::not_found("view"))?;
            let (mut skip, mut wanted) = (start as usize, len.min(1_000) as usize);
            let mut found = Vec::with_capacity(wanted);
            for (job, positions) in rows.iter() {
                let from = skip.min(positions.len());
                let to = from.saturating_add(wanted).min(positions.len());
                skip -= from;
                wanted -= to - from;
                if from < to {
                    let rows = store.rows(job, &positions[from..to]).map_err(failure::of)?;
                    found.extend(rows.iter().map(|row| row_view(job, row)));
                }
            }
            Ok(found)
        })
        .await
    }

    pub fn close_view(&self, view: u32) {
        lock(&self.inner.views).open.remove(&view);
    }

    /// A row whole: the request as it went out beside the answer as it came.
    ///
    /// # Errors
    /// `row-not-found`, `file-*`.
    pub async fn row_detail(&self, job: &str, position: u32) -> Result<RowDetail, Failure> {
        let job = job.to_owned();
        self.with_store(move |app, store| {
            let (row, raw) = store.row_detail(&job, position).map_err(failure::of)?;
            let request = match store.request_place(&job, position).map_err(failure::of)? {
                Some(place) => {
                    read_place(&app.inner.data_dir.join(place.file), place.offset, place.length).ok()
                }
                None => None,
            };
            Ok(RowDetail {
                messages: request.as_deref().map(messages).unwrap_or_default(),
                request,
                source_line: row.source_line,
                cached_tokens: row.outcome.cached_tokens.map(float),
                reasoning_tokens: row.outcome.reasoning_tokens.map(float),
                answer: row.outcome.answer.clone(),
                raw,
                row: row_view(&job, &row),
            })
        })
        .await
    }
}

fn row_view(job: &str, row: &ResultRow) -> RowView {
    const SHOWN: usize = 400;
    let outcome = &row.outcome;
    RowView {
        job: job.to_owned(),
        position: row.position,
        custom_id: row.custom_id.clone(),
        status: outcome.status,
        answer: outcome
            .answer
            .as_ref()
            .map(|answer| answer.chars().take(SHOWN).collect()),
        finish_reason: outcome.finish_reason.clone(),
        model: outcome.model.clone(),
        input_tokens: outcome.input_tokens.map(float),
        output_tokens: outcome.output_tokens.map(float),
        error_code: outcome.error_code.clone(),
        error_message: outcome
            .error_message
            .as_ref()
            .map(|text| text.chars().take(SHOWN).collect()),
        asked_model: row.asked_model.clone(),
        provider: row.provider.clone(),
        study: row.study.clone().map(|study| RowStudy {
            levels: study.levels,
            trial: study.trial,
            temperature: study.temperature,
            cells: study.cells,
        }),
    }
}

fn read_place(file: &Path, offset: u64, length: u32) -> std::io::Result<String> {
    let mut file = std::fs::File::open(file)?;
    file.seek(SeekFrom::Start(offset))?;
    let mut bytes = vec![0; length as usize];
    file.read_exact(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned())
}

/// The messages of a chat or responses request, as plain text.
fn messages(line: &str) -> Vec<MessageView> {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(line) else {
        return Vec::new();
    };
    let body = &value["body"];
    let mut messages = Vec::new();
    if let Some(instructions) = body["instructions"].as_str() {
        messages.push(MessageView {
            role: "system".to_owned(),
            text: instructions.to_owned(),
        });
    }
    if let Some(input) = body["input"].as_str() {
        messages.push(MessageView {
            role: "user".to_owned(),
            text: input.to_owned(),
        });
    }
    let list = body["messages"].as_array().or_else(|| body["input"].as_array());
    for message in list.into_iter().flatten() {
        let role = message["role"].as_str().unwrap_or("user").to_owned();
        messages.push(MessageView {
            role,
            text: text_of(&message["content"], message),
        });
    }
    messages
}

fn text_of(content: &serde_json::Value, message: &serde_json::Value) -> String {
    if let Some(text) = content.as_str().or_else(|| message.as_str()) {
        return text.to_owned();
    }
    let parts: Vec<&str> = content
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|part| part["text"].as_str())
        .collect();
    if parts.is_empty() {
        content.to_string()
    } else {
        parts.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_chat_and_responses() {
        let chat = r#"{"body":{"messages":[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]}}"#;
        let read = messages(chat);
        assert_eq!((read[0].text.as_str(), read[1].text.as_str()), ("s", "a\nb"));
        let responses = r#"{"body":{"instructions":"s","input":"u"}}"#;
        assert_eq!(messages(responses).len(), 2);
        assert!(messages("not json").is_empty());
    }
}
