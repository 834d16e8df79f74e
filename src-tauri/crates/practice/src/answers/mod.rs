//! Plausible and repeatable answers.

mod dice;
mod numbered;
mod options;
mod pattern;
mod prose;
mod range;
mod request;
mod scalars;
mod schema;
mod wanted;

use serde_json::{Value, json};

use self::dice::Dice;
use self::request::{Format, Request};

pub(crate) use self::dice::name;

/// How the model takes the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    Answer,
    /// The length limit was used up before the first word.
    Cut,
    Refusal,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tokens {
    pub(crate) input: u64,
    pub(crate) output: u64,
}

pub(crate) struct Answer {
    /// `response.body` of the result line.
    pub(crate) body: Value,
    pub(crate) tokens: Tokens,
}

/// Answers one request. `occurrence` counts the same body earlier in the batch; `created` is unix seconds.
pub(crate) fn answer(endpoint: &str, body: &str, occurrence: u64, manner: Manner, created: i64) -> Answer {
    let request = Request::read(body);
    // Hashed once: bodies may be long.
    let identity = name(&[&request.model, body]);
    let mut dice = Dice::new(&identity, occurrence);
    let id = name(&[&identity, &occurrence.to_string()]);
    if endpoint == "/v1/embeddings" {
        return embeddings(&request, &mut dice);
    }
    let text = match manner {
        Manner::Answer => write(&request, &mut dice),
        Manner::Cut => String::new(),
        Manner::Refusal => prose::refusal(request.tongue()).to_owned(),
    };
    let tokens = Tokens {
        input: request.tokens,
        output: count_tokens(&text).max(1),
    };
    let body = if endpoint == "/v1/responses" {
        responses(&request, &id, &text, manner, tokens, created)
    } else {
        chat(&request, &id, &text, manner, tokens, created)
    };
    Answer { body, tokens }
}

/// What the request asks for: its JSON schema, else its numbered answer lines (those that were asked last), else
/// a short text.
fn write(request: &Request, dice: &mut Dice) -> String {
    let tongue = request.tongue();
    match &request.format {
        Format::Schema(schema) => schema::fill(schema, tongue, dice),
        Format::Object => json!({ "answer": prose::text(tongue, dice) }).to_string(),
        Format::Text => numbered::fill(&request.asked, tongue, dice)
            .or_else(|| numbered::fill(&request.before, tongue, dice))
            .unwrap_or_else(|| prose::text(tongue, dice)),
    }
}

fn chat(request: &Request, id: &str, text: &str, manner: Manner, tokens: Tokens, created: i64) -> Value {
    let (content, refusal) = match manner {
        Manner::Refusal => (Value::Null, json!(text)),
        Manner::Answer | Manner::Cut => (json!(text), Value::Null),
    };
    let finish_reason = if manner == Manner::Cut { "length" } else { "stop" };
    let message = json!({ "role": "assistant", "content": content, "refusal": refusal, "annotations": [] });
    json!({
        "id": format!("chatcmpl-{id}"), "object": "chat.completion", "created": created, "model": request.model,
        "choices": [{ "index": 0, "message": message, "logprobs": null, "finish_reason": finish_reason }],
        "usage": {
            "prompt_tokens": tokens.input, "completion_tokens": tokens.output,
            "total_tokens": tokens.input + tokens.output,
            "prompt_tokens_details": { "cached_tokens": 0 },
            "completion_tokens_details": { "reasoning_tokens": 0 },
        },
        "service_tier": "default", "system_fingerprint": FINGERPRINT,
    })
}

/// Tells everywhere that this is practice.
const FINGERPRINT: &str = "tabane-practice";

fn responses(request: &Request, id: &str, text: &str, manner: Manner, tokens: Tokens, created: i64) -> Value {
    let part = match manner {
        Manner::Refusal => json!({ "type": "refusal", "refusal": text }),
        Manner::Answer | Manner::Cut => {
            json!({ "type": "output_text", "text": text, "annotations": [], "logprobs": [] })
        }
    };
    let message = json!({
        "id": format!("msg_{id}"), "type": "message", "role": "assistant", "status": "completed", "content": [part],
    });
    let reasoning = json!({ "id": format!("rs_{id}"), "type": "reasoning", "summary": [] });
    let (status, details, output) = if manner == Manner::Cut {
        (
            "incomplete",
            json!({ "reason": "max_output_tokens" }),
            json!([reasoning]),
        )
    } else {
        ("completed", Value::Null, json!([reasoning, message]))
    };
    json!({
        "id": format!("resp_{id}"), "object": "response", "created_at": created, "status": status, "error": null,
        "incomplete_details": details, "model": request.model, "output": output,
        "usage": {
            "input_tokens": tokens.input, "input_tokens_details": { "cached_tokens": 0 },
            "output_tokens": tokens.output, "output_tokens_details": { "reasoning_tokens": 0 },
            "total_tokens": tokens.input + tokens.output,
        },
        "system_fingerprint": FINGERPRINT,
    })
}

/// Numbers of an embedding when the request does not say: real ones have 1,536, and 50,000 of those fill a disk.
const DIMENSIONS: u64 = 64;

fn embeddings(request: &Request, dice: &mut Dice) -> Answer {
    let dimensions = request.dimensions.unwrap_or(DIMENSIONS).clamp(1, 4096);
    let data: Vec<Value> = (0..request.inputs)
        .map(|index| {
            let mut numbers: Vec<f64> = (0..dimensions).map(|_| dice.unit()).collect();
            let length = numbers
                .iter()
                .map(|number| number * number)
                .sum::<f64>()
                .sqrt()
                .max(f64::MIN_POSITIVE);
            for number in &mut numbers {
                *number = (*number / length * 1e6).round() / 1e6;
            }
            json!({ "object": "embedding", "index": index, "embedding": numbers })
        })
        .collect();
    let tokens = Tokens {
        input: request.tokens,
        output: 0,
    };
    let usage = json!({ "prompt_tokens": tokens.input, "total_tokens": tokens.input });
    let body = json!({
        "object": "list", "data": data, "model": request.model, "usage": usage, "system_fingerprint": FINGERPRINT,
    });
    Answer { body, tokens }
}

/// A rough count: four letters, or one kana or kanji (three bytes each), a token.
pub(super) fn count_tokens(text: &str) -> u64 {
    let characters = text.chars().count();
    let wide = (text.len() - characters) / 2;
    ((characters - wide).div_ceil(4) + wide) as u64
}

#[cfg(test)]
mod tests;
