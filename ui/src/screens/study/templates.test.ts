import { expect, it } from "vitest";
import type { Field } from "../../ipc/bindings.ts";
import { emotions } from "../../test/study-samples.ts";
import { changedKind, relabelled, variable } from "./fields.ts";
import { changeTable, free, nameFrom, namesIn, renameFactor } from "./templates.ts";

it("finds the names of templates, each once", () => {
  expect(namesIn("{{ persona.name }}, {{text.body}}", "{{text.body}} {x} {{}}")).toEqual([
    "persona.name",
    "text.body",
    "",
  ]);
});

it("makes names of any script that templates can use", () => {
  expect(nameFrom("Short text", [], "factor")).toBe("short_text");
  expect(nameFrom("ペルソナ（人物）", [], "factor")).toBe("ペルソナ_人物");
  expect(nameFrom("2nd try!", [], "factor")).toBe("nd_try");
  expect(nameFrom("１２３", [], "factor")).toBe("factor");
  expect(nameFrom("Trial", ["trial"], "factor")).toBe("trial_2");
  expect(free("a", ["a", "a_2"])).toBe("a_3");
});

it("follows a renamed factor in templates, parameters and rules, and leaves the rest", () => {
  const study = emotions();
  study.prompt.user = "{{persona.name}} {{ persona.id }} {{personality.x}} persona.name";
  study.design.exclude = [{ persona: "p1", text: "t1" }];
  const after = renameFactor(study, 0, "reader");
  expect(after.prompt.user).toBe("{{reader.name}} {{reader.id}} {{personality.x}} persona.name");
  expect(after.parameters.temperature).toBe("{{reader.temperature}} + {{text.modifier}}");
  expect(after.design.exclude).toEqual([{ reader: "p1", text: "t1" }]);
  expect(after.models).toBe(study.models);
});

it("follows a renamed column and a renamed level, but not a replaced table", () => {
  const study = emotions();
  study.design.exclude = [{ persona: "p2" }];
  const [persona] = study.factors;
  if (!persona) throw new Error("no persona");
  const columns = persona.columns.map((name) => (name === "message" ? "instruction" : name));
  expect(changeTable(study, 0, columns, persona.levels).prompt.system).toBe("{{persona.instruction}}");
  const levels = persona.levels.map((row) => (row[0] === "p2" ? ["scholar", ...row.slice(1)] : row));
  expect(changeTable(study, 0, persona.columns, levels).design.exclude).toEqual([{ persona: "scholar" }]);
  const other = changeTable(study, 0, ["a", "b", "c", "d"], [["x", "y", "z", "w"]]);
  expect(other.prompt.system).toBe("{{persona.message}}");
  expect(other.design.exclude).toEqual([{ persona: "p2" }]);
});

it("names variables for programs, and keeps the name where the label has no Latin letters", () => {
  expect(variable("Politeness (1–7)", [], "q1")).toBe("politeness_1_7");
  expect(variable("Höflichkeit", [], "q1")).toBe("hoflichkeit");
  expect(variable("丁寧さ", [], "q1")).toBe("q1");
  expect(variable("Reason", ["reason"], "q1")).toBe("reason_2");
  const field: Field = { name: "q1", label: "", kind: { type: "yes_no" }, description: "", required: true };
  const typed = ["P", "Po", "Pol"].reduce((now, label) => relabelled(now, label, []), field);
  expect(typed).toMatchObject({ label: "Pol", name: "pol" });
  expect(relabelled({ ...typed, name: "mine" }, "Other", [])).toMatchObject({ label: "Other", name: "mine" });
});

it("keeps the range when a number becomes another kind of number", () => {
  expect(changedKind({ type: "decimal", minimum: 0.5, maximum: 7 }, "integer")).toEqual({
    type: "integer",
    minimum: 1,
    maximum: 7,
  });
  expect(changedKind({ type: "integer", minimum: 1, maximum: 7 }, "choice")).toEqual({
    type: "choice",
    choices: [],
  });
});
