//! Results that came back within the batch become a file of lines. Ours never do: a batch that was made elsewhere, with
//! its requests in the create, may be taken over. Such a batch is small: its requests were below 20 MB.

use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;

use crate::http::{Http, beside, disk, keep_name, patiently};
use crate::{Downloaded, Fault};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Operation {
    response: Option<Output>,
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Metadata {
    output: Option<Output>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Output {
    inlined_responses: Option<Inlined>,
}

/// The doubled name is the service's.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Inlined {
    #[serde(default)]
    inlined_responses: Vec<Box<RawValue>>,
}

impl Operation {
    fn rows(self) -> Option<Vec<Box<RawValue>>> {
        let outputs = [self.response, self.metadata.and_then(|metadata| metadata.output)];
        let inlined = outputs
            .into_iter()
            .flatten()
            .find_map(|output| output.inlined_responses)?;
        Some(inlined.inlined_responses)
    }
}

/// `path`: where the batch is told.
pub(super) async fn fetch(http: &Http, path: &str, to: &Path) -> Result<Downloaded, Fault> {
    let reply = patiently(async || {
        let reply = http.reply(http.read(path)).await?;
        http.value(&reply).map(|_| reply)
    })
    .await?;
    let rows = serde_json::from_str::<Operation>(&reply.body)
        .ok()
        .and_then(Operation::rows)
        .ok_or_else(|| http.not_an_api(&reply.body))?;
    write(&rows, to).await.map_err(|error| disk(&error))
}

async fn write(rows: &[Box<RawValue>], to: &Path) -> std::io::Result<Downloaded> {
    if let Some(folder) = to.parent() {
        tokio::fs::create_dir_all(folder).await?;
    }
    let temporary = beside(to);
    let mut file = tokio::io::BufWriter::new(tokio::fs::File::create(&temporary).await?);
    let (mut bytes, mut hash) = (0, Sha256::new());
    for row in rows {
        // Line ends between its tokens; JSON allows none inside a string.
        let line = row.get().replace(['\n', '\r'], " ") + "\n";
        hash.update(&line);
        bytes += line.len() as u64;
        file.write_all(line.as_bytes()).await?;
    }
    file.flush().await?;
    file.into_inner().sync_all().await?;
    tokio::fs::rename(&temporary, to).await?;
    keep_name(to).await;
    let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Downloaded { bytes, sha256 })
}
