// A dropped file before it is sent: figures first, then each problem with one fix named by its effect; destination beside.
import { useEffect, useRef, useState } from "react";
import { type Acting, useAct } from "../../components/act.ts";
import { announce } from "../../components/announce.tsx";
import { Button } from "../../components/button.tsx";
import { FailureNote, Note } from "../../components/note.tsx";
import { Page } from "../../components/page.tsx";
import { Progress } from "../../components/progress.tsx";
import { useText } from "../../i18n/text.tsx";
import { type CheckState, commands, type DraftView, type Fix } from "../../ipc/bindings.ts";
import { failureOf, unwrap } from "../../ipc/client.ts";
import { useDraft } from "../../ipc/queries.ts";
import { go } from "../../route.ts";
import { chooseFiles } from "../start/doors.tsx";
import { Changed, Untranslatable } from "./adapted.tsx";
import { useCalm } from "./calm.ts";
import styles from "./check.module.css";
import { ConfirmDialog } from "./confirm.tsx";
import { type Destination, useDestinations } from "./destinations.ts";
import { Figures } from "./figures.tsx";
import { untranslatableLines } from "./fit.ts";
import { CheckFoot } from "./foot.tsx";
import { LineDialog } from "./line.tsx";
import { GivenModel, modelless } from "./model.tsx";
import { Problems } from "./problems.tsx";
import { Side } from "./side.tsx";

/** Ctrl+Z takes back the fix that was applied last on this page. */
function useUndoKey(draft: DraftView | undefined, act: Acting) {
  const applied = useRef<Fix[]>([]);
  const id = draft?.id;
  useEffect(() => {
    if (id === undefined) return;
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLInputElement && event.target.type === "text";
      if (event.key.toLowerCase() !== "z" || event.shiftKey || !(event.ctrlKey || event.metaKey) || typing)
        return;
      const last = applied.current.pop();
      if (!last) return;
      event.preventDefault();
      void act.run(() => unwrap(commands.undoFix(id, last)));
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [id, act]);
  return (fix: Fix) => applied.current.push(fix);
}

function Checking({ check, id, act }: { check: CheckState; id: string; act: Acting }) {
  const { t, format } = useText();
  if (check.state !== "running") return null;
  const words = t("check-running-lines", {
    lines: check.lines,
    done: format.bytes(check.bytes_done),
    total: format.bytes(check.bytes_total),
  });
  return (
    <div className={styles.running}>
      <div className="row">
        <h2 className="grow">{t("check-running")}</h2>
        <Button
          small
          data-testid="stop-check"
          onClick={() => void act.run(() => unwrap(commands.stopCheck(id)))}
        >
          {t("check-stop")}
        </Button>
      </div>
      <Progress value={check.bytes_done} total={check.bytes_total} label={t("check-running")} />
      <p className="quiet">{words}</p>
    </div>
  );
}

function Unchecked({ draft, act }: { draft: DraftView; act: Acting }) {
  const { t } = useText();
  const again = (
    <Button
      data-testid="check-again"
      onClick={() => void act.run(() => unwrap(commands.checkAgain(draft.id)))}
    >
      {t("check-again")}
    </Button>
  );
  if (draft.check.state === "stopped") {
    return (
      <Note tone="info" actions={again}>
        <strong>{t("check-stopped")}</strong>
        <p>{t("check-stopped-about")}</p>
      </Note>
    );
  }
  if (draft.check.state === "failed") return <FailureNote failure={draft.check.failure} actions={again} />;
  return null;
}

/** What the check found, said once to those who do not see it. */
function useFound(draft: DraftView | undefined) {
  const { t } = useText();
  const report = draft?.check.state === "done" ? draft.check.report : undefined;
  const problems = (report?.errors ?? 0) + untranslatableLines(report?.untranslatable);
  const words =
    report &&
    (problems > 0
      ? t("draft-is-problems", { count: problems })
      : report.ok
        ? t("draft-is-ready")
        : undefined);
  useEffect(() => {
    if (words) announce(words);
  }, [words]);
}

/** The name says all that the file's name would: the header then has room for it. */
function isNamedAfter({ name, file_name }: DraftView): boolean {
  return file_name.replace(/\.[a-z]+$/i, "") === name || file_name === name;
}

export function CheckPage({ id }: { id: string }) {
  const { t } = useText();
  const { data: draft, error } = useDraft(id);
  const destinations = useDestinations();
  const act = useAct();
  const [asking, setAsking] = useState(false);
  const [otherModel, setOtherModel] = useState(false);
  const [line, setLine] = useState<{ line: number; lines: number[] } | null>(null);
  const remember = useUndoKey(draft, act);
  const calm = useCalm(draft?.check);
  useFound(draft);
  if (!draft || !calm.check) {
    return <Page title={t("check-problems")}>{error && <FailureNote failure={failureOf(error)} />}</Page>;
  }
  const chosen: Destination | undefined = destinations.find((one) => one.id === draft.connection);
  const { report } = calm;
  const shown = { ...draft, check: calm.check };
  const givesModel = otherModel || draft.model !== null || (report !== undefined && modelless(report) > 0);
  return (
    <Page
      title={draft.name}
      aside={isNamedAfter(draft) ? undefined : draft.file_name}
      practice={chosen?.practice}
      actions={
        <>
          <Button
            title={t("check-remove-about")}
            data-testid="discard-draft"
            onClick={() =>
              void act.run(async () => {
                await unwrap(commands.discardDraft(id));
                go({ page: "home" });
              })
            }
          >
            {t("check-remove")}
          </Button>
          <Button onClick={() => void act.run(chooseFiles)}>{t("check-another")}</Button>
        </>
      }
      footer={
        <CheckFoot
          draft={shown}
          waiting={draft.check.state === "running"}
          chosen={chosen}
          onShow={(problemLine, lines) => setLine({ line: problemLine, lines })}
          onSend={() => setAsking(true)}
        />
      }
    >
      {act.failure && <FailureNote failure={act.failure} alert />}
      <div className={styles.split}>
        <div>
          <Checking check={calm.check} id={id} act={act} />
          <Unchecked draft={draft} act={act} />
          {report && <Figures report={report} />}
          {report && givesModel && (
            <GivenModel key={draft.connection} draft={draft} report={report} wanted={otherModel} act={act} />
          )}
          {report && (
            <Problems
              draft={draft}
              report={report}
              asIs={report.adaptations.length === 0 && draft.model === null && !chosen?.translates}
              act={act}
              onApply={remember}
              onShow={(problemLine, lines) => setLine({ line: problemLine, lines })}
            />
          )}
          {report?.untranslatable && (
            <Untranslatable
              failure={report.untranslatable}
              onShow={(problemLine) => setLine({ line: problemLine, lines: [problemLine] })}
            />
          )}
          {report && <Changed of={report.adaptations} service={chosen?.name ?? ""} />}
        </div>
        <Side
          draft={draft}
          report={report}
          destinations={destinations}
          chosen={chosen}
          onOtherModel={givesModel ? undefined : () => setOtherModel(true)}
          act={act}
        />
      </div>
      {asking && report && chosen && (
        <ConfirmDialog draft={draft} report={report} chosen={chosen} onClose={() => setAsking(false)} />
      )}
      {line && <LineDialog draft={id} start={line.line} lines={line.lines} onClose={() => setLine(null)} />}
    </Page>
  );
}
