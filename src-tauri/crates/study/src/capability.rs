//! What each model takes, as a table: the request adapts to it, and the study says what was adapted.
//!
//! Sources: `[sdk]` a current SDK package, `[spec]` an OpenAPI document, `[doc]` the vendor's page, `[issue]` a public
//! thread; gathered 2026-11-24 unless a row says otherwise.

/// When `temperature` and `top_p` are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampling {
    Always,
    Never,
    /// Only when the model does not think: `reasoning_effort` is `none`, or absent where that is its default.
    WithoutThinking {
        by_default: bool,
    },
}

/// How the system message is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemRole {
    System,
    Developer,
    /// There is no such role: its text goes before the user message.
    InUserMessage,
}

/// What the length limit is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LengthName {
    MaxTokens,
    MaxCompletionTokens,
}

/// Values of `reasoning_effort`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// The model does not think, or cannot be told how much.
    None,
    OneOf(&'static [&'static str]),
    /// Not known: sent as it is.
    Any,
}

/// What one family of models takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capability {
    /// False: nothing is known of this model, and these are plain defaults.
    pub known: bool,
    pub sampling: Sampling,
    /// Lowest and highest temperature.
    pub temperature: (f64, f64),
    /// `frequency_penalty`, `presence_penalty`.
    pub penalties: bool,
    pub seed: bool,
    pub system: SystemRole,
    pub length: LengthName,
    pub effort: Effort,
    /// Takes a JSON schema for its answer (`response_format` `json_schema`, strict).
    pub structured: bool,
}

/// A row of the table. The first that fits counts.
struct Row {
    provider: &'static str,
    /// `*` stands for any letters.
    models: &'static [&'static str],
    takes: Capability,
}

/// What a service of the OpenAI style that nobody described usually takes.
const PLAIN: Capability = Capability {
    known: false,
    sampling: Sampling::Always,
    temperature: (0.0, 2.0),
    penalties: true,
    seed: true,
    system: SystemRole::System,
    length: LengthName::MaxTokens,
    effort: Effort::Any,
    structured: false,
};

/// OpenAI's thinking models: `max_tokens` and penalties are refused \[spec, sdk litellm 1.109.1, 2026-11\].
const OPENAI_THINKING: Capability = Capability {
    known: true,
    sampling: Sampling::Never,
    penalties: false,
    length: LengthName::MaxCompletionTokens,
    structured: true,
    ..PLAIN
};

/// Claude: temperature 0 to 1; penalties and a seed are unknown to it \[doc 2026-09-20, sdk\].
const CLAUDE: Capability = Capability {
    known: true,
    temperature: (0.0, 1.0),
    penalties: false,
    seed: false,
    effort: Effort::OneOf(&["low", "medium", "high"]),
    structured: true,
    ..PLAIN
};

/// Groq: penalties unsupported, `max_completion_tokens` \[spec tryAGI/Groq 2026-08-14, doc\].
const GROQ: Capability = Capability {
    known: true,
    penalties: false,
    length: LengthName::MaxCompletionTokens,
    effort: Effort::None,
    ..PLAIN
};

const TABLE: &[Row] = &[
    // The practice service takes what is sent: src-tauri/crates/practice, 2026-11-25.
    Row {
        provider: "practice",
        models: &["*"],
        takes: Capability {
            known: true,
            structured: true,
            ..PLAIN
        },
    },
    // Take neither `system` nor `developer`, no schema, no effort: wire/openai-style.md 1.9, "a few early ones" [spec].
    Row {
        provider: "openai",
        models: &["o1-mini*", "o1-preview*"],
        takes: Capability {
            system: SystemRole::InUserMessage,
            effort: Effort::None,
            structured: false,
            ..OPENAI_THINKING
        },
    },
    // `developer` replaces `system` [spec 2026-08-21].
    Row {
        provider: "openai",
        models: &["o1*", "o3*", "o4-mini*"],
        takes: Capability {
            system: SystemRole::Developer,
            effort: Effort::OneOf(&["low", "medium", "high"]),
            ..OPENAI_THINKING
        },
    },
    // -pro models of 5.1 to 5.4 are not in the table of 1.9; their temperature is left out to be safe.
    Row {
        provider: "openai",
        models: &["gpt-5.*-pro*", "gpt-5-pro*", "gpt-6*-pro*"],
        takes: Capability {
            effort: Effort::OneOf(&["medium", "high", "xhigh"]),
            ..OPENAI_THINKING
        },
    },
    // Temperature only with effort `none`, which is their default: vercel/ai#10932 [issue], litellm 1.109.1 [sdk].
    Row {
        provider: "openai",
        models: &["gpt-5.1*"],
        takes: Capability {
            sampling: Sampling::WithoutThinking { by_default: true },
            effort: Effort::OneOf(&["none", "low", "medium", "high"]),
            ..OPENAI_THINKING
        },
    },
    // The same; `xhigh` from 5.2 on.
    Row {
        provider: "openai",
        models: &["gpt-5.2*", "gpt-5.3*", "gpt-5.4*"],
        takes: Capability {
            sampling: Sampling::WithoutThinking { by_default: true },
            effort: Effort::OneOf(&["none", "low", "medium", "high", "xhigh"]),
            ..OPENAI_THINKING
        },
    },
    // These always think: `none` is refused (1.9).
    Row {
        provider: "openai",
        models: &["gpt-6-astra*", "gpt-6.1-sol*"],
        takes: Capability {
            effort: Effort::OneOf(&["low", "medium", "high", "xhigh", "max"]),
            ..OPENAI_THINKING
        },
    },
    // Temperature only when effort is explicitly `none`: khoj-ai/khoj#1377 [issue], model pages 2026-09 [doc].
    Row {
        provider: "openai",
        models: &["gpt-5.5*", "gpt-5.6*", "gpt-6*"],
        takes: Capability {
            sampling: Sampling::WithoutThinking { by_default: false },
            effort: Effort::OneOf(&["none", "low", "medium", "high", "xhigh", "max"]),
            ..OPENAI_THINKING
        },
    },
    // gpt-5, -mini, -nano: openai/openai-openapi v2.3.0, 2026-08-21 [spec].
    Row {
        provider: "openai",
        models: &["gpt-5", "gpt-5-*"],
        takes: Capability {
            effort: Effort::OneOf(&["minimal", "low", "medium", "high"]),
            ..OPENAI_THINKING
        },
    },
    // 0 to 2; 5 was refused by row [live capture 2026-09]. Schemas from gpt-4o-2024-08-06 on [doc].
    Row {
        provider: "openai",
        models: &["gpt-4o-2024-05-13"],
        takes: Capability {
            known: true,
            length: LengthName::MaxCompletionTokens,
            effort: Effort::None,
            ..PLAIN
        },
    },
    Row {
        provider: "openai",
        models: &["gpt-4o*", "gpt-4.1*"],
        takes: Capability {
            known: true,
            length: LengthName::MaxCompletionTokens,
            effort: Effort::None,
            structured: true,
            ..PLAIN
        },
    },
    // What OpenAI made before or will make: `max_completion_tokens` is understood by all [spec].
    Row {
        provider: "openai",
        models: &["*"],
        takes: Capability {
            length: LengthName::MaxCompletionTokens,
            ..PLAIN
        },
    },
    // Strict schemas: console.groq.com/docs/structured-outputs, read 2026-11-25 [doc]. Effort: openai-style.md 2 [spec].
    Row {
        provider: "groq",
        models: &["openai/gpt-oss*"],
        takes: Capability {
            effort: Effort::OneOf(&["low", "medium", "high"]),
            structured: true,
            ..GROQ
        },
    },
    Row {
        provider: "groq",
        models: &["qwen/qwen3*"],
        takes: Capability {
            effort: Effort::OneOf(&["none", "default"]),
            ..GROQ
        },
    },
    Row {
        provider: "groq",
        models: &["meta-llama/*", "llama*"],
        takes: GROQ,
    },
    Row {
        provider: "groq",
        models: &["*"],
        takes: Capability {
            known: false,
            effort: Effort::Any,
            ..GROQ
        },
    },
    // Reject or ignore sampling: anthropic-google.md 1.1 [sdk 2.x; the list of models is unverified].
    Row {
        provider: "anthropic",
        models: &[
            "claude-opus-4-7*",
            "claude-opus-4-8*",
            "claude-opus-5*",
            "claude-fable*",
        ],
        takes: Capability {
            sampling: Sampling::Never,
            ..CLAUDE
        },
    },
    Row {
        provider: "anthropic",
        models: &["claude-*"],
        takes: CLAUDE,
    },
    // `generationConfig.temperature`, `responseJsonSchema`: anthropic-google.md 2.3 [doc].
    Row {
        provider: "google",
        models: &["gemini-*"],
        takes: Capability {
            known: true,
            effort: Effort::Any,
            structured: true,
            ..PLAIN
        },
    },
];

/// What a model takes. Models of other makers at OpenRouter (`openai/gpt-5.4-mini:batch`) are looked up at their maker.
#[must_use]
pub fn capability(provider: &str, model: &str) -> Capability {
    let model = model.trim().to_lowercase();
    let (provider, model) = at_maker(provider, &model).unwrap_or((provider, &model));
    // Google's models are the same wherever they are reached.
    let provider = match provider {
        "gemini" | "vertex" => "google",
        other => other,
    };
    TABLE
        .iter()
        .find(|row| row.provider == provider && row.models.iter().any(|pattern| fits(pattern, model)))
        .map_or(PLAIN, |row| row.takes)
}

fn at_maker<'m>(provider: &str, model: &'m str) -> Option<(&'m str, &'m str)> {
    if provider != "openrouter" {
        return None;
    }
    let (maker, model) = model.split_once('/')?;
    let model = model.split_once(':').map_or(model, |(model, _)| model);
    Some((maker, model))
}

/// `*` in a pattern stands for any letters.
fn fits(pattern: &str, model: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == model;
    };
    let Some(model) = model.strip_prefix(start) else {
        return false;
    };
    rest.is_empty() || model.char_indices().any(|(at, _)| fits(rest, &model[at..])) || fits(rest, "")
}

impl Capability {
    /// Does it take `temperature` and `top_p` in a request with this effort?
    #[must_use]
    pub fn samples(&self, effort: Option<&str>) -> bool {
        match self.sampling {
            Sampling::Always => true,
            Sampling::Never => false,
            Sampling::WithoutThinking { by_default } => effort.map_or(by_default, |effort| effort == "none"),
        }
    }

    #[must_use]
    pub fn knows_effort(&self, effort: &str) -> bool {
        match self.effort {
            Effort::None => false,
            Effort::Any => true,
            Effort::OneOf(known) => known.contains(&effort),
        }
    }
}

#[cfg(test)]
mod tests;
