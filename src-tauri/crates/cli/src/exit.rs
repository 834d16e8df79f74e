//! Exit codes: one list for all commands.

use tabane_app::view::JobView;
use tabane_model::JobState;

/// What a command came to; one list for all commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Done = 0,
    /// Problems were found, or some rows were not answered.
    NotAll = 1,
    WrongUsage = 2,
    CouldNot = 3,
}

/// Whether every row was answered, and whether it could be done at all.
pub(crate) fn exit_of(job: &JobView) -> Exit {
    match job.state {
        JobState::Waiting => Exit::CouldNot,
        JobState::Finished if job.counts.succeeded < job.counts.requests => Exit::NotAll,
        _ => Exit::Done,
    }
}

pub(crate) fn worse(one: Exit, other: Exit) -> Exit {
    if other as u8 > one as u8 { other } else { one }
}
