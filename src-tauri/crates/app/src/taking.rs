//! A file that was dropped or chosen, whatever it is: requests become a draft, studies and spreadsheets a study.

use std::path::Path;

use tabane_intake::Kind;
use tabane_model::Failure;

use crate::{App, DraftId, StudyId, failure};

/// What came of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    Draft(DraftId),
    Study(StudyId),
}

/// Endings of text that holds a table: a single column of words looks like any other text.
const TABLE_TEXT: [&str; 4] = ["csv", "tsv", "tab", "txt"];

impl App {
    /// Takes a file in by what it holds.
    ///
    /// # Errors
    /// `file-*`, `table-*`, `study-*`: what is the matter with it.
    pub async fn take_in(&self, path: &Path) -> Result<Taken, Failure> {
        let ending = path
            .extension()
            .map_or_else(String::new, |ending| ending.to_string_lossy().to_lowercase());
        if ending == "tabane" {
            return self.add_study_file(path).await.map(Taken::Study);
        }
        let looked = path.to_owned();
        let kind = self
            .with_store(move |_, _| tabane_intake::recognise(&looked).map_err(failure::of))
            .await?;
        match kind {
            Kind::Spreadsheet => self.study_from_data(path).await.map(Taken::Study),
            Kind::Other if TABLE_TEXT.contains(&ending.as_str()) => {
                self.study_from_data(path).await.map(Taken::Study)
            }
            Kind::Requests | Kind::Results | Kind::Empty | Kind::Other => {
                self.add_file(path).await.map(Taken::Draft)
            }
        }
    }
}
