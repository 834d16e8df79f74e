//! Requests built from a study, beside the same lines written with `serde_json` alone.

use std::hint::black_box;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};
use serde::Serialize;
use serde_json::json;
use serde_json::value::{Number, RawValue, to_raw_value};
use sha2::{Digest, Sha256};
use tabane_model::{Order, Study};
use tabane_study::{Plan, answers, file};

use crate::measure::{Most, Pair, line, megabytes, memory, middle_of, seconds, title};

const REQUESTS: u32 = 50_000;
const PERSONAS: u32 = 10;
const TRIALS: u32 = 50;
/// Letters of a text: 50,000 requests are 190 MB with it.
const TEXT: usize = 741;
const MOST_MEMORY: u64 = 50_000_000;
/// Bytes that go on together, as the app has it.
const BUFFER: usize = 1 << 20;
const URL: &str = "/v1/chat/completions";

/// Writes all requests of a study as lines, and says how many.
type Writer = fn(&Study, &mut dyn Write) -> Result<u32>;

pub(crate) fn measure(folder: &Path) -> Result<()> {
    let (bytes, checksum) = same_lines()?;
    title(&format!(
        "Building {REQUESTS} requests of a study, {}",
        megabytes(bytes)
    ));
    let bare = "the same lines by serde_json alone";
    let pair = Pair::measure(["study", "study-bare"], folder, REQUESTS)?;
    pair.tell(bare, 1.0);
    for (what, work) in [
        ("Tabane, in random order", "study-random"),
        ("Tabane, every trial with a prompt of its own", "study-trial"),
    ] {
        let time = middle_of(work, folder, REQUESTS)?;
        line(what, &seconds(time), &format!("{:.2}x", time / pair.reference));
    }
    // These are no part of the reference.
    for (what, work) in [
        (
            "Tabane, with the checksum of the lines (SHA-256)",
            "study-checksum",
        ),
        ("Tabane, into a file", "study-file"),
    ] {
        let time = middle_of(work, folder, REQUESTS)?;
        line(what, &seconds(time), &format!("{:+.3} s", time - pair.ours));
    }
    line(
        "both write the same lines",
        "yes",
        &format!("SHA-256 {}...", checksum.get(..16).unwrap_or(&checksum)),
    );

    title("  its most memory at 500000 requests");
    let (few, many) = ((folder, 50_000), (folder, 500_000));
    let most = Some(Most::InAll(MOST_MEMORY));
    memory("Tabane", "study", few, many, most)?;
    memory("Tabane, in random order", "study-random", few, many, most)?;
    memory(bare, "study-bare", few, many, None)
}

pub(crate) fn ours(_: &Path, count: u32) -> Result<Duration> {
    timed(&study(count)?, planned, Nowhere, count)
}

pub(crate) fn bare(_: &Path, count: u32) -> Result<Duration> {
    timed(&study(count)?, typed, Nowhere, count)
}

pub(crate) fn checksum(_: &Path, count: u32) -> Result<Duration> {
    timed(&study(count)?, planned, Sha256::new(), count)
}

pub(crate) fn into_file(folder: &Path, count: u32) -> Result<Duration> {
    timed(&study(count)?, planned, tempfile::tempfile_in(folder)?, count)
}

/// The trials of a combination do not follow each other.
pub(crate) fn random(_: &Path, count: u32) -> Result<Duration> {
    let mut study = study(count)?;
    study.design.order = Order::Random { seed: 4127 };
    timed(&study, planned, Nowhere, count)
}

/// No two requests have the same text.
pub(crate) fn by_trial(_: &Path, count: u32) -> Result<Duration> {
    let mut study = study(count)?;
    study.prompt.user.push_str("\n\n{{trial}}");
    timed(&study, planned, Nowhere, count)
}

fn timed(study: &Study, write: Writer, out: impl Write, count: u32) -> Result<Duration> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    let begun = Instant::now();
    let written = write(study, &mut out)?;
    out.flush()?;
    let took = begun.elapsed();
    ensure!(written == count);
    Ok(took)
}

/// Takes every byte and keeps none: a disk would take its time from both alike and hide what differs.
struct Nowhere;

impl Write for Nowhere {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(black_box(bytes).len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The sample study with more levels: 10 personas, 50 trials, and as many texts as so many requests need.
fn study(requests: u32) -> Result<Study> {
    let mut study = file::parse(file::sample("ja").as_bytes())?;
    study.design.trials = TRIALS;
    let texts = requests / (PERSONAS * TRIALS);
    for (factor, (letter, many)) in study.factors.iter_mut().zip([("p", PERSONAS), ("t", texts)]) {
        let levels = std::mem::take(&mut factor.levels);
        factor.levels = levels.into_iter().cycle().take(many as usize).collect();
        for (number, level) in factor.levels.iter_mut().enumerate() {
            level[0] = format!("{letter}{number}");
        }
    }
    let texts = study.factors.get_mut(1).context("the sample has texts")?;
    for level in &mut texts.levels {
        level[3] = level[3].chars().cycle().take(TEXT).collect();
    }
    Ok(study)
}

/// As the app writes a request file.
fn planned(study: &Study, out: &mut dyn Write) -> Result<u32> {
    let plan = Plan::new(study, &study.models[0]).map_err(|problems| anyhow!("{problems:?}"))?;
    let (mut line, mut written) = (Vec::new(), 0);
    for request in plan.requests() {
        let request = request.map_err(|problem| anyhow!("{problem:?}"))?;
        line.clear();
        line.extend_from_slice(br#"{"custom_id":"#);
        serde_json::to_writer(&mut line, &request.custom_id)?;
        line.extend_from_slice(br#","method":"POST","url":""#);
        line.extend_from_slice(URL.as_bytes());
        line.extend_from_slice(br#"","body":"#);
        line.extend_from_slice(request.body.as_bytes());
        line.extend_from_slice(b"}\n");
        out.write_all(&line)?;
        written += 1;
    }
    Ok(written)
}

#[derive(Serialize)]
struct Line<'a> {
    custom_id: &'a str,
    method: &'static str,
    url: &'static str,
    body: Body<'a>,
}

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: [Message<'a>; 2],
    temperature: Number,
    response_format: &'a RawValue,
}

#[derive(Serialize)]
struct Message<'a> {
    role: &'static str,
    content: &'a str,
}

/// The loops that a researcher who programs would write for this one study: it knows no templates, checks nothing
/// and asks no table of models. What all requests share is made once.
fn typed(study: &Study, out: &mut dyn Write) -> Result<u32> {
    let sheet = answers::written_out(&study.answer_sheet, &study.language, true);
    let format = to_raw_value(&json!({
        "type": "json_schema",
        "json_schema": {
            "name": "answer_sheet",
            "strict": true,
            "schema": answers::schema(&study.answer_sheet),
        },
    }))?;
    let (mut line, mut written) = (Vec::new(), 0);
    for persona in &study.factors[0].levels {
        for text in &study.factors[1].levels {
            for trial in 1..=study.design.trials {
                let id = format!("{}_{}_n{trial}", persona[0], text[0]);
                let user = format!(
                    "{}として、次の文章を読んでください。\n\n{}\n\n読んで感じたことを評価してください。\n\n{sheet}",
                    persona[1], text[3]
                );
                line.clear();
                let request = Line {
                    custom_id: &id,
                    method: "POST",
                    url: URL,
                    body: Body {
                        model: &study.models[0].model,
                        messages: [
                            Message {
                                role: "system",
                                content: &persona[3],
                            },
                            Message {
                                role: "user",
                                content: &user,
                            },
                        ],
                        temperature: sum(&persona[2], &text[2])?,
                        response_format: &format,
                    },
                };
                serde_json::to_writer(&mut line, &request)?;
                line.push(b'\n');
                out.write_all(&line)?;
                written += 1;
            }
        }
    }
    Ok(written)
}

/// Without the traces of binary fractions, and without `.0`, as ours is.
fn sum(one: &str, other: &str) -> Result<Number> {
    let tenths = (10.0 * (one.parse::<f64>()? + other.parse::<f64>()?)).round();
    if tenths % 10.0 == 0.0 {
        #[allow(clippy::cast_possible_truncation)] // temperatures are small
        return Ok(Number::from((tenths / 10.0) as i64));
    }
    Number::from_f64(tenths / 10.0).context("no number")
}

/// How many bytes both write, and their SHA-256 in hexadecimal digits.
fn same_lines() -> Result<(u64, String)> {
    let study = study(REQUESTS)?;
    let of = |write: Writer| {
        let mut seen = Seen::default();
        write(&study, &mut seen)?;
        Ok::<_, anyhow::Error>((seen.bytes, hexadecimal(&seen.hash.finalize())))
    };
    let (ours, reference) = (of(planned)?, of(typed)?);
    ensure!(ours == reference, "the two do not write the same lines");
    Ok(ours)
}

#[derive(Default)]
struct Seen {
    bytes: u64,
    hash: Sha256,
}

impl Write for Seen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes += bytes.len() as u64;
        self.hash.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
