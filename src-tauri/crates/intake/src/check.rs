//! Checks a request file, streaming.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

use tabane_model::{CheckReport, Fix, Rules};

use crate::error::Error;
use crate::flaw::Flaw;
use crate::recognise::Shape;
use crate::report::Report;
use crate::screen::Screen;
use crate::source::{Line, Source};

/// How far a check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub bytes_done: u64,
    pub bytes_total: u64,
    pub lines: u64,
}

/// Lines between two reports of progress.
const STEP: u64 = 256;

/// Checks every line against the rules of a service, after the chosen fixes. `progress` can stop it.
///
/// # Errors
/// When the file cannot be read; [`Error::Cancelled`] when `progress` breaks. Problems *in* the file are in the report.
pub fn check(
    path: &Path,
    rules: &Rules,
    fixes: &BTreeSet<Fix>,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<CheckReport, Error> {
    let source = Source::open(path)?;
    let standing = Standing::of(&source, fixes)?;
    let mut report = Report::new(rules, fixes, standing.flaw.as_ref());
    match standing.lines {
        Lines::Foreign => {}
        Lines::Unread => each_line(&source, false, progress, |line| {
            report.unchecked_line(line.number);
        })?,
        Lines::Read => {
            let mut screen = Screen::new(Cow::Borrowed(rules), Cow::Borrowed(fixes), source.encoding);
            let mut read = |screen: &mut Screen<'_>, report: &mut Report<'_>, again| {
                each_line(&source, again, progress, |line| {
                    let screened = screen.line(line);
                    report.line(line.number, line.bytes, &screened, screen.flaws());
                })
            };
            read(&mut screen, &mut report, false)?;
            if screen.end_first_reading() {
                report = Report::new(rules, fixes, standing.flaw.as_ref());
                read(&mut screen, &mut report, true)?;
            }
        }
    }
    Ok(report.finish(source.encoding.name(), source.bytes))
}

/// The second reading counts as done: it is short, for the file has just been read.
fn each_line(
    source: &Source,
    again: bool,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    mut each: impl FnMut(Line<'_>),
) -> Result<(), Error> {
    let mut lines = source.lines()?;
    let (mut number, mut told) = (0, 0);
    loop {
        let bytes_read = lines.bytes_read();
        // Long lines are told of as the file is taken in, short ones by their number.
        if number % STEP == 0 || bytes_read != told {
            told = bytes_read;
            let bytes_done = if again { source.bytes } else { bytes_read };
            let so_far = Progress {
                bytes_done,
                bytes_total: source.bytes,
                lines: number,
            };
            if progress(so_far).is_break() {
                return Err(Error::Cancelled);
            }
        }
        let Some(line) = lines.next_line()? else {
            return Ok(());
        };
        number = line.number;
        each(line);
    }
}

/// What is true of the whole file.
pub(crate) struct Standing {
    pub(crate) flaw: Option<Flaw>,
    pub(crate) lines: Lines,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lines {
    /// They are requests, as far as can be told.
    Read,
    /// They would have to be converted first, which has not been agreed to.
    Unread,
    /// They are something else.
    Foreign,
}

impl Standing {
    pub(crate) fn of(source: &Source, fixes: &BTreeSet<Fix>) -> Result<Self, Error> {
        let foreign = match Shape::of(source)? {
            Shape::Requests | Shape::Other => None,
            Shape::Empty => Some("empty-file"),
            Shape::Results => Some("looks-like-results"),
            Shape::Array => Some("looks-like-json-array"),
            Shape::Spreadsheet => Some("looks-like-spreadsheet"),
        };
        if let Some(code) = foreign {
            return Ok(Self {
                flaw: Some(Flaw::of_file(code)),
                lines: Lines::Foreign,
            });
        }
        if source.encoding.is_utf8() {
            return Ok(Self {
                flaw: None,
                lines: Lines::Read,
            });
        }
        let flaw = Flaw::of_file("not-utf8")
            .with("encoding", source.encoding.title())
            .fix(Fix::ConvertToUtf8);
        let lines = if fixes.contains(&Fix::ConvertToUtf8) {
            Lines::Read
        } else {
            Lines::Unread
        };
        Ok(Self {
            flaw: Some(flaw),
            lines,
        })
    }
}
