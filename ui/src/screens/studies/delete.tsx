// Deleting a study asks once, with the focus on the button that keeps it.
import { useAct } from "../../components/act.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { FailureNote } from "../../components/note.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands, type StudyRow } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";
import { studyTitle } from "./row.tsx";

export function DeleteStudyDialog({ study, onClose }: { study: StudyRow; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const act = useAct();
  const remove = async () => {
    await unwrap(commands.deleteStudy(study.id));
    onClose();
  };
  return (
    <Dialog
      title={t("jobs-delete-title", { name: studyTitle(text, study.title) })}
      question
      onClose={onClose}
      held={act.busy}
      actions={
        <>
          <Button autoFocus onClick={onClose}>
            {t("jobs-delete-keep")}
          </Button>
          <Button
            look="danger-fill"
            blocked={act.busy}
            data-testid="confirm-delete"
            onClick={() => void act.run(remove)}
          >
            {t("studies-delete-confirm")}
          </Button>
        </>
      }
    >
      <p className="read">
        <Phrases>{t(study.jobs.length > 0 ? "studies-delete-sent" : "studies-delete-about")}</Phrases>
      </p>
      {act.failure && <FailureNote failure={act.failure} alert />}
    </Dialog>
  );
}
