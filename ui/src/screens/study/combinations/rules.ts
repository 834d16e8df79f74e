// Which combinations are sent, as ticks in a grid of two factors (or a list of one), and as the rules of the study.
import type { Design, Factor } from "../../../ipc/bindings.ts";
import { levelIds } from "../templates.ts";

type Rule = Design["include"][number];
export type Rules = Pick<Design, "include" | "exclude">;

/** Leave out what is not ticked (new levels are sent), or send only what is ticked (new levels are not). */
export type Mode = "exclude" | "include";

/** The factors whose levels stand at the left and at the top. */
export interface Axes {
  rows: Factor;
  columns: Factor | undefined;
}

export function modeOf(rules: Rules): Mode {
  return rules.include.length > 0 ? "include" : "exclude";
}

function isAbout(rule: Rule, { rows, columns }: Axes): boolean {
  return Object.keys(rule).every((name) => name === rows.name || name === columns?.name);
}

function covers(rule: Rule, { rows, columns }: Axes, row: string, column: string | undefined): boolean {
  const level = (name: string) => (name === rows.name ? row : name === columns?.name ? column : undefined);
  return Object.entries(rule).every(([name, id]) => level(name) === id);
}

/** Ids along the top; one unnamed place where there is only one factor. */
function topIds({ columns }: Axes): (string | undefined)[] {
  return columns ? levelIds(columns) : [undefined];
}

/** Whether each cell of the grid is sent, by the rules that are about its two factors only. */
export function ticksOf(rules: Rules, axes: Axes): boolean[][] {
  const include = rules.include.filter((rule) => isAbout(rule, axes));
  const exclude = rules.exclude.filter((rule) => isAbout(rule, axes));
  return levelIds(axes.rows).map((row) =>
    topIds(axes).map(
      (column) =>
        (include.length === 0 || include.some((rule) => covers(rule, axes, row, column))) &&
        !exclude.some((rule) => covers(rule, axes, row, column)),
    ),
  );
}

/** The fewest rules that cover the cells: whole rows, then whole columns, then single cells. */
function covering(cells: boolean[][], axes: Axes): Rule[] {
  const rows = levelIds(axes.rows);
  const top = topIds(axes);
  const rules: Rule[] = [];
  const whole = cells.map((line) => line.every(Boolean));
  rows.forEach((row, at) => {
    if (whole[at]) rules.push({ [axes.rows.name]: row });
  });
  top.forEach((column, at) => {
    if (!axes.columns || column === undefined) return;
    const open = cells.filter((_, row) => !whole[row]);
    if (open.length > 0 && open.every((line) => line[at])) {
      rules.push({ [axes.columns.name]: column });
      return;
    }
    cells.forEach((line, row) => {
      const id = rows[row];
      if (line[at] && !whole[row] && id !== undefined && axes.columns) {
        rules.push({ [axes.rows.name]: id, [axes.columns.name]: column });
      }
    });
  });
  return rules;
}

/** The rules that say what is ticked. Rules about other factors stay as they are. */
export function withTicks(rules: Rules, axes: Axes, ticks: boolean[][], mode: Mode): Rules {
  const others = (all: Rule[]) => all.filter((rule) => !isAbout(rule, axes));
  const all = ticks.every((line) => line.every(Boolean));
  const include = others(rules.include);
  const exclude = others(rules.exclude);
  if (all) return { include, exclude };
  if (mode === "include") return { include: [...include, ...covering(ticks, axes)], exclude };
  const out = ticks.map((line) => line.map((tick) => !tick));
  return { include, exclude: [...exclude, ...covering(out, axes)] };
}

/** Rules that the grid of these factors does not show. */
export function otherRules(rules: Rules, axes: Axes): { kind: Mode; rule: Rule }[] {
  return (["include", "exclude"] as const).flatMap((kind) =>
    rules[kind].filter((rule) => !isAbout(rule, axes)).map((rule) => ({ kind, rule })),
  );
}

export function withoutRule(rules: Rules, { kind, rule }: { kind: Mode; rule: Rule }): Rules {
  return { ...rules, [kind]: rules[kind].filter((one) => one !== rule) };
}
