// What the keys do in a sheet. Whatever they do not do here is left to the text field and to the page: Ctrl+Z above all.
import type { KeyboardEvent } from "react";
import { clear, moveColumns } from "./acts.ts";
import { moved, only, type Place, type Size, tabbed } from "./moves.ts";
import type { SheetState } from "./state.ts";
import { cellOf, type SheetTable } from "./table.ts";

export interface Around {
  /** Rows in sight. */
  page: () => number;
  openMenu: () => void;
  /** Where Tab set out from; Enter goes back below it, as in Excel. */
  column: { current: number | null };
  /** Escape was pressed: the next Tab leaves the sheet. */
  leaving: { current: boolean };
}

type Key = KeyboardEvent<HTMLTextAreaElement>;

/** With Ctrl these are about the text; every other letter may lead away from the page. */
const ABOUT_TEXT = /^[acvxyz]$/i;

/** The input method has this key. WebKit ends the composition before the Enter that ended it, which then has code 229. */
function isComposing(event: Key): boolean {
  return event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229;
}

function sizeOf(sheet: SheetState, table: SheetTable, around: Around): Size {
  return {
    rows: table.rows.length + (sheet.editable ? 1 : 0),
    columns: table.columns.length,
    page: around.page(),
    filled: (place) => cellOf(table, place) !== "",
  };
}

/** Enter and Tab: what is being typed is kept, and the cursor goes on. False where Tab is to leave the sheet. */
function goOn(event: Key, sheet: SheetState, around: Around): boolean {
  const table = sheet.keep();
  const size = sizeOf(sheet, table, around);
  const { at } = sheet.selection;
  let next: Place | undefined;
  if (event.key === "Tab") {
    next = tabbed(at, event.shiftKey, size);
    if (!next) return false;
    around.column.current ??= at.column;
  } else {
    const step = event.shiftKey ? "ArrowUp" : "ArrowDown";
    next = moved({ ...at, column: around.column.current ?? at.column }, step, false, size);
    around.column.current = null;
  }
  if (next) sheet.select(only(next));
  return true;
}

/** Keys while a cell is being typed or edited. True: the key has done its work. */
function whileTyping(event: Key, sheet: SheetState, around: Around): boolean {
  const field = event.currentTarget;
  // Both Ctrl and Alt: AltGr, which types.
  const control = (event.ctrlKey || event.metaKey) && !event.altKey;
  switch (event.key) {
    case "Escape":
      sheet.leave();
      // The dialog or panel around it stays open.
      event.stopPropagation();
      return true;
    case "Enter":
      if (event.altKey) {
        field.setRangeText("\n", field.selectionStart, field.selectionEnd, "end");
        field.dispatchEvent(new Event("input", { bubbles: true }));
        return true;
      }
      // Ctrl+Enter belongs to the page's first button: it finds the cell kept.
      if (control) sheet.keep();
      return !control && goOn(event, sheet, around);
    case "Tab":
      return !control && goOn(event, sheet, around);
    case "F2":
      sheet.begin(sheet.mode === "typing" ? "editing" : "typing");
      return true;
  }
  if (control && event.key.length === 1 && !ABOUT_TEXT.test(event.key)) sheet.keep();
  if (sheet.mode !== "typing" || control || event.shiftKey || event.altKey) return false;
  if (!/^(Arrow|Page)/.test(event.key)) return false;
  const next = moved(sheet.selection.at, event.key, false, sizeOf(sheet, sheet.keep(), around));
  if (next) sheet.select(only(next));
  return true;
}

function selectAll(sheet: SheetState): void {
  const { rows, columns } = sheet.table;
  if (rows.length === 0) return;
  sheet.select({ at: { row: 0, column: 0 }, to: { row: rows.length - 1, column: columns.length - 1 } });
}

/** With Ctrl: A selects all, Space takes whole columns. */
function withControl(event: Key, sheet: SheetState): boolean {
  const { at, to } = sheet.selection;
  switch (event.key.toLowerCase()) {
    case "a":
      selectAll(sheet);
      return true;
    case " ":
      sheet.select({ at: { ...at, row: -1 }, to: { ...to, row: -1 } });
      return true;
    default:
      return false;
  }
}

/** Keys that change what is selected without its being typed. */
function onSelected(event: Key, sheet: SheetState, around: Around): boolean {
  const { at, to } = sheet.selection;
  switch (event.key) {
    case "F2":
      sheet.begin("editing");
      return true;
    case "Delete":
    case "Backspace":
      if (sheet.editable) clear(sheet);
      return true;
    case "ContextMenu":
      around.openMenu();
      return true;
    case "F10":
      if (event.shiftKey) around.openMenu();
      return event.shiftKey;
    case " ":
      if (event.shiftKey) {
        const last = sheet.size.columns - 1;
        sheet.select({ at: { ...at, column: 0 }, to: { ...to, column: last } });
      }
      return event.shiftKey;
    default:
      return false;
  }
}

/** Keys while nothing is being typed. Letters are not among them: the text field takes them, and typing begins. */
function whileResting(event: Key, sheet: SheetState, around: Around): boolean {
  const { at, to } = sheet.selection;
  const control = event.ctrlKey || event.metaKey;
  const leaving = around.leaving.current;
  if (event.key !== "Shift") around.leaving.current = event.key === "Escape";
  if (event.altKey) {
    const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : undefined;
    if (step && sheet.editable) moveColumns(sheet, step);
    return step !== undefined && sheet.editable;
  }
  // Ctrl+Enter belongs to the page's first button. A sheet that is only looked at does not keep Tab.
  if (event.key === "Enter") return !control && goOn(event, sheet, around);
  if (event.key === "Tab") return !control && sheet.editable && !leaving && goOn(event, sheet, around);
  if (event.key === "Escape") {
    sheet.select(only(at));
    return false;
  }
  const size = sizeOf(sheet, sheet.table, around);
  const next = moved(event.shiftKey ? to : at, event.key, control, size);
  if (next) {
    around.column.current = null;
    sheet.select(event.shiftKey ? { at, to: next } : only(next));
    return true;
  }
  return control ? withControl(event, sheet) : onSelected(event, sheet, around);
}

export function onKeyDown(event: Key, sheet: SheetState, around: Around): void {
  if (isComposing(event)) return;
  const done = sheet.mode === "resting" ? whileResting : whileTyping;
  if (done(event, sheet, around)) event.preventDefault();
}
