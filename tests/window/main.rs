//! The real window, driven as a person would: mouse, keyboard, native dialogs, the keychain, notifications.
//!
//! One test at a time: they share a display, a keychain and a D-Bus session.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod accessibility;
mod by_keyboard;
mod connections;
mod desktop;
mod keyboard;
mod keychain;
mod main_path;
mod providers;
#[allow(dead_code)] // its walk is for pictures alone
mod service_states;
mod session;
mod states;
mod study;
mod study_by_keyboard;
mod study_data;
mod study_hand;
mod study_kept;
mod study_states;
mod walk;
