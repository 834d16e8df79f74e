// Templates: which names they use, and renaming a column wherever it is used.
import type { Factor, Study } from "../../ipc/bindings.ts";

/** `{{persona.name}}`, with the name in the first group. */
export const NAME = /\{\{\s*([^{}\n]*?)\s*\}\}/g;

/** Names that templates use, each once. */
export function namesIn(...templates: string[]): string[] {
  return [...new Set(templates.flatMap((text) => [...text.matchAll(NAME)].map((match) => match[1] ?? "")))];
}

function replaced(text: string, name: (old: string) => string): string {
  return text.replace(NAME, (whole, old: string) => {
    const next = name(old);
    return next === old ? whole : `{{${next}}}`;
  });
}

/** The study with a name changed in every template. */
function renamed(study: Study, name: (old: string) => string): Study {
  const { prompt, parameters } = study;
  const all = Object.entries(parameters).map(([key, text]) => [key, replaced(text, name)]);
  return {
    ...study,
    prompt: { system: replaced(prompt.system, name), user: replaced(prompt.user, name) },
    parameters: { ...parameters, ...Object.fromEntries(all) },
    custom_id: replaced(study.custom_id, name),
  };
}

type Rule = { [key in string]: string };

function withRules(study: Study, rule: (old: Rule) => Rule): Study {
  const { design } = study;
  return {
    ...study,
    design: { ...design, include: design.include.map(rule), exclude: design.exclude.map(rule) },
  };
}

export function withFactor(study: Study, at: number, factor: Factor): Study {
  return { ...study, factors: study.factors.map((one, index) => (index === at ? factor : one)) };
}

/** A factor renamed: templates and chosen combinations follow it. */
export function renameFactor(study: Study, at: number, to: string): Study {
  const factor = study.factors[at];
  if (!factor || factor.name === to) return study;
  const from = factor.name;
  const named = withFactor(study, at, { ...factor, name: to });
  const follows = renamed(named, (old) =>
    old.startsWith(`${from}.`) ? `${to}.${old.slice(from.length + 1)}` : old,
  );
  return withRules(follows, (rule) =>
    Object.fromEntries(Object.entries(rule).map(([name, level]) => [name === from ? to : name, level])),
  );
}

/** Which column names the levels. */
function idColumn(factor: Factor): number {
  return Math.max(0, factor.columns.indexOf("id"));
}

export function levelIds(factor: Factor): string[] {
  const at = idColumn(factor);
  return factor.levels.map((row) => row[at] ?? "");
}

/** What people call a level: its `name` or `title`, else its id. */
export function levelName(factor: Factor, row: string[]): string {
  for (const column of ["name", "title"]) {
    const at = factor.columns.indexOf(column);
    if (at >= 0 && row[at]) return row[at];
  }
  return row[idColumn(factor)] ?? "";
}

export function factorLabel(factor: Factor): string {
  return factor.label === "" ? factor.name : factor.label;
}

/** The only place at which two lists of the same length differ. */
function changedAt(before: string[], after: string[]): number | undefined {
  if (before.length !== after.length) return undefined;
  const places = before.flatMap((one, at) => (one === after[at] ? [] : [at]));
  return places.length === 1 ? places[0] : undefined;
}

/** The table of a factor changed: a renamed column or level is followed where it is used. */
export function changeTable(study: Study, at: number, columns: string[], levels: string[][]): Study {
  const factor = study.factors[at];
  if (!factor) return study;
  const after = { ...factor, columns, levels };
  let next = withFactor(study, at, after);
  const column = changedAt(factor.columns, columns);
  const [from, to] = column === undefined ? [] : [factor.columns[column], columns[column]];
  if (from && to) {
    next = renamed(next, (old) => (old === `${factor.name}.${from}` ? `${factor.name}.${to}` : old));
  }
  const level = changedAt(levelIds(factor), levelIds(after));
  const [was, is] = level === undefined ? [] : [levelIds(factor)[level], levelIds(after)[level]];
  const once = levelIds(factor).filter((id) => id === was).length === 1;
  if (was && is !== undefined && once) {
    next = withRules(next, (rule) => (rule[factor.name] === was ? { ...rule, [factor.name]: is } : rule));
  }
  return next;
}

/** A name that templates can use, made of what people call it: letters of any script, digits and `_`. */
export function nameFrom(label: string, taken: string[], fallback: string): string {
  const plain = label
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "_")
    .replace(/^[_\p{N}]+|_+$/gu, "");
  return free(plain === "" ? fallback : plain, taken);
}

/** The name itself, or the first of name_2, name_3 ... that is not taken. */
export function free(name: string, taken: string[]): string {
  if (!taken.includes(name)) return name;
  for (let number = 2; ; number++) {
    if (!taken.includes(`${name}_${number}`)) return `${name}_${number}`;
  }
}
