//! Google's Gemini API: a key, a file of requests laid down at the service, a batch of one model.
//!
//! How a request is written and how an answer is read is shared with Gemini on Vertex AI.

mod address;
mod answer;
mod batches;
mod client;
mod codes;
mod finding;
mod inlined;
mod line;
mod request;
mod rows;
mod upload;

pub(crate) use answer::read_answer;
pub(crate) use client::Client;
pub(crate) use codes::word;
pub(crate) use line::{ENDPOINT, write};
pub(crate) use request::request;
pub(crate) use rows::{read_row, reads};

#[cfg(test)]
mod tests;
