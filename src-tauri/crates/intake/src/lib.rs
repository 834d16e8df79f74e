//! Request files in: what they are, what is wrong with them, and their requests after the chosen fixes.
//!
//! Everything streams: a file of any size is read line by line, and [`check`] and [`requests`] run the same code
//! on a line, so that what is checked is what is sent. Knows nothing of services but their `Rules`.
//!
//! Tables in, for studies: spreadsheets and text in columns, see [`table`].

mod body;
mod check;
mod encoding;
mod error;
mod excerpt;
mod fields;
mod flaw;
mod form;
mod ids;
mod judge;
mod line;
mod parts;
mod recognise;
mod report;
mod requests;
mod screen;
mod source;
mod surrogate;
pub mod table;
#[cfg(test)]
mod tests;

pub use check::{Progress, check};
pub use error::Error;
pub use parts::wire_line_len;
pub use recognise::{Kind, recognise};
pub use requests::{Requests, requests};
