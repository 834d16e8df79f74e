// Files made of a study: the study itself, and the requests for each model, without sending.
import { type ReactNode, useState } from "react";
import { useAct } from "../../components/act.ts";
import { Button } from "../../components/button.tsx";
import type { Act } from "../../components/menu.tsx";
import { FailureNote, Note } from "../../components/note.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands, type ExportView } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";
import type { Editor } from "./editor.ts";

export interface Files {
  acts: Act[];
  busy: boolean;
  /** What was saved, or why it could not be. */
  said: ReactNode;
}

type Done = { name: string; requests: ExportView | null };

function Saved({ done, onClose }: { done: Done; onClose: () => void }) {
  const { t, format } = useText();
  const act = useAct();
  const { requests } = done;
  return (
    <Note
      tone="good"
      data-testid="file-saved"
      actions={
        <>
          {requests && (
            <Button
              onClick={() => void act.run(() => unwrap(commands.showInFolder(requests.id)))}
              data-testid="show-in-folder"
            >
              {t("save-show")}
            </Button>
          )}
          <Button onClick={onClose}>{t("close")}</Button>
        </>
      }
    >
      <strong>{t("save-done", { name: done.name })}</strong>
      {requests && <p>{t("files-requests", { count: requests.rows, size: format.bytes(requests.bytes) })}</p>}
      {act.failure && <FailureNote failure={act.failure} alert />}
    </Note>
  );
}

/** What is on the page is saved first, so that the file holds it. */
export function useFiles({ id, study, view, flush }: Editor): Files {
  const { t } = useText();
  const act = useAct();
  const [done, setDone] = useState<Done | null>(null);
  const saveStudy = async () => {
    if (!(await flush())) return;
    const name = await unwrap(commands.saveStudyFile(id));
    if (name !== null) setDone({ name, requests: null });
  };
  const saveRequests = async (model: number) => {
    if (!(await flush())) return;
    const requests = await unwrap(commands.saveRequestFile(id, model));
    if (requests !== null) setDone({ name: requests.file_name, requests });
  };
  const sendable = view.count.requests > 0;
  return {
    busy: act.busy,
    acts: [
      ...(sendable ? study.models : []).map(({ model }, at) => ({
        id: `save-requests-${at}`,
        label: study.models.length === 1 ? t("files-save-requests") : t("files-save-requests-for", { model }),
        onAction: () => void act.run(() => saveRequests(at)),
      })),
      { id: "save-study", label: t("files-save-study"), onAction: () => void act.run(saveStudy) },
    ],
    said: (
      <>
        {act.failure && <FailureNote failure={act.failure} alert />}
        {done && <Saved done={done} onClose={() => setDone(null)} />}
      </>
    ),
  };
}
