// Which factor the rows go to.
import { TextInput } from "../../../components/field.tsx";
import { Labelled, Select } from "../../../components/inputs.tsx";
import { Phrases } from "../../../i18n/phrases.tsx";
import { useText } from "../../../i18n/text.tsx";
import type { DataPreview, Factor } from "../../../ipc/bindings.ts";
import { factorLabel, nameFrom } from "../templates.ts";
import styles from "./data.module.css";

export interface Goal {
  /** Its place; `null`: a new factor. */
  factor: number | null;
  /** Of a new one, as it is typed. */
  name: string;
}

/** Names that spreadsheet programs give by themselves. */
const UNNAMED = /^(sheet|シート|table|data)?\s*\d*$/i;

/** What the data call themselves: the sheet, if somebody named it, else the file. */
export function suggested(preview: DataPreview): string {
  const { sheet, file_name } = preview;
  return sheet !== null && !UNNAMED.test(sheet) ? sheet : file_name.replace(/\.[^.]+$/, "");
}

/** The name of a new factor as templates have it; templates name the trial and the answer sheet themselves. */
export function nameOf(name: string, factors: Factor[]): string {
  const taken = [...factors.map((factor) => factor.name), "trial", "answer_sheet"];
  return nameFrom(name, taken, "factor");
}

interface Props {
  factors: Factor[];
  goal: Goal;
  /** A column, for showing how templates name it. */
  column: string;
  onChange: (more: Partial<Goal>) => void;
}

export function GoalChoice({ factors, goal, column, onChange }: Props) {
  const { t } = useText();
  const old = goal.factor === null ? undefined : factors[goal.factor];
  return (
    <div className={styles.goal}>
      {factors.length > 0 && (
        <Labelled label={t("data-goal")}>
          <Select
            label={t("data-goal")}
            value={goal.factor === null ? "new" : String(goal.factor)}
            options={[
              ...factors.map((factor, at) => ({ value: String(at), label: factorLabel(factor) })),
              { value: "new", label: t("data-goal-new") },
            ]}
            onChange={(value) => onChange({ factor: value === "new" ? null : Number(value) })}
            data-testid="data-goal"
          />
        </Labelled>
      )}
      {old ? (
        <p className="quiet">
          <Phrases>{t("data-replaces", { count: old.levels.length, name: factorLabel(old) })}</Phrases>
        </p>
      ) : (
        <TextInput
          label={t("data-name")}
          value={goal.name}
          onChange={(name) => onChange({ name })}
          help={t("data-name-help", { name: `{{${nameOf(goal.name, factors)}.${column}}}` })}
          data-testid="data-name"
        />
      )}
    </div>
  );
}
