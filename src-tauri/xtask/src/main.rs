//! `cargo xtask COMMAND`: everything that a person who clones the repository needs.

#![allow(clippy::print_stdout, clippy::print_stderr)] // it talks to a terminal

mod bench;
mod bindings;
mod node;
mod packages;
mod python;
mod run;
mod session;
mod shell;
mod test;
mod tidy;

use std::process::ExitCode;

const HELP: &str = "cargo xtask COMMAND

  run        install what is missing, build, and open the window
             (without a display: send the sample through practice, headless)
  test       install what is missing, then every check and test; --fast stops before the window,
             --window does only the window
  bench      how fast and how small, beside references measured in the same run; --engine leaves the
             window out
  setup      only install what is missing
  bindings   write ui/src/ipc/bindings.ts anew from the commands
  screenshots  write a picture of every page to target/screenshots
  tidy       dependency direction, top level, paths, bindings";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["run"] => run::run(),
        ["test"] => test::all(),
        ["test", "--fast"] => test::fast(),
        ["test", "--window"] => test::window(),
        ["bench"] => bench::all(),
        ["bench", "--engine"] => bench::engine(),
        ["setup"] => test::set_up(),
        ["screenshots"] => test::screenshots(),
        ["bindings"] => bindings::write(),
        ["tidy"] => tidy::check().and_then(|()| bindings::check()),
        _ => {
            println!("{HELP}");
            return ExitCode::from(if words.is_empty() { 0 } else { 2 });
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
