//! Results that come inside JSON answers, in one or in pages, become a file of lines: whole, or not at all.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use reqwest::RequestBuilder;
use serde_json::Value;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::fetching::{beside, settle};
use super::listed::listed;
use super::{Http, disk, patiently};
use crate::{Downloaded, Fault};

/// The elements of the list `name`, each as it was received, on a line of its own.
///
/// `ask`: the request for the page that a token names, the first one for none; made anew for each attempt. `next`:
/// the next page's token in the rest of an answer.
pub(crate) async fn gather(
    http: &Http,
    name: &'static str,
    ask: impl Fn(Option<&str>) -> RequestBuilder + Sync,
    next: fn(&Value) -> Option<String>,
    to: &Path,
) -> Result<Downloaded, Fault> {
    if let Some(folder) = to.parent() {
        tokio::fs::create_dir_all(folder)
            .await
            .map_err(|error| disk(&error))?;
    }
    let temporary = beside(to);
    let gathered = pages(http, name, &ask, next, &temporary).await;
    settle(gathered, &temporary, to).await
}

async fn pages(
    http: &Http,
    name: &'static str,
    ask: &(impl Fn(Option<&str>) -> RequestBuilder + Sync),
    next: fn(&Value) -> Option<String>,
    temporary: &Path,
) -> Result<Downloaded, Fault> {
    let (mut whole, mut token, mut seen) = (Whole::default(), None, BTreeSet::new());
    loop {
        let page = || async {
            let lines = Lines::after(&whole, temporary).map_err(|error| disk(&error))?;
            listed(http, ask(token.as_deref()), name, lines, Lines::push).await
        };
        let (rest, lines) = patiently(page).await?;
        whole = lines.end().map_err(|error| disk(&error))?;
        token = next(&rest);
        // A service that names a page again would never come to an end.
        if token.as_ref().is_none_or(|token| !seen.insert(token.clone())) {
            break;
        }
    }
    keep(temporary).await.map_err(|error| disk(&error))?;
    let sha256 = whole
        .hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok(Downloaded {
        bytes: whole.bytes,
        sha256,
    })
}

/// A full disk shows itself here.
async fn keep(file: &Path) -> io::Result<()> {
    tokio::fs::File::options()
        .write(true)
        .open(file)
        .await?
        .sync_all()
        .await
}

/// How far the file is whole: up to the end of a page.
#[derive(Clone, Default)]
struct Whole {
    bytes: u64,
    hash: Sha256,
}

/// The lines of a page on their way to the file.
struct Lines {
    file: BufWriter<File>,
    written: Whole,
}

impl Lines {
    /// What an attempt left behind that did not come to the page's end is cut off.
    fn after(whole: &Whole, file: &Path) -> io::Result<Self> {
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(file)?;
        file.set_len(whole.bytes)?;
        file.seek(SeekFrom::Start(whole.bytes))?;
        Ok(Self {
            file: BufWriter::with_capacity(1 << 16, file),
            written: whole.clone(),
        })
    }

    fn push(&mut self, row: &RawValue) -> io::Result<()> {
        // JSON allows line ends between its tokens alone, where a space means the same.
        let mut line = row.get().replace(['\n', '\r'], " ");
        line.push('\n');
        self.written.hash.update(&line);
        self.written.bytes += line.len() as u64;
        self.file.write_all(line.as_bytes())
    }

    fn end(mut self) -> io::Result<Whole> {
        self.file.flush()?;
        Ok(self.written)
    }
}
