//! The one code path of a line, for checking and for sending: what is checked is what is sent.

use std::borrow::Cow;
use std::collections::BTreeSet;

use tabane_model::{Fix, Rules, Severity};

use crate::encoding::Encoding;
use crate::flaw::Flaw;
use crate::ids::Ids;
use crate::judge::{Asked, judge, quoted, too_long};
use crate::line;
use crate::source::{Line, MAX_LINE};

/// What lines are measured by, and what is remembered of earlier ones.
pub(crate) struct Screen<'r> {
    rules: Cow<'r, Rules>,
    fixes: Cow<'r, BTreeSet<Fix>>,
    /// A byte order mark stands before the first line.
    bom: bool,
    ids: Ids,
    /// Those of the first line that has one: all others have to be the same where the service wants that.
    url: Option<String>,
    model: Option<String>,
    flaws: Vec<Flaw>,
}

/// What became of a line.
#[derive(Debug, Default)]
pub(crate) struct Screened<'a> {
    pub(crate) asked: Asked<'a>,
    /// The name it is sent with, after the fixes.
    pub(crate) custom_id: Option<Cow<'a, str>>,
    /// A fix that was chosen drops it.
    pub(crate) left_out: bool,
    /// It can be sent as it is now.
    pub(crate) sendable: bool,
}

impl<'r> Screen<'r> {
    pub(crate) fn new(rules: Cow<'r, Rules>, fixes: Cow<'r, BTreeSet<Fix>>, encoding: Encoding) -> Self {
        Self {
            rules,
            fixes,
            bom: encoding == Encoding::Utf8Bom,
            ids: Ids::default(),
            url: None,
            model: None,
            flaws: Vec::new(),
        }
    }

    /// For who reads the file once: it cannot give names.
    pub(crate) fn for_only_reading(self) -> Self {
        Self {
            ids: Ids::of_only_reading(),
            ..self
        }
    }

    /// From here on the same lines come again. Whether they have to: some names may stand twice.
    pub(crate) fn end_first_reading(&mut self) -> bool {
        self.url = None;
        self.model = None;
        self.ids.end_first_reading()
    }

    /// What is wrong with the line screened last.
    pub(crate) fn flaws(&self) -> &[Flaw] {
        &self.flaws
    }

    pub(crate) fn line<'a>(&mut self, line: Line<'a>) -> Screened<'a> {
        self.flaws.clear();
        if self.bom && line.number == 1 {
            self.flaws.push(Flaw::of_file("bom").fix(Fix::DropBom));
        }
        if !line.cut && line.bytes.trim_ascii().is_empty() {
            self.blank();
            return Screened::default();
        }
        let mut screened = Screened {
            asked: self.asked(line),
            ..Screened::default()
        };
        if let Some(id) = &screened.asked.custom_id {
            self.ids.note(&id.text);
        }
        // In this order: a line that is left out is neither the first with its url nor with its name.
        screened.left_out = self.leaves_out();
        if !screened.left_out {
            self.compare(&screened.asked);
            screened.left_out = self.leaves_out();
        }
        if !screened.left_out {
            screened.custom_id = self.name(&mut screened.asked, line.number);
            screened.left_out = self.leaves_out();
        }
        if screened.left_out {
            // Nothing else matters of a line that is gone, and it is counted once.
            let (fixes, mut told) = (&self.fixes, false);
            self.flaws.retain(|flaw| {
                flaw.whole_file || flaw.leaves_out(fixes) && !std::mem::replace(&mut told, true)
            });
        }
        screened.sendable = !screened.left_out
            && screened.custom_id.is_some()
            && screened.asked.url.is_some()
            && screened.asked.body.is_some()
            && self
                .flaws
                .iter()
                .all(|flaw| flaw.severity != Severity::Error || flaw.chosen(&self.fixes).is_some());
        screened
    }

    /// Blank lines stand in the way until it is agreed to drop them; then they are only worth a word.
    fn blank(&mut self) {
        let dropped = self.fixes.contains(&Fix::DropBlankLines);
        let severity = if dropped {
            Severity::Warning
        } else {
            Severity::Error
        };
        self.flaws
            .push(Flaw::new("blank-line", severity).fix(Fix::DropBlankLines));
    }

    fn asked<'a>(&mut self, line: Line<'a>) -> Asked<'a> {
        if line.cut {
            self.flaws.push(too_long(MAX_LINE as u64));
            return Asked::default();
        }
        match line::fields(line.bytes) {
            Ok((text, fields)) => judge(text, &fields, &self.rules, &mut self.flaws),
            Err(flaw) => {
                self.flaws.push(flaw);
                Asked::default()
            }
        }
    }

    /// With the first line's url and model.
    fn compare(&mut self, asked: &Asked<'_>) {
        if let Some(url) = asked.url.as_ref().filter(|_| self.rules.one_endpoint) {
            let first = self.url.get_or_insert_with(|| url.text.as_ref().to_owned());
            if *first != url.text {
                let flaw = Flaw::error("url-mixed")
                    .with("url", quoted(&url.text))
                    .with("first_url", quoted(first));
                self.flaws.push(flaw.at(url.at.clone()));
            }
        }
        if let Some(model) = asked.model.as_ref().filter(|_| self.rules.one_model) {
            let first = self.model.get_or_insert_with(|| model.text.as_ref().to_owned());
            if *first != model.text {
                let flaw = Flaw::error("model-mixed")
                    .with("model", quoted(&model.text))
                    .with("first_model", quoted(first))
                    .fix(Fix::OneJobPerModel);
                self.flaws.push(flaw.at(model.at.clone()));
            }
        }
    }

    /// The name that the line is sent with.
    fn name<'a>(&mut self, asked: &mut Asked<'a>, number: u64) -> Option<Cow<'a, str>> {
        let Some(id) = asked.custom_id.take() else {
            let unnamed = |flaw: &Flaw| flaw.chosen(&self.fixes) == Some(Fix::NameByLine);
            return (asked.goes_by_line || self.flaws.iter().any(unnamed))
                .then(|| self.ids.name_by_line(number).into());
        };
        let Some(first) = self.ids.first_line(&id.text, number) else {
            return Some(id.text);
        };
        let flaw = Flaw::error("custom-id-duplicate")
            .with("field", asked.id_field)
            .with("first_line", first)
            .fix(Fix::RenameDuplicates);
        self.flaws.push(flaw.at(id.at));
        if self.fixes.contains(&Fix::RenameDuplicates) {
            return Some(self.ids.rename(&id.text).into());
        }
        Some(id.text)
    }

    fn leaves_out(&self) -> bool {
        self.flaws.iter().any(|flaw| flaw.leaves_out(&self.fixes))
    }
}
