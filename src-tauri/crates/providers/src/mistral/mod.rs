//! Mistral: files as at OpenAI, jobs of its own shape.

mod client;
mod jobs;
mod writing;

pub(crate) use client::Client;
pub(crate) use writing::write;

#[cfg(test)]
mod tests;
