//! A stretch of the answer, read as what its field asks for.

use tabane_model::{Field, FieldKind, MissingReason};

use super::choice::{self, alike, is_mark};
use super::digits::Bounds;
use super::labels::REASON_WORDS;
use super::number;
use super::reading::Reading;
use super::text::{Span, Text, find, folded, starts};
use super::written_out::expected;
use super::yes_no;

/// A field with what the instructions say of it, which models like to repeat.
pub(super) struct Asked<'a> {
    pub(super) field: &'a Field,
    /// Folded, longest first.
    echoes: Vec<String>,
}

/// A shorter description ("yes", 謝罪) could be the answer itself.
const SHORTEST_DESCRIPTION: usize = 6;

impl<'a> Asked<'a> {
    pub(super) fn new(field: &'a Field) -> Self {
        let mut echoes: Vec<String> = ["en", "ja"]
            .iter()
            .map(|language| expected(field, language))
            .collect();
        if field.description.chars().count() >= SHORTEST_DESCRIPTION {
            echoes.push(field.description.clone());
        }
        if let FieldKind::Choice { choices } = &field.kind {
            echoes.extend(
                [", ", "、", "・", "/", " / ", "|"]
                    .iter()
                    .map(|mark| choices.join(mark)),
            );
        }
        if field.kind == FieldKind::YesNo {
            echoes.extend(
                [
                    "はい・いいえ",
                    "はい/いいえ",
                    "yes/no",
                    "はいかいいえ",
                    "はい or いいえ",
                ]
                .map(str::to_owned),
            );
        }
        // The bare phrase, without what is said in brackets behind it.
        let bare: Vec<String> = echoes[..2].iter().map(|echo| before_bracket(echo)).collect();
        echoes.extend(bare);
        for echo in &mut echoes {
            *echo = folded(echo.trim());
        }
        echoes.retain(|echo| !echo.is_empty());
        echoes.sort_by_key(|echo| std::cmp::Reverse(echo.len()));
        echoes.dedup();
        Self { field, echoes }
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self.field.kind, FieldKind::ShortText | FieldKind::LongText)
    }

    /// What the stretch gives; `None` where it says nothing or only repeats the instructions.
    pub(super) fn read(&self, text: &Text, span: &Span) -> Option<Reading> {
        let bare = text.trim_by(span.clone(), is_mark);
        if is_absent(text, &bare, &self.field.kind) {
            return Some(Reading::missing(MissingReason::NotAnswered, bare));
        }
        match &self.field.kind {
            FieldKind::Integer { .. } | FieldKind::Decimal { .. } => {
                let bounds = Bounds::of(&self.field.kind)?;
                number::read(text, span, bounds, &self.hidden(text, span))
            }
            FieldKind::Choice { choices } => choice::read(text, span, choices, &self.hidden(text, span)),
            FieldKind::YesNo => yes_no::read(text, span, &self.hidden(text, span)),
            FieldKind::ShortText | FieldKind::LongText => self.read_text(text, span),
        }
    }

    /// Where the stretch repeats the instructions.
    fn hidden(&self, text: &Text, span: &Span) -> Vec<Span> {
        /// Instructions are repeated at the beginning, if at all.
        const LONGEST: usize = 500;
        let words = &text.slice(span)[..span.len().min(LONGEST)];
        if let FieldKind::Choice { choices } = &self.field.kind
            && choice::whole(&text.original(&text.trim_by(span.clone(), is_mark)), choices).is_some()
        {
            return Vec::new();
        }
        let mut hidden = Vec::new();
        // Two letters (整数) may stand in any sentence.
        for echo in self.echoes.iter().filter(|echo| echo.chars().count() > 2) {
            if let Some(at) = find(words, echo) {
                let mut start = span.start + at;
                let mut end = start + echo.chars().count();
                if start > span.start
                    && text.folded()[start - 1] == '('
                    && text.folded().get(end) == Some(&')')
                {
                    (start, end) = (start - 1, end + 1);
                }
                hidden.push(start..end);
            }
        }
        hidden.sort_by_key(|echo| (echo.start, std::cmp::Reverse(echo.end)));
        hidden
    }

    /// A form repeated with its blanks, such as [理由] or `<one sentence>`.
    fn is_placeholder(&self, text: &Text, span: &Span) -> bool {
        let words = text.slice(span);
        let enclosed = matches!(
            (words.first(), words.last()),
            (Some('['), Some(']')) | (Some('<'), Some('>'))
        );
        if !enclosed || words.len() > 60 {
            return false;
        }
        let inner = text.original(&(span.start + 1..span.end - 1));
        let names = [self.field.label.as_str(), &self.field.name];
        self.echoes
            .iter()
            .map(String::as_str)
            .chain(names)
            .chain(REASON_WORDS)
            .any(|word| alike(word, &inner))
    }

    fn read_text(&self, text: &Text, span: &Span) -> Option<Reading> {
        let span = peel(text, span.clone());
        let has_words = text
            .slice(&span)
            .iter()
            .any(|character| character.is_alphanumeric());
        let short = span.len() < 2_000;
        if !has_words
            || self.is_placeholder(text, &span)
            || (short && self.echoes.iter().any(|echo| alike(echo, &text.original(&span))))
        {
            return None;
        }
        Some(Reading::value(text.original(&span), span))
    }
}

fn before_bracket(phrase: &str) -> String {
    match phrase.find(" (").or_else(|| phrase.find('（')) {
        Some(at) => phrase[..at].to_owned(),
        None => phrase.to_owned(),
    }
}

/// Without line ends, bullets, emphasis and quotes that enclose the whole.
fn peel(text: &Text, span: Span) -> Span {
    let mut span = text.trim_by(span, |character| character.is_whitespace() || character == '|');
    span.end = before_closing_tag(text, &span);
    loop {
        let words = text.slice(&span);
        let before = span.clone();
        if let (Some(&first), Some(&last)) = (words.first(), words.last()) {
            let inner = span.start + 1..span.end.saturating_sub(1).max(span.start + 1);
            let enclosed = match first {
                '"' | '\'' | '`' => last == first && !text.slice(&inner).contains(&first),
                '「' => last == '」' && !text.slice(&inner).contains(&'「'),
                '『' => last == '』' && !text.slice(&inner).contains(&'『'),
                '(' => last == ')' && !text.slice(&inner).contains(&'('),
                _ => false,
            };
            if enclosed && words.len() > 1 {
                span = inner;
            } else if words.starts_with(&['*', '*']) && words.ends_with(&['*', '*']) && words.len() > 4 {
                span = span.start + 2..span.end - 2;
            } else if matches!(first, ':' | '–' | '→' | '…' | '=' | ',' | '、' | '。' | ';' | '>')
                || (matches!(first, '-' | '•' | '・' | '*' | '+')
                    && words.get(1) == Some(&' ')
                    && !is_list(words))
            {
                span.start += 1;
            } else if unbalanced_emphasis(words) {
                span.end -= 2;
            } else if last == ')' && !words.contains(&'(') {
                span.end -= 1;
            }
        }
        span = text.trim(span);
        if span == before {
            return span;
        }
    }
}

/// Where a closing tag such as `</reason>` begins, or the end.
fn before_closing_tag(text: &Text, span: &Span) -> usize {
    /// Longer than any name in a tag.
    const LONGEST: usize = 40;
    let words = text.slice(span);
    let tail = &words[words.len().saturating_sub(LONGEST)..];
    match tail.iter().rposition(|mark| *mark == '<') {
        Some(at) if tail.last() == Some(&'>') && tail.get(at + 1) == Some(&'/') => {
            span.end - (tail.len() - at)
        }
        _ => span.end,
    }
}

/// Does a later line begin with the same bullet?
fn is_list(words: &[char]) -> bool {
    words.split(|character| *character == '\n').skip(1).any(|line| {
        let mut line = line.iter().skip_while(|character| **character == ' ');
        line.next() == words.first() && line.next() == Some(&' ')
    })
}

/// Ends in `**` whose beginning was cut away with the label.
fn unbalanced_emphasis(words: &[char]) -> bool {
    words.ends_with(&['*', '*']) && words.windows(2).filter(|pair| *pair == ['*', '*']).count() == 1
}

/// Words that say that nothing is said. For text, those that may be an answer (なし, "none") are one.
fn is_absent(text: &Text, span: &Span, kind: &FieldKind) -> bool {
    const ALWAYS: [&str; 16] = [
        "n/a",
        "na",
        "n.a",
        "null",
        "nil",
        "該当なし",
        "無回答",
        "回答なし",
        "未回答",
        "空欄",
        "blank",
        "(blank)",
        "not applicable",
        "no answer",
        "left blank",
        "未記入",
    ];
    const NOT_A_VALUE: [&str; 14] = [
        "none",
        "なし",
        "無し",
        "特になし",
        "不明",
        "unknown",
        "わからない",
        "分からない",
        "わかりません",
        "分かりません",
        "unsure",
        "not sure",
        "判断できない",
        "判断できません",
    ];
    /// Longer stretches say more than that.
    const LONGEST: usize = 24;
    if span.is_empty() || span.len() > LONGEST {
        return span.len() > LONGEST && is_refusal(text, span);
    }
    let words: String = text.slice(span).iter().collect();
    let words = words.trim_end_matches(['。', '.']);
    let number = matches!(kind, FieldKind::Integer { .. } | FieldKind::Decimal { .. });
    let is_choice = matches!(kind, FieldKind::Choice { choices } if choice::whole(words, choices).is_some());
    !is_choice
        && (ALWAYS.contains(&words) || (number && NOT_A_VALUE.contains(&words)) || is_refusal(text, span))
}

/// "I'm sorry, but I can't …" instead of an answer.
fn is_refusal(text: &Text, span: &Span) -> bool {
    const SORRY: [&str; 10] = [
        "申し訳",
        "恐れ入りますが",
        "すみませんが",
        "i'm sorry",
        "i am sorry",
        "sorry",
        "i apologize",
        "as an ai",
        "unfortunately",
        "aiとして",
    ];
    const CANNOT: [&str; 18] = [
        "できません",
        "できかね",
        "いたしかね",
        "出来ません",
        "お答えでき",
        "控え",
        "can't",
        "cannot",
        "can not",
        "unable",
        "not able",
        "won't",
        "don't have",
        "do not have",
        "持ちません",
        "持っていません",
        "ありません",
        "not comfortable",
    ];
    const ALONE: [&str; 8] = [
        "i can't",
        "i cannot",
        "i'm unable",
        "i am unable",
        "i won't",
        "i'm not able",
        "お答えできません",
        "回答できません",
    ];
    let words = &text.slice(span)[..span.len().min(200)];
    ALONE.iter().any(|phrase| starts(words, phrase))
        || (SORRY.iter().any(|phrase| starts(words, phrase))
            && CANNOT.iter().any(|phrase| find(words, phrase).is_some()))
}
