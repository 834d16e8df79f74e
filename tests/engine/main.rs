//! The engine without a window, against the simulator, with a clock that the test sets.

#![allow(clippy::unwrap_used, clippy::panic)]

mod creates;
mod sleep;
mod waits;
