//! Hosts of open models whose batch interface is their own.

use super::{BELOW_100_MB, Dialect, Profile, RetentionFrom, Twists};

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
