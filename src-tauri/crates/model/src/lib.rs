//! Plain types that every other crate shares. No input or output happens here.
//!
//! What one crate needs of another is a type in this crate that `app` passes on, so that the crates
//! beside each other never know one another.

mod cell;
mod checking;
mod failure;
mod job;
mod outcome;
mod provider;
mod study;
mod study_check;
mod time;

pub use cell::{Cell, HowRead, MissingReason, SheetCell, StudyRequest};
pub use checking::{CheckReport, Fix, Problem, ProblemGroup, RequestLine, Severity};
pub use failure::{Arg, Args, ErrorCode, Explain, Failure};
pub use job::{EffectKind, EffectResult, JobId, JobState, PartNumber, PartState, RemoteCounts, RemoteState};
pub use outcome::{Counts, Look, Outcome, ResultRow, Status};
pub use provider::{NativeLine, ProviderId, Rules, Settings};
pub use study::{
    AnswerForm, AnswerSheet, Design, Factor, Field, FieldKind, Order, Parameters, Prompt, STUDY_FORMAT,
    Shape, Study, StudyModel, Subset,
};
pub use study_check::{Adaptation, RequestPreview, Span, StudyCount, StudyProblem, StudyStep};
pub use time::{Clock, Millis, SystemClock};
