//! What families of models refuse. A row of a batch that carries it fails, and only when the whole batch has ended.

/// Refuse `temperature`, `top_p` and `top_k` in every version (wire notes 1.1, 2026-11-24; the list is unverified).
const NO_SAMPLING: &[&str] = &[
    "claude-opus-4-7",
    "claude-opus-4-8",
    "claude-opus-5",
    "claude-fable",
];

/// Refuse `output_config.effort`: of the older models only Opus 4.5, 4.6 and Sonnet 4.6 take it (Oaklight/llm-rosetta
/// #289 and oratis/LISA#218, tried against the service in June and July 2026).
const NO_EFFORT: &[&str] = &[
    "claude-3",
    "claude-haiku-4",
    "claude-sonnet-4-0",
    "claude-sonnet-4-2",
    "claude-sonnet-4-5",
    "claude-opus-4-0",
    "claude-opus-4-1",
    "claude-opus-4-2",
];

pub(super) fn takes_sampling(model: &str) -> bool {
    !is_of(model, NO_SAMPLING)
}

pub(super) fn takes_effort(model: &str) -> bool {
    !is_of(model, NO_EFFORT)
}

fn is_of(model: &str, families: &[&str]) -> bool {
    let model = model.trim().to_ascii_lowercase();
    families.iter().any(|family| model.starts_with(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_known_by_their_beginning() {
        for (model, sampling, effort) in [
            ("claude-opus-4-6", true, true),
            ("claude-opus-4-7", false, true),
            ("Claude-Opus-5-5", false, true),
            ("claude-fable-5-1", false, true),
            ("claude-sonnet-4-6", true, true),
            ("claude-sonnet-4-5-20250929", true, false),
            ("claude-sonnet-4-20250514", true, false),
            ("claude-haiku-4-5", true, false),
            ("claude-haiku-5-5", true, true),
        ] {
            assert_eq!(
                (takes_sampling(model), takes_effort(model)),
                (sampling, effort),
                "{model}"
            );
        }
    }
}
