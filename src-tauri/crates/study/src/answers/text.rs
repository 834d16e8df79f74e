//! An answer as characters, beside the same characters folded for comparison.

use std::ops::Range;

/// Characters of an answer, from and to.
pub(super) type Span = Range<usize>;

/// The answer twice, character for character: as it came, and with width, case and kinds of dashes, quotes and spaces
/// made one. A place in one is the same place in the other.
pub(super) struct Text {
    original: Vec<char>,
    folded: Vec<char>,
}

impl Text {
    pub(super) fn new(text: &str) -> Self {
        let original: Vec<char> = text.chars().collect();
        let folded = original.iter().map(|&character| fold(character)).collect();
        Self { original, folded }
    }

    pub(super) fn len(&self) -> usize {
        self.original.len()
    }

    pub(super) fn all(&self) -> Span {
        0..self.len()
    }

    /// The words as they came.
    pub(super) fn original(&self, span: &Span) -> String {
        self.original[span.clone()].iter().collect()
    }

    pub(super) fn raw(&self) -> &[char] {
        &self.original
    }

    pub(super) fn folded(&self) -> &[char] {
        &self.folded
    }

    pub(super) fn slice(&self, span: &Span) -> &[char] {
        &self.folded[span.clone()]
    }

    /// Does `words` (already folded) stand at this place?
    pub(super) fn stands(&self, at: usize, words: &str) -> bool {
        starts(self.folded.get(at..).unwrap_or_default(), words)
    }

    /// Without spaces and line ends around it.
    pub(super) fn trim(&self, span: Span) -> Span {
        self.trim_by(span, char::is_whitespace)
    }

    /// Without the characters around it that `surplus` names.
    pub(super) fn trim_by(&self, span: Span, surplus: impl Fn(char) -> bool) -> Span {
        let Range { mut start, mut end } = span;
        while start < end && surplus(self.folded[start]) {
            start += 1;
        }
        while end > start && surplus(self.folded[end - 1]) {
            end -= 1;
        }
        start..end
    }

    /// The lines within a span, without their line ends.
    pub(super) fn lines(&self, span: &Span) -> Vec<Span> {
        let mut lines = Vec::new();
        let mut start = span.start;
        for at in span.clone() {
            if self.folded[at] == '\n' {
                lines.push(start..at);
                start = at + 1;
            }
        }
        if start < span.end {
            lines.push(start..span.end);
        }
        lines
    }

    /// The part that is the answer proper: behind what the model thought aloud, before the marks that end a turn.
    /// Thoughts that never end leave nothing.
    pub(super) fn body(&self) -> Span {
        const ENDS: [&str; 6] = [
            "<|im_end|>",
            "<|eot_id|>",
            "<|end|>",
            "<|return|>",
            "<end_of_turn>",
            "</s>",
        ];
        const FINAL: &str = "<|channel|>final<|message|>";
        let (mut start, mut end) = (0, self.len());
        let mut before_thoughts = None;
        for at in (0..self.len()).filter(|&at| self.folded[at] == '<') {
            if let Some(after) = self.thought_tag(at, "</") {
                (start, end) = (after, self.len());
            } else if self.stands(at, FINAL) {
                (start, end) = (at + FINAL.len(), self.len());
            } else if self.thought_tag(at, "<").is_some() {
                before_thoughts.get_or_insert(start..at);
                end = end.min(at);
            } else if ENDS.iter().any(|mark| self.stands(at, mark)) {
                end = end.min(at);
            }
        }
        let body = start..end.max(start);
        match before_thoughts {
            Some(before) if self.trim(body.clone()).is_empty() => before,
            _ => body,
        }
    }

    /// Behind a tag such as `<think>` or `</think>` that begins here.
    fn thought_tag(&self, at: usize, opening: &str) -> Option<usize> {
        const TAGS: [&str; 6] = [
            "think>",
            "thinking>",
            "thought>",
            "thoughts>",
            "reasoning>",
            "scratchpad>",
        ];
        if !self.stands(at, opening) {
            return None;
        }
        let name = at + opening.len();
        let tag = TAGS.iter().find(|tag| self.stands(name, tag))?;
        Some(name + tag.len())
    }
}

pub(super) fn starts(text: &[char], words: &str) -> bool {
    let mut text = text.iter();
    words.chars().all(|character| text.next() == Some(&character))
}

/// Where `words` first stand in `text`.
pub(super) fn find(text: &[char], words: &str) -> Option<usize> {
    let first = words.chars().next()?;
    (0..text.len()).find(|&at| text[at] == first && starts(&text[at..], words))
}

pub(super) fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// Letters and digits alone, folded: how labels and choices are compared.
pub(super) fn skeleton(text: &str) -> Vec<char> {
    text.chars()
        .map(fold)
        .filter(|character| character.is_alphanumeric())
        .collect()
}

/// One character for one character, so that places stay.
pub(super) fn fold(character: char) -> char {
    let narrow = match character {
        // Full-width forms stand in the order of ASCII.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\n' => '\n',
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{FE0F}' => ' ',
        '〜' | '∼' | '˜' | '〰' => '~',
        '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{FE63}' => '-',
        '—' | '―' | '─' | '━' | '‒' => '–',
        '“' | '”' | '„' | '〝' | '〟' => '"',
        '‘' | '’' => '\'',
        '∶' | '﹕' => ':',
        '∕' | '⁄' => '/',
        '〇' => '○',
        '◯' => '○',
        other if other.is_whitespace() => ' ',
        other => other,
    };
    let mut lower = narrow.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(single), None) => single,
        _ => narrow,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(answer: &str) -> String {
        let text = Text::new(answer);
        text.original(&text.body()).trim().to_owned()
    }

    #[test]
    fn thoughts_are_left_out() {
        assert_eq!(body("<think>maybe 70</think>\n85"), "85");
        assert_eq!(body("maybe 70</think>85"), "85");
        assert_eq!(body("<Think>a</Think>b<think>c</think>85<|im_end|>"), "85");
        assert_eq!(body("85\n<think>was that right?"), "85");
        assert_eq!(body("85<think>was that right?</think>\n"), "85");
        assert_eq!(body("<think>maybe 70, or"), "");
        assert_eq!(
            body("<|channel|>analysis<|message|>70<|end|><|channel|>final<|message|>85<|return|>"),
            "85"
        );
    }

    #[test]
    fn folding_keeps_places() {
        assert_eq!(folded("Ｑ１．面白さ：−８５　İ"), "q1.面白さ:-85 İ");
        assert_eq!(
            skeleton("Amusement, (Reason)_１"),
            "amusementreason1".chars().collect::<Vec<_>>()
        );
    }
}
