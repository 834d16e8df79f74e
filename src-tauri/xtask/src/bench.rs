//! `cargo xtask bench`: how fast and how small, beside references measured in the same run. It is no test: a missed
//! aim is said and fails nothing.

use anyhow::Result;

use crate::shell::{cargo, run};

/// Files, the store, tables.
pub(crate) fn engine() -> Result<()> {
    run(cargo().args(["run", "--release", "-p", "tabane-bench", "--", "engine"]))
}
