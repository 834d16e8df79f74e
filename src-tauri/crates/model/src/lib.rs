//! Plain types that every other crate shares. No input or output happens here.
//!
//! What one crate needs of another is a type in this crate that `app` passes on, so that the crates
//! beside each other never know one another.

mod checking;
mod failure;
mod job;
mod outcome;
mod provider;
mod study;
mod time;

pub use checking::{CheckReport, Fix, Problem, ProblemGroup, RequestLine, Severity};
pub use failure::{Arg, Args, ErrorCode, Explain, Failure};
pub use job::{EffectKind, EffectResult, JobId, JobState, PartNumber, PartState, RemoteCounts, RemoteState};
pub use outcome::{Counts, Look, Outcome, ResultRow, Status};
pub use provider::{ProviderId, Rules};
pub use study::{
    Adaptation, AnswerForm, AnswerSheet, Cell, Design, Factor, Field, FieldKind, HowRead, MissingReason,
    Order, Parameters, Prompt, RequestPreview, STUDY_FORMAT, Shape, SheetCell, Span, Study, StudyCount,
    StudyModel, StudyProblem, StudyRequest, StudyStep, Subset,
};
pub use time::{Clock, Millis, SystemClock};
