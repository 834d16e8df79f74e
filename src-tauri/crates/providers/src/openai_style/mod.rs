//! Services that speak OpenAI's batch dialect. They share this one implementation and differ by rows of the table.

mod batches;
mod client;
mod reading;
mod times;

pub(crate) use client::Client;
pub use reading::read_result_line;
