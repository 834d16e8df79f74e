// The results: the grid by keyboard, filters, the row panel, the export.
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { moved } from "../screens/results/moves.ts";
import { expectAccessible, open } from "./render.tsx";

const results = () => open({ page: "results", id: "job-finished", status: null });
const cursor = () => {
  const id = screen.getByTestId("results-grid").getAttribute("aria-activedescendant");
  return id === null ? null : document.getElementById(id);
};

describe("the grid", () => {
  it("is one tab stop that tells its size, and holds only the rows in sight", async () => {
    results();
    const grid = await screen.findByTestId("results-grid");
    expect(grid.getAttribute("aria-rowcount")).toBe("1201");
    expect(within(grid).getAllByRole("row").length).toBeLessThan(60);
    expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(0);
    expect(
      within(grid)
        .getAllByRole("columnheader")
        .map((head) => head.textContent),
    ).toContain("custom_id");
  });

  it("moves by keys to places that exist", async () => {
    const { user } = results();
    const grid = await screen.findByTestId("results-grid");
    act(() => grid.focus());
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowRight}");
    await waitFor(() => expect(cursor()?.id).toBe("cell-2-1"));
    await waitFor(() => expect(cursor()?.textContent).toContain("n00003"));
    expect(cursor()?.closest("[role=row]")?.getAttribute("aria-rowindex")).toBe("4");
    await user.keyboard("{End}");
    expect(cursor()?.id).toBe("cell-2-8");
    await user.keyboard("{Home}{PageDown}");
    expect(Number(cursor()?.id.split("-")[1])).toBeGreaterThan(10);
  });

  it("knows the ends of the table", () => {
    const size = { rows: 100, columns: 9, page: 10 };
    const from = { row: 50, column: 4 };
    expect(moved(from, "Home", true, size)).toEqual({ row: 0, column: 0 });
    expect(moved(from, "End", true, size)).toEqual({ row: 99, column: 8 });
    expect(moved(from, "PageUp", false, size)).toEqual({ row: 40, column: 4 });
    expect(moved({ row: 95, column: 8 }, "PageDown", false, size)).toEqual({ row: 99, column: 8 });
    expect(moved({ row: 0, column: 0 }, "ArrowUp", false, size)).toEqual({ row: 0, column: 0 });
    expect(moved(from, "ArrowDown", true, size)).toEqual({ row: 99, column: 4 });
    expect(moved(from, "a", false, size)).toBeUndefined();
  });

  it("opens a row by Enter, follows the cursor, and closes by Escape", async () => {
    const { user } = results();
    const grid = await screen.findByTestId("results-grid");
    act(() => grid.focus());
    await waitFor(() => expect(cursor()?.textContent).toContain("Succeeded"));
    await user.keyboard("{Enter}");
    const panel = await screen.findByTestId("row-panel");
    await waitFor(() => expect(screen.getByTestId("row-request").textContent).toContain("面白さ"));
    expect(screen.getByTestId("row-answer").textContent).toContain("雨がバス");
    await expectAccessible();
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}");
    await waitFor(() => expect(panel.dataset.position).toBe("4"));
    expect(screen.getByTestId("row-answer").textContent).toContain("It failed: overloaded");
    await user.click(screen.getByTestId("row-details"));
    expect(panel.textContent).toContain("batch_req_1");
    act(() => grid.focus());
    await user.keyboard("{Escape}");
    expect(screen.queryByTestId("row-panel")).toBeNull();
  });
});

it("filters by status with counts that always show, and closes views that it leaves", async () => {
  const { backend, user } = results();
  await screen.findByTestId("results-grid");
  expect(screen.getByTestId("facet-missing").textContent).toBe(" Missing0");
  await user.click(screen.getByTestId("facet-failed"));
  await waitFor(() => expect(screen.getByTestId("rows-shown").textContent).toBe("171 of 1,200 rows"));
  expect(screen.getByTestId("export-button").textContent).toBe("Export 171 rows…");
  await waitFor(() => expect(backend.called("close_view")).toHaveLength(1));
  await user.type(screen.getByTestId("results-search"), "nothing like this");
  expect(await screen.findByText("No row fits this search and these filters.")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Show all rows" }));
  await waitFor(() => expect(screen.getByTestId("rows-shown").textContent).toBe("1,200 of 1,200 rows"));
});

it("exports the rows now shown as a chosen format and shows where the file is", async () => {
  const { backend, user } = results();
  await user.click(await screen.findByTestId("facet-failed"));
  await waitFor(() => expect(screen.getByTestId("export-button").textContent).toBe("Export 171 rows…"));
  await user.click(screen.getByTestId("export-button"));
  await user.click(await screen.findByTestId("export-format-csv"));
  await expectAccessible();
  expect((screen.getByTestId("export-defuse") as HTMLInputElement).checked).toBe(true);
  await user.click(screen.getByTestId("export-confirm"));
  await user.click(await screen.findByTestId("show-in-folder"));
  expect(backend.called("export_rows")[0]?.order).toEqual({
    of: { of: "job", id: "job-finished" },
    format: "csv",
    filter: { status: ["failed"], looks: [], search: null },
    defuse_formulas: true,
  });
  await waitFor(() => expect(backend.called("show_in_folder")).toEqual([{ id: 1 }]));
});

it("opens a row by a press", async () => {
  results();
  const grid = await screen.findByTestId("results-grid");
  const cell = (await within(grid).findAllByText(/雨がバス/))[0] as HTMLElement;
  fireEvent.click(cell);
  expect(await screen.findByTestId("row-panel")).toBeTruthy();
  expect(cursor()?.dataset.column).toBe("2");
});
