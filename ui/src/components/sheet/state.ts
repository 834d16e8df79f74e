// What a sheet knows while it is on the page: the cursor, what is selected, and the cell that is being typed.
import { type RefObject, useRef, useState } from "react";
import { type Area, areaOf, only, type Place, type Selection, within } from "./moves.ts";
import { cellOf, type NewName, type SheetTable, typed } from "./table.ts";

/** What was done, as the id of its words for the name of the undo step: `t(what)` goes after "Undo:". */
export type SheetDone =
  | "sheet-done-type"
  | "sheet-done-clear"
  | "sheet-done-cut"
  | "sheet-done-paste"
  | "sheet-done-insert-rows"
  | "sheet-done-delete-rows"
  | "sheet-done-insert-column"
  | "sheet-done-delete-columns"
  | "sheet-done-move-column"
  | "sheet-done-rename-column"
  | "sheet-done-name-columns";

export type Change = (next: SheetTable, what: SheetDone) => void;

/** Typing replaces the cell and arrows leave it; editing keeps its text and arrows move in it, as in Excel. */
type Mode = "resting" | "typing" | "editing";

export interface SheetState {
  table: SheetTable;
  editable: boolean;
  newName: NewName;
  /** With the blank row at the end, where there is one. */
  size: { rows: number; columns: number };
  selection: Selection;
  area: Area;
  mode: Mode;
  /** Takes every key; lies over the cell that typing goes to. */
  input: RefObject<HTMLTextAreaElement | null>;
  select: (selection: Selection) => void;
  /** Tells the caller, unless nothing changed. */
  change: Change;
  /** Begins on the cell that typing goes to, or on another. */
  begin: (mode: "typing" | "editing", place?: Place) => void;
  /** Keeps what is being typed, if anything is, and says what the table then is. */
  keep: () => SheetTable;
  /** Forgets what is being typed. */
  leave: () => void;
}

export function useSheet(
  columns: string[],
  rows: string[][],
  onChange: Change | undefined,
  newName: NewName,
): SheetState {
  const input = useRef<HTMLTextAreaElement>(null);
  // Beside the mode, because a key and the loss of the focus it causes can come before the next render.
  const open = useRef(false);
  const [mode, setMode] = useState<Mode>("resting");
  const [asked, select] = useState<Selection>(() => only({ row: 0, column: 0 }));

  const editable = onChange !== undefined;
  const table = columns.length > 0 ? { columns, rows } : { columns: [editable ? newName(1) : ""], rows: [] };
  const size = { rows: table.rows.length + (editable ? 1 : 0), columns: table.columns.length };
  // The table may have become smaller, by undo.
  const selection = { at: within(asked.at, size), to: within(asked.to, size) };

  const change: Change = (next, what) => {
    if (next !== table) onChange?.(next, what);
  };
  const leave = () => {
    open.current = false;
    if (input.current) input.current.value = "";
    setMode("resting");
  };
  return {
    table,
    editable,
    newName,
    size,
    selection,
    area: areaOf(selection, table.rows.length),
    mode,
    input,
    select,
    change,
    begin: (next, place = selection.at) => {
      const field = input.current;
      if (!editable || !field) return;
      if (!open.current && next === "editing") {
        field.value = cellOf(table, place);
        field.setSelectionRange(field.value.length, field.value.length);
      }
      open.current = true;
      select(only(place));
      setMode(next);
    },
    keep: () => {
      const field = input.current;
      if (!open.current || !field) return table;
      const next = typed(table, selection.at, field.value);
      leave();
      change(next, selection.at.row < 0 ? "sheet-done-rename-column" : "sheet-done-type");
      return next;
    },
    leave,
  };
}

/** Where in the grid an element lies; column -1 is the row's number. */
export function placeOf(element: Element): Place | undefined {
  const cell = element.closest<HTMLElement>("[data-column]");
  const row = cell?.closest<HTMLElement>("[data-row]");
  if (!cell || !row) return undefined;
  return { row: Number(row.dataset.row), column: Number(cell.dataset.column) };
}
