// Where the cursor of a sheet goes, and what is selected. The head is row -1.

export interface Place {
  row: number;
  column: number;
}

/** What is selected: the cell that typing goes to, and the corner across from it. */
export interface Selection {
  at: Place;
  to: Place;
}

/** All ends included. */
export interface Area {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export interface Size {
  /** With the blank row at the end, where there is one. */
  rows: number;
  columns: number;
  /** Rows in sight. */
  page: number;
  /** Whether there is text, for going to the ends of filled stretches. */
  filled: (place: Place) => boolean;
}

export function only(place: Place): Selection {
  return { at: place, to: place };
}

/** Selecting names selects their columns whole. */
export function areaOf({ at, to }: Selection, rows: number): Area {
  const top = Math.min(at.row, to.row);
  return {
    top,
    left: Math.min(at.column, to.column),
    bottom: at.row < 0 && to.row < 0 ? rows - 1 : Math.max(at.row, to.row),
    right: Math.max(at.column, to.column),
  };
}

export function isIn(area: Area, { row, column }: Place): boolean {
  return row >= area.top && row <= area.bottom && column >= area.left && column <= area.right;
}

export function within({ row, column }: Place, { rows, columns }: Pick<Size, "rows" | "columns">): Place {
  return {
    row: Math.max(-1, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  };
}

/** As Excel goes by Ctrl+arrow: to the last filled cell of a stretch, else to the next filled one, else to the end. */
function farther(from: Place, down: number, right: number, { rows, columns, filled }: Size): Place {
  const inside = ({ row, column }: Place) => row >= 0 && row < rows && column >= 0 && column < columns;
  const next = (place: Place): Place => ({ row: place.row + down, column: place.column + right });
  // The head is no cell: from it the way begins at the first row.
  let place = from.row < 0 ? { ...from, row: down > 0 ? 0 : -1 } : from;
  if (!inside(next(place))) return place;
  const running = filled(place) && filled(next(place));
  while (inside(next(place))) {
    if (running && !filled(next(place))) break;
    place = next(place);
    if (!running && filled(place)) break;
  }
  return place;
}

const ARROWS: Record<string, [down: number, right: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The new place; `undefined` for a key that does not move. `far`: with Ctrl. */
export function moved(from: Place, key: string, far: boolean, size: Size): Place | undefined {
  const to = (row: number, column: number) => within({ row, column }, size);
  const arrow = ARROWS[key];
  if (arrow) {
    const [down, right] = arrow;
    return far ? farther(from, down, right, size) : to(from.row + down, from.column + right);
  }
  switch (key) {
    case "Home":
      return far ? to(0, 0) : to(from.row, 0);
    case "End":
      return far ? to(size.rows - 1, size.columns - 1) : to(from.row, size.columns - 1);
    case "PageUp":
      return to(Math.max(Math.min(from.row, 0), from.row - size.page), from.column);
    case "PageDown":
      return to(from.row + size.page, from.column);
    default:
      return undefined;
  }
}

/** Tab: the next cell in reading order; `undefined` past either end, where Tab leaves the sheet. */
export function tabbed(
  { row, column }: Place,
  back: boolean,
  { rows, columns }: Pick<Size, "rows" | "columns">,
): Place | undefined {
  const next = column + (back ? -1 : 1);
  if (next >= 0 && next < columns) return { row, column: next };
  if (back ? row <= 0 : row >= rows - 1) return undefined;
  return back ? { row: row - 1, column: columns - 1 } : { row: row + 1, column: 0 };
}
