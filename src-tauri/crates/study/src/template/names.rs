//! The names in a template and where they stand: `persona.name`, `persona["my column"]`, `trial`.

use std::ops::Range;

/// A name as the template writes it. Ranges are of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NameUse {
    pub(crate) root: String,
    /// What follows the root after a point or in `["..."]`.
    pub(crate) column: Option<String>,
    pub(crate) range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TagKind {
    /// `{{ ... }}`
    Value,
    /// `{% ... %}`
    Block,
    /// `{# ... #}`
    Comment,
}

/// A stretch in double brackets.
#[derive(Clone, Debug)]
pub(crate) struct Tag {
    pub(crate) kind: TagKind,
    /// With its brackets.
    pub(crate) range: Range<usize>,
    pub(crate) names: Vec<NameUse>,
    /// It is closed and holds one name and nothing else.
    pub(crate) is_name: bool,
}

/// All tags; one that is not closed goes to the end.
pub(crate) fn tags(source: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = source
        .get(at..)
        .and_then(|rest| rest.find('{'))
        .map(|found| at + found)
    {
        let kind = match source.as_bytes().get(start + 1) {
            Some(b'{') => TagKind::Value,
            Some(b'%') => TagKind::Block,
            Some(b'#') => TagKind::Comment,
            _ => {
                at = start + 1;
                continue;
            }
        };
        let tag = tag(source, start, kind);
        at = tag.range.end;
        tags.push(tag);
    }
    tags
}

fn tag(source: &str, start: usize, kind: TagKind) -> Tag {
    let inner = start + 2;
    if kind == TagKind::Comment {
        let end = source[inner..]
            .find("#}")
            .map_or(source.len(), |found| inner + found + 2);
        return Tag {
            kind,
            range: start..end,
            names: Vec::new(),
            is_name: false,
        };
    }
    let close = if kind == TagKind::Value { "}}" } else { "%}" };
    let (tokens, end, closed) = tokens(source, inner, close);
    let names = names(&tokens);
    let is_name = closed
        && match (names.as_slice(), tokens.first(), tokens.last()) {
            ([only], Some(first), Some(last)) => only.range == (first.range.start..last.range.end),
            _ => false,
        };
    Tag {
        kind,
        range: start..end,
        names,
        is_name,
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum TokenKind {
    Word(String),
    Text(String),
    Sign(char),
}

#[derive(Clone, Debug)]
struct Token {
    kind: TokenKind,
    range: Range<usize>,
}

impl Token {
    fn is_sign(&self, sign: char) -> bool {
        self.kind == TokenKind::Sign(sign)
    }
}

/// What stands between `from` and `close`, where the tag ends, and whether it is closed.
fn tokens(source: &str, from: usize, close: &str) -> (Vec<Token>, usize, bool) {
    let mut found = Vec::new();
    let mut at = from;
    while let Some(letter) = source[at..].chars().next() {
        let rest = &source[at..];
        if rest.starts_with(close) {
            return (found, at + close.len(), true);
        }
        let (kind, length) = match letter {
            '"' | '\'' => {
                let (text, length) = text(rest, letter);
                (TokenKind::Text(text), length)
            }
            letter if starts_word(letter) => {
                let length = rest
                    .find(|c: char| c != '_' && !unicode_ident::is_xid_continue(c))
                    .unwrap_or(rest.len());
                (TokenKind::Word(rest[..length].to_owned()), length)
            }
            letter if letter.is_ascii_digit() => {
                let length = rest
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .unwrap_or(rest.len());
                (TokenKind::Sign('0'), length)
            }
            letter => (TokenKind::Sign(letter), letter.len_utf8()),
        };
        if !letter.is_whitespace() {
            found.push(Token {
                kind,
                range: at..at + length,
            });
        }
        at += length;
    }
    (found, source.len(), false)
}

fn starts_word(letter: char) -> bool {
    letter == '_' || unicode_ident::is_xid_start(letter)
}

/// A quoted text without its quotation marks, and its length with them.
fn text(rest: &str, mark: char) -> (String, usize) {
    let mut text = String::new();
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            letter if letter == mark => return (text, at + letter.len_utf8()),
            '\\' => match letters.next() {
                Some((_, 'n')) => text.push('\n'),
                Some((_, 't')) => text.push('\t'),
                Some((_, 'r')) => text.push('\r'),
                Some((_, letter)) => text.push(letter),
                None => break,
            },
            letter => text.push(letter),
        }
    }
    (text, rest.len())
}

fn names(tokens: &[Token]) -> Vec<NameUse> {
    let mut names = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let after = at.checked_sub(1).and_then(|before| tokens.get(before));
        let is_part = after.is_some_and(|before| before.is_sign('.') || before.is_sign('|'));
        let TokenKind::Word(root) = &token.kind else {
            at += 1;
            continue;
        };
        if is_part {
            at += 1;
            continue;
        }
        let (column, last) = column(tokens, at);
        names.push(NameUse {
            root: root.clone(),
            column,
            range: token.range.start..tokens.get(last).unwrap_or(token).range.end,
        });
        at = last + 1;
    }
    names
}

/// The column after the root at this place, and the last token of the name.
fn column(tokens: &[Token], root: usize) -> (Option<String>, usize) {
    let kind = |ahead: usize| tokens.get(root + ahead).map(|token| &token.kind);
    match (kind(1), kind(2), kind(3)) {
        (Some(TokenKind::Sign('.')), Some(TokenKind::Word(column)), _) => (Some(column.clone()), root + 2),
        (Some(TokenKind::Sign('[')), Some(TokenKind::Text(column)), Some(TokenKind::Sign(']'))) => {
            (Some(column.clone()), root + 3)
        }
        _ => (None, root),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<(String, Option<String>, String)> {
        let tags = tags(source);
        let names = tags.into_iter().flat_map(|tag| tag.names);
        names
            .map(|name| (name.root, name.column, source[name.range].to_owned()))
            .collect()
    }

    #[test]
    fn names_are_found_with_their_places() {
        let one = |root: &str, column: &str, text: &str| {
            vec![(root.to_owned(), Some(column.to_owned()), text.to_owned())]
        };
        assert_eq!(
            found("a {{persona.name}} b"),
            one("persona", "name", "persona.name")
        );
        assert_eq!(
            found("{{ ペルソナ.名前 }}。"),
            one("ペルソナ", "名前", "ペルソナ.名前")
        );
        assert_eq!(
            found(r#"{{persona["my }} column"]}}"#),
            one("persona", "my }} column", r#"persona["my }} column"]"#)
        );
        assert_eq!(found("{{p['it\\'s']}}"), one("p", "it's", "p['it\\'s']"));
        assert_eq!(found("{{ p.x | upper }}"), one("p", "x", "p.x"));
        assert_eq!(
            found("{{trial}}"),
            [("trial".to_owned(), None, "trial".to_owned())]
        );
        assert_eq!(found("no names {here} {# {{p.x}} #} {"), []);
        assert_eq!(found("{{ p.x"), one("p", "x", "p.x"));
    }

    #[test]
    fn a_tag_that_is_only_a_name_is_told_apart() {
        let only = |source: &str| tags(source)[0].is_name;
        assert!(only("{{ p.x }}") && only("{{trial}}") && only("{{p[\"a b\"]}}"));
        for other in [
            "{{- p.x }}",
            "{{ p.x|upper }}",
            "{{ p.x.y }}",
            "{{ }}",
            "{{ p.x + 1 }}",
            "{{ 1 }}",
            "{{ -p.x }}",
            "{{ p.x",
            "{{ p.x }",
        ] {
            assert!(!only(other), "{other}");
        }
    }
}
