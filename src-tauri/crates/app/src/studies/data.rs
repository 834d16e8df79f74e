//! Spreadsheets into factors: chosen, looked at, then made the levels of one.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde::Serialize;
use tabane_intake::table::{self, Delimiter, Header, Remark, Table, TableChoices, TableEncoding};
use tabane_model::{Factor, Failure, Study};

use super::{StudyId, study};
use crate::view::{DataChoices, DataPreview, SheetView, StudyView, TableRemark, file_name};
use crate::{App, failure, lock};

/// Opaque to the page.
pub type DataId = String;

/// Bytes of text that a factor may hold: the study is one document, edited and saved whole.
const MOST_TEXT: usize = 32 << 20;

impl App {
    /// Remembers a chosen spreadsheet until Tabane closes; nothing of it is kept yet.
    #[must_use]
    pub fn add_data(&self, path: &Path) -> DataId {
        let id = uuid::Uuid::new_v4().simple().to_string();
        lock(&self.inner.data).insert(id.clone(), path.to_owned());
        id
    }

    /// The start of a chosen spreadsheet as it would come in.
    ///
    /// # Errors
    /// `table-*`: what is wrong with the file, or `data-not-found`.
    pub async fn data_preview(&self, data: &str, choices: DataChoices) -> Result<DataPreview, Failure> {
        let path = self.data_path(data)?;
        self.with_store(move |_, _| {
            let seen = table::preview(&path, &read_choices(&path, &choices)?).map_err(failure::of)?;
            Ok(DataPreview {
                file_name: file_name(&path),
                format: word(&seen.guess.format),
                sheets: seen
                    .guess
                    .sheets
                    .into_iter()
                    .map(|sheet| SheetView {
                        name: sheet.name,
                        hidden: sheet.hidden,
                    })
                    .collect(),
                sheet: seen.guess.sheet,
                encoding: seen.guess.encoding.map(|encoding| word(&encoding)),
                delimiter: seen.guess.delimiter.map(|delimiter| match delimiter {
                    Delimiter::Character(character) => character.to_string(),
                    Delimiter::None => String::new(),
                }),
                header_row: seen.guess.header != Header::None,
                columns: seen.columns.into_iter().map(|column| column.name).collect(),
                rows: seen.rows,
                row_count: seen.row_count,
                remarks: remarks(&seen.remarks),
            })
        })
        .await
    }

    /// Makes a chosen spreadsheet the levels of a factor of the study (0-based), or of a new one with this name.
    ///
    /// # Errors
    /// `table-*`, `data-too-large`, `study-sent`.
    pub async fn use_data(
        &self,
        id: &str,
        data: &str,
        choices: DataChoices,
        factor: Option<u32>,
        name: &str,
    ) -> Result<StudyView, Failure> {
        let path = self.data_path(data)?;
        let (wanted, name) = (id.to_owned(), name.to_owned());
        let changed = self
            .with_store(move |_, store| {
                let (_, mut design) = study(store, &wanted)?;
                put_data(&mut design, &path, &choices, factor, &name)?;
                Ok(design)
            })
            .await?;
        self.save_study(id, changed).await
    }

    /// A study that begins with a spreadsheet: dropped, or chosen to begin with.
    ///
    /// # Errors
    /// `table-*`, `data-too-large`.
    pub async fn study_from_data(&self, path: &Path) -> Result<StudyId, Failure> {
        let language = self.settings()?.language;
        let path = path.to_owned();
        let design = self
            .with_store(move |_, _| {
                let mut design = tabane_study::empty(&language);
                design.title = path
                    .file_stem()
                    .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
                let name = tabane_study::factor::name_from(&design.title);
                put_data(&mut design, &path, &DataChoices::default(), None, &name)?;
                Ok(design)
            })
            .await?;
        self.add_study(design).await
    }

    fn data_path(&self, data: &str) -> Result<PathBuf, Failure> {
        let known = lock(&self.inner.data).get(data).cloned();
        known.ok_or_else(|| failure::not_found("data"))
    }
}

/// What came of a spreadsheet that was read into a study file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImportedData {
    pub levels: u32,
    pub columns: Vec<String>,
    /// What is worth knowing of the spreadsheet.
    pub remarks: Vec<TableRemark>,
}

/// Reads a spreadsheet into the factor with this name, or a new one, and writes the study file back, whole or not at
/// all (the command line).
///
/// # Errors
/// `study-*`, `file-*`, `table-*`, `data-*`, `disk-*`: the study file is as it was then.
pub fn import_data(
    study_file: &Path,
    data: &Path,
    choices: &DataChoices,
    factor: &str,
) -> Result<ImportedData, Failure> {
    let mut design = super::read_study_file(study_file)?;
    let place = design.factors.iter().position(|known| known.name == factor);
    if place.is_none() && (!tabane_study::factor::is_name(factor) || tabane_study::factor::is_taken(factor)) {
        return Err(Failure::new("data-factor-name").with("name", factor));
    }
    let place = place.and_then(|place| u32::try_from(place).ok());
    let imported = put_data(&mut design, data, choices, place, factor)?;
    if imported.levels == 0 {
        return Err(Failure::new("data-no-rows").with("file", file_name(data)));
    }
    let text = tabane_study::file::write(&design);
    tabane_export::write_whole(study_file, &mut |out| Ok(out.write_all(text.as_bytes())?))
        .map_err(failure::of)?;
    Ok(imported)
}

fn put_data(
    design: &mut Study,
    path: &Path,
    choices: &DataChoices,
    factor: Option<u32>,
    name: &str,
) -> Result<ImportedData, Failure> {
    let before = design.clone();
    let (columns, levels, remarks) = read(path, choices)?;
    let imported = ImportedData {
        levels: u32::try_from(levels.len()).unwrap_or(u32::MAX),
        columns: columns.clone(),
        remarks,
    };
    match factor.and_then(|place| design.factors.get_mut(place as usize)) {
        Some(factor) => {
            factor.columns = columns;
            factor.levels = levels;
        }
        None => design.factors.push(Factor {
            name: name.to_owned(),
            label: String::new(),
            columns,
            levels,
        }),
    }
    tabane_study::follow_factors(&before, design);
    Ok(imported)
}

/// Columns, rows, remarks.
type Read = (Vec<String>, Vec<Vec<String>>, Vec<TableRemark>);

fn read(path: &Path, choices: &DataChoices) -> Result<Read, Failure> {
    let mut table = Table::open(path, &read_choices(path, choices)?).map_err(failure::of)?;
    let mut levels = Vec::new();
    let mut text = 0;
    let summary = table
        .rows(|row| {
            text += row.cells.iter().map(String::len).sum::<usize>();
            if text > MOST_TEXT {
                return ControlFlow::Break(());
            }
            levels.push(row.cells.to_vec());
            ControlFlow::Continue(())
        })
        .map_err(failure::of)?;
    if text > MOST_TEXT {
        return Err(Failure::new("data-too-large")
            .with("file", file_name(path))
            .with("limit", (MOST_TEXT >> 20) as u64));
    }
    let columns = table.columns().iter().map(|column| column.name.clone());
    Ok((columns.collect(), levels, remarks(&summary.remarks)))
}

fn remarks(found: &[Remark]) -> Vec<TableRemark> {
    let told = found.iter().map(|remark| TableRemark {
        code: remark.code(),
        args: remark.args(),
    });
    told.collect()
}

fn read_choices(path: &Path, choices: &DataChoices) -> Result<TableChoices, Failure> {
    let mut read = TableChoices {
        sheet: choices.sheet.clone(),
        encoding: match &choices.encoding {
            None => None,
            Some(word) => Some(encoding(word)?),
        },
        delimiter: choices
            .delimiter
            .as_ref()
            .map(|word| word.chars().next().map_or(Delimiter::None, Delimiter::Character)),
        header: None,
    };
    match choices.header_row {
        None => {}
        Some(false) => read.header = Some(Header::None),
        // The guess may have found the names below a title; only where it found none are they the first row.
        Some(true) => {
            let guessed = Table::open(path, &read).map_err(failure::of)?.guess().header;
            read.header = Some(match guessed {
                Header::None => Header::Row(1),
                found => found,
            });
        }
    }
    Ok(read)
}

fn encoding(word: &str) -> Result<TableEncoding, Failure> {
    serde_json::from_value(serde_json::Value::from(word))
        .map_err(|_| Failure::new("encoding-unknown").with("encoding", word))
}

/// The word by which a choice is known outside.
fn word(choice: &impl serde::Serialize) -> String {
    match serde_json::to_value(choice) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
