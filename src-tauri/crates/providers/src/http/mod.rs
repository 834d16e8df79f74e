//! HTTP: one client, errors read leniently, reads repeated with patience. Nothing here prints a key.

mod address;
mod client;
mod errors;
mod pulse;
mod redaction;
mod reply;
mod retry;
mod said;
mod wait;

pub(crate) use address::normalised;
pub(crate) use client::{Http, segment};
pub(crate) use errors::disk;
pub(crate) use pulse::Pulse;
pub(crate) use reply::Reply;
pub(crate) use retry::patiently;
