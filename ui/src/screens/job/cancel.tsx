// Cancelling asks once.
import { jobService } from "../../components/jobstate.tsx";
import { Question } from "../../components/question.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands, type JobView } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";

export function CancelDialog({ job, onClose }: { job: JobView; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  return (
    <Question
      title={t("job-cancel-title", { name: job.name })}
      keep={t("job-cancel-keep")}
      confirm={t("job-cancel-confirm")}
      onConfirm={async () => {
        await unwrap(commands.cancelJob(job.id));
        onClose();
      }}
      onClose={onClose}
      data-testid="confirm-cancel"
    >
      <p className="read">
        <Phrases>
          {job.practice
            ? t("job-cancel-about-practice")
            : t("job-cancel-about", { provider: jobService(text, job) })}
        </Phrases>
      </p>
    </Question>
  );
}
