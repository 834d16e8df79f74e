//! Studies: factors and trials into requests, answers into cells, and the study file. Pure: it reads no file, asks no
//! service and knows no database.

pub mod answers;
pub mod capability;
pub mod factor;
pub mod file;

mod adaptations;
mod body;
mod check;
mod design;
mod formula;
mod ids;
mod number;
mod order;
mod parameters;
mod plan;
mod requests;
mod start;
mod template;
#[cfg(test)]
mod testing;

pub use adaptations::adaptations;
pub use check::check;
pub use design::{MOST_REQUESTS, count};
pub use plan::Plan;
pub use requests::{PlannedRequest, Requests};
pub use start::{empty, follow_factors, names};
