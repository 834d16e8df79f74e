//! Together: jobs are told and files are fetched as at OpenAI; a file goes up otherwise, and a create takes no marks.

mod client;

pub(crate) use client::Client;

#[cfg(test)]
mod tests;
