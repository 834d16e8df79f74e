//! The whole engine through `tabane-cli` against the simulator in its own process: send, resume, kill, cancel, export;
//! and against services that others wrote.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod commands;
mod faults;
mod killed;
mod large;
mod main_path;
mod other_servers;
mod providers;
mod study;
