//! Base addresses as people type them.

use tabane_model::Failure;

/// Accepts an address with and without `/v1`, with a trailing slash, or with a batch path pasted behind it.
///
/// # Errors
/// `base-url-wrong`.
pub(crate) fn normalised(typed: &str) -> Result<String, Failure> {
    normalised_under(typed, "/v1")
}

/// The same where the interface lies elsewhere on its host, such as under `/openai/v1`.
pub(crate) fn normalised_under(typed: &str, interface: &str) -> Result<String, Failure> {
    let typed = typed.trim();
    // A password before the `@` is not repeated.
    let shown = typed.rsplit_once('@').map_or(typed, |(_, host)| host);
    let wrong = || Failure::new("base-url-wrong").with("address", shown);
    let with_scheme = if typed.contains("://") {
        typed.to_owned()
    } else {
        format!("https://{typed}")
    };
    let url = reqwest::Url::parse(&with_scheme).map_err(|_| wrong())?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return Err(wrong());
    }
    let mut path = url.path().trim_end_matches('/').to_owned();
    for pasted in [
        "/batches",
        "/messages",
        "/files",
        "/models",
        "/chat/completions",
        "/responses",
        "/embeddings",
    ] {
        if let Some(cut) = path.strip_suffix(pasted) {
            path = cut.to_owned();
        }
    }
    // Azure shows the address of a single deployment.
    if let Some(at) = path.find("/deployments/") {
        path.truncate(at);
    }
    if !path.split('/').any(is_version) {
        // A part of the way to it may be typed already.
        let begun = interface.strip_prefix(path.as_str()).is_some();
        path = if begun {
            interface.to_owned()
        } else {
            path + interface
        };
    }
    let origin = url.origin().ascii_serialization();
    Ok(format!("{origin}{path}"))
}

/// `v1`, `v4`, `v1beta`: addresses that name a version are taken as they are.
pub(crate) fn is_version(segment: &str) -> bool {
    segment
        .strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_people_type_them() {
        for (typed, expected) in [
            ("https://api.openai.com/v1", "https://api.openai.com/v1"),
            ("https://api.openai.com/", "https://api.openai.com/v1"),
            (" llm.example.ac.jp ", "https://llm.example.ac.jp/v1"),
            ("https://x.example/v1/batches/", "https://x.example/v1"),
            ("https://x.example/v1/messages/batches", "https://x.example/v1"),
            (
                "http://127.0.0.1:8000/openai/v1/",
                "http://127.0.0.1:8000/openai/v1",
            ),
            (
                "https://open.bigmodel.cn/api/paas/v4",
                "https://open.bigmodel.cn/api/paas/v4",
            ),
        ] {
            assert_eq!(normalised(typed).unwrap(), expected, "{typed}");
        }
        for (typed, expected) in [
            ("res.openai.azure.com", "https://res.openai.azure.com/openai/v1"),
            (
                "https://res.openai.azure.com/openai/",
                "https://res.openai.azure.com/openai/v1",
            ),
            (
                "https://res.openai.azure.com/openai/v1/batches",
                "https://res.openai.azure.com/openai/v1",
            ),
            (
                "https://res.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21",
                "https://res.openai.azure.com/openai/v1",
            ),
            (
                "https://gateway.example/azure",
                "https://gateway.example/azure/openai/v1",
            ),
        ] {
            assert_eq!(
                normalised_under(typed, "/openai/v1").unwrap(),
                expected,
                "{typed}"
            );
        }
        for wrong in ["", "file:///etc/passwd", "https://", "not a host/v1"] {
            assert_eq!(normalised(wrong).unwrap_err().code, "base-url-wrong", "{wrong}");
        }
        let failure = normalised("ftp://user:password@x.example").unwrap_err();
        assert!(!format!("{failure:?}").contains("password"));
    }
}
