//! axe in the real window: every page, both languages, both themes.

use crate::desktop::{Start, Window};

#[tokio::test]
async fn no_violation_on_any_page() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let start = Start {
        data_dir: &data,
        locale: "C.UTF-8",
        pace: 500,
    };
    let window = Window::open(&start).await;
    window.find("door-practice").await;
    window.must_be_accessible("start").await;
    window.click("door-practice").await;
    window.find("send-button").await;
    for language in ["en", "ja"] {
        for theme in ["light", "dark"] {
            window.click("nav-settings").await;
            window.click(&format!("language-{language}")).await;
            window.click(&format!("theme-{theme}")).await;
            window
                .until(
                    "the theme",
                    &format!("return document.documentElement.dataset.theme === '{theme}'"),
                )
                .await;
            for page in ["settings", "home", "jobs", "connections"] {
                window.click(&format!("nav-{page}")).await;
                window.until("the page", &format!("return document.querySelector('[data-testid=nav-{page}]')?.getAttribute('aria-current') !== null")).await;
                window
                    .must_be_accessible(&format!("{page} {language} {theme}"))
                    .await;
            }
        }
    }
    window.close().await;
}
