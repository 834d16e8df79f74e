// What was read from one answer: each field with its value, how it was read or why it is missing, and the correction
// that a person made, beside what was read.
import { PencilLine, Undo2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useAct } from "../../components/act.ts";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { LineInput } from "../../components/inputs.tsx";
import { FailureNote } from "../../components/note.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands, type Field, type RowView, type SheetCell, type StudyHead } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";
import styles from "./cells.module.css";
import { countedValue, missingReason } from "./columns.tsx";

interface Props {
  row: RowView;
  head: StudyHead;
  /** The field whose words are marked in the answer. */
  onLook: (field: number | null) => void;
}

function Read({ cell }: { cell: SheetCell }) {
  const text = useText();
  const { t, find } = text;
  if (cell.edited !== null) {
    const was = cell.read.state === "read" ? cell.read.value : t("results-cell-missing");
    return <span className="xs quiet">{t("cell-edited", { was })}</span>;
  }
  const why =
    cell.read.state === "read"
      ? find(`cell-how-${cell.read.how.replaceAll("_", "-")}`)
      : missingReason(text, cell);
  return <span className="xs quiet">{why}</span>;
}

function Value({ row, field, index, cell }: { row: RowView; field: Field; index: number; cell: SheetCell }) {
  const { t } = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const act = useAct();
  const correct = useRef<HTMLButtonElement>(null);
  const had = useRef(false);
  // What had the focus goes away when the typing ends and when a correction is taken back.
  useEffect(() => {
    if (had.current && typed === null) correct.current?.focus();
    had.current = typed !== null;
  }, [typed]);
  const value = countedValue(cell);
  const keep = (next: string | null) =>
    act.run(async () => {
      await unwrap(commands.editCell(row.job, row.position, index, next));
      setTyped(null);
      if (next === null) correct.current?.focus();
    });
  if (typed !== null) {
    return (
      <form
        className={styles.edit}
        onSubmit={(event) => {
          event.preventDefault();
          void keep(typed);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          setTyped(null);
        }}
      >
        <LineInput label={field.label} autoFocus value={typed} onChange={setTyped} data-testid="cell-value" />
        <Button small type="submit" blocked={act.busy}>
          {t("cell-keep")}
        </Button>
        <Button small look="quiet" onClick={() => setTyped(null)}>
          {t("cancel-dialog")}
        </Button>
        {act.failure && <FailureNote failure={act.failure} alert />}
      </form>
    );
  }
  return (
    <>
      {value === null ? (
        <span className={styles.missing}>{t("results-cell-missing")}</span>
      ) : (
        <span className="select">{value}</span>
      )}
      <Button
        look="quiet"
        small
        icon
        ref={correct}
        aria-label={t("cell-correct", { field: field.label })}
        data-testid={`correct-${field.name}`}
        onClick={() => setTyped(value ?? "")}
      >
        <Icon of={PencilLine} small />
      </Button>
      {cell.edited !== null && (
        <Button
          look="quiet"
          small
          icon
          aria-label={t("cell-restore", { field: field.label })}
          data-testid={`restore-${field.name}`}
          onClick={() => void keep(null)}
        >
          <Icon of={Undo2} small />
        </Button>
      )}
    </>
  );
}

export function Cells({ row, head, onLook }: Props) {
  const { t } = useText();
  const cells = row.study?.cells ?? [];
  if (cells.length === 0) return <p className="quiet">{t("cells-not-read")}</p>;
  return (
    <dl className={styles.cells} data-testid="row-cells">
      {head.fields.map((field, index) => {
        const cell = cells[index];
        if (cell === undefined) return null;
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: pointing only shows the place; its button has the focus
          <div
            key={field.name}
            className={cell.edited === null ? styles.cell : `${styles.cell} ${styles.edited}`}
            onMouseEnter={() => onLook(index)}
            onMouseLeave={() => onLook(null)}
            onFocus={() => onLook(index)}
          >
            <dt>{field.label}</dt>
            <dd>
              <Value row={row} field={field} index={index} cell={cell} />
              <Read cell={cell} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** The answer with the words that a field was read from marked. Places count characters, not code units. */
export function MarkedAnswer({ answer, cell }: { answer: string; cell: SheetCell | undefined }) {
  const from = cell?.read.from ?? null;
  if (from === null) return answer;
  const letters = Array.from(answer);
  return (
    <>
      {letters.slice(0, from[0]).join("")}
      <mark className={styles.from}>{letters.slice(from[0], from[1]).join("")}</mark>
      {letters.slice(from[1]).join("")}
    </>
  );
}
