//! xAI: files and lines as at OpenAI, batches that tell counters and no status, results in pages.

mod batches;
mod client;
mod rows;

pub(crate) use client::Client;
pub(crate) use rows::{read_row, reads};

#[cfg(test)]
mod tests;
