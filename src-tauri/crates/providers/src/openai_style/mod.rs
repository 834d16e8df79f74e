//! Services that speak OpenAI's batch dialect. They share this one implementation and differ by rows of the table.

mod answers;
mod batches;
mod client;
mod finding;
mod reading;
mod uploading;
mod writing;

pub(crate) use client::Client;
pub(crate) use reading::read_row;
pub(crate) use uploading::{Readiness, file_name, until_ready, upload_form};
pub(crate) use writing::{twisted, without};

#[cfg(test)]
mod tests;
