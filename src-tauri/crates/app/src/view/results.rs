//! What the window sees of results.

use serde::{Deserialize, Serialize};
use specta::Type;
use tabane_model::{Field, Look, SheetCell, Status};

/// Whose results: one job's, or those of all jobs of a study in one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "of", rename_all = "lowercase")]
pub enum ResultsOf {
    Job { id: String },
    Study { id: String },
}

/// What the page asks of the results table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct ViewFilter {
    pub status: Vec<Status>,
    /// Only rows that are worth one of these looks; empty: any.
    pub looks: Vec<Look>,
    pub search: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct ViewHandle {
    pub view: u32,
    pub rows: u32,
    /// Rows of the search by status, whatever the status filter.
    pub by_status: Vec<StatusCount>,
    /// Rows of the search that are worth each look, whatever the filters.
    pub by_look: Vec<LookCount>,
    /// What heads the columns of a study's results.
    pub study: Option<StudyHead>,
}

/// The columns that a study adds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct StudyHead {
    pub id: String,
    pub title: String,
    /// In the order of the rows' levels.
    pub factors: Vec<FactorHead>,
    /// In the order of the rows' cells.
    pub fields: Vec<Field>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FactorHead {
    pub name: String,
    pub label: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LookCount {
    pub look: Look,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct StatusCount {
    pub status: Status,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct RowView {
    /// Id of the job that it belongs to.
    pub job: String,
    pub position: u32,
    pub custom_id: String,
    pub status: Status,
    /// The first 400 characters.
    pub answer: Option<String>,
    pub finish_reason: Option<String>,
    pub model: Option<String>,
    #[specta(type = Option<u32>)]
    pub input_tokens: Option<f64>,
    #[specta(type = Option<u32>)]
    pub output_tokens: Option<f64>,
    pub error_code: Option<String>,
    pub error_message: Option<String>,
    /// The model that was asked.
    pub asked_model: Option<String>,
    pub provider: String,
    pub study: Option<RowStudy>,
}

/// What a study knows of a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct RowStudy {
    /// Level ids in the order of the factors.
    pub levels: Vec<String>,
    pub trial: u32,
    #[specta(type = Option<u32>)]
    pub temperature: Option<f64>,
    /// In the order of the fields; empty: not read yet.
    pub cells: Vec<SheetCell>,
}

/// A row whole: the request as it went out and the answer as it came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct RowDetail {
    pub row: RowView,
    pub source_line: u32,
    #[specta(type = Option<u32>)]
    pub cached_tokens: Option<f64>,
    #[specta(type = Option<u32>)]
    pub reasoning_tokens: Option<f64>,
    /// Messages of the request, in order; empty when they could not be read.
    pub messages: Vec<MessageView>,
    /// The line as it went out; `None` for an imported job without its requests.
    pub request: Option<String>,
    pub answer: Option<String>,
    /// The line as received.
    pub raw: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct MessageView {
    pub role: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct ExportOrder {
    pub of: ResultsOf,
    /// `csv`, `xlsx`, `json` or `jsonl`.
    pub format: String,
    pub filter: ViewFilter,
    pub defuse_formulas: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct ExportView {
    /// Opaque, for *Show in folder*.
    pub id: u32,
    pub file_name: String,
    pub rows: u32,
    #[specta(type = u32)]
    pub bytes: f64,
    /// Answers too long for a cell, kept whole on a second sheet.
    pub long_texts: u32,
}
