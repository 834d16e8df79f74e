// What can be done to the rows and columns that are selected: by the menu, and by keys.
import type { Text } from "../../i18n/text.tsx";
import type { Act } from "../menu.tsx";
import { only } from "./moves.ts";
import type { SheetDone, SheetState } from "./state.ts";
import * as change from "./table.ts";

export function clear(sheet: SheetState, what: SheetDone = "sheet-done-clear"): void {
  sheet.change(change.cleared(sheet.table, sheet.area), what);
}

/** As many rows as are selected. */
function insertRows(sheet: SheetState, below: boolean): void {
  const { top, bottom } = sheet.area;
  const count = bottom - top + 1;
  const at = below ? Math.min(bottom + 1, sheet.table.rows.length) : top;
  sheet.change(change.rowsInserted(sheet.table, at, count), "sheet-done-insert-rows");
  const column = sheet.selection.at.column;
  sheet.select({ at: { row: at, column }, to: { row: at + count - 1, column: sheet.selection.to.column } });
}

function deleteRows(sheet: SheetState): void {
  const { top, bottom } = sheet.area;
  sheet.change(change.rowsDeleted(sheet.table, top, bottom), "sheet-done-delete-rows");
  sheet.select(only({ row: top, column: sheet.selection.at.column }));
}

function insertColumn(sheet: SheetState, at: number): void {
  sheet.change(change.columnInserted(sheet.table, at, sheet.newName), "sheet-done-insert-column");
  sheet.select(only({ row: sheet.selection.at.row, column: at }));
}

function deleteColumns(sheet: SheetState): void {
  const { left, right } = sheet.area;
  sheet.change(change.columnsDeleted(sheet.table, left, right), "sheet-done-delete-columns");
  sheet.select(only({ row: sheet.selection.at.row, column: left }));
}

export function moveColumns(sheet: SheetState, step: -1 | 1): void {
  const { left, right } = sheet.area;
  if (left + step < 0 || right + step >= sheet.size.columns) return;
  sheet.change(change.columnsMoved(sheet.table, left, right, step), "sheet-done-move-column");
  const { at, to } = sheet.selection;
  sheet.select({ at: { ...at, column: at.column + step }, to: { ...to, column: to.column + step } });
}

function nameColumns(sheet: SheetState): void {
  const { row, column } = sheet.selection.at;
  sheet.change(change.columnsNamed(sheet.table, row), "sheet-done-name-columns");
  sheet.select(only({ row: Math.max(0, row - 1), column }));
}

export function actsOf(sheet: SheetState, t: Text["t"]): Act[] {
  const { area, table } = sheet;
  const rows = Math.min(area.bottom, table.rows.length - 1) - area.top + 1;
  const count = area.right - area.left + 1;
  const acts: (Act | false)[] = [
    ...(area.top < 0 ? [] : rowActs(sheet, t, rows)),
    {
      id: "sheet-insert-left",
      label: t("sheet-insert-left"),
      onAction: () => insertColumn(sheet, area.left),
    },
    {
      id: "sheet-insert-right",
      label: t("sheet-insert-right"),
      onAction: () => insertColumn(sheet, area.right + 1),
    },
    count === 1 && {
      id: "sheet-rename",
      label: t("sheet-rename"),
      onAction: () => sheet.begin("editing", { row: -1, column: area.left }),
    },
    area.left > 0 && {
      id: "sheet-move-left",
      label: t("sheet-move-left", { count }),
      onAction: () => moveColumns(sheet, -1),
    },
    area.right < sheet.size.columns - 1 && {
      id: "sheet-move-right",
      label: t("sheet-move-right", { count }),
      onAction: () => moveColumns(sheet, 1),
    },
    {
      id: "sheet-delete-columns",
      label: t("sheet-delete-columns", { count }),
      danger: true,
      onAction: () => deleteColumns(sheet),
    },
  ];
  return acts.filter((act) => act !== false);
}

function rowActs(sheet: SheetState, t: Text["t"], rows: number): Act[] {
  const above = {
    id: "sheet-insert-above",
    label: t("sheet-insert-above"),
    onAction: () => insertRows(sheet, false),
  };
  if (rows < 1) return [above];
  const acts: Act[] = [
    above,
    { id: "sheet-insert-below", label: t("sheet-insert-below"), onAction: () => insertRows(sheet, true) },
    {
      id: "sheet-delete-rows",
      label: t("sheet-delete-rows", { count: rows }),
      danger: true,
      onAction: () => deleteRows(sheet),
    },
  ];
  if (rows === 1) {
    const row = sheet.selection.at.row + 1;
    acts.push({
      id: "sheet-name-columns",
      label: t("sheet-name-columns", { row }),
      onAction: () => nameColumns(sheet),
    });
  }
  return acts;
}
