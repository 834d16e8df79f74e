// Cancelling asks once, with the focus on the button that lets the job go on.
import { useAct } from "../../components/act.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { jobService } from "../../components/jobstate.tsx";
import { FailureNote } from "../../components/note.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands, type JobView } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";

export function CancelDialog({ job, onClose }: { job: JobView; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const act = useAct();
  return (
    <Dialog
      title={t("job-cancel-title", { name: job.name })}
      question
      onClose={onClose}
      held={act.busy}
      actions={
        <>
          <Button autoFocus onClick={onClose}>
            {t("job-cancel-keep")}
          </Button>
          <Button
            look="danger-fill"
            blocked={act.busy}
            data-testid="confirm-cancel"
            onClick={() =>
              void act.run(async () => {
                await unwrap(commands.cancelJob(job.id));
                onClose();
              })
            }
          >
            {t("job-cancel-confirm")}
          </Button>
        </>
      }
    >
      <p className="read">
        <Phrases>
          {job.practice
            ? t("job-cancel-about-practice")
            : t("job-cancel-about", { provider: jobService(text, job) })}
        </Phrases>
      </p>
      {act.failure && <FailureNote failure={act.failure} alert />}
    </Dialog>
  );
}
