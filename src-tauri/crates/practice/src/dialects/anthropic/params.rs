//! What the service has against a message's parameters. It says so in the row, when the batch has ended.

use serde_json::{Map, Value};

/// Every parameter of package `anthropic` 2.12.0; sampling belongs to the version before it.
const KNOWN: &[&str] = &[
    "cache_control",
    "container",
    "inference_geo",
    "max_tokens",
    "messages",
    "metadata",
    "model",
    "output_config",
    "prefill",
    "service_tier",
    "stop_sequences",
    "stream",
    "system",
    "temperature",
    "thinking",
    "tool_choice",
    "tools",
    "top_k",
    "top_p",
    "user_profile_id",
];

const SAMPLING: [&str; 3] = ["temperature", "top_p", "top_k"];

/// Models that refuse sampling in every version.
const NO_SAMPLING: [&str; 4] = [
    "claude-opus-4-7",
    "claude-opus-4-8",
    "claude-opus-5",
    "claude-fable",
];

const EFFORTS: [&str; 5] = ["low", "medium", "high", "xhigh", "max"];

/// Words of a schema that are refused.
const LIMITS: [&str; 10] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "maxItems",
    "minProperties",
    "maxProperties",
];

/// `sampling`: the version of the create still takes it. `None`: nothing is wrong.
pub(super) fn wrong(params: &Value, sampling: bool) -> Option<String> {
    let fields = params.as_object()?;
    unknown(fields)
        .or_else(|| needed(params))
        .or_else(|| sampled(params, sampling))
        .or_else(|| conversation(params))
        .or_else(|| stops(&params["stop_sequences"]))
        .or_else(|| output(&params["output_config"]))
}

fn unknown(fields: &Map<String, Value>) -> Option<String> {
    if fields.contains_key("speed") {
        return Some("speed: not supported in batches".to_owned());
    }
    if fields.get("stream") == Some(&Value::Bool(true)) {
        return Some("stream: streaming is not supported in batches".to_owned());
    }
    let unknown = fields.keys().find(|name| !KNOWN.contains(&name.as_str()))?;
    Some(format!("{unknown}: Extra inputs are not permitted"))
}

fn needed(params: &Value) -> Option<String> {
    for name in ["model", "max_tokens", "messages"] {
        if params[name].is_null() {
            return Some(format!("{name}: Field required"));
        }
    }
    if params["model"].as_str().is_none_or(str::is_empty) {
        return Some("model: String should have at least 1 character".to_owned());
    }
    match params["max_tokens"].as_u64() {
        None => Some("max_tokens: Input should be a valid integer".to_owned()),
        Some(0) => Some("max_tokens: Input should be greater than or equal to 1".to_owned()),
        Some(_) => None,
    }
}

fn sampled(params: &Value, sampling: bool) -> Option<String> {
    let set = SAMPLING.into_iter().find(|name| !params[*name].is_null())?;
    let model = params["model"].as_str().unwrap_or_default();
    if !sampling || NO_SAMPLING.iter().any(|family| model.starts_with(family)) {
        return Some(format!("{set}: sampling parameters are not supported"));
    }
    if params["temperature"]
        .as_f64()
        .is_some_and(|value| !(0.0..=1.0).contains(&value))
    {
        return Some("temperature: range: 0..1".to_owned());
    }
    let both = !params["temperature"].is_null() && !params["top_p"].is_null();
    both.then(|| {
        "`temperature` and `top_p` cannot both be specified for this model. Please use only one.".to_owned()
    })
}

fn conversation(params: &Value) -> Option<String> {
    let messages = params["messages"]
        .as_array()
        .filter(|messages| !messages.is_empty());
    let Some(messages) = messages else {
        return Some("messages: at least one message is required".to_owned());
    };
    if messages[0]["role"] != "user" {
        return Some("messages: first message must use the \"user\" role".to_owned());
    }
    for (place, message) in messages.iter().enumerate() {
        if !matches!(message["role"].as_str(), Some("user" | "assistant")) {
            return Some(format!(
                "messages.{place}.role: Input should be 'user' or 'assistant'"
            ));
        }
        if let Some(words) = content(&message["content"]) {
            return Some(format!("messages.{place}.{words}"));
        }
    }
    let system = &params["system"];
    let system = if system.is_null() { None } else { content(system) };
    system.map(|words| format!("system.{words}"))
}

fn content(content: &Value) -> Option<String> {
    match content {
        Value::String(text) if !text.is_empty() => None,
        Value::String(_) => Some("content: text content blocks must be non-empty".to_owned()),
        Value::Array(blocks) if !blocks.is_empty() => blocks.iter().find_map(block),
        _ => Some("content: Input should be a valid list".to_owned()),
    }
}

fn block(block: &Value) -> Option<String> {
    match block["type"].as_str() {
        Some("text") if block["text"].as_str().is_none_or(str::is_empty) => {
            Some("content: text content blocks must be non-empty".to_owned())
        }
        Some("text") => {
            let cache = &block["cache_control"];
            let known = cache.is_null()
                || (cache["type"] == "ephemeral"
                    && matches!(cache["ttl"].as_str(), None | Some("5m" | "1h")));
            (!known).then(|| "content.cache_control: Input should be 'ephemeral'".to_owned())
        }
        Some("image") => picture(&block["source"]),
        Some(_) => None,
        None => Some("content.type: Field required".to_owned()),
    }
}

fn picture(source: &Value) -> Option<String> {
    let is_text = |name: &str| source[name].as_str().is_some_and(|text| !text.is_empty());
    let whole = match source["type"].as_str() {
        Some("base64") => is_text("data") && is_text("media_type"),
        Some("url") => source["url"]
            .as_str()
            .is_some_and(|url| url.starts_with("https://")),
        Some("file") => true,
        _ => false,
    };
    (!whole).then(|| "content.image.source: Input is not valid".to_owned())
}

fn stops(stops: &Value) -> Option<String> {
    let blank = |stop: &Value| stop.as_str().is_none_or(|stop| stop.trim().is_empty());
    let wrong = stops.as_array().is_some_and(|stops| stops.iter().any(blank));
    wrong.then(|| "stop_sequences: each stop sequence must contain non-whitespace".to_owned())
}

fn output(config: &Value) -> Option<String> {
    let effort = &config["effort"];
    if !effort.is_null() && effort.as_str().is_none_or(|effort| !EFFORTS.contains(&effort)) {
        return Some(format!(
            "output_config.effort: Input should be one of {EFFORTS:?}"
        ));
    }
    let format = &config["format"];
    if format.is_null() {
        return None;
    }
    if format["type"] != "json_schema" || !format["schema"].is_object() {
        return Some("output_config.format: Input should be a JSON schema".to_owned());
    }
    schema(&format["schema"]).map(|words| format!("output_config.format.schema: {words}"))
}

fn schema(rules: &Value) -> Option<String> {
    let fields = rules.as_object()?;
    if let Some(limit) = fields.keys().find(|name| LIMITS.contains(&name.as_str())) {
        return Some(format!("property '{limit}' is not supported"));
    }
    let is_object = |kind: &Value| kind == "object";
    let object = match &rules["type"] {
        Value::Array(kinds) => kinds.iter().any(is_object),
        kind => is_object(kind) || fields.contains_key("properties"),
    };
    if object && rules["additionalProperties"] != false {
        return Some("For 'object' type, 'additionalProperties' must be explicitly set to false".to_owned());
    }
    let named = ["properties", "$defs", "definitions"]
        .into_iter()
        .filter_map(|name| rules[name].as_object());
    let listed = ["anyOf", "allOf", "oneOf", "prefixItems"]
        .into_iter()
        .filter_map(|name| rules[name].as_array());
    named
        .flat_map(Map::values)
        .chain(listed.flatten())
        .chain(fields.get("items"))
        .find_map(schema)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(more: &str) -> Value {
        let text = format!(
            r#"{{"model":"claude-haiku-5-5","max_tokens":9,"messages":[{{"role":"user","content":"x"}}]{more}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn sampling_is_taken_in_the_older_version_alone() {
        let warm = with(r#","temperature":0.5"#);
        assert_eq!(wrong(&warm, true), None);
        assert!(wrong(&warm, false).unwrap().starts_with("temperature"));
        assert!(wrong(&with(r#","temperature":1.5"#), true).is_some());
        assert!(wrong(&with(r#","temperature":1,"top_p":0.5"#), true).is_some());
        let opus = with(r#","top_k":3,"model":"claude-opus-5-5""#);
        assert!(wrong(&opus, true).is_some());
    }

    #[test]
    fn each_fault_is_named() {
        for (params, place) in [
            (r#"{"max_tokens":9,"messages":[]}"#, "model"),
            (r#"{"model":"m","messages":[]}"#, "max_tokens"),
            (r#"{"model":"m","max_tokens":0,"messages":[]}"#, "max_tokens"),
            (r#"{"model":"m","max_tokens":9,"messages":[]}"#, "messages"),
            (
                r#"{"model":"m","max_tokens":9,"messages":[{"role":"assistant","content":"x"}]}"#,
                "messages",
            ),
            (
                r#"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":""}]}"#,
                "messages.0.content",
            ),
            (
                r#"{"model":"m","max_completion_tokens":9}"#,
                "max_completion_tokens",
            ),
            (r#"{"model":"m","stream":true}"#, "stream"),
        ] {
            let words = wrong(&serde_json::from_str(params).unwrap(), false).unwrap();
            assert!(words.starts_with(place), "{params}: {words}");
        }
        for (more, place) in [
            (r#","stop_sequences":["\n"]"#, "stop_sequences"),
            (r#","output_config":{"effort":"none"}"#, "output_config.effort"),
            (
                r#","output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}}"#,
                "output_config.format.schema",
            ),
            (
                r#","output_config":{"format":{"type":"json_schema","schema":{"anyOf":[{"type":"integer","minimum":1}]}}}"#,
                "output_config.format.schema",
            ),
        ] {
            let words = wrong(&with(more), false).unwrap();
            assert!(words.starts_with(place), "{more}: {words}");
        }
        assert_eq!(wrong(&with(""), false), None);
    }
}
