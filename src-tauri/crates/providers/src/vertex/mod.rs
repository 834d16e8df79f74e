//! Gemini on Vertex AI: batch prediction jobs, with requests and answers in Cloud Storage or BigQuery, and Google's
//! own way of letting an account in.

mod bigquery;
mod client;
mod collecting;
mod google;
mod hosts;
mod jobs;
mod laying_down;
mod line;
mod oauth;
mod places;
mod refusals;
mod resumable;
mod rows;
mod storage;
mod trying;

pub(crate) use client::Client;
pub(crate) use line::write;
pub(crate) use rows::{read_row, reads};

#[cfg(test)]
mod tests;
