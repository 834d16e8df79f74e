//! System packages, on Debian and Ubuntu. On other systems the README says what is needed.

use std::process::Command;

use anyhow::{Result, bail};

use crate::shell::{output, run};

/// What building the window needs.
const BUILD: &[&str] = &["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev"];

/// What opening the window needs beside that: Japanese letters.
const WINDOW: &[&str] = &["fonts-noto-cjk"];

/// What tests need: a display, a D-Bus session, a keychain, a mouse; Python with its environments.
const DRIVE: &[&str] = &[
    "xvfb",
    "xauth",
    "webkit2gtk-driver",
    "gnome-keyring",
    "dbus",
    "dbus-x11",
    "libsecret-tools",
    "xdotool",
    "xclip",
    "openbox",
    "x11-utils",
    "imagemagick",
    "procps",
    "python3-venv",
    "python3-gi",
    "gir1.2-gtk-3.0",
];

pub(crate) fn install_all() -> Result<()> {
    install(&[BUILD, WINDOW, DRIVE].concat())
}

/// What `cargo xtask run` needs to open the window.
pub(crate) fn install_for_window() -> Result<()> {
    install(&[BUILD, WINDOW].concat())
}

fn install(packages: &[&str]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    if Command::new("dpkg-query").arg("--version").output().is_err() {
        println!(
            "Not Debian or Ubuntu: what is needed goes by these names there: {}",
            packages.join(" ")
        );
        return Ok(());
    }
    let missing: Vec<&str> = packages
        .iter()
        .copied()
        .filter(|package| !is_installed(package))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let line = format!("apt-get install -y --no-install-recommends {}", missing.join(" "));
    let is_root = output(Command::new("id").arg("-u"))?.trim() == "0";
    let may_sudo = Command::new("sudo")
        .args(["-n", "true"])
        .output()
        .is_ok_and(|done| done.status.success());
    if !is_root && !may_sudo {
        bail!(
            "some system packages are missing. Run this line once, then try again:\n  sudo apt-get update && sudo {line}"
        );
    }
    let apt = |words: &str| {
        let script = if is_root {
            words.to_owned()
        } else {
            format!("sudo {words}")
        };
        let mut command = Command::new("sh");
        command
            .arg("-c")
            .arg(script)
            .env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    run(&mut apt("apt-get update -qq"))?;
    run(&mut apt(&line.replace("apt-get install", "apt-get install -qq")))
}

fn is_installed(package: &str) -> bool {
    let asked = Command::new("dpkg-query")
        .args(["-W", "-f=${Status}", package])
        .output();
    asked.is_ok_and(|answer| String::from_utf8_lossy(&answer.stdout).contains("install ok installed"))
}
