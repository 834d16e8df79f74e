import { act, createEvent, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import type { Language } from "../../i18n/catalogue.ts";
import { TextProvider } from "../../i18n/text.tsx";
import { expectAccessible } from "../../test/render.tsx";
import { Announcer } from "../announce.tsx";
import { Sheet, type SheetDone, type SheetTable } from "./sheet.tsx";

const PERSONAS: SheetTable = {
  columns: ["id", "name", "temperature"],
  rows: [
    ["p1", "First-year student", "0.7"],
    ["p2", "Literary scholar", "0.4"],
    ["p3", "Emotional poet", "0.9"],
  ],
};

interface Options {
  table?: SheetTable;
  readOnly?: boolean;
  language?: Language;
}

/** A page with a sheet that holds its table, as the study does. */
function Holder({
  table,
  readOnly,
  language,
  onChange,
}: Options & { table: SheetTable; onChange: (next: SheetTable, what: SheetDone) => void }) {
  const [held, setHeld] = useState(table);
  return (
    <TextProvider language={language ?? "en"}>
      <main>
        <h1>Factors</h1>
        <button type="button">before</button>
        <Sheet
          label="Persona"
          columns={held.columns}
          rows={held.rows}
          readOnly={readOnly}
          onChange={(next, what) => {
            onChange(next, what);
            setHeld(next);
          }}
        />
        <button type="button">after</button>
        <Announcer />
      </main>
    </TextProvider>
  );
}

/** The sheet, how its table is now, and what was done to it. */
function open({ table = PERSONAS, ...options }: Options = {}) {
  let now = table;
  const done: SheetDone[] = [];
  const keys = vi.fn();
  document.title = "Factors";
  document.documentElement.lang = options.language ?? "en";
  window.addEventListener("keydown", keys);
  const user = userEvent.setup();
  const onChange = (next: SheetTable, what: SheetDone) => {
    now = next;
    done.push(what);
  };
  render(<Holder {...options} table={table} onChange={onChange} />);
  const input = screen.getByTestId<HTMLTextAreaElement>("sheet-input");
  return { user, input, table: () => now, done, keys };
}

const cell = (row: number, column: number) =>
  screen
    .getByRole("grid", { name: "Persona" })
    .querySelector<HTMLElement>(`[data-row="${row}"] [data-column="${column}"]`) as HTMLElement;
const cursor = () => {
  const active = document.activeElement?.getAttribute("aria-activedescendant") ?? "";
  const [row, column] = active.split(/(?<!-)-/).slice(-2);
  return `${row},${column}`;
};
const selected = () => document.querySelectorAll('[aria-selected="true"]').length;

function clipboard(kind: "copy" | "cut", input: HTMLElement): string {
  let text = "";
  const event = createEvent[kind](input, {
    clipboardData: { setData: (_type: string, data: string) => (text = data) },
  });
  fireEvent(input, event);
  return text;
}

it("is one tab stop and names its cells, with nothing axe minds", async () => {
  const { user, input } = open();
  await user.click(screen.getByText("before"));
  await user.tab();
  expect(document.activeElement).toBe(input);
  const grid = screen.getByRole("grid", { name: "Persona" });
  expect(grid.getAttribute("aria-rowcount")).toBe("5");
  expect(cell(0, 0).closest("[role=row]")?.getAttribute("aria-rowindex")).toBe("2");
  expect(document.getElementById(input.getAttribute("aria-activedescendant") ?? "")?.textContent).toBe("p1");
  expect(
    within(cell(3, 0).parentElement as HTMLElement).getByText("Type here, or paste from Excel"),
  ).toBeTruthy();
  await expectAccessible();
  await user.keyboard("{F2}");
  await expectAccessible();
});

it("types over cells: Tab goes right, Enter back below where Tab set out, and the table grows", async () => {
  const { user, table, done } = open();
  await user.click(cell(3, 0));
  await user.keyboard("p4{Tab}Robot{Tab}0.1{Enter}p5{Enter}");
  expect(table().rows.slice(3)).toEqual([
    ["p4", "Robot", "0.1"],
    ["p5", "", ""],
  ]);
  expect(cursor()).toBe("5,0");
  expect(new Set(done)).toEqual(new Set(["sheet-done-type"]));
});

it("leaves a cell as it was by Escape, and keeps it when the focus goes", async () => {
  const { user, table, done, keys } = open();
  await user.click(cell(0, 1));
  await user.keyboard("Someone");
  keys.mockClear();
  await user.keyboard("{Escape}");
  expect(keys).not.toHaveBeenCalled();
  expect(table()).toBe(PERSONAS);
  await user.keyboard("Someone");
  await user.click(screen.getByText("after"));
  expect(table().rows[0]).toEqual(["p1", "Someone", "0.7"]);
  expect(done).toEqual(["sheet-done-type"]);
});

it("keeps what is being typed before a key that leads away, but not by one of the text or by AltGr", async () => {
  const { user, input, table } = open();
  await user.click(cell(0, 1));
  await user.keyboard("Someone{Control>}c{/Control}{Control>}{Alt>}@{/Alt}{/Control}");
  expect(table()).toBe(PERSONAS);
  expect(input.dataset.resting).toBeUndefined();
  await user.keyboard("{Control>}2{/Control}");
  expect(table().rows[0]?.[1]).toMatch(/^Someone/);
  await user.keyboard("x{Control>}{Enter}{/Control}");
  expect(table().rows[0]?.[1]).toBe("x");
  expect(cursor()).toBe("0,1");
});

it("edits in place by F2 and by a double press, with line breaks by Alt+Enter", async () => {
  const { user, input, table } = open();
  await user.click(cell(0, 1));
  await user.keyboard("{F2}");
  expect(input.value).toBe("First-year student");
  expect(input.getAttribute("aria-label")).toBe("name, row 1");
  await user.keyboard("{ArrowLeft}{Alt>}{Enter}{/Alt}{Enter}");
  expect(table().rows[0]?.[1]).toBe("First-year studen\nt");
  expect(cursor()).toBe("1,1");
  await user.dblClick(cell(2, 1));
  await user.keyboard(" (old){Shift>}{Enter}{/Shift}");
  expect(table().rows[2]?.[1]).toBe("Emotional poet (old)");
  expect(cursor()).toBe("1,1");
});

it("moves by an arrow out of what is typed, but within what is edited", async () => {
  const { user, table } = open();
  await user.click(cell(0, 0));
  await user.keyboard("x{ArrowDown}");
  expect([table().rows[0]?.[0], cursor()]).toEqual(["x", "1,0"]);
  await user.keyboard("{F2}{ArrowLeft}y{Enter}");
  expect(table().rows[1]?.[0]).toBe("py2");
});

it("begins a composition in the cell with its first letter, and its last Enter does not move", async () => {
  const { input, table, user } = open({ language: "ja" });
  await user.click(cell(0, 1));
  fireEvent.keyDown(input, { key: "Process", keyCode: 229 });
  fireEvent.compositionStart(input);
  fireEvent.input(input, { target: { value: "に" }, isComposing: true });
  expect(input.dataset.resting).toBeUndefined();
  fireEvent.keyDown(input, { key: "ArrowDown", keyCode: 229, isComposing: true });
  fireEvent.input(input, { target: { value: "二年生" }, isComposing: true });
  fireEvent.compositionEnd(input, { data: "二年生" });
  fireEvent.keyDown(input, { key: "Enter", keyCode: 229, isComposing: false });
  expect(table()).toBe(PERSONAS);
  expect(input.value).toBe("二年生");
  await user.keyboard("{Enter}");
  expect(table().rows[0]?.[1]).toBe("二年生");
  expect(cursor()).toBe("1,1");
});

it("selects by Shift and by dragging, copies as spreadsheets do, and clears", async () => {
  const { user, input, table, done } = open();
  await user.click(cell(1, 1));
  await user.keyboard("{Shift>}{ArrowRight}{ArrowDown}{/Shift}");
  expect(selected()).toBe(4);
  expect(clipboard("copy", input)).toBe("Literary scholar\t0.4\r\nEmotional poet\t0.9\r\n");
  await user.pointer([
    { keys: "[MouseLeft>]", target: cell(0, 0) },
    { target: cell(1, 1) },
    { keys: "[/MouseLeft]" },
    { target: cell(2, 2) },
  ]);
  expect(selected()).toBe(4);
  await user.keyboard("{Delete}");
  expect(table().rows.map((row) => row.join())).toEqual([",,0.7", ",,0.4", "p3,Emotional poet,0.9"]);
  await user.keyboard("{Control>}a{/Control}");
  expect(clipboard("cut", input)).toBe("\t\t0.7\r\n\t\t0.4\r\np3\tEmotional poet\t0.9\r\n");
  expect(table().rows.flat().join("")).toBe("");
  expect(done).toEqual(["sheet-done-clear", "sheet-done-cut"]);
});

it("pastes what Excel copies, grows, says how much, and lets undo through", async () => {
  const { user, table, done, keys } = open();
  await user.click(cell(2, 2));
  await user.paste('0.5\t"line 1\nline 2"\r\n0.6\tb\r\n');
  expect(table().columns).toEqual(["id", "name", "temperature", "column4"]);
  expect(table().rows.slice(2)).toEqual([
    ["p3", "Emotional poet", "0.5", "line 1\nline 2"],
    ["", "", "0.6", "b"],
  ]);
  expect(screen.getByRole("status").textContent).toBe("Pasted 2 rows, 2 columns");
  expect(done).toEqual(["sheet-done-paste"]);
  await user.paste("same");
  expect(
    table()
      .rows.slice(2)
      .map((row) => row.slice(2)),
  ).toEqual([
    ["same", "same"],
    ["same", "same"],
  ]);
  keys.mockClear();
  await user.keyboard("{Control>}z{/Control}");
  const undo = keys.mock.calls.map(([event]) => event as KeyboardEvent).find(({ key }) => key === "z");
  expect(undo?.defaultPrevented).toBe(false);
  expect((undo?.target as HTMLElement | undefined)?.dataset.resting).toBe("true");
});

it("renames a column on its head and moves it by keys", async () => {
  const { user, table, done } = open();
  await user.click(cell(0, 1));
  await user.keyboard("{ArrowUp}{F2}s{Enter}");
  expect(table().columns[1]).toBe("names");
  expect(cursor()).toBe("0,1");
  await user.dblClick(cell(-1, 2));
  await user.keyboard("!{Enter}{Alt>}{ArrowLeft}{/Alt}");
  expect(table().columns).toEqual(["id", "temperature!", "names"]);
  expect(table().rows[0]).toEqual(["p1", "0.7", "First-year student"]);
  expect(cursor()).toBe("0,1");
  expect(done).toEqual(["sheet-done-rename-column", "sheet-done-rename-column", "sheet-done-move-column"]);
});

it("opens its menu by Shift+F10 and gives the focus back", async () => {
  const { user, input, table, done } = open();
  await user.click(cell(1, 0));
  await user.keyboard("{Shift>}{ArrowDown}{F10}{/Shift}");
  const menu = await screen.findByRole("menu", { name: "Rows and columns" });
  await expectAccessible();
  await user.click(within(menu).getByText("Delete 2 rows"));
  expect(table().rows.map((row) => row[0])).toEqual(["p1"]);
  expect(done).toEqual(["sheet-done-delete-rows"]);
  await waitFor(() => expect(document.activeElement).toBe(input));
  expect(cursor()).toBe("1,0");
});

it("offers by the right button what fits the place, and in its corner the same", async () => {
  const { user, input, table } = open();
  await user.pointer({ keys: "[MouseRight]", target: cell(-1, 0) });
  const menu = await screen.findByRole("menu");
  expect(within(menu).queryByText("Delete the row")).toBeNull();
  expect(within(menu).queryByText("Move the column left")).toBeNull();
  await user.click(within(menu).getByText("Rename the column"));
  await waitFor(() => expect(document.activeElement).toBe(input));
  expect(input.value).toBe("id");
  await user.keyboard("2{Enter}");
  expect(table().columns[0]).toBe("id2");
  await user.click(screen.getByRole("button", { name: "More for Persona" }));
  await user.click(await screen.findByText("Use row 1 as column names"));
  expect(table().columns).toEqual(["p1", "First-year student", "0.7"]);
  expect(table().rows).toHaveLength(2);
});

it("lets go of Tab after Escape, and past its ends", async () => {
  const { user } = open();
  await user.click(cell(1, 1));
  await user.keyboard("{Escape}{Tab}");
  expect(document.activeElement?.textContent).toBe("after");
  await user.keyboard("{Shift>}{Tab}{/Shift}{Control>}{Home}{/Control}{Shift>}{Tab}{/Shift}");
  expect(document.activeElement?.textContent).toBe("before");
});

it("begins empty: what is typed makes the first column and row", async () => {
  const { user, table } = open({ table: { columns: [], rows: [] }, language: "ja" });
  await user.click(cell(0, 0));
  await user.keyboard("雨{Enter}");
  expect(table()).toEqual({ columns: ["列1"], rows: [["雨"]] });
});

it("only shows what is read only, but copies it", async () => {
  const { user, input, table } = open({ readOnly: true });
  await user.click(cell(0, 0));
  await user.keyboard("x{Delete}{F2}{Shift>}{ArrowRight}{/Shift}");
  expect(clipboard("copy", input)).toBe("p1\tFirst-year student\r\n");
  expect(table()).toBe(PERSONAS);
  expect(screen.queryByText("Type here, or paste from Excel")).toBeNull();
  await expectAccessible();
  await user.tab();
  expect(document.activeElement?.textContent).toBe("after");
});

it("keeps only the rows in sight in the page, and brings the cursor there", async () => {
  // jsdom lays nothing out: it is told how high the rows are together.
  vi.spyOn(Element.prototype, "scrollHeight", "get").mockReturnValue(50_002 * 28);
  const rows = Array.from({ length: 50_000 }, (_, row) => [`${row}`, `text ${row}`]);
  const { user, table } = open({ table: { columns: ["id", "text"], rows } });
  expect(document.querySelectorAll("[data-testid^=sheet-row]").length).toBeLessThan(60);
  await user.click(cell(0, 0));
  await user.keyboard("{Control>}{End}{/Control}");
  await waitFor(() => expect(cursor()).toBe("50000,1"));
  act(() => document.querySelector<HTMLElement>("[role=grid]")?.focus());
  await user.keyboard("last{Enter}");
  expect(table().rows[50_000]).toEqual(["", "last"]);
  vi.restoreAllMocks();
});
