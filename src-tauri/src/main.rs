//! The desktop shell: wiring, one line per command, dialogs, drops, notifications. Everything else is in `tabane-app`.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod bindings;
mod closing;
#[cfg(test)]
mod command_names;
mod commands;
mod dialogs;
mod drops;
mod events;
mod linux;
mod logging;
mod notifications;
mod opening;

use std::path::PathBuf;

fn main() {
    // Keeps `ui/src/ipc/bindings.ts` in step: `tabane --export-bindings FILE` writes it and ends.
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|word| word == "--export-bindings") {
        let target = arguments.next().map(PathBuf::from);
        std::process::exit(target.map_or(2, |target| bindings::export(&target)));
    }
    linux::prepare();
    opening::run();
}
