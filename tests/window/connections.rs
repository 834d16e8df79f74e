//! A key goes to the real keychain, is there after a restart, and can be deleted.

use crate::desktop::{Start, Window, shell};

#[tokio::test]
async fn a_key_is_kept_read_after_a_restart_and_deleted() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let start = Start {
        data_dir: &data,
        locale: "C.UTF-8",
        pace: 500,
    };
    let key = "sk-window-test-0123456789-wxyz";

    let window = Window::open(&start).await;
    window.click("door-practice").await; // past the greeting
    window.click("nav-connections").await;
    window.click("offer-openai").await;
    window.find("key-field").await.send_keys(key).await.unwrap();
    window.click("save-connection").await;
    window.until_text("wxyz").await;
    window.close().await;

    let window = Window::open(&start).await;
    window.click("nav-connections").await;
    window.until_text("wxyz").await;
    let page = window.page.source().await.unwrap();
    assert!(!page.contains("0123456789"), "the key came back to the page");
    let stored = shell(&format!("grep -rl 0123456789 '{}' || true", data.display()));
    assert_eq!(stored.trim(), "", "the key is in a file");
    window
        .click_css("[data-testid='connection-openai'] button[aria-haspopup]")
        .await;
    window.click("forget-connection").await;
    window.click("confirm-forget").await;
    window
        .until(
            "the connection is gone",
            "return !document.body.innerText.includes('wxyz')",
        )
        .await;
    window.close().await;
}
