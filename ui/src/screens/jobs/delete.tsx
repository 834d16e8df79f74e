// Deleting a job asks once, with the focus on the button that keeps it.
import { useAct } from "../../components/act.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { jobService } from "../../components/jobstate.tsx";
import { FailureNote, Note } from "../../components/note.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands, type JobView } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";

interface Props {
  job: JobView;
  onClose: () => void;
  onDeleted?: () => void;
}

export function DeleteDialog({ job, onClose, onDeleted }: Props) {
  const text = useText();
  const { t } = text;
  const act = useAct();
  const atProvider = job.state !== "finished" && !job.practice;
  return (
    <Dialog
      title={t("jobs-delete-title", { name: job.name })}
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
            onClick={() =>
              void act.run(async () => {
                await unwrap(commands.deleteJob(job.id));
                onClose();
                onDeleted?.();
              })
            }
          >
            {t("jobs-delete-confirm")}
          </Button>
        </>
      }
    >
      <p className="read">
        <Phrases>{t("jobs-delete-about", { count: job.counts.requests })}</Phrases>
      </p>
      {atProvider && (
        <Note tone="warn">
          <Phrases>{t("jobs-delete-running", { provider: jobService(text, job) })}</Phrases>
        </Note>
      )}
      {act.failure && <FailureNote failure={act.failure} alert />}
    </Dialog>
  );
}
