//! Writes the output and error files of a batch, line by line from its input.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use crate::answers::{self, Manner};
use crate::batches::BatchRecord;
use crate::lines::{InputLine, Lines};
use crate::twists::Twist;
use crate::validation::short_hash;

/// What was written.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// Lines and bytes of each file.
    pub(crate) output: (u64, u64),
    pub(crate) error: (u64, u64),
    pub(crate) completed: u64,
    pub(crate) failed: u64,
    pub(crate) input_tokens: u64,
    pub(crate) output_tokens: u64,
}

/// Which file a row goes to.
enum Row {
    Answered(Value, answers::Tokens),
    Failed(Value),
    Nowhere,
}

/// Writes both files. Memory: 24 bytes for each different body, and for each row when the rows are shuffled.
pub(crate) fn write(
    batch: &BatchRecord,
    twist: &Twist,
    done: u64,
    input: &Path,
    [output, error]: [&Path; 2],
    closing: &AtomicBool,
) -> io::Result<Written> {
    let mut lines = Lines::open(input)?;
    let mut output = Sheet::create(output, batch.faults.shuffle)?;
    let mut error = Sheet::create(error, batch.faults.shuffle)?;
    let mut written = Written::default();
    let mut occurrences: HashMap<[u8; 16], u64> = HashMap::new();
    let mut number = 0;
    while let Some(line) = lines.next()? {
        if closing.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let line: InputLine<'_> = serde_json::from_slice(line)?;
        let body = line.body.map_or("{}", serde_json::value::RawValue::get);
        let seen = occurrences.entry(short_hash(body.as_bytes())).or_default();
        let occurrence = *seen;
        *seen += 1;
        let (sheet, row) = match row(batch, twist, number, number < done, body, occurrence) {
            Row::Answered(row, tokens) => {
                written.completed += 1;
                written.input_tokens += tokens.input;
                written.output_tokens += tokens.output;
                (&mut output, row)
            }
            Row::Failed(row) => {
                written.failed += 1;
                (&mut error, row)
            }
            Row::Nowhere => {
                number += 1;
                continue;
            }
        };
        let custom_id = if batch.faults.null_custom_id.contains(number) {
            None
        } else {
            line.custom_id
        };
        let mut row = row;
        row["id"] = json!(format!(
            "batch_req_{}",
            answers::name(&[&batch.id, &number.to_string()])
        ));
        row["custom_id"] = json!(custom_id);
        (twist.row)(&mut row);
        let broken = batch.faults.malformed_rows.contains(number);
        for _ in 0..=u8::from(batch.faults.duplicate_rows.contains(number)) {
            sheet.push(&row, broken)?;
        }
        number += 1;
    }
    written.output = output.finish(batch.faults.no_final_newline)?;
    written.error = error.finish(batch.faults.no_final_newline)?;
    Ok(written)
}

/// One row without its ids.
fn row(batch: &BatchRecord, twist: &Twist, number: u64, runs: bool, body: &str, occurrence: u64) -> Row {
    let faults = &batch.faults;
    if faults.drop_rows.contains(number) {
        return Row::Nowhere;
    }
    if !runs {
        let (code, message) = if batch.cancel_at.is_none() {
            (
                "batch_expired",
                "This request could not be executed before the completion window expired.",
            )
        } else if faults.cancelled_rows_nowhere {
            return Row::Nowhere;
        } else {
            (
                "batch_cancelled",
                "This request was not executed because the batch was cancelled.",
            )
        };
        return Row::Failed(json!({ "response": null, "error": { "code": code, "message": message } }));
    }
    let request_id = answers::name(&[&batch.id, "request", &number.to_string()]);
    let answered = |status: u16, body: Value| json!({ "response": { "status_code": status, "request_id": request_id, "body": body }, "error": null });
    if let Some(fail) = faults
        .fail_rows
        .as_ref()
        .filter(|fail| fail.rows.contains(number))
    {
        let kind = if fail.status == 429 || fail.status >= 500 {
            "server_error"
        } else {
            "invalid_request_error"
        };
        let error = json!({ "message": fail.message, "type": kind, "param": null, "code": fail.code });
        return Row::Failed(answered(fail.status, json!({ "error": error })));
    }
    if faults.string_body_rows.contains(number) {
        let page = "<html><body><h1>502 Bad Gateway</h1></body></html>";
        return Row::Answered(answered(200, json!(page)), answers::Tokens::default());
    }
    if faults.empty_body_rows.contains(number) {
        return Row::Failed(answered(0, json!({})));
    }
    let manner = if faults.length_rows.contains(number) {
        Manner::Cut
    } else if faults.refusal_rows.contains(number) {
        Manner::Refusal
    } else {
        Manner::Answer
    };
    let endpoint = twist.plain(&batch.endpoint).unwrap_or_default();
    let answer = answers::answer(&endpoint, body, occurrence, manner, batch.created_at / 1000);
    Row::Answered(answered(200, answer.body), answer.tokens)
}

/// A file being written, and where its lines begin if they are to be shuffled.
struct Sheet {
    path: PathBuf,
    file: BufWriter<File>,
    lines: u64,
    bytes: u64,
    starts: Option<Vec<(u64, usize)>>,
}

impl Sheet {
    fn create(path: &Path, shuffle: bool) -> io::Result<Self> {
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(path)?;
        let starts = shuffle.then(Vec::new);
        Ok(Self {
            path: path.to_owned(),
            file: BufWriter::with_capacity(256 * 1024, file),
            lines: 0,
            bytes: 0,
            starts,
        })
    }

    /// `broken`: the line ends in its middle.
    fn push(&mut self, row: &Value, broken: bool) -> io::Result<()> {
        let mut line = row.to_string();
        if broken {
            line.truncate(line.floor_char_boundary(line.len() / 2));
        }
        line.push('\n');
        self.file.write_all(line.as_bytes())?;
        if let Some(starts) = &mut self.starts {
            starts.push((self.bytes, line.len()));
        }
        self.lines += 1;
        self.bytes += line.len() as u64;
        Ok(())
    }

    fn finish(mut self, no_final_newline: bool) -> io::Result<(u64, u64)> {
        self.file.flush()?;
        if let Some(mut starts) = self.starts.take() {
            // Any fixed order that is not the input's will do, and one that hashing gives is repeatable.
            starts.sort_by_key(|(start, _)| answers::name(&["shuffle", &start.to_string()]));
            let shuffled = self.path.with_extension("shuffled.part");
            let mut to = BufWriter::new(File::create(&shuffled)?);
            let mut line = Vec::new();
            for (start, length) in starts {
                line.resize(length, 0);
                self.file.seek(SeekFrom::Start(start))?;
                self.file.get_mut().read_exact(&mut line)?;
                to.write_all(&line)?;
            }
            to.into_inner().map_err(io::IntoInnerError::into_error)?;
            std::fs::rename(&shuffled, &self.path)?;
        }
        if no_final_newline && self.bytes > 0 {
            self.bytes -= 1;
            File::options()
                .write(true)
                .open(&self.path)?
                .set_len(self.bytes)?;
        }
        Ok((self.lines, self.bytes))
    }
}
