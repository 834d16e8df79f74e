// A chosen spreadsheet as it would come in: what was guessed and can be changed, its first rows, what is worth knowing,
// and the factor that its rows become the levels of. Nothing changes before the button that says so.
import { useState } from "react";
import { useAct } from "../../../components/act.ts";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { FailureNote, Note } from "../../../components/note.tsx";
import { Sheet } from "../../../components/sheet/sheet.tsx";
import { Phrases } from "../../../i18n/phrases.tsx";
import { useText } from "../../../i18n/text.tsx";
import type { DataChoices, DataPreview, Factor, TableRemark } from "../../../ipc/bindings.ts";
import { factorLabel } from "../templates.ts";
import { ReadingChoices } from "./choices.tsx";
import styles from "./data.module.css";
import { type Goal, GoalChoice, nameOf, suggested } from "./goal.tsx";
import { useReading } from "./reading.ts";

interface Props {
  /** What `choose_data` gave. */
  data: string;
  factors: Factor[];
  /** The factor from which it was asked for; `null`: a new one. It can be changed here. */
  factor: number | null;
  /** Takes the rows over, as `use_data` wants it; the name is for a new factor. A failure is shown here. */
  onUse: (choices: DataChoices, factor: number | null, name: string) => Promise<unknown>;
  /** Cancelled: nothing has changed. */
  onClose: () => void;
}

function Remarks({ remarks }: { remarks: TableRemark[] }) {
  const { find, t } = useText();
  if (remarks.length === 0) return null;
  return (
    <Note tone="info" data-testid="data-remarks">
      <ul className={styles.remarks}>
        {remarks.map(({ code, args }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one code can come several times, and they never move
          <li key={at}>
            <Phrases>{find(`table-remark-${code}`, args) ?? t("data-remark-unnamed", { code })}</Phrases>
          </li>
        ))}
      </ul>
    </Note>
  );
}

function FirstRows({ preview, reading }: { preview: DataPreview; reading: boolean }) {
  const { t } = useText();
  const { rows, row_count, columns } = preview;
  const all = t("data-size", { rows: row_count, columns: columns.length });
  return (
    <div className={styles.rows} aria-busy={reading}>
      <p role="status" data-testid="data-size">
        {reading ? t("data-reading") : all}{" "}
        {!reading && rows.length < row_count && (
          <span className="quiet">{t("data-first", { count: rows.length })}</span>
        )}
      </p>
      <Sheet label={t("data-rows")} columns={columns} rows={rows} readOnly data-testid="data-rows" />
    </div>
  );
}

export function DataDialog({ data, factors, factor, onUse, onClose }: Props) {
  const { t } = useText();
  const { choices, choose, preview, reading, failure } = useReading(data);
  const [chosen, setChosen] = useState<Partial<Goal>>({ factor });
  const act = useAct();
  const goal: Goal = {
    factor: chosen.factor ?? null,
    name: chosen.name ?? (preview ? suggested(preview) : ""),
  };
  const old = goal.factor === null ? undefined : factors[goal.factor];
  const rows = preview?.row_count ?? 0;
  const ready = !reading && failure === null && rows > 0 && !act.busy;
  const use = () => void act.run(() => onUse(choices, goal.factor, nameOf(goal.name, factors)));
  return (
    <Dialog
      title={preview ? t("data-title", { name: preview.file_name }) : t("data-reading")}
      wide
      onClose={onClose}
      held={act.busy}
      data-testid="data-dialog"
      actions={
        <>
          {preview && rows === 0 && <span className="warn">{t("data-nothing")}</span>}
          <Button onClick={onClose} blocked={act.busy}>
            {t("cancel-dialog")}
          </Button>
          {preview && (
            <Button look="primary" blocked={!ready} onClick={use} data-testid="data-use">
              {old
                ? t("data-use", { count: rows, name: factorLabel(old) })
                : t("data-use-new", { count: rows })}
            </Button>
          )}
        </>
      }
    >
      {preview && <ReadingChoices preview={preview} choose={choose} />}
      {failure && <FailureNote failure={failure} alert />}
      {preview && (
        <>
          <FirstRows preview={preview} reading={reading} />
          <Remarks remarks={preview.remarks} />
          <GoalChoice
            factors={factors}
            goal={goal}
            column={preview.columns[0] ?? ""}
            onChange={(more) => setChosen({ ...chosen, ...more })}
          />
        </>
      )}
      {act.failure && <FailureNote failure={act.failure} alert />}
    </Dialog>
  );
}
