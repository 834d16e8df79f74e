//! The whole engine through `tabane-cli` against the simulator in its own process: send, resume, kill, cancel, export.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod commands;
mod faults;
mod killed;
mod large;
mod main_path;
