//! The body of a create: the lines of a part as one JSON object, streamed from disk.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::{StreamExt, stream};
use reqwest::Body;
use tokio::fs::File;
use tokio_util::io::ReaderStream;

use crate::http::Pulse;

const HEAD: &[u8] = b"{\"requests\":[";
const TAIL: &[u8] = b"]}";

/// Bytes read from disk at a time.
const CHUNK: usize = 1 << 16;

pub(super) struct Whole {
    pub(super) body: Body,
    /// Known before it is sent: a body without a length is refused on the way.
    pub(super) length: u64,
    pub(super) left: Left,
}

/// Whether the end of a body was handed to the connection.
///
/// Before that nobody can have read the object: its last brackets have not left this computer.
#[derive(Clone, Default)]
pub(super) struct Left(Arc<AtomicBool>);

impl Left {
    pub(super) fn whole(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// Each line of the file is a request, and no line end stands inside one: a comma in the place of each but the last
/// makes a list of them, as long as the file.
pub(super) async fn from_lines(file: &Path, pulse: &Pulse) -> io::Result<Whole> {
    let file = File::open(file).await?;
    let length = file.metadata().await?.len();
    let (beating, left) = (pulse.clone(), Left::default());
    let mut place = 0_u64;
    let lines = ReaderStream::with_capacity(file, CHUNK).map(move |chunk| {
        beating.beat();
        let mut chunk = chunk?.to_vec();
        for byte in &mut chunk {
            place += 1;
            if *byte == b'\n' && place < length {
                *byte = b',';
            }
        }
        Ok::<_, io::Error>(chunk)
    });
    let leaving = left.clone();
    let tail = stream::once(async move {
        leaving.0.store(true, Ordering::SeqCst);
        Ok(TAIL.to_vec())
    });
    let head = stream::iter([Ok(HEAD.to_vec())]);
    Ok(Whole {
        body: Body::wrap_stream(head.chain(lines).chain(tail)),
        length: length + (HEAD.len() + TAIL.len()) as u64,
        left,
    })
}
