//! OpenRouter: one key for the models of many makers. The requests go with the create, the results come inside the
//! batch.

mod batches;
mod client;
mod finding;
mod requests;
mod writing;

pub(crate) use client::Client;
pub(crate) use writing::write;

#[cfg(test)]
mod tests;
