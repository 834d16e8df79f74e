//! The Google login of this computer: the file of Application Default Credentials, else the `gcloud` tool.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use secrecy::SecretString;
use tabane_model::Failure;
use tokio::process::Command;

use super::credentials::Credentials;

/// `gcloud` starts slowly; after this long it waits for something that nobody can give it.
const PATIENCE: Duration = Duration::from_secs(45);

/// Where a login is looked for.
pub(in crate::vertex) struct Machine {
    /// The file of Application Default Credentials.
    pub(super) file: Option<PathBuf>,
    pub(super) gcloud: OsString,
}

impl Machine {
    /// As Google's libraries look: `GOOGLE_APPLICATION_CREDENTIALS`, else the folder of `gcloud` (section 6).
    pub(super) fn here() -> Self {
        let set = |name: &str| {
            std::env::var_os(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        let folder = || {
            set("CLOUDSDK_CONFIG").or_else(|| {
                if cfg!(windows) {
                    Some(set("APPDATA")?.join("gcloud"))
                } else {
                    Some(set("HOME")?.join(".config").join("gcloud"))
                }
            })
        };
        let file = set("GOOGLE_APPLICATION_CREDENTIALS")
            .or_else(|| Some(folder()?.join("application_default_credentials.json")));
        let gcloud = if cfg!(windows) { "gcloud.cmd" } else { "gcloud" };
        Self {
            file,
            gcloud: gcloud.into(),
        }
    }

    /// The credentials of the file and its text, by which a token of it is known again. `None`: there is no file.
    ///
    /// # Errors
    /// The file is there and of no use.
    pub(super) async fn file(&self, service: &str) -> Result<Option<(Credentials, String)>, Failure> {
        let Some(file) = &self.file else {
            return Ok(None);
        };
        match tokio::fs::read_to_string(file).await {
            Ok(text) => Ok(Some((Credentials::of_file(&text, false, service)?, text))),
            Err(_) => Ok(None),
        }
    }

    /// # Errors
    /// `login-missing`: no tool, or nobody has logged in with it.
    pub(super) async fn token(&self) -> Result<SecretString, Failure> {
        self.asked(&["auth", "print-access-token"])
            .await
            .map(SecretString::from)
    }

    /// The project that the tool is set to.
    pub(super) async fn project(&self) -> Option<String> {
        let project = self.asked(&["config", "get-value", "project"]).await.ok()?;
        (project != "(unset)").then_some(project)
    }

    /// One word that the tool says. What it says beside that is not repeated.
    async fn asked(&self, words: &[&str]) -> Result<String, Failure> {
        let missing = || Failure::new("login-missing");
        let mut command = Command::new(Path::new(&self.gcloud));
        command
            .args(words)
            .args(["--quiet"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        #[cfg(windows)]
        command.creation_flags(NO_WINDOW);
        let ended = tokio::time::timeout(PATIENCE, command.output()).await;
        let said = ended.map_err(|_| missing())?.map_err(|_| missing())?;
        let word = String::from_utf8_lossy(&said.stdout).trim().to_owned();
        if said.status.success() && !word.is_empty() && !word.contains(char::is_whitespace) {
            Ok(word)
        } else {
            Err(missing())
        }
    }
}

/// `CREATE_NO_WINDOW`: no console flashes up.
#[cfg(windows)]
const NO_WINDOW: u32 = 0x0800_0000;
