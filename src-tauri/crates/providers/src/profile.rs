//! The table of services: one row each, every figure with its source and date.

use tabane_model::{ProviderId, Rules};

/// One service.
#[derive(Debug)]
pub struct Profile {
    pub id: &'static str,
    pub name: &'static str,
    /// `None`: the user gives it.
    pub base_url: Option<&'static str>,
    pub needs_key: bool,
    /// Requests in one part.
    pub max_requests: u64,
    /// Bytes of one part's file. Below the service's own limit, which behaves like decimal megabytes and is
    /// checked before the multipart frame is taken off (bespokelabsai/curator#113).
    pub max_bytes: u64,
    /// Accepted values of `url`; empty: any.
    pub endpoints: &'static [&'static str],
    pub one_model: bool,
    pub one_endpoint: bool,
    /// The first is the default.
    pub windows: &'static [&'static str],
    /// Against the price of single requests. `None`: not told.
    pub discount_percent: Option<u32>,
    /// Days that results are kept after the end. `None`: not told.
    pub retention_days: Option<u32>,
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

/// OpenAI's endpoints for batches (OpenAPI document of 2026-08-21).
const OPENAI_ENDPOINTS: &[&str] = &[
    "/v1/responses",
    "/v1/chat/completions",
    "/v1/embeddings",
    "/v1/completions",
    "/v1/moderations",
    "/v1/images/generations",
    "/v1/images/edits",
    "/v1/videos",
];

const PROFILES: &[Profile] = &[
    // Limits, window and retention: OpenAPI document 2026-08-21 and batch guide, 2026-11.
    Profile {
        id: "openai",
        name: "OpenAI",
        base_url: Some("https://api.openai.com/v1"),
        needs_key: true,
        max_requests: 50_000,
        max_bytes: 190_000_000,
        endpoints: OPENAI_ENDPOINTS,
        one_model: true,
        one_endpoint: true,
        windows: &["24h"],
        discount_percent: Some(50),
        retention_days: Some(30),
        note: None,
    },
    // Batch guide 2026 (200 MB, 24 h to 7 d, 50 %, mixed models and endpoints); OpenAPI copy of 2026-08-14.
    Profile {
        id: "groq",
        name: "Groq",
        base_url: Some("https://api.groq.com/openai/v1"),
        needs_key: true,
        max_requests: 50_000,
        max_bytes: 190_000_000,
        endpoints: &[
            "/v1/chat/completions",
            "/v1/audio/transcriptions",
            "/v1/audio/translations",
        ],
        one_model: false,
        // The guide allows mixing, but a batch is created for one endpoint: a part of each is always right.
        one_endpoint: true,
        windows: &["24h", "48h", "72h", "96h", "120h", "144h", "7d"],
        discount_percent: Some(50),
        retention_days: Some(30),
        note: None,
    },
    // Documentation copies of July 2025; the batch pages were taken down on 2025-07-31. Price by window, not told.
    Profile {
        id: "kluster",
        name: "kluster.ai",
        base_url: Some("https://api.kluster.ai/v1"),
        needs_key: true,
        max_requests: 50_000,
        max_bytes: 95_000_000,
        endpoints: &["/v1/chat/completions"],
        one_model: false,
        one_endpoint: true,
        windows: &["24h", "12h", "6h", "3h", "1h"],
        discount_percent: None,
        retention_days: None,
        note: Some("note-kluster"),
    },
    // The smallest limits that OpenAI-style services are known to have (wire notes 4.6, 2026-11-24).
    Profile {
        id: "custom",
        name: "OpenAI-style service",
        base_url: None,
        needs_key: false,
        max_requests: 50_000,
        max_bytes: 95_000_000,
        endpoints: &[],
        one_model: true,
        one_endpoint: true,
        windows: &["24h"],
        discount_percent: None,
        retention_days: None,
        note: None,
    },
    // Our own simulator keeps to OpenAI's rules.
    Profile {
        id: "practice",
        name: "Practice",
        base_url: None,
        needs_key: false,
        max_requests: 50_000,
        max_bytes: 190_000_000,
        endpoints: &["/v1/chat/completions", "/v1/responses", "/v1/embeddings"],
        one_model: true,
        one_endpoint: true,
        windows: &["24h"],
        discount_percent: None,
        retention_days: None,
        note: None,
    },
];

/// Every service, in the order in which they are offered.
#[must_use]
pub fn profiles() -> &'static [Profile] {
    PROFILES
}

#[must_use]
pub fn profile(id: &ProviderId) -> Option<&'static Profile> {
    PROFILES.iter().find(|profile| profile.id == id.as_str())
}
