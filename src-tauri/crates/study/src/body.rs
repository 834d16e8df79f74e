//! The body of a request in the words of chat completions, the model first.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Number;
use serde_json::value::RawValue;
use tabane_model::{AnswerSheet, Span};

use crate::answers;
use crate::capability::{Capability, LengthName, SystemRole};
use crate::number;
use crate::parameters::{Parameter, Sent};

/// The field order is the order on the wire.
#[derive(Serialize)]
pub(crate) struct Body<'a> {
    model: &'a str,
    messages: Vec<Message<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_p: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    frequency_penalty: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    presence_penalty: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning_effort: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct Message<'a> {
    role: &'static str,
    content: Joined<'a>,
}

/// Spans as the one text that they are.
#[derive(Clone, Copy)]
pub(crate) struct Joined<'a>(pub(crate) &'a [Span]);

impl Joined<'_> {
    pub(crate) fn is_empty(self) -> bool {
        self.0.iter().all(|span| span.text.is_empty())
    }

    pub(crate) fn characters(self) -> usize {
        self.0.iter().map(|span| span.text.chars().count()).sum()
    }
}

impl fmt::Display for Joined<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|span| f.write_str(&span.text))
    }
}

impl Serialize for Joined<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'a> Body<'a> {
    pub(crate) fn new(
        model: &'a str,
        (system, user): (&'a [Span], &'a [Span]),
        sent: &'a Sent,
        capability: &Capability,
        response_format: Option<&'a RawValue>,
    ) -> Self {
        let (system, user) = (Joined(system), Joined(user));
        let mut messages = Vec::with_capacity(2);
        if !system.is_empty() {
            let role = match capability.system {
                SystemRole::Developer => "developer",
                SystemRole::System | SystemRole::InUserMessage => "system",
            };
            messages.push(Message {
                role,
                content: system,
            });
        }
        messages.push(Message {
            role: "user",
            content: user,
        });
        let number = |parameter| sent.number(parameter).and_then(number::json);
        let length = number(Parameter::MaxOutputTokens);
        let (max_tokens, max_completion_tokens) = match capability.length {
            LengthName::MaxTokens => (length, None),
            LengthName::MaxCompletionTokens => (None, length),
        };
        Self {
            model,
            messages,
            temperature: number(Parameter::Temperature),
            top_p: number(Parameter::TopP),
            max_tokens,
            max_completion_tokens,
            seed: number(Parameter::Seed),
            frequency_penalty: number(Parameter::FrequencyPenalty),
            presence_penalty: number(Parameter::PresencePenalty),
            reasoning_effort: sent.effort.as_deref(),
            response_format,
        }
    }

    /// One line. What some servers take for line ends (NEL, U+2028, U+2029) is escaped.
    pub(crate) fn json(&self) -> serde_json::Result<String> {
        let mut text = serde_json::to_string(self)?;
        // Looked for as texts, which is much faster here than as letters: Japanese is full of their last bytes.
        for (letter, escaped) in [
            ("\u{85}", "\\u0085"),
            ("\u{2028}", "\\u2028"),
            ("\u{2029}", "\\u2029"),
        ] {
            if text.contains(letter) {
                text = text.replace(letter, escaped);
            }
        }
        Ok(text)
    }
}

#[derive(Serialize)]
struct ResponseFormat {
    #[serde(rename = "type")]
    kind: &'static str,
    json_schema: JsonSchema,
}

#[derive(Serialize)]
struct JsonSchema {
    name: &'static str,
    strict: bool,
    schema: serde_json::Value,
}

/// The answer sheet as the request demands it of the model.
pub(crate) fn response_format(sheet: &AnswerSheet) -> serde_json::Result<Box<RawValue>> {
    serde_json::value::to_raw_value(&ResponseFormat {
        kind: "json_schema",
        json_schema: JsonSchema {
            name: "answer_sheet",
            strict: true,
            schema: answers::schema(sheet),
        },
    })
}
