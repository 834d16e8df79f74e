//! Services that speak OpenAI's batch dialect. They share this one implementation and differ by rows of the table.

mod answers;
mod batches;
mod client;
mod finding;
mod reading;
mod uploading;
mod writing;

pub(crate) use answers::read_answer;
pub(crate) use batches::{read as read_batch, tags};
pub(crate) use client::{Client, models};
pub(crate) use reading::{is_said, read_row};
pub(crate) use uploading::{Readiness, file_name, until_ready, upload, upload_form};
pub(crate) use writing::{twisted, without};

#[cfg(test)]
mod tests;
