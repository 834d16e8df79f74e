//! The simulator over HTTP, as a client meets it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod faults;
mod process;
mod protocol;
mod support;
mod twists;
