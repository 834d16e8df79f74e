//! The answer in the body of a good row, by endpoint.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use tabane_model::{Outcome, Status};

use crate::lenient::{number, text};

/// `line`: the whole row, for numbers whose digits are to stay.
pub(crate) fn read_answer(body: &Value, line: &str) -> Outcome {
    let mut outcome = Outcome::empty(Status::Succeeded);
    usage_and_model(body, &mut outcome);
    if body["output"].is_array() {
        responses(body, &mut outcome);
    } else if body["choices"].is_array() {
        chat(&body["choices"][0], &mut outcome);
    } else if body["type"] == "message" && body["content"].is_array() {
        message(body, &mut outcome);
    } else if body["data"][0]["embedding"].is_null() {
        // An endpoint that we do not read: its body is the answer.
        outcome.answer = Some(body.to_string());
    } else {
        embeddings(body, line, &mut outcome);
    }
    outcome
}

fn chat(choice: &Value, outcome: &mut Outcome) {
    let message = &choice["message"];
    outcome.finish_reason = text(&choice["finish_reason"]);
    outcome.answer = match &message["content"] {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => Some(parts.iter().filter_map(|part| part["text"].as_str()).collect()),
        // Older completions.
        _ => choice["text"].as_str().map(str::to_owned),
    };
    let nothing_said = outcome.answer.as_ref().is_none_or(String::is_empty);
    if let Some(refusal) = text(&message["refusal"]) {
        outcome.finish_reason = Some("refusal".to_owned());
        if nothing_said {
            outcome.answer = Some(refusal);
        }
    } else if nothing_said
        && message["tool_calls"]
            .as_array()
            .is_some_and(|calls| !calls.is_empty())
    {
        outcome.answer = Some(message["tool_calls"].to_string());
    }
}

/// Reasoning, tool and message items are mixed; the text is in the messages, `final_answer` before `commentary`.
fn responses(body: &Value, outcome: &mut Outcome) {
    let items = body["output"].as_array().map(Vec::as_slice).unwrap_or_default();
    let of = |kind: &str| {
        items
            .iter()
            .filter(|item| item["type"] == kind)
            .collect::<Vec<_>>()
    };
    let messages = of("message");
    let finals: Vec<_> = messages
        .iter()
        .copied()
        .filter(|item| item["phase"] == "final_answer")
        .collect();
    let chosen = if finals.is_empty() { messages } else { finals };
    let (mut answer, mut refusal) = (String::new(), None);
    for part in chosen
        .iter()
        .filter_map(|item| item["content"].as_array())
        .flatten()
    {
        match part["type"].as_str() {
            Some("output_text") => answer.push_str(part["text"].as_str().unwrap_or_default()),
            Some("refusal") => refusal = text(&part["refusal"]),
            _ => {}
        }
    }
    let status = text(&body["status"]);
    outcome.finish_reason = match status.as_deref() {
        None | Some("completed") => Some("stop".to_owned()),
        Some("incomplete") => Some(match text(&body["incomplete_details"]["reason"]) {
            // One word for one thing, whatever the endpoint.
            Some(reason) if reason == "max_output_tokens" => "length".to_owned(),
            reason => reason.unwrap_or_else(|| "incomplete".to_owned()),
        }),
        Some(_) => status.clone(),
    };
    if let Some(refusal) = refusal {
        outcome.finish_reason = Some("refusal".to_owned());
        if answer.is_empty() {
            answer = refusal;
        }
    }
    let calls = of("function_call");
    if answer.is_empty() && !calls.is_empty() {
        answer = Value::from(calls.into_iter().cloned().collect::<Vec<_>>()).to_string();
    }
    outcome.answer = Some(answer);
    // Failed without saying why.
    if status.as_deref() == Some("failed") {
        outcome.status = Status::Failed;
        outcome.error_code = Some("failed".to_owned());
        outcome.answer.take_if(|answer| answer.is_empty());
    }
}

/// Anthropic's message, as OpenRouter passes it on for `/v1/messages`.
fn message(body: &Value, outcome: &mut Outcome) {
    let blocks = body["content"].as_array().map(Vec::as_slice).unwrap_or_default();
    let text_of = |block: &Value| (block["type"] == "text").then(|| text(&block["text"])).flatten();
    outcome.answer = Some(blocks.iter().filter_map(text_of).collect());
    // One word for one thing, whatever the endpoint.
    outcome.finish_reason = text(&body["stop_reason"]).map(|reason| match reason.as_str() {
        "end_turn" | "stop_sequence" => "stop".to_owned(),
        "max_tokens" => "length".to_owned(),
        _ => reason,
    });
    // What came from the cache or went into it is counted apart.
    let count = |name: &str| number(&body["usage"][name]);
    let read = count("cache_read_input_tokens");
    let cached = read.unwrap_or(0) + count("cache_creation_input_tokens").unwrap_or(0);
    outcome.input_tokens = outcome.input_tokens.map(|fresh| fresh + cached);
    outcome.cached_tokens = read.or(outcome.cached_tokens);
}

/// One vector is a list of numbers, several are a list of lists.
fn embeddings(body: &Value, line: &str, outcome: &mut Outcome) {
    let vectors = digits_kept(line).unwrap_or_else(|| {
        let data = body["data"].as_array().map(Vec::as_slice).unwrap_or_default();
        // Also base64, which is a text and no list.
        data.iter()
            .map(|entry| text(&entry["embedding"]).unwrap_or_else(|| entry["embedding"].to_string()))
            .collect()
    });
    outcome.answer = Some(match vectors.as_slice() {
        [only] => only.clone(),
        several => format!("[{}]", several.join(",")),
    });
    outcome.finish_reason = Some("stop".to_owned());
    if outcome.input_tokens.is_some() {
        outcome.output_tokens.get_or_insert(0);
    }
}

/// The vectors as they stand in the line: a number that is read and written again may end in another digit.
fn digits_kept(line: &str) -> Option<Vec<String>> {
    #[derive(Deserialize)]
    struct Row<'a> {
        #[serde(borrow)]
        response: Response<'a>,
    }
    #[derive(Deserialize)]
    struct Response<'a> {
        #[serde(borrow)]
        body: Body<'a>,
    }
    #[derive(Deserialize)]
    struct Body<'a> {
        #[serde(borrow)]
        data: Vec<Entry<'a>>,
    }
    #[derive(Deserialize)]
    struct Entry<'a> {
        #[serde(borrow)]
        embedding: &'a RawValue,
    }
    let row: Row<'_> = serde_json::from_str(line).ok()?;
    let compact = |entry: &Entry<'_>| {
        let raw = entry.embedding.get();
        raw.starts_with('[')
            .then(|| raw.split_ascii_whitespace().collect())
    };
    row.response.body.data.iter().map(compact).collect()
}

/// One set of names for all endpoints; details may be null or absent.
pub(super) fn usage_and_model(body: &Value, outcome: &mut Outcome) {
    let usage = &body["usage"];
    let first = |names: [&Value; 2]| names.into_iter().find_map(number);
    outcome.model = text(&body["model"]);
    outcome.input_tokens = first([&usage["prompt_tokens"], &usage["input_tokens"]]);
    outcome.output_tokens = first([&usage["completion_tokens"], &usage["output_tokens"]]);
    outcome.cached_tokens = first([
        &usage["prompt_tokens_details"]["cached_tokens"],
        &usage["input_tokens_details"]["cached_tokens"],
    ]);
    outcome.reasoning_tokens = first([
        &usage["completion_tokens_details"]["reasoning_tokens"],
        &usage["output_tokens_details"]["reasoning_tokens"],
    ])
    .or_else(|| number(&usage["reasoning_tokens"]));
}

#[cfg(test)]
mod tests;
