//! Files in: a dropped request file is recognised, checked line by line, and read out again as what is sent.
//!
//! Checking and reading share the code for a line, so that what was checked is what goes out. Everything streams:
//! memory does not grow with the file but for a set of 64-bit ids.

mod check;
mod error;
mod excerpt;
mod ids;
mod line;
mod parts;
mod recognise;
mod requests;
mod source;

pub use check::{Progress, check};
pub use error::Error;
pub use recognise::{Kind, recognise};
pub use requests::{Requests, requests};

#[cfg(test)]
mod tests;
