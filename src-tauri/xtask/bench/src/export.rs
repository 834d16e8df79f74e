//! Results saved as tables, beside the same cells written with the libraries alone.

use std::fs::File;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use rust_xlsxwriter::{Workbook, XlsxError};
use tabane_export::{Format, Options};
use tabane_model::ResultRow;

use crate::measure::{Most, Pair, memory, title};
use crate::sample;

const ROWS: u32 = 50_000;

pub(crate) fn measure(folder: &Path) -> Result<()> {
    for (name, [ours, bare], reference) in [
        ("CSV", ["csv", "csv-bare"], "the same cells by csv alone"),
        (
            "an Excel workbook",
            ["xlsx", "xlsx-bare"],
            "the same cells by rust_xlsxwriter alone",
        ),
    ] {
        title(&format!("Saving {ROWS} results as {name}"));
        Pair::measure([ours, bare], folder, ROWS)?.tell(reference, 1.3);
        title("  its most memory at 500000 results");
        let (few, many) = ((folder, 50_000), (folder, 500_000));
        memory("Tabane", ours, few, many, Some(Most::ALine(32.0)))?;
        memory(reference, bare, few, many, None)?;
    }
    Ok(())
}

pub(crate) fn csv_ours(folder: &Path, count: u32) -> Result<Duration> {
    ours(folder, count, Format::Csv)
}

pub(crate) fn xlsx_ours(folder: &Path, count: u32) -> Result<Duration> {
    ours(folder, count, Format::Xlsx)
}

fn ours(folder: &Path, count: u32, format: Format) -> Result<Duration> {
    let folder = tempfile::tempdir_in(folder)?;
    let begun = Instant::now();
    let written = tabane_export::write(
        format,
        &folder.path().join("results"),
        &mut |take| sample::each_row(count, &mut *take),
        &Options::default(),
        &mut |_| ControlFlow::Continue(()),
    )?;
    let took = begun.elapsed();
    ensure!(written.rows == u64::from(count));
    Ok(took)
}

/// The file is on the disk when this returns, as ours is.
pub(crate) fn csv_bare(folder: &Path, count: u32) -> Result<Duration> {
    let folder = tempfile::tempdir_in(folder)?;
    let begun = Instant::now();
    let mut table = csv::Writer::from_path(folder.path().join("results"))?;
    sample::each_row(count, |row| {
        let (texts, numbers) = cells(row);
        for text in texts {
            table.write_field(text)?;
        }
        for number in numbers {
            table.write_field(number.to_string())?;
        }
        table.write_record(None::<&[u8]>)
    })?;
    let mut file = table.into_inner()?;
    file.flush()?;
    file.sync_all()?;
    Ok(begun.elapsed())
}

/// In constant memory, as ours is.
pub(crate) fn xlsx_bare(folder: &Path, count: u32) -> Result<Duration> {
    let folder = tempfile::tempdir_in(folder)?;
    let begun = Instant::now();
    let mut book = Workbook::new();
    book.set_tempdir(folder.path())?;
    let mut sheet = book.new_worksheet_with_constant_memory()?;
    sample::each_row::<XlsxError>(count, |row| {
        let (texts, numbers) = cells(row);
        for (column, text) in (0..).zip(texts) {
            if !text.is_empty() {
                sheet.write_string(row.position, column, text)?;
            }
        }
        for (column, number) in (9..).zip(numbers) {
            sheet.write_number(row.position, column, number as f64)?;
        }
        Ok(())
    })?;
    book.push_worksheet(sheet);
    let file = File::create(folder.path().join("results"))?;
    book.save_to_writer(&file)?;
    file.sync_all()?;
    Ok(begun.elapsed())
}

/// What stands in the cells of a row.
fn cells(row: &ResultRow) -> ([&str; 9], [u64; 5]) {
    let outcome = &row.outcome;
    let number = |number: Option<u64>| number.unwrap_or_default();
    (
        [
            &row.custom_id,
            outcome.status.as_str(),
            outcome.answer.as_deref().unwrap_or_default(),
            outcome.finish_reason.as_deref().unwrap_or_default(),
            &row.provider,
            outcome.model.as_deref().unwrap_or_default(),
            "no",
            outcome.error_code.as_deref().unwrap_or_default(),
            outcome.error_message.as_deref().unwrap_or_default(),
        ],
        [
            number(outcome.input_tokens),
            number(outcome.cached_tokens),
            number(outcome.output_tokens),
            number(outcome.reasoning_tokens),
            u64::from(row.source_line),
        ],
    )
}
