//! What the names of a template stand for in one request.

use std::borrow::Cow;

use tabane_model::Factor;

use crate::design::Combinations;
use crate::factor;

/// What a name refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    Column { factor: usize, column: usize },
    Trial,
    AnswerSheet,
}

/// Why a name refers to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// Neither a factor nor a name of Tabane.
    Name,
    /// The factor has no such column.
    Column,
    /// A factor alone: which of its columns is meant?
    NoColumn,
}

impl Reference {
    pub(crate) fn find(factors: &[Factor], root: &str, column: Option<&str>) -> Result<Self, Unknown> {
        match (root, column) {
            ("trial", None) => return Ok(Self::Trial),
            ("answer_sheet", None) => return Ok(Self::AnswerSheet),
            _ => {}
        }
        let (index, of) = factors
            .iter()
            .enumerate()
            .find(|(_, factor)| factor.name == root)
            .ok_or(Unknown::Name)?;
        let column = factor::column(of, column.ok_or(Unknown::NoColumn)?).ok_or(Unknown::Column)?;
        Ok(Self::Column {
            factor: index,
            column,
        })
    }

    /// As the preview and sentences name it: `persona.name`, `trial`.
    pub(crate) fn shown(self, factors: &[Factor]) -> String {
        match self {
            Self::Trial => "trial".to_owned(),
            Self::AnswerSheet => "answer_sheet".to_owned(),
            Self::Column { factor, column } => factors.get(factor).map_or_else(String::new, |factor| {
                let column = factor.columns.get(column).map_or("", String::as_str);
                format!("{}.{column}", factor.name)
            }),
        }
    }
}

/// One request: its combination, its trial, and the answer sheet as this model reads it.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) combinations: &'a Combinations<'a>,
    pub(crate) combination: u32,
    pub(crate) trial: u32,
    pub(crate) answer_sheet: &'a str,
}

impl<'a> Scope<'a> {
    pub(crate) fn factors(&self) -> &'a [Factor] {
        self.combinations.factors()
    }

    pub(crate) fn level(&self, factor: usize) -> usize {
        self.combinations.level(self.combination, factor)
    }

    pub(crate) fn text(&self, reference: Reference) -> Cow<'a, str> {
        match reference {
            Reference::Column { factor, column } => self
                .factors()
                .get(factor)
                .map_or("", |of| factor::cell(of, self.level(factor), column))
                .into(),
            Reference::Trial => self.trial.to_string().into(),
            Reference::AnswerSheet => self.answer_sheet.into(),
        }
    }
}
