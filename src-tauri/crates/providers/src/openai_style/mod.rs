//! Services that speak OpenAI's batch dialect. They share this one implementation and differ by rows of the table.

mod answers;
mod batches;
mod client;
mod creating;
mod fetching;
mod finding;
mod lenient;
mod reading;
mod times;

pub(crate) use client::Client;
pub use reading::read_result_line;

#[cfg(test)]
mod tests;
