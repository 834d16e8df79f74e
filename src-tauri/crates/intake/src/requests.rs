//! The requests of a file, after the chosen fixes, as they will be sent.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use tabane_model::{Fix, RequestLine, Rules};

use crate::check::{Lines as Readable, Standing};
use crate::error::Error;
use crate::screen::{Screen, Screened};
use crate::source::{Lines, Source};

/// The lines that can be sent, in order. Lines with a problem that still stands are passed over.
///
/// # Errors
/// When the file cannot be read.
pub fn requests(path: &Path, rules: &Rules, fixes: &BTreeSet<Fix>) -> Result<Requests, Error> {
    let source = Source::open(path)?;
    if Standing::of(&source, fixes)?.lines != Readable::Read {
        return Ok(Requests { reading: None });
    }
    let mut screen = Screen::new(
        Cow::Owned(rules.clone()),
        Cow::Owned(fixes.clone()),
        source.encoding,
    );
    let gives_names = rules.native.is_some_and(|native| native.nameless)
        || [Fix::NameByLine, Fix::RenameDuplicates]
            .iter()
            .any(|fix| fixes.contains(fix));
    if gives_names {
        // None may be one that comes further down.
        let mut lines = source.lines()?;
        while let Some(line) = lines.next_line()? {
            screen.line(line);
        }
        screen.end_first_reading();
    } else {
        screen = screen.for_only_reading();
    }
    Ok(Requests {
        reading: Some((source.lines()?, screen)),
    })
}

/// Reads on as it is asked for the next request; ends after an error.
pub struct Requests {
    reading: Option<(Lines, Screen<'static>)>,
}

impl Iterator for Requests {
    type Item = Result<RequestLine, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (lines, screen) = self.reading.as_mut()?;
            let line = match lines.next_line() {
                Ok(Some(line)) => line,
                Ok(None) => {
                    self.reading = None;
                    return None;
                }
                Err(error) => {
                    self.reading = None;
                    return Some(Err(error));
                }
            };
            if let Some(request) = request(line.number, screen.line(line)) {
                return Some(Ok(request));
            }
        }
    }
}

fn request(line: u64, screened: Screened<'_>) -> Option<RequestLine> {
    if !screened.sendable {
        return None;
    }
    Some(RequestLine {
        line,
        custom_id: screened.custom_id?.into_owned(),
        url: screened.asked.url?.text.into_owned(),
        model: screened.asked.model.map(|model| model.text.into_owned()),
        body: screened.asked.body?.to_owned(),
    })
}
