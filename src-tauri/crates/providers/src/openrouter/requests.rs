//! The body of a create: the part's lines as one list, from disk as they go out.

use std::io;
use std::path::Path;

use futures::{Stream, StreamExt, TryStreamExt, stream};
use serde_json::Value;
use tokio::fs::File;
use tokio::io::AsyncReadExt;
use tokio_util::io::ReaderStream;

use super::writing::batch_variant;
use crate::Order;
use crate::http::Pulse;

const TAIL: &[u8] = b"]}";

/// Bytes read from disk at a time.
const CHUNK: usize = 1 << 16;

/// A body and how long it is.
pub(super) struct Requests<S> {
    pub(super) length: u64,
    pub(super) chunks: S,
}

/// In exactly this order: the service reads the body as it arrives, and refuses requests before it knows endpoint and
/// model (wire notes, "Create").
pub(super) async fn read(
    order: &Order,
    pulse: Pulse,
) -> io::Result<Requests<impl Stream<Item = io::Result<Vec<u8>>> + Send + 'static>> {
    let model = order.parcel.model.as_deref().map(batch_variant);
    let head = format!(
        r#"{{"endpoint":{},"model":{},"requests":["#,
        Value::from(order.endpoint.as_str()),
        Value::from(model),
    );
    let (lines, bytes) = open(&order.parcel.file).await?;
    let length = head.len() as u64 + bytes + TAIL.len() as u64;
    // A line ends in the one line end that it has: a comma in its place makes a list of the lines.
    let lines = ReaderStream::with_capacity(lines, CHUNK).map_ok(|chunk| {
        let mut chunk = chunk.to_vec();
        chunk
            .iter_mut()
            .filter(|byte| **byte == b'\n')
            .for_each(|byte| *byte = b',');
        chunk
    });
    let chunks = stream::once(async { Ok(head.into_bytes()) })
        .chain(lines)
        .chain(stream::once(async { Ok(TAIL.to_vec()) }))
        .inspect(move |_| pulse.beat());
    Ok(Requests { length, chunks })
}

/// The lines without the last line end, and their bytes.
async fn open(file: &Path) -> io::Result<(tokio::io::Take<File>, u64)> {
    let file = File::open(file).await?;
    let bytes = file.metadata().await?.len().saturating_sub(1);
    Ok((file.take(bytes), bytes))
}
