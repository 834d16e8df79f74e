//! Our window beside an empty one of the same Tauri: when there is something to read on it, and what it takes while
//! nobody does anything. Both are built by `cargo xtask bench`, which starts this on a private display.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::measure::{line, megabytes, middle, seconds, title, verdict};
use crate::processes::Family;
use crate::screen::Screen;

const TURNS: usize = 3;
/// How long a window may take until something is on it.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two looks at the screen.
const LOOK: Duration = Duration::from_millis(5);
/// What starting leaves to do is over by then.
const SETTLED: Duration = Duration::from_secs(8);
/// How long nothing is done.
const IDLE: Duration = Duration::from_secs(20);

struct Figures {
    painted: Vec<f64>,
    memory: Vec<f64>,
    idle: f64,
}

pub(crate) fn measure(folder: &Path) -> Result<()> {
    let screen = Screen::open()?;
    let beside = std::env::current_exe()?;
    let program = |name| beside.with_file_name(name);
    let mut ours = Figures::none();
    let mut empty = Figures::none();
    // Once each for nothing: what they need lies in the system's memory then.
    for turn in 0..=TURNS {
        let idles = turn == TURNS;
        for (name, figures) in [("tabane", &mut ours), ("tabane-empty-window", &mut empty)] {
            figures.take(&screen, &program(name), folder, turn, idles)?;
        }
    }
    title("The window, beside an empty one");
    let [ours_painted, empty_painted, ours_memory, empty_memory] =
        [ours.painted, empty.painted, ours.memory, empty.memory].map(middle);
    line(
        "Tabane: from its start to its first text",
        &seconds(ours_painted),
        &format!("{:.2}x", ours_painted / empty_painted),
    );
    line("an empty window", &seconds(empty_painted), "1.00x");
    let in_memory = |bytes: f64| megabytes(bytes as u64);
    line(
        "Tabane: memory at rest, WebKit's share included",
        &in_memory(ours_memory),
        &format!(
            "{:.2}x, {} more",
            ours_memory / empty_memory,
            in_memory(ours_memory - empty_memory)
        ),
    );
    line("an empty window", &in_memory(empty_memory), "1.00x");
    let idle = format!("processor time in {} s at rest", IDLE.as_secs());
    line(
        &format!("Tabane: {idle}"),
        &seconds(ours.idle),
        &format!(
            "(aim: none beyond an empty one's, {})",
            verdict(ours.idle <= empty.idle)
        ),
    );
    line(&format!("an empty window: {idle}"), &seconds(empty.idle), "");
    Ok(())
}

impl Figures {
    fn none() -> Self {
        Self {
            painted: Vec::new(),
            memory: Vec::new(),
            idle: 0.0,
        }
    }

    /// Starts a window and ends it again. The first turn does not count.
    fn take(
        &mut self,
        screen: &Screen,
        program: &Path,
        folder: &Path,
        turn: usize,
        idles: bool,
    ) -> Result<()> {
        let data = tempfile::tempdir_in(folder)?;
        let begun = Instant::now();
        let window = Started::new(program, data.path())?;
        while !screen.has_text()? {
            ensure!(
                begun.elapsed() < PATIENCE,
                "nothing to see of {}",
                program.display()
            );
            sleep(LOOK);
        }
        let painted = begun.elapsed().as_secs_f64();
        if turn == 0 {
            return Ok(());
        }
        self.painted.push(painted);
        sleep(SETTLED);
        let family = Family::of(window.0.id())?;
        self.memory.push(family.memory()? as f64);
        if idles {
            let before = family.processor_time()?;
            sleep(IDLE);
            self.idle = family.processor_time()? - before;
        }
        drop(window);
        let begun = Instant::now();
        while screen.has_window()? {
            ensure!(begun.elapsed() < PATIENCE, "{} does not go", program.display());
            sleep(LOOK);
        }
        Ok(())
    }
}

/// Ends with this.
struct Started(Child);

impl Started {
    fn new(program: &Path, data: &Path) -> Result<Self> {
        let child = Command::new(program)
            .env("TABANE_DATA_DIR", data)
            // As ours sets it for itself: both draw alike.
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        child
            .map(Self)
            .with_context(|| format!("could not start {}: run `cargo xtask bench`", program.display()))
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
