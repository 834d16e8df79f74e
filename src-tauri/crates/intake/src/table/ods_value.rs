//! A cell of an OpenDocument spreadsheet: its value, and the text that is shown for it.

use quick_xml::events::BytesStart;

use super::TableError;
use super::ods_rows::OdsCell;
use super::value;
use super::workbook::attribute;

/// What a cell says of its value.
#[derive(Debug, Default)]
pub(super) struct Raw {
    kind: Option<String>,
    value: Option<String>,
}

impl Raw {
    pub(super) fn of(tag: &BytesStart<'_>) -> Result<Self, TableError> {
        // `office:value-type` comes with a second one, of LibreOffice, that tells errors.
        let mut raw = Self::default();
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(TableError::broken)?;
            match attribute.key.as_ref() {
                "calcext:value-type" if *attribute.value == *"error" => {
                    raw.kind = Some("error".to_owned());
                }
                "office:value-type" if raw.kind.is_none() => raw.kind = Some(attribute.value.into_owned()),
                _ => {}
            }
        }
        let name = match raw.kind.as_deref() {
            Some("float" | "percentage" | "currency") => "value",
            Some("date") => "date-value",
            Some("time") => "time-value",
            Some("boolean") => "boolean-value",
            Some("string") => "string-value",
            _ => return Ok(raw),
        };
        raw.value = attribute(tag, name)?;
        Ok(raw)
    }

    /// Puts text into the cell. `shown` is the text that stands in it.
    pub(super) fn fill(self, shown: &str, cell: &mut OdsCell) {
        let number = self.value.as_deref().and_then(|value| value.parse::<f64>().ok());
        match (self.kind.as_deref(), self.value.as_deref(), number) {
            (Some("error"), ..) => {
                cell.error = true;
                cell.text.push_str(shown);
            }
            (Some("float" | "percentage" | "currency"), _, Some(number)) => {
                // Before LibreOffice told errors, they were the number 0.
                if cell.formula && (shown.starts_with("Err:") || shown.starts_with('#') && is_error(shown)) {
                    cell.error = true;
                    cell.text.push_str(shown);
                    return;
                }
                value::number(number, &mut cell.text);
                let plain = shown.replace(',', ".");
                let same = shown.is_empty() || is_too_narrow(shown) || plain == cell.text;
                cell.shown = (!same).then(|| shown.to_owned());
            }
            (Some("date"), Some(date), _) => cell.text.push_str(value::iso_date(date)),
            (Some("time"), Some(time), _) => match value::iso_span(time) {
                Some(time) => cell.text = time,
                None => cell.text.push_str(time),
            },
            (Some("boolean"), Some(truth), _) => {
                cell.text.push_str(if truth == "true" { "TRUE" } else { "FALSE" });
            }
            (Some("string"), Some(text), _) => cell.text.push_str(text),
            _ => cell.text.push_str(shown),
        }
    }
}

fn is_error(shown: &str) -> bool {
    shown.ends_with(['!', '?']) || shown == "#N/A"
}

/// `###`: the column is too narrow to show the number.
fn is_too_narrow(shown: &str) -> bool {
    shown.bytes().all(|byte| byte == b'#')
}

/// The paragraphs of a cell as one text. White space is one space, as the format has it; line breaks between
/// paragraphs stay.
#[derive(Debug, Default)]
pub(super) struct Text {
    text: String,
    paragraphs: u32,
    inside: bool,
    paused: bool,
}

impl Text {
    pub(super) fn begin(&mut self) {
        self.text.clear();
        self.paragraphs = 0;
        self.inside = false;
    }

    pub(super) fn pause(&mut self, paused: bool) {
        self.paused = paused;
    }

    pub(super) fn paragraph(&mut self) {
        if self.paragraphs > 0 {
            self.text.push('\n');
        }
        self.paragraphs += 1;
        self.inside = true;
    }

    pub(super) fn end_paragraph(&mut self) {
        self.inside = false;
    }

    pub(super) fn push(&mut self, text: &str) {
        if !self.inside || self.paused {
            return;
        }
        for character in text.chars() {
            if !" \t\r\n".contains(character) {
                self.text.push(character);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }

    pub(super) fn push_verbatim(&mut self, text: &str) {
        if self.inside && !self.paused {
            self.text.push_str(text);
        }
    }

    pub(super) fn end(&mut self) -> &str {
        self.inside = false;
        &self.text
    }
}
