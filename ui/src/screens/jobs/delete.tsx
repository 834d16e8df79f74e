// Deleting a job asks once. One that runs at its provider is not deleted: the dialog says what to do first.
import { Button, buttonClass } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { jobService } from "../../components/jobstate.tsx";
import { Note } from "../../components/note.tsx";
import { Question } from "../../components/question.tsx";
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
  const { t } = useText();
  if (!isDeletable(job)) return <RunningDialog job={job} onClose={onClose} />;
  return (
    <Question
      title={t("jobs-delete-title", { name: job.name })}
      keep={t("jobs-delete-keep")}
      confirm={t("jobs-delete-confirm")}
      onConfirm={async () => {
        await unwrap(commands.deleteJob(job.id));
        onClose();
        onDeleted?.();
      }}
      onClose={onClose}
      data-testid="confirm-delete"
    >
      <p className="read">
        <Phrases>{t("jobs-delete-about", { count: job.counts.requests })}</Phrases>
      </p>
    </Question>
  );
}

function RunningDialog({ job, onClose }: { job: JobView; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  return (
    <Dialog
      title={t("jobs-delete-title", { name: job.name })}
      question
      onClose={onClose}
      actions={
        <>
          <Button autoFocus onClick={onClose}>
            {t("jobs-delete-keep")}
          </Button>
          <a className={buttonClass()} href={href({ page: "job", id: job.id })}>
            {t("jobs-delete-open")}
          </a>
        </>
      }
    >
      <Note tone="warn">
        <Phrases>{t("jobs-delete-running", { provider: jobService(text, job) })}</Phrases>
      </Note>
    </Dialog>
  );
}
