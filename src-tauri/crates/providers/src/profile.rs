//! The table of services: one row each, every figure with its source and date.

use tabane_model::{ProviderId, Rules};

use crate::Setting;

/// How a service is spoken to: a folder of this crate each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// OpenAI's, and that of all who took it over.
    OpenAi,
    Anthropic,
    Gemini,
    Vertex,
    OpenRouter,
    Mistral,
    Together,
    Fireworks,
    Xai,
}

/// From when the days count for which results are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetentionFrom {
    End,
    Creation,
}

/// One service.
#[derive(Debug)]
pub struct Profile {
    pub id: &'static str,
    /// Other words for it on the command line.
    pub aliases: &'static [&'static str],
    pub dialect: Dialect,
    pub name: &'static str,
    /// `None`: the user gives it.
    pub base_url: Option<&'static str>,
    /// The service behind `base_url` may be no longer offered: it is asked for its models before anything is sent.
    pub may_be_closed: bool,
    pub needs_key: bool,
    /// Requests in one part.
    pub max_requests: u64,
    /// Bytes of one part's file, below what the service takes.
    pub max_bytes: u64,
    /// Accepted values of `url`; empty: any.
    pub endpoints: &'static [&'static str],
    pub one_model: bool,
    pub one_endpoint: bool,
    /// The first is the default.
    pub windows: &'static [&'static str],
    /// Against the price of single requests. `None`: not told.
    pub discount_percent: Option<u32>,
    /// Days that results are kept. `None`: not told.
    pub retention_days: Option<u32>,
    pub retention_from: RetentionFrom,
    /// What a connection needs beside address and key, in the order of the form.
    pub settings: &'static [Setting],
    /// Message id of a remark on the service's card.
    pub note: Option<&'static str>,
}

impl Profile {
    /// What a file is checked and split by.
    #[must_use]
    pub fn rules(&self) -> Rules {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Rules {
            provider: ProviderId::new(self.id),
            max_requests: self.max_requests,
            max_bytes: self.max_bytes,
            endpoints: owned(self.endpoints),
            one_model: self.one_model,
            one_endpoint: self.one_endpoint,
            windows: owned(self.windows),
            retention_days: self.retention_days,
        }
    }
}

/// Bytes of a part where the service allows 200 MB. Its limit behaves like 200,000,000 bytes, not MiB
/// (bespokelabsai/curator#113, read 2026-11-24); the rest is room for the frame of the upload.
const BELOW_200_MB: u64 = 190_000_000;

/// The same below 100 MB.
const BELOW_100_MB: u64 = 95_000_000;

/// * Base address: Python package `openai` 3.54.0.
/// * 50,000 requests, 200 MB, endpoints, `24h` as the only window: OpenAPI document of 2026-08-21.
/// * One model in a file: batch guide, copy of 2026-10/11.
/// * Half the price, results kept for 30 days: batch guide, copy of 2026-10/11.
const OPENAI: Profile = Profile {
    id: "openai",
    aliases: &[],
    dialect: Dialect::OpenAi,
    name: "OpenAI",
    base_url: Some("https://api.openai.com/v1"),
    may_be_closed: false,
    needs_key: true,
    max_requests: 50_000,
    max_bytes: BELOW_200_MB,
    endpoints: &[
        "/v1/responses",
        "/v1/chat/completions",
        "/v1/embeddings",
        "/v1/completions",
        "/v1/moderations",
        "/v1/images/generations",
        "/v1/images/edits",
        "/v1/videos",
    ],
    one_model: true,
    one_endpoint: true,
    windows: &["24h"],
    discount_percent: Some(50),
    retention_days: Some(30),
    retention_from: RetentionFrom::End,
    settings: &[],
    note: None,
};

/// * Base address: Python package `groq` 1.7.0.
/// * 50,000 requests: batch guide of 2026 and package 1.7.0.
/// * 200 MB: batch guide of 2026. Package 1.7.0 still says 100 MB; a part that is refused as too large is halved.
/// * Endpoints: batch guide of 2026; the OpenAPI copy of 2026-08-14 names chat alone.
/// * Models and endpoints may be mixed in a file: batch guide of 2026.
/// * `24h` to `7d`, half the price, results kept up to 30 days: batch guide of 2026.
const GROQ: Profile = Profile {
    id: "groq",
    aliases: &[],
    dialect: Dialect::OpenAi,
    name: "Groq",
    base_url: Some("https://api.groq.com/openai/v1"),
    may_be_closed: false,
    needs_key: true,
    max_requests: 50_000,
    max_bytes: BELOW_200_MB,
    endpoints: &[
        "/v1/chat/completions",
        "/v1/audio/transcriptions",
        "/v1/audio/translations",
    ],
    one_model: false,
    one_endpoint: false,
    windows: &["24h", "48h", "72h", "96h", "120h", "144h", "7d"],
    discount_percent: Some(50),
    retention_days: Some(30),
    retention_from: RetentionFrom::End,
    settings: &[],
    note: None,
};

/// * Base address, `/v1/chat/completions` alone, a model of its own in each line, the windows, 100 MB: copies of
///   the documentation (kluster-ai/docs, klusterai-cookbook) up to July 2025.
/// * 50,000 requests: an early copy. Free accounts had 1,000; the service says so itself.
/// * The price fell with the window and retention is told nowhere: left open.
/// * May be closed: the batch pages were taken down on 2025-07-31 without a notice.
const KLUSTER: Profile = Profile {
    id: "kluster",
    aliases: &["kluster.ai"],
    dialect: Dialect::OpenAi,
    name: "kluster.ai",
    base_url: Some("https://api.kluster.ai/v1"),
    may_be_closed: true,
    needs_key: true,
    max_requests: 50_000,
    max_bytes: BELOW_100_MB,
    endpoints: &["/v1/chat/completions"],
    one_model: false,
    one_endpoint: true,
    windows: &["24h", "12h", "6h", "3h", "1h"],
    discount_percent: None,
    retention_days: None,
    retention_from: RetentionFrom::End,
    settings: &[],
    note: Some("note-kluster"),
};

/// * Base address, `v1beta` for all calls: wire notes 2.1 of 2026-11-24 and Python package `google-genai` 3.4.0.
/// * 2 GB in a file: *Batch API*, copy of 2026. Below it, for what a service counts otherwise.
/// * 200,000 requests: told nowhere; the limit of the same models at Vertex AI, *Batch inference*, copy of 2026. What
///   counts here are the tokens that wait, by model and tier: too many are refused with 429.
/// * One model in a file: it stands in the address of the create.
/// * The aim is 24 h, after 48 h a batch expires; half the price; results kept for six weeks: *Batch API*, copy of 2026.
const GEMINI: Profile = Profile {
    id: "gemini",
    aliases: &["google"],
    dialect: Dialect::Gemini,
    name: "Google Gemini",
    base_url: Some("https://generativelanguage.googleapis.com"),
    may_be_closed: false,
    needs_key: true,
    max_requests: 200_000,
    max_bytes: 1_900_000_000,
    endpoints: &["/v1/chat/completions", "/v1beta/generateContent"],
    one_model: true,
    one_endpoint: true,
    windows: &["24h"],
    discount_percent: Some(50),
    retention_days: Some(42),
    retention_from: RetentionFrom::End,
    settings: &[],
    note: None,
};

/// Bytes of a part where the service allows 1 GB.
const BELOW_1_GB: u64 = 950_000_000;

/// * Base address: the global host; the others follow from the region (`google-genai` 3.4.0, wire notes 3.1).
/// * 200,000 requests, 1 GB in Cloud Storage: batch page of mid 2026.
/// * Half the price: batch page of mid 2026. Cached tokens are at a tenth of the price instead.
/// * One model: it is named by the job. The job waits up to 72 h and runs up to 24 h (batch page of mid 2026).
/// * Results stay in the user's own bucket or dataset.
const VERTEX: Profile = Profile {
    id: "vertex",
    aliases: &["vertexai"],
    dialect: Dialect::Vertex,
    name: "Gemini on Vertex AI",
    base_url: Some("https://aiplatform.googleapis.com/v1"),
    may_be_closed: false,
    needs_key: false,
    max_requests: 200_000,
    max_bytes: BELOW_1_GB,
    endpoints: &["/v1/chat/completions", "/v1/generateContent"],
    one_model: true,
    one_endpoint: true,
    windows: &["24h"],
    discount_percent: Some(50),
    retention_days: None,
    retention_from: RetentionFrom::End,
    settings: &[
        Setting::optional("project"),
        Setting {
            name: "region",
            required: true,
            default: Some("us-central1"),
        },
        Setting::optional("bucket"),
        Setting::optional("dataset"),
        Setting::optional("input"),
        Setting::optional("output"),
    ],
    note: Some("note-vertex"),
};

/// The caution of all: what every OpenAI-style service that is known takes (wire notes 0 and 4.6, 2026-11-24).
const CUSTOM: Profile = Profile {
    id: "custom",
    aliases: &[],
    dialect: Dialect::OpenAi,
    name: "OpenAI-style service",
    base_url: None,
    may_be_closed: false,
    needs_key: false,
    max_requests: 50_000,
    max_bytes: BELOW_100_MB,
    endpoints: &[],
    one_model: true,
    one_endpoint: true,
    windows: &["24h"],
    discount_percent: None,
    retention_days: None,
    retention_from: RetentionFrom::End,
    settings: &[],
    note: None,
};

/// Our own simulator keeps to OpenAI's rules.
const PRACTICE: Profile = Profile {
    id: "practice",
    aliases: &[],
    dialect: Dialect::OpenAi,
    name: "Practice",
    base_url: None,
    may_be_closed: false,
    needs_key: false,
    max_requests: OPENAI.max_requests,
    max_bytes: OPENAI.max_bytes,
    endpoints: &["/v1/chat/completions", "/v1/responses", "/v1/embeddings"],
    one_model: OPENAI.one_model,
    one_endpoint: OPENAI.one_endpoint,
    windows: OPENAI.windows,
    discount_percent: None,
    retention_days: None,
    retention_from: RetentionFrom::End,
    settings: &[],
    note: None,
};

const PROFILES: &[Profile] = &[OPENAI, GEMINI, VERTEX, GROQ, KLUSTER, CUSTOM, PRACTICE];

/// Every service, in the order in which they are offered.
#[must_use]
pub fn profiles() -> &'static [Profile] {
    PROFILES
}

/// By its id, or by another word for it.
#[must_use]
pub fn profile(id: &ProviderId) -> Option<&'static Profile> {
    PROFILES
        .iter()
        .find(|profile| profile.id == id.as_str() || profile.aliases.contains(&id.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let ids: Vec<_> = profiles().iter().map(|profile| profile.id).collect();
        assert_eq!(ids, ["openai", "gemini", "vertex", "groq", "kluster", "custom", "practice"]);
        for row in profiles() {
            let rules = profile(&ProviderId::new(row.id)).unwrap().rules();
            assert_eq!(rules.windows[0], "24h", "{}", row.id);
            assert!(rules.max_requests > 0 && rules.max_bytes > 0);
            assert!(
                rules
                    .endpoints
                    .iter()
                    .all(|endpoint| endpoint.starts_with("/v1"))
            );
            assert!(
                row.dialect != Dialect::OpenAi || row.base_url
                    .is_none_or(|base| crate::http::normalised(base).unwrap() == base)
            );
        }
        assert!(profile(&ProviderId::new("nobody")).is_none());
    }
}
