import { expect, it } from "vitest";
import { emotions } from "../../../test/study-samples.ts";
import { type Axes, modeOf, otherRules, ticksOf, withoutRule, withTicks } from "./rules.ts";

const [persona, text] = emotions().factors;
if (!persona || !text) throw new Error("two factors are needed");
const axes: Axes = { rows: persona, columns: text };
const none = { include: [], exclude: [] };

/** "#" is ticked; a line a persona, a place a text. */
const drawn = (ticks: boolean[][]) => ticks.map((line) => line.map((tick) => (tick ? "#" : ".")).join(""));
const ticks = (...lines: string[]) => lines.map((line) => [...line].map((one) => one === "#"));

it("says what is ticked in the fewest rules, and reads them back", () => {
  const wanted = ticks("##.", "##.", "...", "#..");
  const out = withTicks(none, axes, wanted, "exclude");
  expect(out).toEqual({
    include: [],
    exclude: [{ persona: "p3" }, { persona: "p4", text: "t2" }, { text: "t3" }],
  });
  expect(drawn(ticksOf(out, axes))).toEqual(drawn(wanted));
  const only = withTicks(out, axes, wanted, "include");
  expect(only.exclude).toEqual([]);
  expect(modeOf(only)).toBe("include");
  expect(drawn(ticksOf(only, axes))).toEqual(drawn(wanted));
});

it("reads back every pattern of a small grid in both modes", () => {
  const small: Axes = {
    rows: { ...persona, levels: persona.levels.slice(0, 2) },
    columns: text,
  };
  for (let pattern = 1; pattern < 64; pattern++) {
    const wanted = [0, 1].map((row) =>
      [0, 1, 2].map((column) => ((pattern >> (row * 3 + column)) & 1) === 1),
    );
    for (const mode of ["include", "exclude"] as const) {
      expect(drawn(ticksOf(withTicks(none, small, wanted, mode), small))).toEqual(drawn(wanted));
    }
  }
});

it("has no rules when all is ticked, and a list when there is one factor", () => {
  expect(withTicks(none, axes, ticks("###", "###", "###", "###"), "include")).toEqual(none);
  const list: Axes = { rows: persona, columns: undefined };
  const out = withTicks(none, list, ticks("#", ".", "#", "#"), "exclude");
  expect(out.exclude).toEqual([{ persona: "p2" }]);
  expect(drawn(ticksOf(out, list))).toEqual(["#", ".", "#", "#"]);
});

it("leaves rules about other factors as they are, and lists them", () => {
  const other = { persona: "p1", mood: "sad" };
  const rules = { include: [], exclude: [other, { text: "t1" }] };
  expect(drawn(ticksOf(rules, axes))).toEqual([".##", ".##", ".##", ".##"]);
  const next = withTicks(rules, axes, ticks("###", "###", "###", "##."), "exclude");
  expect(next.exclude).toEqual([other, { persona: "p4", text: "t3" }]);
  expect(otherRules(next, axes)).toEqual([{ kind: "exclude", rule: other }]);
  expect(withoutRule(next, { kind: "exclude", rule: other }).exclude).toHaveLength(1);
});
