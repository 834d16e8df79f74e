//! The keychain against a real Secret Service on a D-Bus of its own: started late, restarted, locked.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)] // a test, helpers included

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tabane_keys::{ExposeSecret as _, Keychain, SecretStore as _, SecretString};

/// A bus that starts nothing by itself: otherwise it would answer for a keychain that is just restarting
/// with one of its own, which is locked.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>ADDRESS</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"#;

/// Runs the scenario below in a process of its own, whose environment leads nowhere near the keychain of
/// whoever runs the tests.
#[test]
fn a_real_keychain() {
    if !["dbus-daemon", "gnome-keyring-daemon"]
        .into_iter()
        .all(is_installed)
    {
        println!("skipped: needs dbus-daemon and gnome-keyring-daemon");
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let bus = home.path().join("bus");
    let done = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "scenario", "--nocapture"])
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env("XDG_DATA_HOME", home.path().join("data"))
        .env("XDG_CONFIG_HOME", home.path().join("config"))
        .env("XDG_CACHE_HOME", home.path().join("cache"))
        .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", bus.display()))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("GNOME_KEYRING_CONTROL")
        .env("TABANE_TEST_BUS", &bus)
        .output()
        .unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
    assert!(
        done.status.success() && said.contains("the whole scenario ran"),
        "{said}"
    );
}

#[test]
#[ignore = "run by a_real_keychain, in an environment of its own"]
fn scenario() {
    let Some(bus) = std::env::var_os("TABANE_TEST_BUS") else {
        return;
    };
    let bus = Path::new(&bus);
    let keychain = Keychain::with_limit(Duration::from_secs(2));
    let key = SecretString::from("sk-test-鍵🔑-0001");
    let read = |account: &str| {
        keychain
            .read(account)
            .map(|found| found.map(|key| key.expose_secret().to_owned()))
    };

    // Nothing is there yet: said so, and quickly.
    let begun = Instant::now();
    assert_eq!(keychain.available().unwrap_err().code, "keychain-missing");
    assert_eq!(
        keychain.save("openai", &key).unwrap_err().code,
        "keychain-missing"
    );
    assert!(begun.elapsed() < Duration::from_secs(2));

    // It starts later: the same object works without a restart of the app.
    let config = bus.with_extension("conf");
    std::fs::write(
        &config,
        BUS.replace("ADDRESS", &format!("unix:path={}", bus.display())),
    )
    .unwrap();
    let _dbus = Running::start(
        Command::new("dbus-daemon")
            .args(["--nofork", "--nopidfile", "--config-file"])
            .arg(&config),
        "",
    );
    wait_until("the bus", || bus.exists());
    let service = unlocked();
    wait_until("the keychain", || keychain.available().is_ok());
    assert_eq!(read("openai"), Ok(None));
    keychain
        .save("openai", &SecretString::from("an older key"))
        .unwrap();
    keychain.save("openai", &key).unwrap();
    assert_eq!(read("openai").unwrap().as_deref(), Some(key.expose_secret()));
    let long = "x".repeat(20_000);
    keychain.save("long", &SecretString::from(long.as_str())).unwrap();
    assert_eq!(read("long").unwrap(), Some(long));
    keychain.delete("long").unwrap();
    keychain.delete("long").unwrap();
    assert_eq!(read("long"), Ok(None));

    // It restarts: the key is still there, and nobody notices the new connection.
    drop(service);
    let service = unlocked();
    wait_until("the key after a restart", || {
        read("openai").is_ok_and(|found| found.is_some())
    });

    // It hangs: an answer within the limit, and afterwards all is well again.
    service.signal("STOP");
    let begun = Instant::now();
    assert_eq!(read("openai").unwrap_err().code, "keychain-locked");
    assert!(begun.elapsed() < Duration::from_secs(4));
    service.signal("CONT");
    wait_until("the keychain that hung", || {
        read("openai").is_ok_and(|found| found.is_some())
    });

    // Locked, with nobody to ask for the password: an answer within the limit.
    drop(service);
    let service = Running::start(
        Command::new("gnome-keyring-daemon").args(["--foreground", "--components=secrets"]),
        "",
    );
    wait_until("the locked keychain", || keychain.available().is_ok());
    let begun = Instant::now();
    let failure = read("openai").unwrap_err();
    assert_eq!(failure.code, "keychain-locked", "{failure}");
    assert!(!format!("{failure:?}").contains("sk-test"));
    assert!(begun.elapsed() < Duration::from_secs(4));

    // Unlocked again: so does trying again.
    drop(service);
    let _service = unlocked();
    wait_until("the unlocked keychain", || {
        read("openai").is_ok_and(|found| found.is_some())
    });
    keychain.delete("openai").unwrap();
    assert_eq!(read("openai"), Ok(None));
    println!("the whole scenario ran");
}

fn is_installed(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
}

/// A keychain whose password is the empty line.
fn unlocked() -> Running {
    Running::start(
        Command::new("gnome-keyring-daemon").args(["--unlock", "--foreground", "--components=secrets"]),
        "\n",
    )
}

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(
            begun.elapsed() < Duration::from_secs(15),
            "waited too long for {what}"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A process that ends with the test.
struct Running(Child);

impl Running {
    fn start(command: &mut Command, input: &str) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Self(child)
    }
}

impl Running {
    fn signal(&self, name: &str) {
        let done = Command::new("kill")
            .args(["-s", name])
            .arg(self.0.id().to_string())
            .status();
        assert!(done.unwrap().success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
