//! No keychain, and a locked one, in the real window: said plainly, tried again, and a way on without it.

use std::path::Path;

use serde_json::json;
use tabane_tests::{Simulator, write_requests};

use crate::desktop::{Start, Window, answer_dialog, shell};
use crate::session::Session;

/// The Connections page of a window in that session.
async fn open(session: &Session, data: &Path) -> Window {
    let start = Start {
        data_dir: data,
        locale: "C.UTF-8",
        pace: 300,
    };
    let window = Window::open_with(&start, &[("DBUS_SESSION_BUS_ADDRESS", &session.address)]).await;
    window.command("set_greeted", json!({})).await;
    window.click("nav-connections").await;
    window
}

/// Fills the form of a service with an address of its own.
async fn describe(window: &Window, simulator: &Simulator) {
    window.click("offer-custom").await;
    for (field, text) in [
        ("name-field", "Campus LLM"),
        ("base-url-field", &simulator.base_url),
        ("key-field", &simulator.key),
    ] {
        window.find(field).await.send_keys(text).await.unwrap();
    }
}

/// Sends a file to the service and waits for its answers.
async fn send(window: &Window, folder: &Path) {
    let file = folder.join("requests.jsonl");
    write_requests(&file, 8, 0);
    window.click("nav-home").await;
    window.click("door-send-file").await;
    answer_dialog("Choose request files", &file);
    window.find("figures").await;
    window.until_text("Campus LLM").await;
    window
        .click_css("[data-testid^='send-to-']:not([data-testid='send-to-practice'])")
        .await;
    let ready = "return !!document.querySelector(\"[data-testid='send-button']:not([aria-disabled])\")";
    window.until("ready to send", ready).await;
    window.click("send-button").await;
    window.click("confirm-send").await;
    window.find("open-results").await;
    window.until_text("All 8 requests were answered").await;
}

fn must_not_be_on_disk(key: &str, folder: &Path) {
    let found = shell(&format!("grep -rl -- '{key}' '{}' || true", folder.display()));
    assert_eq!(found.trim(), "", "the key is in a file");
}

#[tokio::test]
async fn without_a_keychain_a_key_is_kept_until_the_window_closes() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let session = Session::start(&dir.path().join("session"), "");
    let simulator = Simulator::start(&dir.path().join("simulator"), &["--pace-ms", "200"]);
    let window = open(&session, &data).await;
    window.find("keychain-note").await;
    window
        .until_text("Tabane found no keychain on this computer.")
        .await;
    window.click("keychain-retry").await;
    window.find("keychain-note").await;

    describe(&window, &simulator).await;
    window.click("save-connection").await;
    window.until_text("until Tabane closes").await;
    must_not_be_on_disk(&simulator.key, &data);
    send(&window, dir.path()).await;

    let keyring = session.keyring(Some("test"));
    window.click("nav-connections").await;
    window.click("keychain-retry").await;
    window.until_gone("keychain-note").await;
    window.close().await;
    drop(keyring);
    must_not_be_on_disk(&simulator.key, &data);
}

#[tokio::test]
async fn a_locked_keychain_does_not_hang_the_window_and_takes_the_key_once_it_is_unlocked() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    // The bus may start the prompt that asks for the password, as on a real desktop.
    let session = Session::start(&dir.path().join("session"), "<standard_session_servicedirs/>");
    let simulator = Simulator::start(&dir.path().join("simulator"), &["--pace-ms", "200"]);
    drop(session.keyring(Some("test")));
    let _locked = session.keyring(None);

    let window = open(&session, &data).await;
    describe(&window, &simulator).await;
    window.click("save-connection").await;
    // The prompt waits for ever; the window says so after ten seconds and goes on.
    window.until_text("This computer’s keychain is locked").await;
    window.find("until-close").await;
    must_not_be_on_disk(&simulator.key, &data);
    answer_prompt("test");
    window.click("keychain-retry").await;
    window.until_text("ends in …").await;
    window.until_gone("keychain-note").await;
    send(&window, dir.path()).await;
    window.close().await;
    must_not_be_on_disk(&simulator.key, dir.path());
}

/// Types the password into the keychain's own prompt.
fn answer_prompt(password: &str) {
    let done = shell(&format!(
        "for i in $(seq 100); do W=$(xdotool search --onlyvisible --class gcr-prompter | tail -1); [ -n \"$W\" ] && break; sleep 0.05; done
        xdotool windowactivate --sync $W; sleep 0.5; xdotool type --delay 60 '{password}'; xdotool key Return
        for i in $(seq 100); do xdotool search --onlyvisible --class gcr-prompter >/dev/null || {{ echo done; exit; }}; sleep 0.05; done"
    ));
    assert_eq!(done.trim(), "done", "the keychain's prompt stays");
}
