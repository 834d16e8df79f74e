import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { Language } from "../../../i18n/catalogue.ts";
import { TextProvider } from "../../../i18n/text.tsx";
import {
  commands,
  type DataChoices,
  type DataPreview,
  type Factor,
  type Failure,
} from "../../../ipc/bindings.ts";
import { makeQueryClient } from "../../../ipc/client.ts";
import { expectAccessible } from "../../../test/render.tsx";
import { DataDialog } from "./dialog.tsx";
import { nameOf, suggested } from "./goal.tsx";

// The sentences of remarks come with the reader of spreadsheets; one stands in for them.
vi.mock("../../../i18n/catalogue.ts", async (original) => {
  const real = await original<typeof import("../../../i18n/catalogue.ts")>();
  const find: typeof real.find = (language, id, values, attribute) =>
    id === "table-remark-known"
      ? `Merged cells: ${values?.ranges}`
      : real.find(language, id, values, attribute);
  return { ...real, find };
});

const TEXTS: Factor = {
  name: "text",
  label: "Text",
  columns: ["id", "body"],
  levels: [
    ["t1", "雨"],
    ["t2", "雪"],
  ],
};

const workbook: DataPreview = {
  file_name: "texts.xlsx",
  format: "xlsx",
  sheets: [
    { name: "short", hidden: false },
    { name: "old", hidden: true },
  ],
  sheet: "short",
  encoding: null,
  delimiter: null,
  header_row: true,
  columns: ["id", "body"],
  rows: [
    ["001", "雨がバスの屋根を打つ。"],
    ["002", "雪が降る。"],
  ],
  row_count: 240,
  remarks: [],
};

const csv: DataPreview = {
  ...workbook,
  file_name: "texts.csv",
  format: "text",
  sheets: [],
  sheet: null,
  encoding: "shift_jis",
  delimiter: ",",
};

const read = vi.spyOn(commands, "dataPreview");
const ok = (data: DataPreview) => ({ status: "ok" as const, data });
const refused = (code: string) => {
  const error: Failure = { code, args: {}, detail: null };
  return { status: "error" as const, error };
};

beforeEach(() => {
  read.mockReset();
});

interface Options {
  preview?: DataPreview;
  factors?: Factor[];
  factor?: number | null;
  language?: Language;
  onUse?: (choices: DataChoices, factor: number | null, name: string) => Promise<unknown>;
}

function open({ preview = workbook, factors = [], factor = null, language = "en", ...more }: Options = {}) {
  document.title = "Study";
  document.documentElement.lang = language;
  if (!read.getMockImplementation()) read.mockResolvedValue(ok(preview));
  const onUse = vi.fn(more.onUse ?? (async () => undefined));
  const onClose = vi.fn();
  render(
    <QueryClientProvider client={makeQueryClient()}>
      <TextProvider language={language}>
        <h1>Study</h1>
        <DataDialog data="data-1" factors={factors} factor={factor} onUse={onUse} onClose={onClose} />
      </TextProvider>
    </QueryClientProvider>,
  );
  return { user: userEvent.setup(), onUse, onClose };
}

const guessed = { sheet: null, encoding: null, delimiter: null, header_row: null };
const asked = () => read.mock.calls.map(([, choices]) => choices);
const options = (testid: string) =>
  [...screen.getByTestId<HTMLSelectElement>(testid).options].map((option) => option.textContent);

it("shows a workbook as it would come in, and its rows become the levels of a new factor", async () => {
  const { user, onUse } = open();
  await screen.findByText("Bring in texts.xlsx");
  expect(options("data-sheet")).toEqual(["short", "old (hidden)"]);
  expect(screen.queryByTestId("data-encoding")).toBeNull();
  expect(screen.getByTestId("data-size").textContent).toBe("240 rows, 2 columns The first 2 are shown.");
  expect(screen.getByRole("grid").getAttribute("aria-readonly")).toBe("true");
  expect(screen.getByText("001")).toBeTruthy();
  await expectAccessible();
  const name = screen.getByTestId<HTMLInputElement>("data-name");
  expect(name.value).toBe("short");
  await user.clear(name);
  await user.type(name, "Short texts");
  expect(screen.getByText("In templates: {{short_texts.id}}")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Add 240 rows as a factor" }));
  expect(onUse.mock.calls).toEqual([[guessed, null, "short_texts"]]);
});

it("takes the place of a factor's levels, and says so", async () => {
  const { user, onUse } = open({ factors: [TEXTS], factor: 0, language: "ja" });
  const use = await screen.findByRole("button", { name: "240行をTextにする" });
  expect(document.body.textContent).toContain("Textの2水準と置き換わります。");
  expect(screen.queryByTestId("data-name")).toBeNull();
  await expectAccessible();
  await user.click(use);
  expect(onUse.mock.calls[0]?.slice(0, 2)).toEqual([guessed, 0]);
});

it("lets the factor be changed, and keeps the name that was typed", async () => {
  const { user, onUse } = open({ factors: [TEXTS], factor: 0 });
  await user.selectOptions(await screen.findByTestId("data-goal"), "A new factor");
  await user.clear(screen.getByTestId("data-name"));
  await user.type(screen.getByTestId("data-name"), "Text");
  await user.selectOptions(screen.getByTestId("data-goal"), "Text");
  await user.selectOptions(screen.getByTestId("data-goal"), "A new factor");
  await user.click(screen.getByTestId("data-use"));
  expect(onUse.mock.calls).toEqual([[guessed, null, "text_2"]]);
});

it("reads again with each choice; where the names stand is guessed anew for another sheet", async () => {
  const { user, onUse } = open();
  await user.click(await screen.findByTestId("data-header"));
  await waitFor(() => expect(asked().at(-1)).toEqual({ ...guessed, header_row: false }));
  read.mockResolvedValue(ok({ ...workbook, sheet: "old", row_count: 1, rows: [["x", "y"]] }));
  await user.selectOptions(screen.getByTestId("data-sheet"), "old (hidden)");
  await waitFor(() => expect(screen.getByTestId("data-size").textContent).toBe("1 row, 2 columns "));
  expect(asked().at(-1)).toEqual({ ...guessed, sheet: "old" });
  await user.click(screen.getByRole("button", { name: "Add 1 row as a factor" }));
  expect(onUse.mock.calls[0]?.[0]).toEqual({ ...guessed, sheet: "old" });
});

it("offers encoding and delimiter for text, also a guess that is not in its lists", async () => {
  const { user } = open({ preview: { ...csv, delimiter: "|" } });
  const encoding = await screen.findByTestId<HTMLSelectElement>("data-encoding");
  expect(encoding.value).toBe("shift_jis");
  expect(options("data-delimiter")).toEqual(["Comma", "Tab", "Semicolon", "|"]);
  expect(screen.queryByTestId("data-sheet")).toBeNull();
  await user.selectOptions(encoding, "EUC-JP");
  await user.selectOptions(screen.getByTestId("data-delimiter"), "Tab");
  await waitFor(() => expect(asked().at(-1)).toEqual({ ...guessed, encoding: "euc-jp", delimiter: "\t" }));
});

it("keeps the table in sight while it reads and when a choice fails, but does not take it over", async () => {
  const { user, onUse } = open();
  await screen.findByText("001");
  let answer: (result: ReturnType<typeof refused>) => void = () => undefined;
  read.mockReturnValue(
    new Promise((resolve) => {
      answer = resolve;
    }),
  );
  await user.selectOptions(screen.getByTestId("data-sheet"), "old (hidden)");
  expect(screen.getByTestId("data-size").textContent).toBe("Reading the file… ");
  expect(screen.getByText("001")).toBeTruthy();
  expect(screen.getByTestId("data-use").ariaDisabled).toBe("true");
  answer(refused("file-not-found"));
  expect(await screen.findByRole("alert")).toBeTruthy();
  await user.click(screen.getByTestId("data-use"));
  expect(onUse).not.toHaveBeenCalled();
  await expectAccessible();
});

it("says every remark as a sentence, also one that it has no words for", async () => {
  open({
    preview: {
      ...workbook,
      remarks: [
        { code: "known", args: { ranges: "A1:B2" } },
        { code: "not-yet-known", args: {} },
      ],
    },
  });
  const remarks = await screen.findByTestId("data-remarks");
  expect([...remarks.querySelectorAll("li")].map((line) => line.textContent)).toEqual([
    "Merged cells: A1:B2",
    "Something in this file is worth a look (not-yet-known).",
  ]);
});

it("says why a file cannot be read, and cancelling changes nothing", async () => {
  read.mockResolvedValue(refused("file-not-found"));
  const { user, onUse, onClose } = open();
  expect(await screen.findByRole("alert")).toBeTruthy();
  expect(screen.queryByTestId("data-use")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(onClose).toHaveBeenCalledTimes(1);
  expect(onUse).not.toHaveBeenCalled();
});

it("has nothing to take over where there are no rows", async () => {
  const { user, onUse } = open({ preview: { ...workbook, rows: [], row_count: 0 } });
  expect(await screen.findByText("There are no rows to bring in.")).toBeTruthy();
  await user.click(screen.getByTestId("data-use"));
  expect(onUse).not.toHaveBeenCalled();
});

it("shows why the rows could not be taken over, and can be tried again", async () => {
  const failed = vi.fn().mockRejectedValueOnce(new Error("disk full")).mockResolvedValueOnce(undefined);
  const { user, onUse } = open({ onUse: failed });
  await user.click(await screen.findByTestId("data-use"));
  expect(await screen.findByRole("alert")).toBeTruthy();
  await user.click(screen.getByTestId("data-use"));
  await waitFor(() => expect(onUse).toHaveBeenCalledTimes(2));
});

it("names a new factor by the sheet, if somebody named it, else by the file", () => {
  expect(suggested({ ...workbook, sheet: "Sheet1" })).toBe("texts");
  expect(suggested({ ...workbook, sheet: "シート 1" })).toBe("texts");
  expect(suggested({ ...workbook, sheet: "短い文章" })).toBe("短い文章");
  expect(suggested({ ...csv, file_name: "wave 2.final.csv" })).toBe("wave 2.final");
  expect(nameOf("wave 2.final", [TEXTS])).toBe("wave_2_final");
  expect(nameOf("  ", [])).toBe("factor");
  expect(nameOf("trial", [])).toBe("trial_2");
});
