//! JSON in an answer, with the place of each value.
//!
//! Models write JSON between prose, with single quotes, trailing commas, comments and line ends within strings, and
//! break off in its midst, so it is scanned tolerantly and in one pass; what stands in a string is still decoded by
//! `serde_json`. A brace that no key follows is no JSON.

use super::text::{Span, Text};

#[derive(Debug)]
pub(super) enum Node {
    Object(Vec<(String, Node)>),
    Array(Vec<Node>),
    Scalar(Scalar),
}

#[derive(Debug)]
pub(super) struct Scalar {
    /// Without its quotes.
    pub(super) span: Span,
    pub(super) quoted: bool,
    /// Its end stands in the answer.
    pub(super) complete: bool,
}

/// Deeper nesting is no answer sheet.
const DEEPEST: usize = 16;

/// The objects in a stretch of the answer, in order, each with its place.
pub(super) fn objects(text: &Text, within: &Span) -> Vec<(Node, Span)> {
    let mut found = Vec::new();
    let mut scanner = Scanner {
        raw: text.raw(),
        at: within.start,
        end: within.end,
    };
    while scanner.at < scanner.end {
        let start = scanner.at;
        if scanner.raw[start] == '{'
            && let Some(node) = scanner.object(0)
        {
            found.push((node, start..scanner.at));
        } else {
            scanner.at = scanner.at.max(start + 1);
        }
    }
    found
}

/// The words of a scalar as they are meant: escapes decoded.
pub(super) fn decoded(text: &Text, scalar: &Scalar) -> String {
    let words = text.original(&scalar.span);
    if !scalar.quoted || !words.contains('\\') {
        return words;
    }
    let mut cut = words.clone();
    loop {
        // Line ends and tabs within strings are not JSON, but are written.
        let sound = cut
            .replace('\n', "\\n")
            .replace('\r', "\\r")
            .replace('\t', "\\t")
            .replace("\\'", "'");
        match serde_json::from_str::<String>(&format!("\"{sound}\"")) {
            Ok(decoded) => return decoded,
            // The break may stand in the midst of an escape.
            Err(_) if !scalar.complete && words.len() - cut.len() < 8 && !cut.is_empty() => {
                cut.pop();
            }
            Err(_) => return words,
        }
    }
}

struct Scanner<'a> {
    raw: &'a [char],
    at: usize,
    end: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<char> {
        self.raw.get(self.at).copied().filter(|_| self.at < self.end)
    }

    fn skip_space(&mut self) {
        while let Some(next) = self.peek() {
            if next == '/' && self.raw.get(self.at + 1) == Some(&'/') {
                while self.peek().is_some_and(|next| next != '\n') {
                    self.at += 1;
                }
            } else if next.is_whitespace() {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    fn skip(&mut self, wanted: char) -> bool {
        self.skip_space();
        let found = self.peek() == Some(wanted);
        if found {
            self.at += 1;
        }
        found
    }

    /// The object whose brace stands here; it ends where it cannot be followed any more. `None`, and no step taken
    /// beyond its first key, where it has no members.
    fn object(&mut self, depth: usize) -> Option<Node> {
        self.at += 1;
        let mut members = Vec::new();
        loop {
            while self.skip(',') {}
            if self.skip('}') {
                break;
            }
            let before = self.at;
            let Some(key) = self.key() else {
                self.at = before;
                break;
            };
            members.push((key, self.value(depth)));
        }
        (!members.is_empty()).then_some(Node::Object(members))
    }

    /// A key with its colon.
    fn key(&mut self) -> Option<String> {
        /// Longer than any label.
        const LONGEST: usize = 300;
        let start = self.at;
        let key = match self.peek()? {
            quote @ ('"' | '\'' | '“') => {
                let close = if quote == '“' { '”' } else { quote };
                let length = self.raw[start + 1..self.end]
                    .iter()
                    .take(LONGEST)
                    .position(|next| *next == close)?;
                self.at = start + length + 2;
                let words: String = self.raw[start + 1..start + 1 + length].iter().collect();
                serde_json::from_str(&format!("\"{words}\"")).unwrap_or(words)
            }
            first if first.is_alphanumeric() => {
                let rest = &self.raw[start..self.end];
                let length = rest
                    .iter()
                    .take(LONGEST)
                    .position(|next| matches!(next, ':' | '：' | ',' | '{' | '}' | '"' | '\n'))?;
                self.at = start + length;
                self.raw[start..start + length]
                    .iter()
                    .collect::<String>()
                    .trim()
                    .to_owned()
            }
            _ => return None,
        };
        (self.skip(':') || self.skip('：')).then_some(key)
    }

    fn value(&mut self, depth: usize) -> Node {
        self.skip_space();
        match self.peek() {
            Some('{') if depth < DEEPEST => {
                let start = self.at;
                match self.object(depth + 1) {
                    Some(object) => object,
                    None => Node::Scalar(Scalar {
                        span: start..self.at,
                        quoted: false,
                        complete: true,
                    }),
                }
            }
            Some('[') if depth < DEEPEST => self.array(depth + 1),
            Some('"') => self.string('"'),
            Some('“') => self.string('”'),
            Some('\'') => self.string('\''),
            _ => self.bare(),
        }
    }

    fn array(&mut self, depth: usize) -> Node {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            while self.skip(',') {}
            if self.skip(']') || self.peek().is_none_or(|next| matches!(next, '}' | ':')) {
                return Node::Array(items);
            }
            let before = self.at;
            items.push(self.value(depth));
            if self.at == before {
                return Node::Array(items);
            }
        }
    }

    /// A string up to a quote that something follows which may follow a value; other quotes belong to the words.
    fn string(&mut self, close: char) -> Node {
        self.at += 1;
        let start = self.at;
        while let Some(next) = self.peek() {
            if next == '\\' {
                self.at += 1;
            } else if next == close {
                let end = self.at;
                self.at += 1;
                self.skip_space();
                if self
                    .peek()
                    .is_none_or(|next| matches!(next, ',' | '}' | ']' | ':' | '`'))
                {
                    return Node::Scalar(Scalar {
                        span: start..end,
                        quoted: true,
                        complete: true,
                    });
                }
                continue;
            }
            self.at += 1;
        }
        self.at = self.end;
        Node::Scalar(Scalar {
            span: start.min(self.end)..self.end,
            quoted: true,
            complete: false,
        })
    }

    /// A number, `true`, `null`, or words without quotes.
    fn bare(&mut self) -> Node {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|next| !matches!(next, ',' | '}' | ']' | '\n' | '{' | '['))
        {
            self.at += 1;
        }
        let complete = self.at < self.end;
        let mut end = self.at;
        if let Some(comment) = self.raw[start..end]
            .windows(2)
            .position(|pair| pair == ['/', '/'])
        {
            end = start + comment;
        }
        while end > start && self.raw[end - 1].is_whitespace() {
            end -= 1;
        }
        Node::Scalar(Scalar {
            span: start..end,
            quoted: false,
            complete,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &Text, node: &Node) -> String {
        match node {
            Node::Object(members) => {
                let members: Vec<String> = members
                    .iter()
                    .map(|(key, value)| format!("{key}={}", shown(text, value)))
                    .collect();
                format!("{{{}}}", members.join(" "))
            }
            Node::Array(items) => {
                format!(
                    "[{}]",
                    items
                        .iter()
                        .map(|item| shown(text, item))
                        .collect::<Vec<_>>()
                        .join(" ")
                )
            }
            Node::Scalar(scalar) => {
                format!(
                    "{}{}",
                    decoded(text, scalar),
                    if scalar.complete { "" } else { "…" }
                )
            }
        }
    }

    fn all(answer: &str) -> String {
        let text = Text::new(answer);
        let found: Vec<String> = objects(&text, &text.all())
            .iter()
            .map(|(node, _)| shown(&text, node))
            .collect();
        found.join(" ")
    }

    #[test]
    fn sound_json() {
        assert_eq!(
            all(r#"Here: {"a": 85, "b": "x\n\"y\"", "c": [1, {"d": null}]} Done {}"#),
            "{a=85 b=x\n\"y\" c=[1 {d=null}]}"
        );
        assert_eq!(all("{\"a\":1}\n{\"a\":2}"), "{a=1} {a=2}");
    }

    #[test]
    fn json_as_models_write_it() {
        assert_eq!(all("{'a': True, b: 8 // why\n, “c”: “d”,}"), "{a=True b=8 c=d}");
        assert_eq!(
            all("{\"a\": \"He said \"hi\" to me\", \"b\": 85点}"),
            "{a=He said \"hi\" to me b=85点}"
        );
        assert_eq!(all("{\"a\": \"two\nlines\"}"), "{a=two\nlines}");
        assert_eq!(all("a { b } {{name}} {面白さ}: 85"), "");
    }

    #[test]
    fn cut_json() {
        assert_eq!(all("{\"a\": 85, \"b\": \"it wa"), "{a=85 b=it wa…}");
        assert_eq!(all("{\"a\": 8"), "{a=8…}");
        assert_eq!(all("{\"a\": \"\\u3042\\u30"), "{a=あ…}");
        assert_eq!(all("{\"a\": 85, \"b"), "{a=85}");
    }
}
