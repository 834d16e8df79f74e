//! Base addresses as people type them: here without a version, which stands in the middle of some paths.

use reqwest::Url;
use tabane_model::Failure;

use crate::http::{is_version, normalised};

/// Accepts what [`normalised`] does, and any of the service's addresses: all from the version on is cut off.
///
/// # Errors
/// `base-url-wrong`.
pub(super) fn root(typed: &str) -> Result<String, Failure> {
    let address = normalised(typed)?;
    let url =
        Url::parse(&address).map_err(|_| Failure::new("base-url-wrong").with("address", address.as_str()))?;
    let mut kept: Vec<&str> = url
        .path()
        .split('/')
        .filter(|segment| !segment.is_empty())
        .take_while(|segment| !is_version(segment))
        .collect();
    kept.pop_if(|last| matches!(*last, "upload" | "download"));
    kept.insert(0, "");
    Ok(url.origin().ascii_serialization() + kept.join("/").as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_people_type_them() {
        for (typed, expected) in [
            (
                "https://generativelanguage.googleapis.com",
                "https://generativelanguage.googleapis.com",
            ),
            (
                "generativelanguage.googleapis.com/v1/",
                "https://generativelanguage.googleapis.com",
            ),
            ("https://g.example/v1beta/openai/", "https://g.example"),
            (
                "https://g.example/v1beta/models/m:generateContent",
                "https://g.example",
            ),
            ("https://g.example/upload/v1beta/files", "https://g.example"),
            ("https://g.example/models", "https://g.example"),
            (
                "http://127.0.0.1:8000/gemini/v1beta",
                "http://127.0.0.1:8000/gemini",
            ),
        ] {
            assert_eq!(root(typed).unwrap(), expected, "{typed}");
        }
        assert_eq!(root("ftp://x").unwrap_err().code, "base-url-wrong");
    }
}
