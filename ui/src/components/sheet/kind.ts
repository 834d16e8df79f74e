// What a column seems to hold, guessed from its first rows, and how wide it is to stand.

export type ColumnKind = "id" | "number" | "text";

const SAMPLE = 200;
const NUMBER = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:[eE][+-]?\d+)?%?$/;
/** Digits that begin with 0 name something: a postcode, a participant. */
const PADDED = /^0\d/;

export function kindOf(name: string, rows: string[][], column: number): ColumnKind {
  if (/^id$|[\s_-]id$/i.test(name) || name === "番号") return "id";
  let numbers = false;
  for (const row of rows.slice(0, SAMPLE)) {
    const cell = (row[column] ?? "").trim().normalize("NFKC");
    if (cell === "") continue;
    if (!NUMBER.test(cell) || PADDED.test(cell)) return "text";
    numbers = true;
  }
  return numbers ? "number" : "text";
}

/** Widths in rem of text of 13 px: an Asian character is about as wide as high, a Latin one half of it. */
function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) {
    if (letter === "\n") break;
    width += letter > "\u2e7f" ? 0.8125 : 0.46;
    if (width > WIDEST) break;
  }
  return width;
}

const NARROWEST = 4.5;
const WIDEST = 20;
/** Padding on both sides; beside a name also the icon of its kind. */
const PADDING = 1.25;
const ICON = 1.25;

export function columnWidth(name: string, rows: string[][], column: number): number {
  let width = widthOf(name) + ICON;
  for (const row of rows.slice(0, SAMPLE)) width = Math.max(width, widthOf(row[column] ?? ""));
  return Math.min(WIDEST, Math.max(NARROWEST, Math.ceil((width + PADDING) * 4) / 4));
}
