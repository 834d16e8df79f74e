//! Claude: Anthropic's Message Batches. All requests go out in the body of the create; there are no files, names,
//! labels or marks (wire notes, Anthropic 1).

mod answers;
mod batches;
mod body;
mod client;
mod finding;
mod models;
mod params;
mod schema;
mod writing;

pub(crate) use answers::{read_row, reads};
pub(crate) use client::Client;
pub(crate) use writing::write;

/// The version of the interface that reads and creates are made in, with requests that set no sampling: the newest,
/// sent by Python package `anthropic` 2.12.0 of 2026-11-20.
pub(crate) const VERSION: &str = "2026-10-21";

/// The version before it, the last that takes `temperature`, `top_p` and `top_k` (migration page, 2026-11-24).
pub(crate) const VERSION_WITH_SAMPLING: &str = "2023-06-01";

#[cfg(test)]
mod tests;
