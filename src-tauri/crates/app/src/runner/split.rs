//! A checked file becomes part files on disk, in wire form, with their requests as rows. Nothing is sent here.
//!
//! The part file is what goes out byte for byte: the lines as the provider's dialect writes them, with our short id.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tabane_model::{JobId, Rules};

/// One part file as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WrittenPart {
    /// Relative to the data folder.
    pub file: String,
    pub sha256: String,
    pub requests: u32,
    pub bytes: u64,
    pub first_position: u32,
    pub endpoint: String,
}

/// One request as written, for the `requests` rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub position: u32,
    pub offset: u64,
    pub length: u32,
}

/// Writes requests into parts within a service's limits, greedily and in order.
pub(crate) struct Splitter {
    data_dir: PathBuf,
    job: JobId,
    nonce: String,
    max_requests: u64,
    max_bytes: u64,
    one_endpoint: bool,
    position: u32,
    open: Option<OpenPart>,
    done: Vec<WrittenPart>,
}

struct OpenPart {
    file: String,
    out: BufWriter<File>,
    hash: Sha256,
    requests: u32,
    bytes: u64,
    first_position: u32,
    endpoint: String,
}

/// Where a part file of a job lies, relative to the data folder.
pub(crate) fn part_file(job: &str, number: u32) -> String {
    format!("jobs/{job}/part-{number}.jsonl")
}

/// The id on the wire: `[a-z0-9-]`, 17 characters, starting with the job's nonce (design rule 3).
pub(crate) fn wire_id(nonce: &str, position: u32) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut digits = [b'0'; 6];
    let mut rest = position as usize;
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[rest % 36];
        rest /= 36;
    }
    format!("{nonce}-{}", String::from_utf8_lossy(&digits))
}

impl Splitter {
    pub(crate) fn new(data_dir: &Path, job: &str, nonce: &str, rules: &Rules) -> std::io::Result<Self> {
        std::fs::create_dir_all(data_dir.join("jobs").join(job))?;
        Ok(Self {
            data_dir: data_dir.to_owned(),
            job: job.to_owned(),
            nonce: nonce.to_owned(),
            max_requests: rules.max_requests,
            max_bytes: rules.max_bytes,
            one_endpoint: rules.one_endpoint,
            position: 0,
            open: None,
            done: Vec::new(),
        })
    }

    /// The id on the wire of the request that comes next.
    pub(crate) fn next_wire_id(&self) -> String {
        wire_id(&self.nonce, self.position)
    }

    /// Takes one request's line, written with [`Splitter::next_wire_id`] for `endpoint`; gives the part number
    /// (1-based) and its place.
    pub(crate) fn push(&mut self, endpoint: &str, line: &[u8]) -> std::io::Result<(u32, Place)> {
        let length = line.len() as u64;
        let full = self.open.as_ref().is_some_and(|part| {
            u64::from(part.requests) >= self.max_requests
                || part.bytes + length > self.max_bytes
                || (self.one_endpoint && part.endpoint != endpoint)
        });
        if full {
            self.close_part()?;
        }
        if self.open.is_none() {
            self.open = Some(self.start_part(endpoint)?);
        }
        let number = u32::try_from(self.done.len()).unwrap_or(u32::MAX) + 1;
        let Some(part) = self.open.as_mut() else {
            return Err(std::io::Error::other("no open part"));
        };
        part.out.write_all(line)?;
        part.hash.update(line);
        let place = Place {
            position: self.position,
            offset: part.bytes,
            length: u32::try_from(length).unwrap_or(u32::MAX),
        };
        part.bytes += length;
        part.requests += 1;
        self.position += 1;
        Ok((number, place))
    }

    /// Closes the last part; the files are on disk for good when this returns.
    pub(crate) fn finish(mut self) -> std::io::Result<Vec<WrittenPart>> {
        self.close_part()?;
        Ok(self.done)
    }

    fn start_part(&self, endpoint: &str) -> std::io::Result<OpenPart> {
        let file = part_file(&self.job, u32::try_from(self.done.len()).unwrap_or(u32::MAX) + 1);
        let out = File::create(self.data_dir.join(&file))?;
        Ok(OpenPart {
            file,
            out: BufWriter::with_capacity(1 << 20, out),
            hash: Sha256::new(),
            requests: 0,
            bytes: 0,
            first_position: self.position,
            endpoint: endpoint.to_owned(),
        })
    }

    fn close_part(&mut self) -> std::io::Result<()> {
        let Some(part) = self.open.take() else {
            return Ok(());
        };
        let file = part
            .out
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)?;
        file.sync_all()?;
        self.done.push(WrittenPart {
            file: part.file,
            sha256: hex(&part.hash.finalize()),
            requests: part.requests,
            bytes: part.bytes,
            first_position: part.first_position,
            endpoint: part.endpoint,
        });
        Ok(())
    }
}

/// One half of a part file as written.
pub(crate) struct Half {
    pub sha256: String,
    pub requests: u32,
    pub bytes: u64,
}

/// Cuts a part file after `first` requests into two files, streaming.
pub(crate) fn halve_file(whole: &Path, first: u32, targets: [&Path; 2]) -> std::io::Result<[Half; 2]> {
    let mut lines = BufReader::with_capacity(1 << 20, File::open(whole)?);
    Ok([
        copy_lines(&mut lines, Some(first), targets[0])?,
        copy_lines(&mut lines, None, targets[1])?,
    ])
}

fn copy_lines(from: &mut impl BufRead, most: Option<u32>, target: &Path) -> std::io::Result<Half> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(target)?);
    let mut half = Half {
        sha256: String::new(),
        requests: 0,
        bytes: 0,
    };
    let mut hash = Sha256::new();
    let mut line = Vec::new();
    while most.is_none_or(|most| half.requests < most) {
        line.clear();
        if from.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        out.write_all(&line)?;
        hash.update(&line);
        half.bytes += line.len() as u64;
        half.requests += 1;
    }
    out.into_inner()
        .map_err(std::io::IntoInnerError::into_error)?
        .sync_all()?;
    half.sha256 = hex(&hash.finalize());
    Ok(half)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tabane_model::ProviderId;

    fn rules(max_requests: u64, max_bytes: u64) -> Rules {
        Rules {
            provider: ProviderId::new("openai"),
            max_requests,
            max_bytes,
            endpoints: vec![],
            one_model: true,
            one_endpoint: true,
            windows: vec!["24h".into()],
            retention_days: None,
            native: None,
            model_given: false,
        }
    }

    const URL: &str = "/v1/chat/completions";

    #[test]
    fn wire_ids_have_one_length_and_sort_like_their_positions() {
        assert_eq!(wire_id("nonce", 0), "nonce-000000");
        assert_eq!(wire_id("nonce", 36), "nonce-000010");
        assert!(wire_id("nonce", 999_999) < wire_id("nonce", 1_000_000));
    }

    #[test]
    fn parts_stay_within_the_limits_and_hold_every_request() {
        let dir = tempfile::tempdir().unwrap();
        let mut splitter = Splitter::new(dir.path(), "job", "n", &rules(3, 1_000)).unwrap();
        for _ in 0..7 {
            splitter.push(URL, b"{\"model\":\"m\"}\n").unwrap();
        }
        let parts = splitter.finish().unwrap();
        assert_eq!(
            parts.iter().map(|part| part.requests).collect::<Vec<_>>(),
            [3, 3, 1]
        );
        for part in &parts {
            let bytes = std::fs::read(dir.path().join(&part.file)).unwrap();
            assert_eq!(bytes.len() as u64, part.bytes);
            assert_eq!(hex(&Sha256::digest(&bytes)), part.sha256);
        }
    }

    #[test]
    fn a_place_is_where_the_line_stands() {
        let dir = tempfile::tempdir().unwrap();
        let mut splitter = Splitter::new(dir.path(), "job", "n", &rules(50, 10_000)).unwrap();
        splitter.push(URL, b"{\"model\":\"m\"}\n").unwrap();
        let wire = splitter.next_wire_id();
        let second = format!("{{\"custom_id\":\"{wire}\",\"model\":\"二\"}}\n");
        let (number, place) = splitter.push(URL, second.as_bytes()).unwrap();
        let parts = splitter.finish().unwrap();
        let bytes = std::fs::read(dir.path().join(&parts[0].file)).unwrap();
        let from = usize::try_from(place.offset).unwrap();
        let line = std::str::from_utf8(&bytes[from..from + place.length as usize]).unwrap();
        assert_eq!(number, 1);
        assert!(line.contains(&wire) && line.contains('二') && line.ends_with('\n'));
    }
}
