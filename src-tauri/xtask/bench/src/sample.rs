//! Request files and results as a study has them.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use tabane_model::{Outcome, ResultRow, Status};

/// Where a request file lies in the folder of a work.
pub(crate) fn request_file(folder: &Path) -> PathBuf {
    folder.join("requests.jsonl")
}

/// Writes a request file of `lines` lines of about `bytes` bytes; gives its folder. Each id stands `times` times.
pub(crate) fn requests(
    folder: &Path,
    name: &str,
    (lines, bytes, times): (u32, usize, u32),
) -> Result<PathBuf> {
    let folder = folder.join(name);
    std::fs::create_dir_all(&folder)?;
    let mut out = BufWriter::new(File::create(request_file(&folder))?);
    let sentence = "She opened the window, and the rain — “at last” — came in.\\n面白い話だと思いました。 ";
    let text = sentence.repeat(bytes.saturating_sub(260) / sentence.len());
    for number in 0..lines {
        let id = number % (lines / times);
        writeln!(
            out,
            r#"{{"custom_id":"persona-{id:07}-rain","method":"POST","url":"/v1/chat/completions","body":{{"model":"gpt-6-luna","messages":[{{"role":"system","content":"You are reader {id}."}},{{"role":"user","content":"{text}"}}],"temperature":0.7,"max_completion_tokens":400}}}}"#
        )?;
    }
    out.flush()?;
    Ok(folder)
}

pub(crate) fn wire_id(position: u32) -> String {
    format!("k3f9a-{position:06}")
}

/// A result line as a service writes it, and what it says.
pub(crate) fn result(position: u32) -> (String, Outcome) {
    let id = wire_id(position);
    let answer = "Because the narrator feels close, I would like to read it again. ".repeat(8);
    let raw = format!(
        r#"{{"id":"batch_req_{position}","custom_id":"{id}","response":{{"status_code":200,"request_id":"3f1c9e","body":{{"id":"chatcmpl-Ab1","object":"chat.completion","created":1795430100,"model":"gpt-6-luna-2026-09-01","choices":[{{"index":0,"message":{{"role":"assistant","content":"{answer}","refusal":null,"annotations":[]}},"logprobs":null,"finish_reason":"stop"}}],"usage":{{"prompt_tokens":21,"completion_tokens":9,"total_tokens":30,"prompt_tokens_details":{{"cached_tokens":0}}}}}}}},"error":null}}"#
    );
    let outcome = Outcome {
        wire_id: Some(id),
        answer: Some(answer),
        finish_reason: Some("stop".to_owned()),
        model: Some("gpt-6-luna-2026-09-01".to_owned()),
        input_tokens: Some(21),
        cached_tokens: Some(0),
        output_tokens: Some(9),
        reasoning_tokens: Some(0),
        ..Outcome::empty(Status::Succeeded)
    };
    (raw, outcome)
}

/// Gives rows of a table of results, one after the other in the same place.
pub(crate) fn each_row<E>(count: u32, mut take: impl FnMut(&ResultRow) -> Result<(), E>) -> Result<(), E> {
    use std::fmt::Write as _;
    let (_, outcome) = result(0);
    let mut row = ResultRow {
        position: 0,
        custom_id: String::new(),
        source_line: 0,
        provider: "openai".to_owned(),
        asked_model: None,
        outcome,
        study: None,
    };
    for position in 0..count {
        row.position = position;
        row.source_line = position + 1;
        row.outcome.input_tokens = Some(u64::from(20 + position % 50));
        row.custom_id.clear();
        // Writing to a text does not fail.
        let _ = write!(row.custom_id, "persona-{position:07}-rain");
        take(&row)?;
    }
    Ok(())
}
