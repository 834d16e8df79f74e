// What a sheet holds and how it changes; every change makes a new table. Everything is text, as in the study file: an
// id such as `007` stays what it is.
import type { Area, Place } from "./moves.ts";

export interface SheetTable {
  /** Names, one a column. */
  columns: string[];
  /** One cell a column; a shorter row reads as blank at its end. */
  rows: string[][];
}

/** The name of a new column, by its number from 1. */
export type NewName = (number: number) => string;

export function cellOf(table: SheetTable, { row, column }: Place): string {
  return (row < 0 ? table.columns[column] : table.rows[row]?.[column]) ?? "";
}

/** A name is one line; where nothing is left of it there is none. */
function nameFrom(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function padded(row: string[], width: number): string[] {
  return row.length >= width ? row : [...row, ...Array<string>(width - row.length).fill("")];
}

/** As many more names as are asked for, none of which is there yet. */
function newNames(columns: string[], count: number, newName: NewName): string[] {
  const taken = new Set(columns);
  const names: string[] = [];
  for (let number = columns.length + 1; names.length < count; number++) {
    const name = newName(number);
    if (taken.has(name)) continue;
    names.push(name);
  }
  return names;
}

/** The table, at least so large. */
function grown(table: SheetTable, rows: number, columns: number, newName: NewName): SheetTable {
  const missing = Math.max(0, columns - table.columns.length);
  const more = Math.max(0, rows - table.rows.length);
  return {
    columns: [...table.columns, ...newNames(table.columns, missing, newName)],
    rows: [...table.rows, ...Array.from({ length: more }, () => Array<string>(columns).fill(""))],
  };
}

/** Types over one cell or name; the same table when nothing changes. A name is never made blank. */
export function typed(table: SheetTable, place: Place, text: string): SheetTable {
  if (place.row < 0) {
    const name = nameFrom(text);
    if (name === "" || name === table.columns[place.column]) return table;
    return { ...table, columns: table.columns.with(place.column, name) };
  }
  if (cellOf(table, place) === text) return table;
  const row = padded(table.rows[place.row] ?? [], table.columns.length);
  const rows = [...table.rows];
  rows[place.row] = row.with(place.column, text);
  return { ...table, rows };
}

/** Blanks the cells of an area; names stay. The same table when all were blank. */
export function cleared(table: SheetTable, area: Area): SheetTable {
  let changed = false;
  const rows = table.rows.map((row, index) => {
    if (index < area.top || index > area.bottom) return row;
    if (!row.slice(area.left, area.right + 1).some((cell) => cell !== "")) return row;
    changed = true;
    return row.map((cell, column) => (column >= area.left && column <= area.right ? "" : cell));
  });
  return changed ? { ...table, rows } : table;
}

/** What is copied of an area: names too where it reaches the head; not the blank row at the end. */
export function blockOf(table: SheetTable, area: Area): string[][] {
  const rows = area.top < 0 ? [table.columns] : [];
  rows.push(...table.rows.slice(Math.max(0, area.top), area.bottom + 1));
  const width = area.right + 1;
  return rows.length > 0 ? rows.map((row) => padded(row, width).slice(area.left, width)) : [[""]];
}

/** How often a block is laid over an area: where the area is a multiple of it in both ways, until it is filled. */
function filling(block: string[][], width: number, area: Area): [down: number, across: number] {
  const down = (area.bottom - area.top + 1) / block.length;
  const across = (area.right - area.left + 1) / width;
  return area.top >= 0 && Number.isInteger(down) && Number.isInteger(across) ? [down, across] : [1, 1];
}

/**
 * Lays a block over an area, from its upper left; rows and columns grow as needed. From the head on, the first line
 * gives names. Cells that a ragged block does not have stay. Also says which area was laid over.
 */
export function pasted(
  table: SheetTable,
  area: Area,
  block: string[][],
  newName: NewName,
): { table: SheetTable; area: Area } {
  const width = block.reduce((most, row) => Math.max(most, row.length), 1);
  const [down, across] = filling(block, width, area);
  const to: Area = {
    top: area.top,
    left: area.left,
    bottom: area.top + block.length * down - 1,
    right: area.left + width * across - 1,
  };
  const { columns, rows } = grown(table, to.bottom + 1, to.right + 1, newName);
  for (let line = to.top; line <= to.bottom; line++) {
    const from = block[(line - to.top) % block.length] ?? [];
    const target = line < 0 ? columns : padded([...(rows[line] ?? [])], columns.length);
    for (let column = to.left; column <= to.right; column++) {
      const cell = from[(column - to.left) % width];
      const text = line < 0 && cell !== undefined ? nameFrom(cell) : cell;
      if (text !== undefined && (line >= 0 || text !== "")) target[column] = text;
    }
    if (line >= 0) rows[line] = target;
  }
  return { table: { columns, rows }, area: to };
}

export function rowsInserted(table: SheetTable, at: number, count: number): SheetTable {
  const blank = Array.from({ length: count }, () => Array<string>(table.columns.length).fill(""));
  return { ...table, rows: table.rows.toSpliced(at, 0, ...blank) };
}

export function rowsDeleted(table: SheetTable, top: number, bottom: number): SheetTable {
  return { ...table, rows: table.rows.filter((_, row) => row < top || row > bottom) };
}

export function columnInserted(table: SheetTable, at: number, newName: NewName): SheetTable {
  const [name = ""] = newNames(table.columns, 1, newName);
  return {
    columns: table.columns.toSpliced(at, 0, name),
    rows: table.rows.map((row) => padded(row, at).toSpliced(at, 0, "")),
  };
}

/** Without columns there are no rows either. */
export function columnsDeleted(table: SheetTable, left: number, right: number): SheetTable {
  const keep = (row: string[]) => row.filter((_, column) => column < left || column > right);
  const columns = keep(table.columns);
  return { columns, rows: columns.length > 0 ? table.rows.map(keep) : [] };
}

/** Moves the columns `left` to `right` by one to either side. */
export function columnsMoved(table: SheetTable, left: number, right: number, step: -1 | 1): SheetTable {
  const move = (row: string[]) => {
    const full = padded(row, table.columns.length);
    const neighbour = step < 0 ? left - 1 : right + 1;
    const [cell = ""] = full.slice(neighbour, neighbour + 1);
    return full.toSpliced(neighbour, 1).toSpliced(step < 0 ? right : left, 0, cell);
  };
  return { columns: move(table.columns), rows: table.rows.map(move) };
}

/** Makes a row the names of the columns and takes it out; where it is blank the old name stays. */
export function columnsNamed(table: SheetTable, row: number): SheetTable {
  const names = table.rows[row] ?? [];
  return {
    columns: table.columns.map((old, column) => nameFrom(names[column] ?? "") || old),
    rows: rowsDeleted(table, row, row).rows,
  };
}
