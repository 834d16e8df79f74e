//! Key presses in the page, and where the focus is. The keys go through the webview as a keyboard's do.

use thirtyfour::{Key, TypingData};

use crate::desktop::Window;

/// More presses than any page has stops.
const STOPS: usize = 80;

impl Window {
    pub(crate) async fn press(&self, key: Key) {
        self.press_with(&[], key).await;
    }

    pub(crate) async fn press_with(&self, held: &[Key], key: impl Into<TypingData>) {
        let mut keys = self.page.action_chain();
        for key in held {
            keys = keys.key_down(key.clone());
        }
        keys = keys.send_keys(key);
        for key in held.iter().rev() {
            keys = keys.key_up(key.clone());
        }
        keys.perform().await.unwrap();
    }

    pub(crate) async fn control(&self, key: impl Into<TypingData>) {
        self.press_with(&[Key::Control], key).await;
    }

    /// The focused element: its `data-testid`, else its tag and name.
    pub(crate) async fn focused(&self) -> String {
        let script = "const at = document.activeElement;
            return at.dataset.testid ?? `${at.tagName} ${at.getAttribute('aria-label') ?? at.innerText.slice(0, 30)}`";
        let found = self.page.execute(script, Vec::new()).await.unwrap();
        found.json().as_str().unwrap_or_default().to_owned()
    }

    /// Presses Tab until the element has the focus, as a person would who looks for it.
    pub(crate) async fn tab_to(&self, id: &str) {
        self.find(id).await;
        let mut passed = Vec::new();
        for _ in 0..STOPS {
            let at = self.focused().await;
            if at == id {
                return;
            }
            passed.push(at);
            self.press(Key::Tab).await;
        }
        panic!("Tab does not reach {id}: {passed:?}");
    }

    /// Waits until this element has the focus.
    pub(crate) async fn until_focused(&self, id: &str) {
        let script = format!("return document.activeElement.dataset.testid === '{id}'");
        self.until(&format!("the focus on {id}"), &script).await;
    }

    pub(crate) async fn until_gone(&self, id: &str) {
        let script = format!("return document.querySelector(\"[data-testid='{id}']\") === null");
        self.until(&format!("{id} gone"), &script).await;
    }

    /// The region that has the focus, by what it is: `NAV`, `HEADER`, `MAIN`, ...
    pub(crate) async fn region(&self) -> String {
        let script = "return document.activeElement.closest('[data-region]')?.tagName ?? ''";
        let found = self.page.execute(script, Vec::new()).await.unwrap();
        found.json().as_str().unwrap_or_default().to_owned()
    }
}
