//! Fireworks: a part goes into a dataset, a job reads it and writes another (`wire/openai-style.md`, 4.5).
//!
//! All names are ours: the dataset and the job are called as the part is, the results `<part>-o`. So nothing is made
//! twice: a name that is taken is answered with 409.

mod client;
mod datasets;
mod jobs;

pub(crate) use client::Client;
pub(crate) use datasets::write;

#[cfg(test)]
mod tests;
