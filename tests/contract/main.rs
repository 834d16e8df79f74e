//! What every provider must survive, each against its fake: the whole engine with a clock that the test sets.

#![allow(clippy::unwrap_used, clippy::panic)]

mod google;
mod official_clients;
mod scenarios;

use tabane_practice::dialects::Dialect;
use tabane_tests::world::Service;

/// How a service differs in what the user must see.
struct Party {
    service: Service,
    /// A sent batch can be called back.
    cancels: bool,
    /// What is there of a batch that was not done in time.
    expiry: Expiry,
    /// It looks a batch over before it runs, and may refuse it whole.
    checks: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Expiry {
    /// Done rows are there, the others are told as expired.
    Partial,
    /// Nothing is there.
    Nothing,
    /// The service knows no end.
    Never,
}

/// Every scenario for every provider, each a test of its own.
macro_rules! contract {
    ($($name:ident: $party:expr;)*) => {$(
        mod $name {
            use super::*;
            contract!(@each $party;
                happy_path three_parts cancelled_half_way every_row_failed some_rows_failed expired
                out_of_order_with_doubles_and_gaps results_vanished told_to_wait in_trouble slow
                create_answer_lost create_never_arrived two_creates_lost one_of_two_creates_lost upload_cut download_cut malformed_line
                wrong_key key_revoked_while_it_runs not_there_right_away refused_in_its_check adopted
            );
        }
    )*};
    (@each $party:expr; $($scenario:ident)*) => {$(
        #[tokio::test]
        async fn $scenario() {
            scenarios::$scenario(&$party).await;
        }
    )*};
}

/// As OpenAI does it.
const OPENAI: Party = Party {
    service: Service {
        provider: "openai",
        dialect: Dialect::Openai,
        settings: &[],
        model: "gpt-6-luna",
    },
    cancels: true,
    expiry: Expiry::Partial,
    checks: true,
};

/// A service with its own id, otherwise as OpenAI does it.
const fn party(provider: &'static str, dialect: Dialect, model: &'static str) -> Party {
    Party {
        service: Service {
            provider,
            dialect,
            settings: &[],
            model,
        },
        ..OPENAI
    }
}

/// There is no batch that has failed as a whole: each row is checked by itself.
const ANTHROPIC: Party = Party {
    checks: false,
    ..party("anthropic", Dialect::Anthropic, "claude-haiku-5-5")
};

/// What has expired is gone with all its answers.
const GEMINI: Party = Party {
    expiry: Expiry::Nothing,
    ..party("gemini", Dialect::Gemini, "gemini-3.8-flash")
};

/// A sent batch cannot be called back.
const OPENROUTER: Party = Party {
    cancels: false,
    ..party("openrouter", Dialect::Openrouter, "openai/gpt-oss-20b:batch")
};

/// Requests may wait for ever.
const XAI: Party = Party {
    expiry: Expiry::Never,
    ..party("xai", Dialect::Xai, "grok-4.3")
};

/// Its batches are found by our own name, and a second create of that name makes none.
const FIREWORKS: Party = Party {
    service: Service {
        settings: &[("account", "practice")],
        ..party("fireworks", Dialect::Fireworks, "accounts/fireworks/models/m").service
    },
    ..OPENAI
};

const fn vertex(settings: &'static [(&'static str, &'static str)]) -> Party {
    Party {
        service: Service {
            settings,
            ..party("vertex", Dialect::Vertex, "gemini-3.5-flash").service
        },
        ..OPENAI
    }
}

const BUCKET: (&str, &str) = ("bucket", "lab-bucket");
const DATASET: (&str, &str) = ("dataset", "lab");
const PROJECT: (&str, &str) = ("project", "lab-project");
const REGION: (&str, &str) = ("region", "us-central1");

contract! {
    openai: OPENAI;
    anthropic: ANTHROPIC;
    gemini: GEMINI;
    openrouter: OPENROUTER;
    groq: party("groq", Dialect::Groq, "openai/gpt-oss-20b");
    mistral: party("mistral", Dialect::Mistral, "mistral-small-latest");
    xai: XAI;
    together: party("together", Dialect::Together, "meta-llama/Llama-3.3-70B-Instruct-Turbo");
    azure: party("azure", Dialect::Azure, "my-deployment");
    deepinfra: party("deepinfra", Dialect::Deepinfra, "m");
    novita: party("novita", Dialect::Novita, "m");
    siliconflow: party("siliconflow", Dialect::Siliconflow, "m");
    zhipu: party("zhipu", Dialect::Zhipu, "glm-5");
    fireworks: FIREWORKS;
    vertex_bucket: vertex(&[PROJECT, REGION, BUCKET]);
    vertex_dataset: vertex(&[PROJECT, REGION, DATASET]);
    vertex_bucket_to_dataset: vertex(&[PROJECT, REGION, BUCKET, DATASET]);
    vertex_dataset_to_bucket: vertex(&[PROJECT, REGION, BUCKET, DATASET, ("input", "dataset"), ("output", "bucket")]);
    kluster: party("kluster", Dialect::Kluster, "m");
}
