// Where the cursor of the grid goes by a key.

export interface Place {
  row: number;
  column: number;
}

interface Size {
  rows: number;
  columns: number;
  /** Rows in sight. */
  page: number;
}

/** The new place; `undefined` for a key that does not move. Ctrl goes to the ends of the table. */
export function moved(
  from: Place,
  key: string,
  far: boolean,
  { rows, columns, page }: Size,
): Place | undefined {
  const to = (row: number, column: number): Place => ({
    row: Math.max(0, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  });
  switch (key) {
    case "ArrowUp":
      return far ? to(0, from.column) : to(from.row - 1, from.column);
    case "ArrowDown":
      return far ? to(rows - 1, from.column) : to(from.row + 1, from.column);
    case "ArrowLeft":
      return far ? to(from.row, 0) : to(from.row, from.column - 1);
    case "ArrowRight":
      return far ? to(from.row, columns - 1) : to(from.row, from.column + 1);
    case "Home":
      return far ? to(0, 0) : to(from.row, 0);
    case "End":
      return far ? to(rows - 1, columns - 1) : to(from.row, columns - 1);
    case "PageUp":
      return to(from.row - page, from.column);
    case "PageDown":
      return to(from.row + page, from.column);
    default:
      return undefined;
  }
}
