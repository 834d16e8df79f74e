use super::*;

#[test]
fn patterns() {
    assert!(fits("gpt-5.4*", "gpt-5.4-mini") && fits("gpt-5.4*", "gpt-5.4"));
    assert!(fits("gpt-5.*-pro*", "gpt-5.4-pro-2026") && !fits("gpt-5.*-pro*", "gpt-5.4-mini"));
    assert!(!fits("gpt-5", "gpt-5.1") && !fits("o1*", "gpt-o1"));
    assert!(fits("*", ""));
}

#[test]
fn every_row_can_be_reached() {
    for (index, row) in TABLE.iter().enumerate() {
        for pattern in row.models {
            let model = pattern.replace('*', "");
            let first = TABLE.iter().position(|row_| {
                row_.provider == row.provider && row_.models.iter().any(|p| fits(p, &model))
            });
            assert_eq!(
                first,
                Some(index),
                "{} {pattern} is hidden by an earlier row",
                row.provider
            );
        }
    }
}

#[test]
fn families_of_openai() {
    let of = |model: &str| capability("openai", model);
    assert_eq!(of("gpt-4.1-mini").sampling, Sampling::Always);
    assert_eq!(of("o3-mini").system, SystemRole::Developer);
    assert_eq!(of("o1-mini").system, SystemRole::InUserMessage);
    assert!(!of("gpt-5-nano").samples(None) && of("gpt-5-nano").knows_effort("minimal"));
    assert!(of("gpt-5.4-mini").samples(None) && !of("gpt-5.4-mini").samples(Some("low")));
    assert!(!of("gpt-6-luna").samples(None) && of("gpt-6-luna").samples(Some("none")));
    assert!(!of("gpt-6-astra").knows_effort("none") && !of("gpt-5.6").knows_effort("minimal"));
    assert!(of("GPT-5.4-mini ").known && !of("gpt-9").known);
    assert_eq!(of("gpt-9").length, LengthName::MaxCompletionTokens);
}

#[test]
fn other_makers() {
    assert_eq!(
        capability("anthropic", "claude-haiku-5-5").temperature,
        (0.0, 1.0)
    );
    assert_eq!(
        capability("anthropic", "claude-opus-4-7").sampling,
        Sampling::Never
    );
    assert!(capability("groq", "openai/gpt-oss-20b").structured);
    assert!(!capability("groq", "llama-3.3-70b-versatile").structured);
    assert!(capability("practice", "practice-small").structured);
    assert_eq!(
        capability("openrouter", "anthropic/claude-haiku-5-5:batch"),
        capability("anthropic", "claude-haiku-5-5")
    );
    for unknown in [
        capability("custom", "gpt-4o"),
        capability("kluster", "x"),
        capability("openrouter", "x"),
    ] {
        assert_eq!(unknown, PLAIN);
    }
}
