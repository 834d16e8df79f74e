//! What WebKitGTK needs on Linux. Nothing here on other systems.

/// Without this, scrolling a table without a GPU takes 30 to 53 ms a frame instead of 16, and some X11 set-ups
/// show ghost rows. The user's own setting wins.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)] // before any thread is started, as `set_var` wants it
pub(crate) fn prepare() {
    const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(VARIABLE).is_none() {
        // SAFETY: the first line of `main`; no other thread exists.
        unsafe { std::env::set_var(VARIABLE, "1") };
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn prepare() {}
