// How the columns of a sheet stand.
import { columnWidth, kindOf } from "./kind.ts";
import type { SheetState } from "./state.ts";

/** Of the row numbers, in rem. */
export const NUMBERS = 3.25;
/** The last column takes what is left, and is no wider than this where nothing is: rem. */
const LAST = 12;

/** What each column seems to hold, and the grid that every line of the sheet is laid on. */
export function useColumns({ table }: SheetState) {
  const kinds = table.columns.map((name, column) => kindOf(name, table.rows, column));
  const last = table.columns.length - 1;
  const widths = table.columns.map((name, column) => {
    const width = columnWidth(name, table.rows, column);
    return column === last ? Math.min(LAST, width) : width;
  });
  const tracks = widths.map((width, column) =>
    column === last ? `minmax(${width}rem, 1fr)` : `${width}rem`,
  );
  const width = `${widths.reduce((sum, one) => sum + one, NUMBERS)}rem`;
  return { kinds, line: { gridTemplateColumns: `${NUMBERS}rem ${tracks.join(" ")}`, minWidth: width } };
}
