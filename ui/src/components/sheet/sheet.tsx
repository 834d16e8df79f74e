// A table that is typed into like a spreadsheet. The whole of it is one tab stop.
import type { SheetTable } from "./table.ts";

/** What was done, as the id of its words for the name of the undo step: `t(what)` is "Undo: …". */
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

export interface SheetProps {
  /** Its name for screen readers, such as the factor's label. */
  label: string;
  columns: string[];
  rows: string[][];
  /**
   * The changed table. It must come back as props in the same turn (state, not a round trip to Rust): the next
   * keystroke builds on it. Undo belongs to the caller: while nothing is being typed Ctrl+Z and Ctrl+Y bubble up
   * untouched from `textarea[data-resting]`; while a cell is being typed they are the text's own.
   */
  onChange?: (next: SheetTable, what: SheetDone) => void;
  /** Looked at, selected and copied, not changed. */
  readOnly?: boolean;
  "data-testid"?: string;
}

export function Sheet({ label, columns, rows, ...rest }: SheetProps) {
  return (
    <table aria-label={label} data-testid={rest["data-testid"]}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column}>{column}</th>
          ))}
        </tr>
      </thead>
      <tbody data-rows={rows.length} />
    </table>
  );
}
