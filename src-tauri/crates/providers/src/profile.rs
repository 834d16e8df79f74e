//! The table of services: one row each, every figure with its source and date.

mod open_models;
mod openai_style;
mod twists;

use tabane_model::{ProviderId, Rules};

use crate::{Setting, anthropic};

pub(crate) use twists::Twists;

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
    /// How its dialect differs from OpenAI's.
    pub(crate) twists: Twists,
}

impl Profile {
    /// The version of the interface that a job's lines are sent in, by whether any of them has
    /// [`sampling`](crate::Written::sampling). `None`: the dialect knows but one.
    #[must_use]
    pub fn api_version(&self, sampling: bool) -> Option<&'static str> {
        match self.dialect {
            Dialect::Anthropic if sampling => Some(anthropic::VERSION_WITH_SAMPLING),
            Dialect::Anthropic => Some(anthropic::VERSION),
            _ => None,
        }
    }

    /// Requests in OpenAI's words may be changed to suit it, even where its words are the same.
    #[must_use]
    pub fn adapts_requests(&self) -> bool {
        self.dialect == Dialect::OpenRouter || !self.twists.without.is_empty()
    }

    /// It has words of its own for a chat: what is asked in OpenAI's is put in them.
    #[must_use]
    pub fn translates(&self) -> bool {
        self.dialect.native_line().is_some_and(|line| !line.is_bare())
    }

    /// It keeps in its cache what a request marks, and nothing else: the mark has to be asked for.
    #[must_use]
    pub fn caches(&self) -> bool {
        self.dialect == Dialect::Anthropic
    }

    /// What was laid down for a batch stays until somebody deletes it ([`clean_up`](crate::Provider::clean_up)):
    /// Vertex AI works in the user's own bucket or dataset, and datasets at Fireworks have no end of their own.
    /// Elsewhere files are the service's own and expire by themselves.
    #[must_use]
    pub fn leaves_objects(&self) -> bool {
        matches!(self.dialect, Dialect::Vertex | Dialect::Fireworks)
    }

    /// What a file is checked and split by.
    #[must_use]
    pub fn rules(&self) -> Rules {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let native = self.dialect.native_line();
        Rules {
            provider: ProviderId::new(self.id),
            max_requests: self.max_requests,
            max_bytes: self.max_bytes,
            endpoints: owned(self.endpoints),
            one_model: self.one_model,
            // What both shapes are written as is for one endpoint.
            one_endpoint: self.one_endpoint && !self.translates(),
            windows: owned(self.windows),
            retention_days: self.retention_days,
            native,
            model_given: false,
        }
    }
}

/// Bytes of a part where the service allows 200 MB. Its limit behaves like 200,000,000 bytes, not MiB
/// (bespokelabsai/curator#113, read 2026-11-24); the rest is room for the frame of the upload.
const BELOW_200_MB: u64 = 190_000_000;

/// Bytes of a part where a body may have 256 MB (batch guide, 2026-08/09). Whether MB or MiB are meant is not told.
const BELOW_256_MB: u64 = 250_000_000;

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
    twists: Twists::NONE,
};

/// * Base address: Python package `anthropic` 2.12.0.
/// * 100,000 requests or 256 MB in a body, models mixed, half the price: batch guide, copies of 2026-08/09.
/// * Runs for 24 hours, results kept for 29 days from the creation: package 2.12.0 and batch guide.
const ANTHROPIC: Profile = Profile {
    id: "anthropic",
    aliases: &["claude"],
    dialect: Dialect::Anthropic,
    name: "Anthropic (Claude)",
    base_url: Some("https://api.anthropic.com/v1"),
    may_be_closed: false,
    needs_key: true,
    max_requests: 100_000,
    max_bytes: BELOW_256_MB,
    endpoints: &["/v1/chat/completions", "/v1/messages"],
    one_model: false,
    one_endpoint: false,
    windows: &["24h"],
    discount_percent: Some(50),
    retention_days: Some(29),
    retention_from: RetentionFrom::Creation,
    settings: &[],
    note: None,
    twists: Twists::NONE,
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
    twists: Twists::NONE,
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
    twists: Twists::NONE,
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
    twists: Twists::NONE,
};

/// * Base address, 5,000 requests, 200 MB, endpoints, `24h` alone, half the price: documentation of Aug-Nov 2026
///   (features/batch-api, batch-quickstart).
/// * Results kept for 30 days: reported of the live service (crate `openrouter-batch` 0.1.2, 2026-08-29).
const OPENROUTER: Profile = Profile {
    id: "openrouter",
    aliases: &[],
    dialect: Dialect::OpenRouter,
    name: "OpenRouter",
    base_url: Some("https://openrouter.ai/api/v1"),
    may_be_closed: false,
    needs_key: true,
    max_requests: 5_000,
    max_bytes: BELOW_200_MB,
    endpoints: &[
        "/v1/chat/completions",
        "/v1/responses",
        "/v1/messages",
        "/v1/embeddings",
    ],
    one_model: true,
    one_endpoint: true,
    windows: &["24h"],
    discount_percent: Some(50),
    retention_days: Some(30),
    retention_from: RetentionFrom::End,
    settings: &[],
    note: Some("note-openrouter"),
    twists: Twists::NONE,
};

/// Bytes of a part where the service allows 512 MB, with room for the frame of the upload.
const BELOW_512_MB: u64 = 500_000_000;

/// * Base address: Python package `mistralai` 3.7.0.
/// * 1,000,000 requests, half the price: documentation of 2026-08-21 (mistralai/platform-docs-public).
/// * 512 MB: files API of the same. Endpoints: `APIEndpoint` of package 3.7.0, those whose lines are JSON.
/// * Windows: `timeout_hours` of 1 to 168; 168 was accepted (captures of 2026-09-02).
/// * No end of keeping results was seen.
const MISTRAL: Profile = Profile {
    id: "mistral",
    aliases: &[],
    dialect: Dialect::Mistral,
    name: "Mistral",
    base_url: Some("https://api.mistral.ai/v1"),
    may_be_closed: false,
    needs_key: true,
    max_requests: 1_000_000,
    max_bytes: BELOW_512_MB,
    endpoints: &[
        "/v1/chat/completions",
        "/v1/embeddings",
        "/v1/fim/completions",
        "/v1/moderations",
        "/v1/chat/moderations",
        "/v1/ocr",
        "/v1/classifications",
        "/v1/chat/classifications",
        "/v1/conversations",
        "/v1/audio/transcriptions",
    ],
    one_model: true,
    one_endpoint: true,
    windows: &["24h", "48h", "72h", "96h", "120h", "144h", "168h"],
    discount_percent: Some(50),
    retention_days: None,
    retention_from: RetentionFrom::End,
    settings: &[],
    note: None,
    twists: Twists::NONE,
};

/// * Base address, 50,000 requests, 200 MB, results kept for 30 days: documentation and package `xai_sdk` 1.21.0 (2026).
/// * Lines for `/v1/responses` are answered as chats.
/// * Several models in a file are likely, but told nowhere.
/// * A fifth off, for grok-4.3 and the grok-4.20 family alone (newer page; an older one said half for all): left open.
/// * No window: most end within a day, and requests may wait without a deadline.
const XAI: Profile = Profile {
    id: "xai",
    aliases: &["grok"],
    dialect: Dialect::Xai,
    name: "xAI",
    base_url: Some("https://api.x.ai/v1"),
    may_be_closed: false,
    needs_key: true,
    max_requests: 50_000,
    max_bytes: BELOW_200_MB,
    endpoints: &["/v1/chat/completions", "/v1/responses"],
    one_model: true,
    one_endpoint: true,
    windows: &["24h"],
    discount_percent: None,
    retention_days: Some(30),
    retention_from: RetentionFrom::Creation,
    settings: &[],
    note: Some("note-xai"),
    twists: Twists::NONE,
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
    twists: Twists::NONE,
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
    twists: Twists::NONE,
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
    twists: Twists::NONE,
};

const PROFILES: &[Profile] = &[
    OPENAI,
    ANTHROPIC,
    GEMINI,
    VERTEX,
    OPENROUTER,
    GROQ,
    MISTRAL,
    XAI,
    open_models::TOGETHER,
    open_models::FIREWORKS,
    openai_style::AZURE,
    openai_style::DEEPINFRA,
    openai_style::PARASAIL,
    openai_style::NEBIUS,
    openai_style::NOVITA,
    openai_style::SILICONFLOW,
    openai_style::DASHSCOPE,
    openai_style::ZHIPU,
    openai_style::MOONSHOT,
    openai_style::DOUBLEWORD,
    KLUSTER,
    CUSTOM,
    PRACTICE,
];

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
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len(), "{ids:?}");
        for row in profiles() {
            let rules = profile(&ProviderId::new(row.id)).unwrap().rules();
            // Novita's is fixed at two days.
            let usual = if row.id == "novita" { "48h" } else { "24h" };
            assert_eq!(rules.windows[0], usual, "{}", row.id);
            assert!(rules.max_requests > 0 && rules.max_bytes > 0);
            assert!(
                rules
                    .endpoints
                    .iter()
                    .all(|endpoint| endpoint.starts_with("/v1") || endpoint.starts_with("/v4/"))
            );
            assert!(
                row.dialect != Dialect::OpenAi
                    || row
                        .base_url
                        .is_none_or(|base| crate::http::normalised(base).unwrap() == base)
            );
        }
        assert!(profile(&ProviderId::new("nobody")).is_none());
    }

    #[test]
    fn few_translate_cache_by_a_mark_or_leave_something_behind() {
        let those = |has: fn(&Profile) -> bool| -> Vec<_> {
            profiles()
                .iter()
                .filter(|profile| has(profile))
                .map(|profile| profile.id)
                .collect()
        };
        assert_eq!(those(Profile::translates), ["anthropic", "gemini", "vertex"]);
        assert_eq!(those(Profile::caches), ["anthropic"]);
        assert_eq!(those(Profile::leaves_objects), ["vertex", "fireworks"]);
    }
}
