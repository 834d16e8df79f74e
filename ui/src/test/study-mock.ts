// What the app works out of a study, imitated: count, problems, the answer sheet in words, the request at a position.
import type {
  Field,
  RequestPreview,
  Span,
  Study,
  StudyCount,
  StudyProblem,
  StudyStep,
  StudyTarget,
  StudyView,
} from "../ipc/bindings.ts";
import { NOW } from "./samples.ts";

/** A study as the made-up app keeps it. */
export interface StudyEntry {
  id: string;
  study: Study;
  jobs: string[];
  copy_of: [string, string] | null;
  saved_at: number;
}

type Level = Record<string, string>;

const NAME = /\{\{\s*([^{}]+?)\s*\}\}/g;
const NUMBERED = { en: "Answer with these items:", ja: "次の項目に答えてください。" } as const;

function levelsOf(study: Study): { name: string; label: string; levels: Level[] }[] {
  return study.factors.map((factor) => ({
    name: factor.name,
    label: factor.label || factor.name,
    levels: factor.levels.map((row) =>
      Object.fromEntries(factor.columns.map((column, at) => [column, row[at] ?? ""])),
    ),
  }));
}

const idOf = (level: Level): string => level.id ?? Object.values(level)[0] ?? "";

function matches(rule: Record<string, string>, combination: Record<string, Level>): boolean {
  return Object.entries(rule).every(([name, id]) => combination[name] && idOf(combination[name]) === id);
}

function combinations(study: Study): Record<string, Level>[] {
  const factors = levelsOf(study);
  if (factors.length === 0) return [{}];
  let all: Record<string, Level>[] = [{}];
  for (const { name, levels } of factors) {
    all = all.flatMap((before) => levels.map((level) => ({ ...before, [name]: level })));
  }
  const { include, exclude } = study.design;
  return all.filter(
    (one) =>
      (include.length === 0 || include.some((rule) => matches(rule, one))) &&
      !exclude.some((rule) => matches(rule, one)),
  );
}

function requests(study: Study): { combination: Record<string, Level>; trial: number }[] {
  const { trials, subset, order } = study.design;
  let all = combinations(study).flatMap((combination) =>
    Array.from({ length: trials }, (_, trial) => ({ combination, trial: trial + 1 })),
  );
  if (subset.kind === "every_nth") all = all.filter((_, at) => at % Math.max(1, subset.step) === 0);
  if (subset.kind === "random") all = all.slice(0, subset.count);
  // Not truly random, but an order of its own for each seed.
  if (order.kind === "random") {
    const by = (at: number) => (at * 7919 + order.seed) % 104_729;
    all = all
      .map((one, at) => ({ one, at }))
      .sort((a, b) => by(a.at) - by(b.at))
      .map(({ one }) => one);
  }
  return all;
}

function count(study: Study): StudyCount {
  return {
    levels: study.factors.map((factor) => factor.levels.length),
    trials: study.design.trials,
    combinations: combinations(study).length,
    requests: requests(study).length,
    models: study.models.length,
  };
}

function columns(study: Study): string[] {
  return [
    ...study.factors.flatMap((factor) => factor.columns.map((column) => `${factor.name}.${column}`)),
    "trial",
    "answer_sheet",
  ];
}

function kindInWords(field: Field, ja: boolean): string {
  const { kind } = field;
  switch (kind.type) {
    case "integer":
    case "decimal":
      return ja
        ? `${kind.minimum ?? ""}〜${kind.maximum ?? ""}の${kind.type === "integer" ? "整数" : "数"}`
        : `a ${kind.type === "integer" ? "whole " : ""}number from ${kind.minimum} to ${kind.maximum}`;
    case "choice":
      return ja ? `${kind.choices.join("・")}のうち1つ` : `one of ${kind.choices.join(", ")}`;
    case "yes_no":
      return ja ? "はい、またはいいえ" : "yes or no";
    case "short_text":
      return ja ? "短い一文" : "one short sentence";
    case "long_text":
      return ja ? "文章" : "a text";
  }
}

function writtenOut(study: Study): string {
  const ja = study.language === "ja";
  const lines = study.answer_sheet.fields.map((field, at) => {
    const told = field.description && (ja ? `（${field.description}）` : ` (${field.description})`);
    return `${at + 1}. ${field.label}${ja ? "：" : ": "}${kindInWords(field, ja)}${told}`;
  });
  return [ja ? NUMBERED.ja : NUMBERED.en, ...lines].join("\n");
}

function problems(study: Study): StudyProblem[] {
  const found: StudyProblem[] = [];
  const add = (step: StudyStep, path: string, code: string, args: StudyProblem["args"] = {}) =>
    found.push({ step, path, code, severity: "error", args });
  const known = new Set(columns(study));
  if (study.factors.length === 0) add("data", "factors", "no-factors");
  study.factors.forEach((factor, at) => {
    if (factor.levels.length === 0) add("data", `factors/${at}/levels`, "no-levels", { factor: factor.name });
  });
  if (combinations(study).length === 0) add("design", "design/exclude", "no-combinations");
  const templates: [StudyStep, string, string][] = [
    ["prompt", "prompt/system", study.prompt.system],
    ["prompt", "prompt/user", study.prompt.user],
    ["prompt", "parameters/temperature", study.parameters.temperature],
  ];
  for (const [step, path, template] of templates) {
    for (const [, name] of template.matchAll(NAME)) {
      if (name && !known.has(name)) add(step, path, "unknown-name", { name });
    }
  }
  if (study.prompt.user.trim() === "") add("prompt", "prompt/user", "no-user-message");
  if (study.answer_sheet.fields.length === 0) add("answers", "answer_sheet/fields", "no-fields");
  study.answer_sheet.fields.forEach((field, at) => {
    const path = `answer_sheet/fields/${at}/kind`;
    if (field.kind.type === "choice" && field.kind.choices.length < 2)
      add("answers", path, "too-few-choices", { field: field.label });
    if (field.kind.type === "integer" && (field.kind.minimum === null || field.kind.maximum === null))
      found.push({
        step: "answers",
        path,
        code: "no-range",
        severity: "warning",
        args: { field: field.label },
      });
  });
  if (study.models.length === 0) add("models", "models", "no-models");
  return found;
}

function target(provider: string, model: string, connected: string[]): StudyTarget {
  const practice = provider === "practice";
  return {
    provider,
    provider_name: practice ? "Practice" : provider === "openai" ? "OpenAI" : provider,
    model,
    practice,
    connected: practice || connected.includes(provider),
    structured: model !== "practice-small",
    adaptations: [
      ...(model === "practice-small" ? [{ code: "no-schema", args: { model } }] : []),
      ...(model.startsWith("o")
        ? [{ code: "no-temperature", args: { model, parameter: "temperature" } }]
        : []),
    ],
  };
}

export function studyView(entry: StudyEntry, connected: string[]): StudyView {
  const { study } = entry;
  return {
    id: entry.id,
    study,
    saved_at: entry.saved_at,
    frozen: entry.jobs.length > 0,
    copy_of: entry.copy_of,
    jobs: entry.jobs,
    problems: problems(study),
    count: count(study),
    columns: columns(study),
    written_out: writtenOut(study),
    targets: study.models.map(({ provider, model }) => target(provider, model, connected)),
  };
}

function filled(template: string, values: Record<string, string>): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const match of template.matchAll(NAME)) {
    const name = match[1] ?? "";
    if (match.index > from) spans.push({ text: template.slice(from, match.index), column: null });
    spans.push({ text: values[name] ?? match[0], column: values[name] === undefined ? null : name });
    from = match.index + match[0].length;
  }
  if (from < template.length) spans.push({ text: template.slice(from), column: null });
  return spans;
}

function worked(formula: string, values: Record<string, string>): string {
  const text = filled(formula, values)
    .map((span) => span.text)
    .join("");
  const terms = text.split("+").map((term) => Number(term.trim()));
  if (terms.length < 2 || terms.some(Number.isNaN)) return text;
  return `${text} = ${Math.round(terms.reduce((sum, term) => sum + term, 0) * 1000) / 1000}`;
}

export function requestPreview(study: Study, model: number, position: number): RequestPreview {
  const all = requests(study);
  const at = all[position];
  const values: Record<string, string> = { trial: String(at?.trial ?? 1), answer_sheet: writtenOut(study) };
  for (const [name, level] of Object.entries(at?.combination ?? {})) {
    for (const [column, cell] of Object.entries(level)) values[`${name}.${column}`] = cell;
  }
  const system = filled(study.prompt.system, values);
  let user = filled(study.prompt.user, values);
  if (!/\{\{\s*answer_sheet/.test(study.prompt.system + study.prompt.user)) {
    user = [...user, { text: "\n\n", column: null }, { text: writtenOut(study), column: "answer_sheet" }];
  }
  const words = (spans: Span[]) => spans.map((span) => span.text).join("");
  const messages = [
    ...(study.prompt.system === "" ? [] : [{ role: "system", content: words(system) }]),
    { role: "user", content: words(user) },
  ];
  return {
    position,
    total: all.length,
    custom_id: words(filled(study.custom_id, values)),
    levels: levelsOf(study).map(({ name, label }) => {
      const level = at?.combination[name] ?? {};
      return [label, level.name ?? level.title ?? idOf(level)];
    }),
    trial: at?.trial ?? 1,
    system,
    user,
    parameters: Object.entries(study.parameters)
      .filter(([, formula]) => formula !== "")
      .map(([name, formula]) => [name, worked(formula, values)]),
    characters: [...words(system), ...words(user)].length,
    body: JSON.stringify({ model: study.models[model]?.model, messages }, null, 2),
  };
}

export function entry(id: string, study: Study, more: Partial<StudyEntry> = {}): StudyEntry {
  return { id, study, jobs: [], copy_of: null, saved_at: NOW - 20 * 60_000, ...more };
}
