//! The built-in sample: a small request file that goes through the practice service.

use tabane_model::Failure;

use crate::drafts::DraftId;
use crate::{App, failure};

const ENGLISH: &str = include_str!("../../../../tests/fixtures/sample.en.jsonl");
const JAPANESE: &str = include_str!("../../../../tests/fixtures/sample.ja.jsonl");

impl App {
    /// Opens the sample in the window's language as a draft that goes to the practice service.
    ///
    /// # Errors
    /// `disk-*`.
    pub async fn open_sample(&self) -> Result<DraftId, Failure> {
        let japanese = self.settings()?.language == "ja";
        let (name, text) = if japanese {
            ("感情評定の見本.jsonl", JAPANESE)
        } else {
            ("Emotion ratings sample.jsonl", ENGLISH)
        };
        let folder = self.inner.data_dir.join("sample");
        let path = folder.join(name);
        let target = path.clone();
        self.with_store(move |_, _| {
            std::fs::create_dir_all(&folder).map_err(failure::of_disk)?;
            std::fs::write(&target, text).map_err(failure::of_disk)
        })
        .await?;
        let id = self.add_file(&path).await?;
        self.choose_connection(&id, "practice").await?;
        Ok(id)
    }
}
