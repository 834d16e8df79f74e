//! A D-Bus session beside the desktop's own, with a keychain or without.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::desktop::shell;

/// A D-Bus session of its own. `SERVICES` is what it may start by itself.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>ADDRESS</listen>SERVICES
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"#;

/// Ended with the test, by its id.
pub(crate) struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(crate) struct Session {
    home: PathBuf,
    pub(crate) address: String,
    _bus: Running,
}

impl Session {
    pub(crate) fn start(home: &Path, services: &str) -> Self {
        std::fs::create_dir_all(home.join("data/keyrings")).unwrap();
        let (socket, config) = (home.join("bus"), home.join("bus.conf"));
        let address = format!("unix:path={}", socket.display());
        let text = BUS.replace("ADDRESS", &address).replace("SERVICES", services);
        std::fs::write(&config, text).unwrap();
        let mut bus = Command::new("dbus-daemon");
        bus.args(["--nofork", "--nopidfile", "--config-file"])
            .arg(&config);
        let bus = Running(bus.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
        for _ in 0..200 {
            if socket.exists() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Self {
            home: home.to_owned(),
            address,
            _bus: bus,
        }
    }

    /// The keychain of this session; without a password it stays locked.
    pub(crate) fn keyring(&self, password: Option<&str>) -> Running {
        let mut daemon = Command::new("gnome-keyring-daemon");
        daemon.args(["--foreground", "--components=secrets"]);
        if password.is_some() {
            daemon.arg("--unlock");
        }
        let mut daemon = daemon
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env("XDG_DATA_HOME", self.home.join("data"))
            .env("XDG_RUNTIME_DIR", &self.home)
            .env_remove("GNOME_KEYRING_CONTROL")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = password.unwrap_or_default();
        daemon.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let there = format!(
            "for i in $(seq 200); do DBUS_SESSION_BUS_ADDRESS='{}' gdbus call --session -d org.freedesktop.DBus -o / \
             -m org.freedesktop.DBus.NameHasOwner org.freedesktop.secrets | grep -q true && exit; sleep 0.05; done",
            self.address
        );
        shell(&there);
        Running(daemon)
    }
}
