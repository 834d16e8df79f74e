//! What a service says in an error answer, in every shape that is known (wire notes 5.5).

use serde_json::Value;

use super::google::unwrapped;

/// Characters of raw words that are kept: they stand under *Details*.
const MOST: usize = 1_000;

/// Characters of an answer that is no JSON.
const MOST_OF_TEXT: usize = 300;

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) code: String,
    pub(super) kind: String,
    pub(super) message: String,
    /// It was a JSON object with an error in it: the service's own words, not those of a proxy on the way.
    pub(super) own_words: bool,
}

impl Said {
    /// OpenAI's `{"error":{...}}`, `{"error":"text"}`, `{"detail":...}` in three shapes, `{"code","message"}`, text.
    pub(super) fn read(body: &str) -> Self {
        let parsed = serde_json::from_str::<Value>(body);
        let value = match parsed.as_ref().map(unwrapped) {
            Ok(value) if value.is_object() => value,
            _ => {
                return Self {
                    message: shown(body),
                    ..Self::default()
                };
            }
        };
        [
            &value["error"],
            &value["detail"]["error"],
            &value["detail"],
            &value["errors"],
            value,
        ]
        .into_iter()
        .map(Self::at)
        .find(|said| said.own_words)
        .unwrap_or_default()
    }

    fn at(place: &Value) -> Self {
        let word = |name: &str| match &place[name] {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        let mut said = match place {
            Value::String(text) => Self {
                message: text.clone(),
                ..Self::default()
            },
            Value::Array(list) => {
                let message = |entry: &Value| {
                    entry["msg"]
                        .as_str()
                        .or(entry["message"].as_str())
                        .map(str::to_owned)
                };
                let messages: Vec<_> = list.iter().filter_map(message).collect();
                Self {
                    message: messages.join("; "),
                    ..Self::default()
                }
            }
            _ => Self {
                // Anthropic's code stands one level deeper.
                code: Some(word("code"))
                    .filter(|code| !code.is_empty())
                    .or_else(|| place["details"]["error_code"].as_str().map(str::to_owned))
                    .unwrap_or_default(),
                kind: word("type"),
                message: word("message"),
                own_words: false,
            },
        };
        said.message = said.message.chars().take(MOST).collect();
        said.own_words = !(said.message.is_empty() && said.code.is_empty() && said.kind.is_empty());
        said
    }

    pub(super) fn names(&self, word: &str) -> bool {
        self.code == word || self.kind == word
    }
}

/// The beginning of an answer that is no JSON object. A page of HTML is never shown.
pub(super) fn shown(body: &str) -> String {
    let body = body.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if body.starts_with('<') {
        String::new()
    } else {
        body.chars().take(MOST_OF_TEXT).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_bodies_of_every_shape_are_read() {
        for (body, message, own_words) in [
            (r#"{"error":{"message":"m","code":"c"}}"#, "m", true),
            (r#"{"error":"m"}"#, "m", true),
            (r#"{"detail":"m"}"#, "m", true),
            (r#"{"detail":{"error":{"message":"m"}}}"#, "m", true),
            (
                r#"{"detail":[{"loc":["body"],"msg":"m","type":"t"},{"msg":"n"}]}"#,
                "m; n",
                true,
            ),
            (r#"{"errors":[{"message":"m"}]}"#, "m", true),
            (r#"{"code":5,"message":"m"}"#, "m", true),
            (r#"{"object":"error","message":"m"}"#, "m", true),
            (r#"{"error":{"code":"c","message":null}}"#, "", true),
            (r#"[{"error":{"code":429,"message":"m"}}]"#, "m", true),
            // Not a service's own error.
            ("{}", "", false),
            (r#"{"error":null}"#, "", false),
            (r#"["m"]"#, r#"["m"]"#, false),
            ("\"m\"", "\"m\"", false),
            ("m", "m", false),
            (r#"{"error":{"mess"#, r#"{"error":{"mess"#, false),
            ("\u{feff}\n<html>secret</html>", "", false),
            ("", "", false),
        ] {
            let said = Said::read(body);
            assert_eq!(
                (said.message.as_str(), said.own_words),
                (message, own_words),
                "{body}"
            );
        }
        let coded = Said::read(r#"{"error":{"code":"c","type":"t"}}"#);
        assert!(coded.names("c") && coded.names("t") && !coded.names("m"));
        let deep = Said::read(r#"{"error":{"type":"t","message":"m","details":{"error_code":"c"}}}"#);
        assert!(deep.names("c") && deep.names("t"));
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(
            Said::read(&"長".repeat(5_000)).message.chars().count(),
            MOST_OF_TEXT
        );
        let json = format!(r#"{{"error":"{}"}}"#, "長".repeat(5_000));
        assert_eq!(Said::read(&json).message.chars().count(), MOST);
    }
}
