//! Everything that Tabane remembers, in one SQLite file: jobs, their parts, what was done outside for them,
//! requests and what became of them. Knows no network and no window.
//!
//! One process holds the data folder at a time (an OS lock); inside it one connection writes and a few read.
//! All functions block: call them from `spawn_blocking` or a thread.

mod cells;
mod columns;
mod connections;
mod drafts;
mod effects;
mod error;
mod facets;
mod filter;
mod jobs;
mod lock;
mod migrate;
mod parts;
mod place;
mod reconcile;
mod requests;
mod results;
mod settings;
mod store;
mod studies;
mod tally;
#[cfg(test)]
mod testing;
mod views;

pub use cells::{Answer, CellWriter};
pub use connections::{ConnectionRecord, LastTest};
pub use drafts::DraftRecord;
pub use effects::EffectRecord;
pub use error::Error;
pub use facets::Facets;
pub use filter::Filter;
pub use jobs::{JobRecord, Transition};
pub use parts::PartRecord;
pub use place::Source;
pub use requests::{NewRequest, RequestPlace, RequestWriter};
pub use results::{Collected, ResultWriter};
pub use store::{DATABASE, Store};
pub use studies::StudyRecord;
pub use views::FailureGroup;

/// What every function of this crate gives.
pub type Result<T, E = Error> = std::result::Result<T, E>;
