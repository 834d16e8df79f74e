//! A private desktop for the window tests: display, D-Bus, unlocked keyring, window manager, home.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::shell::{root, run_as, shown};

/// Runs inside `dbus-run-session`, with `DISPLAY` set. A keyring needs a password that is not empty, or it makes no
/// collection; without a window manager native dialogs get no keyboard.
const INSIDE: &str = r#"
eval "$(printf %s test | gnome-keyring-daemon --unlock --components=secrets 2>/dev/null)"
openbox >/dev/null 2>&1 &
for i in $(seq 100); do
  gdbus call --session -d org.freedesktop.DBus -o / -m org.freedesktop.DBus.NameHasOwner org.freedesktop.secrets 2>/dev/null | grep -q true && break
  sleep 0.05
done
"$@"
"#;

/// Starts the display on a free number, then the rest.
const OUTSIDE: &str = r#"
set -u
told=$(mktemp)
Xvfb -displayfd 9 -screen 0 1400x1000x24 -nolisten tcp -noreset 9>"$told" 2>/dev/null &
display=$!
trap 'kill $display 2>/dev/null; rm -f "$told"' EXIT
for i in $(seq 200); do [ -s "$told" ] && break; sleep 0.05; done
[ -s "$told" ] || { echo "Xvfb did not start" >&2; exit 1; }
DISPLAY=":$(cat "$told")" dbus-run-session -- bash -c "$INSIDE" session "$@"
"#;

/// Runs a command in a private desktop of its own, whose folders are removed afterwards.
pub(crate) fn run_inside(command: &Command) -> Result<()> {
    let name = format!("tabane-desktop-{}", std::process::id());
    let home = root().join("target").join(&name);
    // Sockets lie here, and the path of a socket has at most 107 bytes (Linux, `unix(7)`).
    let runtime = std::env::temp_dir().join(&name);
    make_private(&runtime)?;
    std::fs::create_dir_all(home.join(".local/share/keyrings"))?;
    let done = run_in(&home, &runtime, command);
    for folder in [&home, &runtime] {
        // A program on its way out may still write there; the next `cargo clean` takes the rest.
        let _ = std::fs::remove_dir_all(folder);
    }
    done
}

fn run_in(home: &Path, runtime: &Path, command: &Command) -> Result<()> {
    let mut outside = Command::new("bash");
    outside
        .arg("-c")
        .arg(OUTSIDE)
        .arg("session")
        .arg(command.get_program())
        .args(command.get_args());
    // Cargo and Rust live in the real home.
    for (variable, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        if std::env::var_os(variable).is_none()
            && let Some(real) = std::env::var_os("HOME")
        {
            outside.env(variable, Path::new(&real).join(folder));
        }
    }
    outside
        .current_dir(root())
        .env("INSIDE", INSIDE)
        .env("HOME", home)
        .env("XDG_RUNTIME_DIR", runtime)
        // Tests that want another language set it themselves.
        .env("LANG", "C.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LANGUAGE")
        .env("GDK_BACKEND", "x11")
        .env("GTK_USE_PORTAL", "0")
        .env("NO_AT_BRIDGE", "1")
        .env_remove("XDG_DATA_HOME")
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("XDG_CACHE_HOME")
        .env_remove("WAYLAND_DISPLAY")
        .envs(
            command
                .get_envs()
                .filter_map(|(name, value)| value.map(|value| (name, value))),
        );
    let shown = format!("{}   (in a private desktop)", shown(command));
    run_as(&shown, &mut outside)
}

#[cfg(unix)]
fn make_private(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::create_dir_all(folder)?;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    Ok(())
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    Ok(())
}
