//! A study as the researcher designs it, and as its `.tabane` file holds it: factors crossed with trials, prompts
//! with columns, an answer sheet, and the models that are asked.
//!
//! Everything a person types is kept as text, so that an id such as `007` stays what it is. The order of the fields
//! here is the order in the file. `study/study.schema.json` documents the file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};
use specta::Type;

/// The file format that this Tabane writes. Files with a higher number are refused with a sentence.
pub const STUDY_FORMAT: u32 = 1;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Study {
    /// [`STUDY_FORMAT`].
    pub tabane: u32,
    pub title: String,
    /// `en` or `ja`: the language in which the answer sheet is written out for the model.
    pub language: String,
    pub factors: Vec<Factor>,
    pub design: Design,
    pub prompt: Prompt,
    pub parameters: Parameters,
    pub answer_sheet: AnswerSheet,
    pub models: Vec<StudyModel>,
    /// Template of the readable id, such as `{{persona.id}}_{{text.id}}_n{{trial}}`.
    pub custom_id: String,
}

/// Persona, text, condition ...: a sheet whose rows are the levels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// As templates name it: letters of any script, digits and `_`, not beginning with a digit.
    pub name: String,
    /// As people read it; empty: the name.
    pub label: String,
    /// The column `id` names the levels; without one, the first column does.
    pub columns: Vec<String>,
    /// One row a level, one cell a column.
    pub levels: Vec<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Design {
    pub shape: Shape,
    /// Repetitions of each combination.
    pub trials: u32,
    /// Only combinations that match one of these; empty: all. Factor name to level id; a factor left out matches any.
    pub include: Vec<BTreeMap<String, String>>,
    /// Combinations that match one of these are left out.
    pub exclude: Vec<BTreeMap<String, String>>,
    pub order: Order,
    pub subset: Subset,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Every level of each factor with every other.
    Crossed,
    /// One request for each row of the only factor.
    List,
}

/// In which order requests are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Order {
    /// First factor outermost, trials innermost.
    #[default]
    AsDesigned,
    Random {
        seed: u32,
    },
}

/// Which requests of the design are sent, for pilots. Taken before the order is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Subset {
    #[default]
    All,
    /// The 1st, (step+1)th, (2*step+1)th ...
    EveryNth {
        step: u32,
    },
    Random {
        count: u32,
        seed: u32,
    },
}

/// Templates: `{{persona.name}}` is a column of a factor, `{{trial}}` the number of the repetition,
/// `{{answer_sheet}}` the answer sheet written out. Where no message names `{{answer_sheet}}`, it follows the user
/// message after an empty line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    /// Empty: no system message.
    pub system: String,
    pub user: String,
}

/// What is asked of the model beside the words. Each is empty (not sent), a value, or a formula of columns such as
/// `{{persona.temperature}} + {{text.modifier}}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    pub temperature: String,
    pub top_p: String,
    /// Tokens, thinking included where the model thinks.
    pub max_output_tokens: String,
    pub seed: String,
    pub frequency_penalty: String,
    pub presence_penalty: String,
    /// `minimal`, `low`, `medium`, `high`, or what the model knows.
    pub reasoning_effort: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct AnswerSheet {
    pub form: AnswerForm,
    pub fields: Vec<Field>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AnswerForm {
    /// A JSON schema goes with the request where the model takes one; others get numbered lines.
    Structured,
    /// Numbered lines ("Q1. ..."), read tolerantly.
    NumberedLines,
}

/// One item of the answer sheet: one column of the results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The key in structured answers and the variable name: `[a-z][a-z0-9_]*`, unique.
    pub name: String,
    /// What the model reads and the column is headed by.
    pub label: String,
    pub kind: FieldKind,
    /// Told to the model; may be empty.
    pub description: String,
    pub required: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum FieldKind {
    /// Both ends included; `None`: open.
    Integer {
        #[serde(serialize_with = "whole_numbers_plainly")]
        #[specta(type = Option<u32>)]
        minimum: Option<f64>,
        #[serde(serialize_with = "whole_numbers_plainly")]
        #[specta(type = Option<u32>)]
        maximum: Option<f64>,
    },
    Decimal {
        #[serde(serialize_with = "whole_numbers_plainly")]
        #[specta(type = Option<u32>)]
        minimum: Option<f64>,
        #[serde(serialize_with = "whole_numbers_plainly")]
        #[specta(type = Option<u32>)]
        maximum: Option<f64>,
    },
    Choice {
        choices: Vec<String>,
    },
    YesNo,
    /// One sentence.
    ShortText,
    LongText,
}

/// `100`, not `100.0`: the file reads as people write it.
fn whole_numbers_plainly<S: Serializer>(number: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    match number {
        // Below 2^53 the conversion is exact.
        #[allow(clippy::cast_possible_truncation)]
        Some(number) if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 => {
            to.serialize_some(&(*number as i64))
        }
        number => number.serialize(to),
    }
}

/// One model that the whole study is sent to: a job of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct StudyModel {
    /// A provider id such as `openai`.
    pub provider: String,
    pub model: String,
}
