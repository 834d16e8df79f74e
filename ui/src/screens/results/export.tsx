// Export: which rows, as what; then the native dialog, progress, and where the file is.
import { FolderOpen } from "lucide-react";
import { useEffect, useState } from "react";
import { type Acting, useAct } from "../../components/act.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Checkbox, Pick, Segments } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { FailureNote, Note } from "../../components/note.tsx";
import { Progress } from "../../components/progress.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands, type ExportView, type ViewFilter } from "../../ipc/bindings.ts";
import { unwrap, watchExport } from "../../ipc/client.ts";
import styles from "./export.module.css";
import type { Source } from "./source.ts";

const FORMATS = ["xlsx", "csv", "json", "jsonl"] as const;
type Format = (typeof FORMATS)[number];
const EVERYTHING: ViewFilter = { status: [], looks: [], search: null };

interface Props {
  source: Pick<Source, "of" | "practice" | "requests">;
  /** The rows now shown; without it all rows go out. */
  filter?: ViewFilter;
  shown?: number;
  onClose: () => void;
}

/** Rows written so far; `null` while the place to save is being chosen. */
function useWritten(running: boolean): number | null {
  const [written, setWritten] = useState<number | null>(null);
  useEffect(() => {
    if (!running) return;
    setWritten(null);
    return watchExport(setWritten);
  }, [running]);
  return written;
}

export function ExportDialog({ source, filter = EVERYTHING, shown, onClose }: Props) {
  const { t } = useText();
  const all = source.requests;
  const narrowed = filter.status.length > 0 || filter.looks.length > 0 || filter.search !== null;
  const [onlyShown, setOnlyShown] = useState(narrowed);
  const [format, setFormat] = useState<Format>("xlsx");
  const [defuse, setDefuse] = useState(true);
  const [saved, setSaved] = useState<ExportView | null>(null);
  const act = useAct();
  const written = useWritten(act.busy);
  const rows = onlyShown ? (shown ?? all) : all;

  const save = () =>
    act.run(async () => {
      const order = {
        of: source.of,
        format,
        filter: onlyShown ? filter : EVERYTHING,
        defuse_formulas: defuse,
      };
      setSaved(await unwrap(commands.exportRows(order)));
    });

  // One dialog from the choice to the file, so that the focus finds its way back to where it was opened.
  return (
    <Dialog
      title={saved ? t("save-done", { name: saved.file_name }) : t("save-title", { count: rows })}
      onClose={onClose}
      held={act.busy && !saved}
      data-testid={saved ? "export-done" : "export-dialog"}
      actions={
        saved ? (
          <SavedActs saved={saved} act={act} onClose={onClose} />
        ) : act.busy ? (
          <Button data-testid="stop-export" onClick={() => void commands.stopExport()}>
            {t("save-stop")}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t("cancel-dialog")}</Button>
            <Button look="primary" data-testid="export-confirm" onClick={() => void save()}>
              {t("save-confirm")}
            </Button>
          </>
        )
      }
    >
      {saved ? (
        <SavedAbout saved={saved} />
      ) : act.busy ? (
        <div className={styles.writing}>
          <p>{written === null ? t("save-choosing") : t("save-writing", { done: written, rows })}</p>
          {written !== null && (
            <Progress value={written} total={rows} label={t("save-title", { count: rows })} />
          )}
        </div>
      ) : (
        <>
          {narrowed && (
            <Segments
              label={t("save-rows")}
              value={onlyShown ? "shown" : "all"}
              options={[
                {
                  value: "shown",
                  label: t("save-rows-shown", { count: shown ?? all }),
                  testid: "export-shown",
                },
                { value: "all", label: t("save-rows-all", { count: all }), testid: "export-all" },
              ]}
              onChange={(value) => setOnlyShown(value === "shown")}
            />
          )}
          <Pick
            label={t("save-format")}
            stacked
            value={format}
            options={FORMATS.map((one) => ({
              value: one,
              label: t(`save-${one}`),
              remark: t(`save-${one}-about`),
              testid: `export-format-${one}`,
            }))}
            onChange={(value) => setFormat(value as Format)}
          />
          {format === "csv" && (
            <Checkbox
              checked={defuse}
              onChange={setDefuse}
              help={t("save-defuse-about")}
              data-testid="export-defuse"
            >
              {t("save-defuse")}
            </Checkbox>
          )}
          {source.practice && <p className="xs quiet">{t("save-practice")}</p>}
        </>
      )}
      {act.failure && (
        <FailureNote
          failure={act.failure}
          tone={act.failure.code === "export-stopped" ? "info" : "bad"}
          alert
        />
      )}
    </Dialog>
  );
}

function SavedActs({ saved, act, onClose }: { saved: ExportView; act: Acting; onClose: () => void }) {
  const { t } = useText();
  return (
    <>
      <Button onClick={onClose}>{t("close")}</Button>
      <Button
        look="primary"
        autoFocus
        data-testid="show-in-folder"
        onClick={() => void act.run(() => unwrap(commands.showInFolder(saved.id)))}
      >
        <Icon of={FolderOpen} />
        {t("save-show")}
      </Button>
    </>
  );
}

function SavedAbout({ saved }: { saved: ExportView }) {
  const { t, format } = useText();
  return (
    <>
      <p>{t("save-done-about", { rows: saved.rows, size: format.bytes(saved.bytes) })}</p>
      {saved.long_texts > 0 && (
        <Note tone="info">
          <Phrases>{t("save-long", { count: saved.long_texts })}</Phrases>
        </Note>
      )}
    </>
  );
}
