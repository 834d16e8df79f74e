// @vitest-environment node
import { describe, expect, it } from "vitest";
import { columnWidth, kindOf } from "./kind.ts";
import * as change from "./table.ts";

const newName = (number: number) => `column${number}`;
const table = (): change.SheetTable => ({
  columns: ["id", "name", "temperature"],
  rows: [
    ["p1", "大学1年生", "0.7"],
    ["p2", "Literary scholar", "0.4"],
    ["p3", "Poet"],
  ],
});
const area = (top: number, left: number, bottom = top, right = left) => ({ top, left, bottom, right });

describe("typing", () => {
  it("replaces a cell, fills up a short row, and leaves the old table as it was", () => {
    const before = table();
    const after = change.typed(before, { row: 2, column: 2 }, "0.9");
    expect(after.rows[2]).toEqual(["p3", "Poet", "0.9"]);
    expect(before).toEqual(table());
    expect(after.rows[0]).toBe(before.rows[0]);
  });

  it("makes a row of the blank one at the end, but not for nothing", () => {
    const before = table();
    expect(change.typed(before, { row: 3, column: 1 }, "Robot").rows[3]).toEqual(["", "Robot", ""]);
    expect(change.typed(before, { row: 3, column: 1 }, "")).toBe(before);
  });

  it("says by the same table that nothing changed", () => {
    const before = table();
    expect(change.typed(before, { row: 0, column: 0 }, "p1")).toBe(before);
    expect(change.typed(before, { row: -1, column: 0 }, " id ")).toBe(before);
    expect(change.cleared(before, area(2, 2))).toBe(before);
  });

  it("keeps names to one line and never blanks one", () => {
    expect(change.typed(table(), { row: -1, column: 1 }, " full\n name ").columns[1]).toBe("full name");
    expect(change.typed(table(), { row: -1, column: 1 }, "  ").columns[1]).toBe("name");
  });
});

it("clears cells but not names", () => {
  const after = change.cleared(table(), area(-1, 1, 2, 2));
  expect(after.columns).toEqual(table().columns);
  expect(after.rows).toEqual([
    ["p1", "", ""],
    ["p2", "", ""],
    ["p3", ""],
  ]);
});

it("copies names where the head is selected, fills up short rows, and leaves out the blank row", () => {
  expect(change.blockOf(table(), area(-1, 1, 3, 2))).toEqual([
    ["name", "temperature"],
    ["大学1年生", "0.7"],
    ["Literary scholar", "0.4"],
    ["Poet", ""],
  ]);
  expect(change.blockOf(table(), area(3, 0))).toEqual([[""]]);
});

describe("pasting", () => {
  it("grows rows and columns, with names that are not taken", () => {
    const before = { ...table(), columns: ["id", "name", "column4"] };
    const { table: after, area: over } = change.pasted(
      before,
      area(3, 2),
      [
        ["a", "b"],
        ["c", "d"],
      ],
      newName,
    );
    expect(after.columns).toEqual(["id", "name", "column4", "column5"]);
    expect(after.rows.slice(2)).toEqual([
      ["p3", "Poet"],
      ["", "", "a", "b"],
      ["", "", "c", "d"],
    ]);
    expect(over).toEqual(area(3, 2, 4, 3));
  });

  it("fills a selection with one cell, or with a block that fits into it a whole number of times", () => {
    const one = change.pasted(table(), area(0, 1, 2, 2), [["x"]], newName);
    expect(one.table.rows.map((row) => row.slice(1))).toEqual([
      ["x", "x"],
      ["x", "x"],
      ["x", "x"],
    ]);
    const block = change.pasted(table(), area(0, 0, 3, 0), [["a"], ["b"]], newName);
    expect(block.table.rows.map((row) => row[0])).toEqual(["a", "b", "a", "b"]);
    const odd = change.pasted(table(), area(0, 0, 2, 0), [["a"], ["b"]], newName);
    expect(odd.table.rows.map((row) => row[0])).toEqual(["a", "b", "p3"]);
    expect(odd.area).toEqual(area(0, 0, 1, 0));
  });

  it("on the head gives names by the first line and rows below", () => {
    const { table: after } = change.pasted(
      { columns: ["column1"], rows: [] },
      area(-1, 0),
      [
        ["id", "本文\n"],
        ["t1", "雨が\n降る"],
      ],
      newName,
    );
    expect(after).toEqual({ columns: ["id", "本文"], rows: [["t1", "雨が\n降る"]] });
  });

  it("leaves cells that a ragged block does not have", () => {
    const { table: after } = change.pasted(table(), area(0, 0), [["a"], ["b", "c"]], newName);
    expect(after.rows.slice(0, 2)).toEqual([
      ["a", "大学1年生", "0.7"],
      ["b", "c", "0.4"],
    ]);
  });
});

describe("rows and columns", () => {
  it("come and go", () => {
    expect(change.rowsInserted(table(), 1, 2).rows.map((row) => row[0])).toEqual(["p1", "", "", "p2", "p3"]);
    expect(change.rowsDeleted(table(), 1, 9).rows.map((row) => row[0])).toEqual(["p1"]);
    const wider = change.columnInserted(table(), 3, newName);
    expect(wider.columns).toEqual(["id", "name", "temperature", "column4"]);
    expect(wider.rows[2]).toEqual(["p3", "Poet", "", ""]);
    expect(change.columnsDeleted(table(), 0, 1)).toEqual({
      columns: ["temperature"],
      rows: [["0.7"], ["0.4"], []],
    });
    expect(change.columnsDeleted(table(), 0, 2)).toEqual({ columns: [], rows: [] });
  });

  it("columns move over their neighbour with their cells", () => {
    const right = change.columnsMoved(table(), 0, 1, 1);
    expect(right.columns).toEqual(["temperature", "id", "name"]);
    expect(right.rows[2]).toEqual(["", "p3", "Poet"]);
    expect(change.columnsMoved(right, 1, 2, -1).columns).toEqual(table().columns);
  });

  it("a row can become the names", () => {
    const after = change.columnsNamed({ columns: ["a", "b"], rows: [["id", ""], ["t1"]] }, 0);
    expect(after).toEqual({ columns: ["id", "b"], rows: [["t1"]] });
  });
});

it("guesses what a column holds", () => {
  const kinds = (name: string, ...cells: string[]) =>
    kindOf(
      name,
      cells.map((cell) => [cell]),
      0,
    );
  expect(kinds("id", "1", "2")).toBe("id");
  expect(kinds("participant_id", "7")).toBe("id");
  expect(kinds("humid", "7")).toBe("number");
  expect(kinds("x", "0.7", "", "-1,234.5", "８５")).toBe("number");
  expect(kinds("x", "007", "008")).toBe("text");
  expect(kinds("x", "0.7", "about 3")).toBe("text");
  expect(kinds("x")).toBe("text");
});

it("makes columns as wide as their text, within bounds", () => {
  expect(columnWidth("id", [["1"]], 0)).toBe(4.5);
  expect(columnWidth("本文", [["雨がバスの屋根を打つ"]], 0)).toBeGreaterThan(8);
  expect(columnWidth("body", [["long ".repeat(100)]], 0)).toBe(20);
});
