//! The smaller services that took OpenAI's batch dialect over. What the documentation leaves open is taken from
//! [`CAUTIOUS`], which is what all of them are known to take.

use super::{BELOW_100_MB, BELOW_200_MB, Dialect, Profile, RetentionFrom, Twists};

/// Bytes of a part where the service allows 500 MB.
const BELOW_500_MB: u64 = 475_000_000;

/// Bytes of a part where the service allows 1 GB and more: what a line to a home still gets through in one piece.
const BELOW_1_GB: u64 = 950_000_000;

const CHAT: &str = "/v1/chat/completions";
const EMBEDDINGS: &str = "/v1/embeddings";

/// * 50,000 requests, 100 MB, one model and one endpoint in a file: what every OpenAI-style service that is known
///   takes (wire notes 0 and 4.6, 2026-11-24).
const CAUTIOUS: Profile = Profile {
    id: "",
    aliases: &[],
    dialect: Dialect::OpenAi,
    name: "",
    base_url: None,
    may_be_closed: false,
    needs_key: true,
    max_requests: 50_000,
    max_bytes: BELOW_100_MB,
    endpoints: &[CHAT],
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

/// From Microsoft's documentation (MicrosoftDocs/azure-ai-docs) of January, March and August 2026:
/// * The address names the user's resource; the interface lies under `/openai/v1`; the key goes into `api-key`.
/// * 100,000 requests, 200 MB without a storage account of one's own, chat and responses, half the price.
/// * `24h` alone, and a batch runs on after it.
/// * A resource holds 500 files, or 10,000 if all expire after 14 to 30 days: the longest is asked for.
/// * A file is looked through after its upload: until `processed` no batch may be made of it.
pub(super) const AZURE: Profile = Profile {
    id: "azure",
    aliases: &["azure-openai"],
    name: "Azure OpenAI",
    max_requests: 100_000,
    max_bytes: BELOW_200_MB,
    endpoints: &[CHAT, "/v1/responses"],
    discount_percent: Some(50),
    retention_days: Some(30),
    retention_from: RetentionFrom::Creation,
    note: Some("note-azure"),
    twists: Twists {
        key_header: Some("api-key"),
        path: "/openai/v1",
        file_expires_after: Some(30 * 24 * 60 * 60),
        file_is_processed: true,
        ..Twists::NONE
    },
    ..CAUTIOUS
};

/// * 50,000 requests, 200 MB, `24h` alone, 20 % off, 30 days, lines counted from 0: captures of 2026-09-21.
pub(super) const DEEPINFRA: Profile = Profile {
    id: "deepinfra",
    name: "DeepInfra",
    base_url: Some("https://api.deepinfra.com/v1/openai"),
    max_bytes: BELOW_200_MB,
    endpoints: &[CHAT, EMBEDDINGS],
    discount_percent: Some(20),
    retention_days: Some(30),
    twists: Twists {
        first_line: 0,
        ..Twists::NONE
    },
    ..CAUTIOUS
};

/// * 50,000 requests, `24h`, half the price, chat and embeddings: captures of 2026-09-21.
/// * 100 MB: the smaller of two figures in its pages (the other is 1 GB), 2026-09-21. Retention is told nowhere.
pub(super) const PARASAIL: Profile = Profile {
    id: "parasail",
    name: "Parasail",
    base_url: Some("https://api.parasail.io/v1"),
    endpoints: &[CHAT, EMBEDDINGS],
    discount_percent: Some(50),
    ..CAUTIOUS
};

/// * 5,000,000 requests, 10 GB, `24h`, half the price: documentation of 2026. Parts stay smaller ([`BELOW_1_GB`]).
/// * Its batches may have given way to another interface: a gateway's note of 2026, unconfirmed.
pub(super) const NEBIUS: Profile = Profile {
    id: "nebius",
    name: "Nebius Token Factory",
    base_url: Some("https://api.tokenfactory.nebius.com/v1"),
    max_requests: 5_000_000,
    max_bytes: BELOW_1_GB,
    discount_percent: Some(50),
    note: Some("note-nebius"),
    ..CAUTIOUS
};

/// * 50,000 requests, 100 MB, one model, results kept for 30 days: documentation, read 2026-11-24.
/// * `48h` alone: page "Create batch", read 2026-11-25; an older copy said 24h. Some models are cheaper: no one figure.
pub(super) const NOVITA: Profile = Profile {
    id: "novita",
    name: "Novita",
    base_url: Some("https://api.novita.ai/openai/v1"),
    endpoints: &[CHAT, "/v1/completions"],
    windows: &["48h"],
    retention_days: Some(30),
    ..CAUTIOUS
};

/// * 5,000 requests, 1 GB, `24h`, half the price, one model, kept for a month: documentation, read 2026-11-24.
pub(super) const SILICONFLOW: Profile = Profile {
    id: "siliconflow",
    name: "SiliconFlow",
    base_url: Some("https://api.siliconflow.cn/v1"),
    max_requests: 5_000,
    max_bytes: BELOW_1_GB,
    discount_percent: Some(50),
    retention_days: Some(30),
    ..CAUTIOUS
};

/// * 50,000 requests, 500 MB, `24h` to `336h`, half the price, 30 days: documentation, read 2026-11-24.
/// * Of the marks `ds_name` (100 characters) and `ds_description` are known: the name holds ours for the part.
/// * `/v1/chat/ds-test` with the model `batch-test-model` is free of charge.
pub(super) const DASHSCOPE: Profile = Profile {
    id: "dashscope",
    aliases: &["alibaba", "bailian"],
    name: "Alibaba Model Studio (DashScope)",
    base_url: Some("https://dashscope.aliyuncs.com/compatible-mode/v1"),
    max_bytes: BELOW_500_MB,
    endpoints: &[CHAT, EMBEDDINGS, "/v1/chat/ds-test"],
    windows: &["24h", "48h", "72h", "168h", "336h"],
    discount_percent: Some(50),
    retention_days: Some(30),
    note: Some("note-dashscope"),
    twists: Twists {
        name_tag: Some("ds_name"),
        ..Twists::NONE
    },
    ..CAUTIOUS
};

/// * 50,000 requests (10,000 of embeddings: the smaller figure serves for both), 100 MB, `24h`, half the price:
///   documentation, read 2026-11-24.
/// * Endpoints begin with `/v4`. It deletes the input file unless told not to.
pub(super) const ZHIPU: Profile = Profile {
    id: "zhipu",
    aliases: &["bigmodel"],
    name: "Zhipu AI",
    base_url: Some("https://open.bigmodel.cn/api/paas/v4"),
    max_requests: 10_000,
    endpoints: &[CHAT, EMBEDDINGS, "/v4/chat/completions", "/v4/embeddings"],
    discount_percent: Some(50),
    twists: Twists {
        path: "/api/paas/v4",
        endpoints_under: "/v4",
        create_with: &[("auto_delete_input_file", false)],
        ..Twists::NONE
    },
    ..CAUTIOUS
};

/// * 100 MB, `12h` to `7d`, 40 % off, no temperature, `top_p` or `n`: documentation, read 2026-11-24.
pub(super) const MOONSHOT: Profile = Profile {
    id: "moonshot",
    aliases: &["kimi"],
    name: "Moonshot AI (Kimi)",
    base_url: Some("https://api.moonshot.ai/v1"),
    windows: &["24h", "12h", "7d"],
    discount_percent: Some(40),
    twists: Twists {
        without: &["temperature", "top_p", "n"],
        ..Twists::NONE
    },
    ..CAUTIOUS
};

/// * `1h` and `24h`: documentation, read 2026-11-24. Limits and discount are told in several figures or nowhere.
pub(super) const DOUBLEWORD: Profile = Profile {
    id: "doubleword",
    name: "Doubleword",
    base_url: Some("https://api.doubleword.ai/v1"),
    endpoints: &[CHAT, EMBEDDINGS, "/v1/responses"],
    windows: &["24h", "1h"],
    ..CAUTIOUS
};
