//! HTTP: one client, errors read leniently, reads repeated with patience. Nothing here prints a key.

mod address;
mod client;
mod errors;
mod retry;

pub(crate) use address::normalised;
pub(crate) use client::{Http, segment};
pub(crate) use errors::{classify, transport};
pub(crate) use retry::patiently;
