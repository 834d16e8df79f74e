//! The requests of a checked file, after the chosen fixes: what is split into parts and sent.

use std::collections::BTreeSet;
use std::path::Path;

use tabane_model::{Fix, RequestLine, Rules, Severity};

use crate::Error;
use crate::ids::Names;
use crate::line::parse;
use crate::source::{Line, Source};

/// Streams the requests in the file's order.
///
/// # Errors
/// The file could not be read.
pub fn requests(path: &Path, rules: &Rules, fixes: &BTreeSet<Fix>) -> Result<Requests, Error> {
    let mut names = Names::default();
    // Given names must not be ones that stand further down.
    if fixes.contains(&Fix::RenameDuplicates) || fixes.contains(&Fix::NameByLine) {
        let mut source = Source::open(path)?;
        let mut line = Vec::new();
        while source.next_line(&mut line)?.is_some() {
            if let Ok(parsed) = parse(&line, source.line, rules)
                && let Some(id) = parsed.custom_id
            {
                names.know(&id);
            }
        }
    }
    Ok(Requests {
        source: Source::open(path)?,
        line: Vec::new(),
        rules: rules.clone(),
        fixes: fixes.clone(),
        names,
    })
}

/// See [`requests`].
pub struct Requests {
    source: Source,
    line: Vec<u8>,
    rules: Rules,
    fixes: BTreeSet<Fix>,
    names: Names,
}

impl Iterator for Requests {
    type Item = Result<RequestLine, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let kind = match self.source.next_line(&mut self.line) {
                Ok(Some(kind)) => kind,
                Ok(None) => return None,
                Err(error) => return Some(Err(error.into())),
            };
            match self.take(&kind) {
                Ok(Some(request)) => return Some(Ok(request)),
                Ok(None) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl Requests {
    /// `None`: a chosen fix leaves the line out. An error that no fix covers means that the file has changed since
    /// it was checked: nothing of it may be sent.
    fn take(&mut self, kind: &Line) -> Result<Option<RequestLine>, Error> {
        let number = self.source.line;
        let left_out = |code: &str| {
            let leave_out = Fix::LeaveOut {
                code: code.to_owned(),
            };
            let dropped = code == "blank-line" && self.fixes.contains(&Fix::DropBlankLines);
            if dropped || self.fixes.contains(&leave_out) {
                Ok(None)
            } else {
                Err(Error::Changed(number))
            }
        };
        if let Line::TooLong = kind {
            return left_out("line-too-long");
        }
        let parsed = match parse(&self.line, number, &self.rules) {
            Ok(parsed) => parsed,
            Err(problem) => return left_out(&problem.code),
        };
        let lacks_id = parsed
            .remarks
            .iter()
            .any(|remark| remark.severity == Severity::Error);
        let custom_id = match parsed.custom_id {
            _ if lacks_id && !self.fixes.contains(&Fix::NameByLine) => return left_out("custom-id-missing"),
            None => self.names.by_line(number),
            Some(id) if self.fixes.contains(&Fix::RenameDuplicates) => self.names.unique(&id),
            Some(id) => id.into_owned(),
        };
        Ok(Some(RequestLine {
            line: number,
            custom_id,
            url: parsed.url.into_owned(),
            model: parsed.model.map(std::borrow::Cow::into_owned),
            body: parsed.body.to_owned(),
        }))
    }
}
