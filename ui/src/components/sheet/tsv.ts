// The clipboard's text as spreadsheets write it: tabs between cells, a line a row, and RFC 4180 quotes around cells
// that hold a tab, a break or a quote.

function quoted(text: string): string {
  return /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Every row ends with a line end, as Excel writes it, so that blank rows at the end are not lost. One cell alone goes
 * without, so that it can be pasted into a text.
 */
export function writeTsv(rows: string[][]): string {
  const first = rows[0] ?? [];
  if (rows.length === 1 && first.length === 1 && first[0]) return quoted(first[0]);
  return rows.map((row) => `${row.map(quoted).join("\t")}\r\n`).join("");
}

const BREAKS = /\r\n?/g;

/** The end of a quoted cell that begins at `from`: just behind its closing quote; -1 when it is none. */
function quotedEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] === '"') continue;
    const after = text[at + 1];
    return after === undefined || after === "\t" || after === "\n" ? at + 1 : -1;
  }
  return -1;
}

/**
 * The rows of what was copied. A quote that no cell ends with is a character like any other. The line end behind the
 * last row begins no further row.
 */
export function readTsv(clipboard: string): string[][] {
  const text = clipboard.replace(BREAKS, "\n");
  const rows: string[][] = [];
  let row: string[] = [];
  const plain = /[\t\n]/g;
  for (let at = 0; ; at++) {
    const end = text[at] === '"' ? quotedEnd(text, at) : -1;
    let next = end;
    if (end >= 0) row.push(text.slice(at + 1, end - 1).replaceAll('""', '"'));
    else {
      plain.lastIndex = at;
      next = plain.exec(text)?.index ?? text.length;
      row.push(text.slice(at, next));
    }
    at = next;
    if (text[at] === "\t") continue;
    rows.push(row);
    row = [];
    if (at >= text.length - 1) return rows;
  }
}
