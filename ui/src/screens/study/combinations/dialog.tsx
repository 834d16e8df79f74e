// Which combinations are sent: a grid of levels with a tick for each.
import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { Pick, Tick } from "../../../components/field.tsx";
import { Labelled, Select } from "../../../components/inputs.tsx";
import { Phrases } from "../../../i18n/phrases.tsx";
import { useText } from "../../../i18n/text.tsx";
import type { Factor } from "../../../ipc/bindings.ts";
import { useEditor } from "../editor.ts";
import { factorLabel, levelName } from "../templates.ts";
import styles from "./combinations.module.css";
import {
  type Axes,
  type Mode,
  modeOf,
  otherRules,
  type Rules,
  ticksOf,
  withoutRule,
  withTicks,
} from "./rules.ts";

/** More ticks than this are not drawn: rules for so many are written in the study file. */
const MOST = 3000;

interface GridProps {
  axes: Axes;
  ticks: boolean[][];
  readOnly: boolean;
  onTicks: (ticks: boolean[][]) => void;
}

interface AllProps {
  of: string;
  line: boolean[];
  readOnly: boolean;
  onChange: (value: boolean) => void;
}

/** A whole row or column at once. */
function AllTick({ of: name, line, readOnly, onChange }: AllProps) {
  const { t } = useText();
  return (
    <Tick
      label={t("combinations-all-of", { name })}
      checked={line.every(Boolean)}
      some={line.some(Boolean)}
      readOnly={readOnly}
      onChange={onChange}
    />
  );
}

function Grid({ axes, ticks, readOnly, onTicks }: GridProps) {
  const { t } = useText();
  const { rows, columns } = axes;
  const top = columns ? columns.levels.map((level) => levelName(columns, level)) : [t("combinations-sent")];
  const set = (which: (row: number, column: number) => boolean, value: boolean) =>
    onTicks(ticks.map((line, row) => line.map((tick, column) => (which(row, column) ? value : tick))));
  return (
    <div className={styles.frame}>
      <table className={styles.grid}>
        <thead>
          <tr>
            <th scope="col">{factorLabel(rows)}</th>
            {top.map((name, column) => {
              const line = ticks.map((row) => row[column] === true);
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a level is known by its place
                <th key={column} scope="col">
                  {columns ? (
                    <AllTick
                      of={name}
                      line={line}
                      readOnly={readOnly}
                      onChange={(value) => set((_, at) => at === column, value)}
                    />
                  ) : null}
                  <span>{name}</span>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.levels.map((level, row) => {
            const name = levelName(rows, level);
            const line = ticks[row] ?? [];
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a level is known by its place
              <tr key={row}>
                <th scope="row">
                  {columns && (
                    <AllTick
                      of={name}
                      line={line}
                      readOnly={readOnly}
                      onChange={(value) => set((at) => at === row, value)}
                    />
                  )}
                  <span>{name}</span>
                </th>
                {line.map((tick, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a level is known by its place
                  <td key={column}>
                    <Tick
                      label={columns ? t("combinations-of", { one: name, other: top[column] ?? "" }) : name}
                      checked={tick}
                      readOnly={readOnly}
                      onChange={(value) => set((at, other) => at === row && other === column, value)}
                      data-testid={`tick-${row}-${column}`}
                    />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** With three factors and more: which two the grid shows. */
function AxesChoice({
  factors,
  axes,
  onChange,
}: {
  factors: Factor[];
  axes: Axes;
  onChange: (axes: Axes) => void;
}) {
  const { t } = useText();
  const options = factors.map((factor) => ({ value: factor.name, label: factorLabel(factor) }));
  const found = (name: string) => factors.find((factor) => factor.name === name) ?? axes.rows;
  const other = (than: Factor) => factors.find((factor) => factor.name !== than.name);
  return (
    <div className="row">
      <Labelled label={t("combinations-rows")}>
        <Select
          label={t("combinations-rows")}
          value={axes.rows.name}
          options={options}
          onChange={(name) => {
            const rows = found(name);
            onChange({ rows, columns: axes.columns?.name === name ? other(rows) : axes.columns });
          }}
        />
      </Labelled>
      <Labelled label={t("combinations-columns")}>
        <Select
          label={t("combinations-columns")}
          value={axes.columns?.name ?? ""}
          options={options.filter((option) => option.value !== axes.rows.name)}
          onChange={(name) => onChange({ ...axes, columns: found(name) })}
        />
      </Labelled>
    </div>
  );
}

function Others({ rules, axes, onChange }: { rules: Rules; axes: Axes; onChange: (rules: Rules) => void }) {
  const { t } = useText();
  const { study, frozen } = useEditor();
  const others = otherRules(rules, axes);
  if (others.length === 0) return null;
  const words = (rule: { [key in string]: string }) =>
    Object.entries(rule)
      .map(([name, id]) => {
        const factor = study.factors.find((one) => one.name === name);
        return `${factor ? factorLabel(factor) : name} = ${id}`;
      })
      .join(", ");
  return (
    <div>
      <h3>{t("combinations-others")}</h3>
      <ul className={styles.others}>
        {others.map((one) => (
          <li key={`${one.kind} ${JSON.stringify(one.rule)}`}>
            <span className="grow">
              {t(one.kind === "include" ? "combinations-only" : "combinations-not", {
                what: words(one.rule),
              })}
            </span>
            {!frozen && (
              <Button small onClick={() => onChange(withoutRule(rules, one))}>
                {t("combinations-remove")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function CombinationsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const { study, frozen, change } = useEditor();
  const { factors, design } = study;
  const [rules, setRules] = useState<Rules>({ include: design.include, exclude: design.exclude });
  const [mode, setMode] = useState<Mode>(modeOf(rules));
  const [axes, setAxes] = useState<Axes>({ rows: factors[0] as Factor, columns: factors[1] });
  const all = axes.rows.levels.length * (axes.columns?.levels.length ?? 1);
  const drawn = all <= MOST;
  const ticks = drawn ? ticksOf(rules, axes) : [];
  const ticked = ticks.flat().filter(Boolean).length;
  const tick = (next: boolean[][]) => {
    // With nothing ticked there would be nothing to send, and no rule to say so.
    if (next.some((line) => line.some(Boolean))) setRules(withTicks(rules, axes, next, mode));
  };
  const apply = () => {
    change("did-combinations", { ...study, design: { ...design, ...rules } });
    onClose();
  };
  return (
    <Dialog
      title={t("combinations-title")}
      wide
      onClose={onClose}
      actions={
        frozen ? (
          <Button autoFocus onClick={onClose}>
            {t("close")}
          </Button>
        ) : (
          <>
            <span className="grow quiet" data-testid="combinations-count">
              {drawn && t("combinations-count", { some: ticked, all })}
            </span>
            <Button onClick={onClose}>{t("cancel-dialog")}</Button>
            <Button look="primary" onClick={apply} data-testid="combinations-apply">
              {t("combinations-apply")}
            </Button>
          </>
        )
      }
    >
      {factors.length > 2 && <AxesChoice factors={factors} axes={axes} onChange={setAxes} />}
      {!drawn ? (
        <p className="quiet">
          <Phrases>{t("combinations-many", { count: MOST })}</Phrases>
        </p>
      ) : (
        <Grid axes={axes} ticks={ticks} readOnly={frozen} onTicks={tick} />
      )}
      {!frozen && drawn && (
        <Pick
          label={t("combinations-mode")}
          value={mode}
          onChange={(value) => {
            const next: Mode = value === "include" ? "include" : "exclude";
            setMode(next);
            setRules(withTicks(rules, axes, ticks, next));
          }}
          options={[
            { value: "exclude", label: t("combinations-mode-exclude"), testid: "mode-exclude" },
            { value: "include", label: t("combinations-mode-include"), testid: "mode-include" },
          ]}
        />
      )}
      <Others rules={rules} axes={axes} onChange={setRules} />
    </Dialog>
  );
}
