//! What the window sees of studies.

use serde::{Deserialize, Serialize};
use specta::Type;
use tabane_model::{Adaptation, Args, Study, StudyCount, StudyProblem};

use super::Time;

/// A study in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct StudyRow {
    pub id: String,
    pub title: String,
    #[specta(type = u32)]
    pub saved_at: Time,
    /// Requests to all its models.
    pub requests: u32,
    pub models: Vec<String>,
    /// Problems that stand in the way of sending.
    pub errors: u32,
    /// Its jobs, newest first; empty: not sent yet.
    pub jobs: Vec<String>,
}

/// A study on its page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct StudyView {
    pub id: String,
    pub study: Study,
    #[specta(type = u32)]
    pub saved_at: Time,
    /// It was sent: nothing changes it any more; a copy can be changed.
    pub frozen: bool,
    /// The study that this one was copied from, if it is still there: id and title.
    pub copy_of: Option<(String, String)>,
    /// Its jobs, newest first.
    pub jobs: Vec<String>,
    pub problems: Vec<StudyProblem>,
    pub count: StudyCount,
    /// Every name that a template can use, such as `persona.name`.
    pub columns: Vec<String>,
    /// The answer sheet as the model is told it.
    pub written_out: String,
    /// One for each model, in their order.
    pub targets: Vec<StudyTarget>,
}

/// A model of the study, and what is changed for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct StudyTarget {
    pub provider: String,
    pub provider_name: String,
    pub model: String,
    pub practice: bool,
    /// It can be sent to: a key is known, or none is needed.
    pub connected: bool,
    /// The answer sheet goes along as a form (JSON schema).
    pub structured: bool,
    pub adaptations: Vec<Adaptation>,
}

/// How a new study begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum StudyStart {
    Empty,
    Sample,
}

/// How a spreadsheet is to be read; `None`: as guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DataChoices {
    pub sheet: Option<String>,
    pub encoding: Option<String>,
    /// One character, such as `,` or a tab.
    pub delimiter: Option<String>,
    pub header_row: Option<bool>,
}

/// A chosen spreadsheet as it would come in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct DataPreview {
    pub file_name: String,
    /// `xlsx`, `xls`, `ods` or `text`.
    pub format: String,
    /// Empty for text.
    pub sheets: Vec<SheetView>,
    pub sheet: Option<String>,
    pub encoding: Option<String>,
    pub delimiter: Option<String>,
    pub header_row: bool,
    pub columns: Vec<String>,
    /// The first 50.
    pub rows: Vec<Vec<String>>,
    pub row_count: u32,
    /// What is worth knowing. `code` names the sentence `table-remark-<code>`.
    pub remarks: Vec<TableRemark>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SheetView {
    pub name: String,
    pub hidden: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct TableRemark {
    pub code: String,
    pub args: Args,
}
