//! The fakes are checked by software that we did not write: each service's official client runs a batch against its
//! fake. What a client cannot read, or refuses to send, ends its script with an error.

use serde_json::Value;
use tabane_tests::{Simulator, python, repository};

/// Runs `tests/python/<script>` against the fake of a dialect; gives what it printed.
fn run(dialect: &str, script: &str) -> Value {
    let dir = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(dir.path(), &["--pace-ms", "300", "--dialect", dialect]);
    let output = python("python")
        .arg(repository().join("tests/python").join(script))
        .args([&simulator.base_url, &simulator.key])
        .output()
        .unwrap_or_else(|error| panic!("{error}: run `cargo xtask setup`"));
    let (said, error) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{script}: {said}\n{error}");
    let last = said.trim().lines().last().unwrap_or_default();
    serde_json::from_str(last).unwrap_or_else(|why| panic!("{script}: {why}: {said}\n{error}"))
}

/// Each client gets three answers with their ids back, and calls a second batch off.
fn runs_a_batch(dialect: &str, script: &str) {
    let told = run(dialect, script);
    assert_eq!(told["rows"], 3, "{told}");
    assert_eq!(told["ids"].as_array().unwrap().len(), 3, "{told}");
    assert_eq!(told["cancelled"], true, "{told}");
}

/// One test each, so that a fault names its service.
macro_rules! clients {
    ($($name:ident: $dialect:literal, $script:literal;)*) => {$(
        #[test]
        fn $name() {
            runs_a_batch($dialect, $script);
        }
    )*};
}

clients! {
    openai: "openai", "openai_batch.py";
    groq: "groq", "groq_batch.py";
    anthropic: "anthropic", "anthropic_batch.py";
    google_genai: "gemini", "gemini_batch.py";
    google_cloud: "vertex", "vertex_batch.py";
    mistralai: "mistral", "mistral_batch.py";
    together: "together", "together_batch.py";
}
