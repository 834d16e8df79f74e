// @vitest-environment node
import { expect, it } from "vitest";
import { areaOf, isIn, moved, type Place, type Size, tabbed } from "./moves.ts";

// Five rows of three columns; the cells of the first two rows, and the last one, are filled.
const size: Size = {
  rows: 5,
  columns: 3,
  page: 2,
  filled: ({ row, column }) => row < 2 || (row === 4 && column === 2),
};
const go = (row: number, column: number, key: string, far = false) => moved({ row, column }, key, far, size);
const at = (row: number, column: number): Place => ({ row, column });

it("goes by arrows, up to the names and no farther than the table", () => {
  expect(go(1, 1, "ArrowDown")).toEqual(at(2, 1));
  expect(go(0, 1, "ArrowUp")).toEqual(at(-1, 1));
  expect(go(-1, 0, "ArrowUp")).toEqual(at(-1, 0));
  expect(go(4, 2, "ArrowDown")).toEqual(at(4, 2));
  expect(go(4, 2, "ArrowRight")).toEqual(at(4, 2));
  expect(go(0, 0, "a")).toBeUndefined();
});

it("goes to the ends of filled stretches by Ctrl, as Excel does", () => {
  expect(go(0, 2, "ArrowDown", true)).toEqual(at(1, 2));
  expect(go(1, 2, "ArrowDown", true)).toEqual(at(4, 2));
  expect(go(1, 1, "ArrowDown", true)).toEqual(at(4, 1));
  expect(go(4, 1, "ArrowUp", true)).toEqual(at(1, 1));
  expect(go(0, 0, "ArrowRight", true)).toEqual(at(0, 2));
  expect(go(0, 0, "ArrowUp", true)).toEqual(at(0, 0));
  expect(go(-1, 1, "ArrowDown", true)).toEqual(at(1, 1));
  expect(go(-1, 1, "ArrowRight", true)?.row).toBe(-1);
});

it("goes to the ends and by pages; a page up stops at the first row", () => {
  expect(go(1, 2, "Home")).toEqual(at(1, 0));
  expect(go(1, 0, "End")).toEqual(at(1, 2));
  expect(go(3, 2, "Home", true)).toEqual(at(0, 0));
  expect(go(0, 0, "End", true)).toEqual(at(4, 2));
  expect(go(1, 1, "PageDown")).toEqual(at(3, 1));
  expect(go(1, 1, "PageUp")).toEqual(at(0, 1));
  expect(go(-1, 1, "PageUp")).toEqual(at(-1, 1));
});

it("goes on by Tab from line to line, and leaves at the ends", () => {
  expect(tabbed(at(0, 2), false, size)).toEqual(at(1, 0));
  expect(tabbed(at(1, 0), true, size)).toEqual(at(0, 2));
  expect(tabbed(at(4, 2), false, size)).toBeUndefined();
  expect(tabbed(at(0, 0), true, size)).toBeUndefined();
  expect(tabbed(at(-1, 2), false, size)).toEqual(at(0, 0));
});

it("selects between two corners, and whole columns by their names", () => {
  const area = areaOf({ at: at(3, 2), to: at(1, 1) }, 5);
  expect(area).toEqual({ top: 1, left: 1, bottom: 3, right: 2 });
  expect(isIn(area, at(2, 1))).toBe(true);
  expect(isIn(area, at(2, 0))).toBe(false);
  expect(areaOf({ at: at(-1, 0), to: at(-1, 1) }, 5)).toEqual({ top: -1, left: 0, bottom: 4, right: 1 });
  expect(areaOf({ at: at(-1, 0), to: at(1, 0) }, 5).bottom).toBe(1);
});
