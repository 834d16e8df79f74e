// What Tabane laid down at the service for a job that is over: deleted there only after a question.
import { useState } from "react";
import { announce } from "../../components/announce.tsx";
import { Button } from "../../components/button.tsx";
import { jobService } from "../../components/jobstate.tsx";
import { Question } from "../../components/question.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands, type JobView } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";
import styles from "./job.module.css";

export function Leftovers({ job }: { job: JobView }) {
  const text = useText();
  const { t } = text;
  const [asking, setAsking] = useState(false);
  const parts = job.leftovers;
  const provider = jobService(text, job);
  return (
    <section className={`${styles.section} ${styles.left}`} data-testid="leftovers">
      <h3>{t("job-left", { provider })}</h3>
      <p className="read quiet">
        <Phrases>{t("job-left-about", { parts })}</Phrases>
      </p>
      <Button onClick={() => setAsking(true)} data-testid="clean-up">
        {t("job-left-delete")}
      </Button>
      {asking && (
        <Question
          title={t("job-left-title", { provider })}
          keep={t("job-left-keep")}
          confirm={t("job-left-confirm")}
          confirming={t("job-left-deleting")}
          onConfirm={async () => {
            await unwrap(commands.cleanUp(job.id));
            announce(t("job-left-done", { provider }));
            setAsking(false);
          }}
          onClose={() => setAsking(false)}
          data-testid="confirm-clean-up"
        >
          <p className="read">
            <Phrases>{t("job-left-question", { parts })}</Phrases>
          </p>
        </Question>
      )}
    </section>
  );
}
