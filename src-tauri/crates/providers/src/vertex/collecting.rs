//! Results come home: every file of a folder, or every row of a table, into one file of lines.

use std::collections::BTreeMap;
use std::path::Path;

use futures::StreamExt;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};
use sha2::{Digest, Sha256};
use tabane_model::Failure;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::bigquery::BigQuery;
use super::places::{Object, Table};
use super::storage::{Storage, Stored};
use crate::http::{beside, cut_short, disk, keep_name, patiently};
use crate::{Downloaded, Fault, FaultKind};

/// What has arrived so far.
struct Arriving {
    file: File,
    hash: Sha256,
    bytes: u64,
    last: u8,
}

impl Arriving {
    async fn push(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.file.write_all(bytes).await.map_err(|error| disk(&error))?;
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        self.last = bytes.last().copied().unwrap_or(self.last);
        Ok(())
    }
}

/// Every `*.jsonl` below the folder: its number and names differ between models (wire notes 3.3).
pub(super) async fn folder(storage: &Storage<'_>, folder: &Object, to: &Path) -> Result<Downloaded, Fault> {
    let mut files = storage.list(folder).await?;
    files.retain(|file| file.name.ends_with(".jsonl"));
    if files.is_empty() {
        return Err(gone(&folder.uri(), storage.google.http.service));
    }
    let mut arriving = begun(to).await?;
    let fetched = async {
        for file in &files {
            object(storage, &folder.bucket, file, &mut arriving).await?;
            if arriving.last != b'\n' {
                arriving.push(b"\n").await?;
            }
        }
        Ok(())
    };
    let fetched = fetched.await;
    finished(arriving, fetched, to).await
}

/// One file, behind what is there already. After a cut it goes on where it was.
async fn object(
    storage: &Storage<'_>,
    bucket: &str,
    file: &Stored,
    arriving: &mut Arriving,
) -> Result<(), Fault> {
    let start = arriving.bytes;
    let arriving = tokio::sync::Mutex::new(arriving);
    patiently(|| async {
        let mut arriving = arriving.lock().await;
        let from = arriving.bytes - start;
        if from > 0 && file.size == Some(from) {
            return Ok(());
        }
        let response = storage.open(bucket, file, from).await?;
        let told = response.content_length();
        // A service that knows no ranges sends the whole again: what is there is passed over.
        let mut over = if response.status().as_u16() == 206 {
            0
        } else {
            from
        };
        let mut received = 0;
        let mut chunks = response.bytes_stream();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|error| storage.google.http.transport(&error))?;
            received += chunk.len() as u64;
            let skipped = usize::try_from(over).unwrap_or(usize::MAX).min(chunk.len());
            over -= skipped as u64;
            if arriving.bytes == start && chunk.trim_ascii_start().first() == Some(&b'<') {
                return Err(storage.google.http.not_an_api("<"));
            }
            arriving.push(&chunk[skipped..]).await?;
        }
        let whole = match file.size {
            Some(size) => arriving.bytes - start == size,
            None => told.is_none_or(|told| told == received),
        };
        if whole {
            Ok(())
        } else {
            Err(cut_short(storage.google.http.service))
        }
    })
    .await
}

/// Every row, its columns by their names. What is JSON in the table is JSON in the line, as it was received.
pub(super) async fn table(bigquery: &BigQuery<'_>, table: &Table, to: &Path) -> Result<Downloaded, Fault> {
    let columns = bigquery.columns(table).await?;
    let mut arriving = begun(to).await?;
    let fetched = async {
        let mut token = None;
        loop {
            let page = bigquery.page(table, token.as_deref()).await?;
            for row in &page.rows {
                arriving.push(&line(&columns, row)).await?;
            }
            token = page.next;
            if token.is_none() {
                return Ok(());
            }
        }
    };
    let fetched = fetched.await;
    finished(arriving, fetched, to).await
}

/// Rows are `{"f":[{"v":...}]}`, and every value in them is a text or null (wire notes 5).
fn line(columns: &[(String, String)], row: &Value) -> Vec<u8> {
    let cells = row["f"].as_array().map_or(&[][..], Vec::as_slice);
    let fields: BTreeMap<&str, Box<RawValue>> = columns
        .iter()
        .zip(cells)
        .filter_map(|((name, kind), cell)| {
            let json = cell["v"].as_str().filter(|_| kind == "JSON");
            let raw = json.and_then(|json| RawValue::from_string(json.to_owned()).ok());
            let raw = raw.filter(|raw| !raw.get().contains('\n'));
            Some((name.as_str(), raw.or_else(|| to_raw_value(&cell["v"]).ok())?))
        })
        .collect();
    let mut line = serde_json::to_vec(&fields).unwrap_or_default();
    line.push(b'\n');
    line
}

async fn begun(to: &Path) -> Result<Arriving, Fault> {
    if let Some(folder) = to.parent() {
        tokio::fs::create_dir_all(folder)
            .await
            .map_err(|error| disk(&error))?;
    }
    let file = File::create(beside(to)).await.map_err(|error| disk(&error))?;
    Ok(Arriving {
        file,
        hash: Sha256::new(),
        bytes: 0,
        last: b'\n',
    })
}

/// Whole, or not at all.
async fn finished(
    mut arriving: Arriving,
    fetched: Result<(), Fault>,
    to: &Path,
) -> Result<Downloaded, Fault> {
    let moved = match fetched {
        Ok(()) => async {
            arriving.file.flush().await?;
            arriving.file.sync_all().await?;
            tokio::fs::rename(beside(to), to).await
        }
        .await
        .map_err(|error| disk(&error)),
        Err(fault) => Err(fault),
    };
    if let Err(fault) = moved {
        drop(tokio::fs::remove_file(beside(to)).await);
        return Err(fault);
    }
    keep_name(to).await;
    Ok(Downloaded {
        bytes: arriving.bytes,
        sha256: arriving
            .hash
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
    })
}

/// There are no results where the service said they are.
fn gone(place: &str, service: &str) -> Fault {
    Fault {
        failure: Failure::new("not-found-at-provider")
            .with("service", service)
            .detail(place),
        kind: FaultKind::NotFound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_row_of_a_table_becomes_a_line() {
        let column = |name: &str, kind: &str| (name.to_owned(), kind.to_owned());
        let columns = [
            column("custom_id", "STRING"),
            column("response", "JSON"),
            column("status", "STRING"),
        ];
        let written = |cells: Value| String::from_utf8(line(&columns, &json!({ "f": cells }))).unwrap();
        assert_eq!(
            written(json!([{"v": "a"}, {"v": "{\"b\":1.0, \"a\":[]}"}, {"v": ""}])),
            "{\"custom_id\":\"a\",\"response\":{\"b\":1.0, \"a\":[]},\"status\":\"\"}\n"
        );
        assert_eq!(
            written(json!([{"v": null}, {"v": "{broken"}])),
            "{\"custom_id\":null,\"response\":\"{broken\"}\n"
        );
        // White space that would end the line.
        assert_eq!(
            written(json!([{"v": "a"}, {"v": "{\n}"}])).matches('\n').count(),
            1
        );
        assert_eq!(written(json!(null)), "{}\n");
    }
}
