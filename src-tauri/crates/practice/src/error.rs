//! Why the practice provider could not start.

use std::path::PathBuf;

use tabane_model::{Explain, Failure};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the folder {} of the practice provider cannot be used: {cause}", dir.display())]
    Folder { dir: PathBuf, cause: std::io::Error },
    #[error("no port of this computer could be opened: {0}")]
    Port(std::io::Error),
}

impl Explain for Error {
    fn explain(&self) -> Failure {
        match self {
            Self::Folder { dir, cause } => Failure::new("practice-folder")
                .with("folder", dir.display().to_string())
                .detail(cause.to_string()),
            Self::Port(cause) => Failure::new("practice-port").detail(cause.to_string()),
        }
    }
}
