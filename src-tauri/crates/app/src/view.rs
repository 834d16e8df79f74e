//! What the window and `--json` see: plain records made from the store, with times in milliseconds UTC as numbers.
//!
//! 64-bit integers do not cross to the page, so counts are `u32` and sizes and times `f64`; these are never NaN,
//! so that their TypeScript is told as that of a whole number: `number`, never null.

mod results;
mod study;

use std::path::Path;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use specta::Type;
use tabane_model::{Adaptation, CheckReport, Counts, Failure, Fix, JobState, PartState, ProblemGroup};

use crate::fit::Fit;

pub use results::{
    ExportOrder, ExportView, FactorHead, LookCount, MessageView, ResultsOf, RowDetail, RowStudy, RowView,
    StatusCount, StudyHead, ViewFilter, ViewHandle,
};
pub use study::{
    DataChoices, DataPreview, SheetView, StudyRow, StudyStart, StudyTarget, StudyView, TableRemark,
};

/// UTC milliseconds as the page takes them.
pub type Time = f64;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Settings {
    /// `en` or `ja`.
    pub language: String,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// The first start has been seen.
    pub greeted: bool,
    /// Where the data lie, for the Settings page.
    pub data_folder: String,
    pub version: String,
}

/// One service as the Connections page lists it, connected or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct ServiceView {
    pub provider: String,
    pub name: String,
    pub needs_key: bool,
    pub needs_base_url: bool,
    pub base_url: Option<String>,
    /// Message id of a remark such as "may no longer be offered".
    pub note: Option<String>,
    pub windows: Vec<String>,
    /// Half price = 50; `None`: not told.
    pub discount_percent: Option<u32>,
    /// Days that results are kept; `None`: not told.
    pub retention_days: Option<u32>,
    /// It has words of its own for a chat: requests in OpenAI's are put in them.
    pub translates: bool,
    /// The shared part of prompts can be marked for its cache.
    pub caches: bool,
    /// What a connection needs beside address and key, in the order of the form.
    pub settings: Vec<SettingView>,
}

/// One field of a connection's form; its label is the message `setting-<name>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct SettingView {
    pub name: String,
    pub required: bool,
    pub default: Option<String>,
}

/// A model in the picker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct ModelView {
    pub id: String,
    /// Whether it answers batches; `None`: the service does not tell.
    pub batch: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct ConnectionView {
    /// `openai`, or `custom-2` for a second service of one's own.
    pub id: String,
    pub provider: String,
    pub name: String,
    pub base_url: Option<String>,
    pub settings: tabane_model::Settings,
    /// Last four characters of the key; `None` when no key is saved.
    pub key_ends: Option<String>,
    /// The key lives only until Tabane closes.
    pub key_is_temporary: bool,
    /// The keychain could not be asked.
    pub key_failure: Option<Failure>,
    pub last_test: Option<TestView>,
}

/// What the last test of a key found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct TestView {
    #[specta(type = u32)]
    pub at: Time,
    pub models: u32,
    /// `None`: it works.
    pub failure: Option<Failure>,
    /// What may stand in the way although it works; it never blocks.
    pub remarks: Vec<Failure>,
}

/// What the page sends once when a connection is typed. `Debug` never shows the key.
#[derive(Clone, PartialEq, Deserialize, Type)]
pub struct ConnectionForm {
    /// `None`: a new connection.
    pub id: Option<String>,
    pub provider: String,
    pub name: String,
    pub base_url: Option<String>,
    /// By the names that the service asks for; blank ones are not set.
    #[serde(default)]
    pub settings: tabane_model::Settings,
    /// `None` or empty: keep the saved key.
    pub key: Option<String>,
    /// Delete the saved key and go on without one, where the service needs none: at Google Cloud by the login of
    /// this computer.
    #[serde(default)]
    pub forget_key: bool,
    /// Keep the key only until Tabane closes, not in the keychain.
    pub until_close: bool,
}

impl ConnectionForm {
    /// The key as it was typed.
    pub(crate) fn typed_key(&self) -> Option<SecretString> {
        let key = self.key.as_deref().map(str::trim);
        key.filter(|key| !key.is_empty()).map(SecretString::from)
    }
}

impl std::fmt::Debug for ConnectionForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConnectionForm")
            .field("provider", &self.provider)
            .finish_non_exhaustive()
    }
}

/// A dropped file that has not been sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct DraftView {
    pub id: String,
    pub name: String,
    pub file_name: String,
    /// Connection id chosen to send to.
    pub connection: Option<String>,
    /// The model that answers every line, whatever the lines name. `None`: as they name it.
    pub model: Option<String>,
    pub window: String,
    pub fixes: Vec<Fix>,
    /// The longest answer in tokens where the service demands a limit and a request names none; `None`: 4,096.
    pub max_tokens: Option<u32>,
    /// The shared part of the prompts is marked for the service's cache.
    pub cache_prompt: bool,
    #[specta(type = u32)]
    pub created_at: Time,
    pub check: CheckState,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum CheckState {
    Running {
        #[specta(type = u32)]
        bytes_done: f64,
        #[specta(type = u32)]
        bytes_total: f64,
        lines: u32,
    },
    Done {
        report: Box<ReportView>,
    },
    Stopped,
    Failed {
        failure: Failure,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct ReportView {
    pub lines: u32,
    pub requests: u32,
    #[specta(type = u32)]
    pub bytes: f64,
    pub parts: u32,
    /// Jobs that sending makes: more than one with *one job per model*.
    pub jobs: u32,
    pub models: Vec<ModelCount>,
    pub endpoints: Vec<ModelCount>,
    /// Lines that still have an error.
    pub errors: u32,
    pub warnings: u32,
    pub groups: Vec<ProblemGroup>,
    pub encoding: String,
    pub ok: bool,
    /// Lines that a chosen fix leaves out.
    pub left_out: u32,
    /// What will be changed in the requests to suit the service, and what the model will not take.
    pub adaptations: Vec<Adaptation>,
    /// Why the requests cannot be put in the service's words: nothing is sent then.
    pub untranslatable: Option<Failure>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct ModelCount {
    pub name: String,
    pub requests: u32,
}

impl ReportView {
    pub(crate) fn from_report(report: &CheckReport, fit: Fit, one_job_per_model: bool) -> Self {
        let counted = |pairs: &[(String, u64)]| {
            pairs
                .iter()
                .map(|(name, n)| ModelCount {
                    name: name.clone(),
                    requests: small(*n),
                })
                .collect::<Vec<_>>()
        };
        let left_out = report
            .groups
            .iter()
            .filter(|group| group.fixed && matches!(group.fix, Some(Fix::LeaveOut { .. })))
            .map(|group| group.count)
            .sum();
        Self {
            lines: small(report.lines),
            requests: small(report.requests),
            bytes: float(report.bytes),
            parts: report.parts,
            jobs: if one_job_per_model {
                u32::try_from(report.models.len()).unwrap_or(1).max(1)
            } else {
                1
            },
            models: counted(&report.models),
            endpoints: counted(&report.endpoints),
            errors: small(report.errors),
            warnings: small(report.warnings),
            groups: report.groups.clone(),
            encoding: report.encoding.clone(),
            ok: report.is_ok() && fit.untranslatable.is_none(),
            left_out,
            adaptations: fit.adaptations,
            untranslatable: fit.untranslatable,
        }
    }
}

/// A batch at a service that could become a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct AdoptableView {
    pub id: String,
    pub name: Option<String>,
    pub model: Option<String>,
    /// The service's own word.
    pub status: String,
    pub requests: Option<u32>,
    #[specta(type = Option<u32>)]
    pub created_at: Option<Time>,
    /// It is this job already.
    pub job: Option<String>,
}

/// A job in lists, on its page and from the command line: the same record everywhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct JobView {
    pub id: String,
    pub name: String,
    pub provider: String,
    pub provider_name: String,
    pub practice: bool,
    pub model: Option<String>,
    pub window: String,
    pub state: JobState,
    /// Why it waits for the user.
    pub waiting: Option<Failure>,
    pub counts: Counts,
    /// What the provider last told of requests not collected yet; `None`: not told.
    pub told_completed: Option<u32>,
    pub told_failed: Option<u32>,
    #[specta(type = u32)]
    pub created_at: Time,
    #[specta(type = Option<u32>)]
    pub sent_at: Option<Time>,
    #[specta(type = Option<u32>)]
    pub ended_at: Option<Time>,
    /// The latest moment at which the provider ends it.
    #[specta(type = Option<u32>)]
    pub due_by: Option<Time>,
    /// When results that are not fetched yet are gone at the provider.
    #[specta(type = Option<u32>)]
    pub kept_until: Option<Time>,
    /// What was changed in the requests to suit the service.
    pub adaptations: Vec<Adaptation>,
    /// The version of the service's interface that the requests were written for.
    pub api_version: Option<String>,
    /// Collected parts of which files, tables or datasets of ours are still at the service.
    pub leftovers: u32,
    #[specta(type = u32)]
    pub bytes: f64,
    pub parts: Vec<PartView>,
    pub cancel_asked: bool,
    pub origin: String,
    /// Answers that came for no request of ours.
    pub orphans: u32,
    /// `Failure` codes or provider codes with their number, most first.
    pub failures: Vec<FailureCount>,
    /// Answers cut off at the length limit, and answers declined.
    pub cut_off: u32,
    pub declined: u32,
    /// Answered rows of a study in which a field has no value.
    pub missing_values: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PartView {
    pub number: u32,
    pub state: PartState,
    pub requests: u32,
    #[specta(type = u32)]
    pub bytes: f64,
    pub batch_id: Option<String>,
    /// The provider's own word.
    pub status: Option<String>,
    pub told_completed: Option<u32>,
    pub told_failed: Option<u32>,
    #[specta(type = Option<u32>)]
    pub sent_at: Option<Time>,
    #[specta(type = Option<u32>)]
    pub ended_at: Option<Time>,
    #[specta(type = Option<u32>)]
    pub expires_at: Option<Time>,
    pub failure: Option<Failure>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct FailureCount {
    pub code: String,
    pub message: String,
    pub count: u32,
}

/// One line of a job's timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct TimelineEntry {
    #[specta(type = u32)]
    pub at: Time,
    pub part: Option<u32>,
    /// A job or part state.
    pub to: String,
    pub failure: Option<Failure>,
}

/// What to do about a create that nobody can tell the fate of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// Look at the provider once more.
    Look,
    /// Send the part again, knowing that it may be paid twice.
    Send,
    /// Give the part up.
    Drop,
}

/// What became stale; the window asks again. Never data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Stale {
    Jobs,
    Job {
        id: String,
    },
    Drafts,
    Draft {
        id: String,
    },
    Connections,
    Settings,
    Studies,
    Study {
        id: String,
    },
    /// An export has written this many rows.
    Export {
        rows: u32,
    },
    /// A job ended: the shell shows a notification.
    Ended {
        id: String,
    },
}

/// The last part of a path, for people; empty where there is none.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

pub(crate) fn small(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[allow(clippy::cast_precision_loss)] // sizes and times stay below 2^53
pub(crate) fn float(n: u64) -> f64 {
    n as f64
}

#[allow(clippy::cast_precision_loss)] // milliseconds stay below 2^53
pub(crate) fn time(at: i64) -> Time {
    at as f64
}
