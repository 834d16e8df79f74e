//! Hosts of open models whose batch interface is their own.

use super::{BELOW_100_MB, Dialect, Profile, RetentionFrom, Setting, Twists};

/// * Base address, statuses, no marks: Python package `together` 3.1.1, OpenAPI document of 2026-04-28.
/// * 50,000 requests, 100 MB (and 10 MB a line, which the service checks itself), one model in a file, `24h` at best
///   and up to 72 h, up to half the price for listed models (so no one figure): documentation, captures of 2026-09-02.
/// * How long results are kept is told nowhere.
pub(super) const TOGETHER: Profile = Profile {
    id: "together",
    aliases: &["together.ai"],
    dialect: Dialect::Together,
    name: "Together AI",
    base_url: Some("https://api.together.ai/v1"),
    may_be_closed: false,
    needs_key: true,
    max_requests: 50_000,
    max_bytes: BELOW_100_MB,
    endpoints: &["/v1/chat/completions"],
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

/// Bytes of a part where an upload in one piece may have 150 MB.
const BELOW_150_MB: u64 = 140_000_000;

/// * Base address, 150 MB for an upload in one piece: Python package `fireworks-ai` 1.2.30.
/// * Lines without a model, results in datasets that stay until they are deleted: captures of 2026-08-30.
/// * Half the price; a job ends after 12, 24, 48 or 72 hours: documentation of 2026-08-26.
/// * How many requests a dataset may have is told nowhere; 50,000 is what all others take.
pub(super) const FIREWORKS: Profile = Profile {
    id: "fireworks",
    aliases: &["fireworks.ai"],
    dialect: Dialect::Fireworks,
    name: "Fireworks AI",
    base_url: Some("https://api.fireworks.ai/v1"),
    may_be_closed: false,
    needs_key: true,
    max_requests: 50_000,
    max_bytes: BELOW_150_MB,
    endpoints: &["/v1/chat/completions"],
    one_model: true,
    one_endpoint: true,
    windows: &["24h", "12h", "48h", "72h"],
    discount_percent: Some(50),
    retention_days: None,
    retention_from: RetentionFrom::End,
    settings: &[Setting {
        name: "account",
        required: true,
        default: None,
    }],
    note: None,
    twists: Twists::NONE,
};
