//! HTTP: one client, errors read leniently, reads repeated with patience. Nothing here prints a key.

mod address;
mod client;
mod errors;
mod fetching;
mod gathering;
mod google;
mod listed;
mod pulse;
mod redaction;
mod reply;
mod retry;
mod said;
mod wait;

pub(crate) use address::{is_version, normalised, normalised_under};
pub(crate) use client::{Http, segment};
pub(crate) use errors::{cut_short, disk};
pub(crate) use fetching::{beside, fetch, keep_name};
pub(crate) use gathering::gather;
pub(crate) use listed::{listed, read_list};
pub(crate) use pulse::Pulse;
pub(crate) use reply::Reply;
pub(crate) use retry::patiently;
