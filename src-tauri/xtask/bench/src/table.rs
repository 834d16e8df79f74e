//! A spreadsheet read as the table of a study, beside its cells streamed by calamine alone: no guess of the columns,
//! no numbers and dates as text, no look at formats, merged or hidden cells, and nothing remarked.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use calamine::{DataRef, Reader, Xlsx};
use rust_xlsxwriter::{Format, Workbook};
use tabane_intake::table::{TableChoices, read_table};

use crate::measure::{Pair, alone, megabytes, memory, title};

const ROWS: u32 = 50_000;
const FEW_ROWS: u32 = 5_000;
const COLUMNS: [&str; 8] = ["id", "グループ", "題名", "本文", "年齢", "得点", "日付", "備考"];

pub(crate) fn measure(folder: &Path) -> Result<()> {
    let (few, many) = (
        workbook(folder, "few-rows", FEW_ROWS)?,
        workbook(folder, "many-rows", ROWS)?,
    );
    let bytes = std::fs::metadata(file(&many))?.len();
    title(&format!(
        "Reading {ROWS} rows of {} columns from an Excel workbook, {}",
        COLUMNS.len(),
        megabytes(bytes)
    ));
    // What was read last lies in the system's memory: both begin with that.
    alone("table-bare", &many, ROWS)?;
    let bare = "the same cells streamed by calamine alone";
    Pair::measure(["table", "table-bare"], &many, ROWS)?.tell(bare, 1.3);
    title("  its most memory at 50000 rows, whose texts an Excel workbook has in one list");
    let (few, many) = ((few.as_path(), FEW_ROWS), (many.as_path(), ROWS));
    memory("Tabane", "table", few, many, None)?;
    memory(bare, "table-bare", few, many, None)
}

fn file(folder: &Path) -> PathBuf {
    folder.join("table.xlsx")
}

/// Writes a workbook as Excel does, its texts shared; gives its folder.
fn workbook(folder: &Path, name: &str, rows: u32) -> Result<PathBuf> {
    let folder = folder.join(name);
    std::fs::create_dir_all(&folder)?;
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, COLUMNS)?;
    for row in 1..=rows {
        let number = f64::from(row);
        sheet.write(row, 0, format!("{row:06}"))?;
        sheet.write(row, 1, if row % 2 == 0 { "統制群" } else { "実験群" })?;
        sheet.write(row, 2, format!("雨の停留所 {row}"))?;
        sheet.write(
            row,
            3,
            format!("時刻表には17時{}分とあった。雨が強くなった。", row % 60),
        )?;
        sheet.write(row, 4, 18 + row % 60)?;
        sheet.write(row, 5, number * 7.0 / 10.0)?;
        sheet.write_number_with_format(row, 6, f64::from(45_000 + row % 1_000), &day)?;
        sheet.write(row, 7, format!("感じたこと {number}"))?;
    }
    book.save(file(&folder))?;
    Ok(folder)
}

pub(crate) fn ours(folder: &Path, count: u32) -> Result<Duration> {
    let begun = Instant::now();
    let (mut rows, mut filled) = (0, 0);
    let (columns, summary) = read_table(&file(folder), &TableChoices::default(), |row| {
        rows += 1;
        filled += row.cells.iter().filter(|cell| !cell.is_empty()).count();
        ControlFlow::Continue(())
    })?;
    let took = begun.elapsed();
    ensure!(rows == count && summary.row_count == count && summary.remarks.is_empty());
    ensure!(columns.len() == COLUMNS.len() && filled == count as usize * COLUMNS.len());
    Ok(took)
}

pub(crate) fn bare(folder: &Path, count: u32) -> Result<Duration> {
    let begun = Instant::now();
    let mut book: Xlsx<_> = calamine::open_workbook(file(folder))?;
    let name = book.sheet_names().first().cloned().context("no sheet")?;
    let mut cells = book.worksheet_cells_reader(&name)?;
    let mut filled = 0;
    while let Some(cell) = cells.next_cell()? {
        filled += usize::from(*cell.get_value() != DataRef::Empty);
    }
    let took = begun.elapsed();
    ensure!(filled == (count as usize + 1) * COLUMNS.len());
    Ok(took)
}
