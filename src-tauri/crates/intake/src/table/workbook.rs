//! Which sheets a workbook of Excel 2007 and later has, and where they stand in its archive.

use std::collections::HashMap;
use std::io::BufReader;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, escape};

use super::TableError;
use super::package::Package;

/// A sheet of cells; charts and macros are none.
#[derive(Clone, Debug)]
pub(super) struct WorkbookSheet {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Its part of the archive.
    pub(super) part: String,
}

/// The folder of the workbook's parts, and its sheets.
#[derive(Debug)]
pub(super) struct Workbook {
    pub(super) folder: String,
    pub(super) sheets: Vec<WorkbookSheet>,
}

impl Workbook {
    pub(super) fn read(package: &mut Package, limit: u64) -> Result<Self, TableError> {
        let mut main = None;
        each_tag(package, "_rels/.rels", limit, |tag| {
            if tag.local_name().as_ref() == "Relationship"
                && attribute(tag, "Type")?.is_some_and(|kind| kind.ends_with("/officeDocument"))
            {
                main = attribute(tag, "Target")?;
            }
            Ok(())
        })?;
        let main = main.ok_or_else(|| TableError::broken("no workbook is named in the archive"))?;
        let main = main.trim_start_matches('/');
        let (folder, name) = main.rfind('/').map_or(("", main), |at| main.split_at(at + 1));
        let mut targets = HashMap::new();
        each_tag(package, &format!("{folder}_rels/{name}.rels"), limit, |tag| {
            if tag.local_name().as_ref() == "Relationship"
                && let (Some(id), Some(target), Some(kind)) = (
                    attribute(tag, "Id")?,
                    attribute(tag, "Target")?,
                    attribute(tag, "Type")?,
                )
                && kind.ends_with("/worksheet")
            {
                let part = match target.strip_prefix('/') {
                    Some(part) => part.to_owned(),
                    None => format!("{folder}{target}"),
                };
                targets.insert(id, part);
            }
            Ok(())
        })?;
        let mut sheets = Vec::new();
        each_tag(package, main, limit, |tag| {
            if tag.local_name().as_ref() == "sheet"
                && let (Some(name), Some(id)) = (attribute(tag, "name")?, attribute(tag, "id")?)
                && let Some(part) = targets.get(&id)
            {
                sheets.push(WorkbookSheet {
                    name,
                    hidden: attribute(tag, "state")?.is_some_and(|state| state != "visible"),
                    part: part.clone(),
                });
            }
            Ok(())
        })?;
        Ok(Self {
            folder: folder.to_owned(),
            sheets,
        })
    }
}

fn each_tag(
    package: &mut Package,
    part: &str,
    limit: u64,
    mut look: impl FnMut(&BytesStart<'_>) -> Result<(), TableError>,
) -> Result<(), TableError> {
    let Some(part) = package.part(part, limit)? else {
        return Err(TableError::broken(format!("{part} is missing")));
    };
    let mut reader = Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(failed)? {
            Event::Start(tag) | Event::Empty(tag) => look(&tag)?,
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// An attribute by its name without the prefix of its namespace.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, TableError> {
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(TableError::broken)?;
        if attribute.key.local_name().as_ref() == name {
            let text = escape::unescape(&attribute.value).map_err(TableError::broken)?;
            return Ok(Some(text.into_owned()));
        }
    }
    Ok(None)
}

/// What the reader of XML says: that it is none, or what the archive said below it.
pub(super) fn failed(error: quick_xml::Error) -> TableError {
    match error {
        quick_xml::Error::Io(error) => match Arc::try_unwrap(error) {
            Ok(error) => error.into(),
            Err(shared) => TableError::broken(shared),
        },
        other => TableError::broken(other),
    }
}
