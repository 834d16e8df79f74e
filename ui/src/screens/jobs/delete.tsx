// Deleting a job asks once, with the focus on the button that keeps it.
import { useAct } from "../../components/act.ts";
import { Button, buttonClass } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { jobService } from "../../components/jobstate.tsx";
import { FailureNote, Note } from "../../components/note.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands, type JobView, type PartState } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";
import { href } from "../../route.ts";

interface Props {
  job: JobView;
  onClose: () => void;
  onDeleted?: () => void;
}

const OVER: readonly PartState[] = ["collected", "refused", "halved", "dropped"];

/** What is with a provider can't be deleted: its answers would be paid for and lost. */
export function isDeletable(job: JobView): boolean {
  return job.parts.every((part) => OVER.includes(part.state) || part.sent_at === null);
}

export function DeleteDialog({ job, onClose, onDeleted }: Props) {
  const text = useText();
  const { t } = text;
  const act = useAct();
  const deletable = isDeletable(job);
  const remove = async () => {
    await unwrap(commands.deleteJob(job.id));
    onClose();
    onDeleted?.();
  };
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
          {deletable ? (
            <Button
              look="danger-fill"
              blocked={act.busy}
              data-testid="confirm-delete"
              onClick={() => void act.run(remove)}
            >
              {t("jobs-delete-confirm")}
            </Button>
          ) : (
            <a className={buttonClass()} href={href({ page: "job", id: job.id })}>
              {t("jobs-delete-open")}
            </a>
          )}
        </>
      }
    >
      {deletable ? (
        <p className="read">
          <Phrases>{t("jobs-delete-about", { count: job.counts.requests })}</Phrases>
        </p>
      ) : (
        <Note tone="warn">
          <Phrases>{t("jobs-delete-running", { provider: jobService(text, job) })}</Phrases>
        </Note>
      )}
      {act.failure && <FailureNote failure={act.failure} alert />}
    </Dialog>
  );
}
