// What a sheet holds. Everything is text, as in the study file: an id such as `007` stays what it is.

export interface SheetTable {
  /** Names, one a column. */
  columns: string[];
  /** One cell a column; a shorter row reads as blank at its end. */
  rows: string[][];
}
