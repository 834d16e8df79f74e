//! What people use today, where it is there. Nothing is installed for it.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::measure::middle;

const LOOP: &str = "
import json, sys, time
begun = time.perf_counter()
ids = set()
with open(sys.argv[1], encoding='utf-8') as lines:
    for line in lines:
        request = json.loads(line)
        assert request['method'] == 'POST' and request['url'] and request['body']['messages']
        ids.add(request['custom_id'])
print(time.perf_counter() - begun)
";

const PANDAS: &str = "
import pandas, sys, time
begun = time.perf_counter()
pandas.read_json(sys.argv[1], lines=True)
print(time.perf_counter() - begun)
";

/// The middle time in seconds, or why there is none.
type Told = Result<Result<f64, &'static str>>;

pub(crate) fn json_loop(file: &Path) -> Told {
    time(LOOP, file, "there is no python3 here")
}

pub(crate) fn pandas(file: &Path) -> Told {
    time(PANDAS, file, "pandas is not installed here")
}

fn time(script: &str, file: &Path, missing: &'static str) -> Told {
    let mut times = Vec::new();
    for _ in 0..3 {
        let run = Command::new("python3").args(["-c", script]).arg(file).output();
        let Some(output) = run.ok().filter(|output| output.status.success()) else {
            return Ok(Err(missing));
        };
        times.push(String::from_utf8(output.stdout)?.trim().parse()?);
    }
    Ok(Ok(middle(times)))
}
