// When it was sent, when it must be over, what it costs: known, or said to be unknown.
import { useEffect, useState } from "react";
import { Facts } from "../../components/facts.tsx";
import { useText } from "../../i18n/text.tsx";
import type { JobView } from "../../ipc/bindings.ts";
import styles from "./job.module.css";

/** The present, moving on each half minute while something runs. */
function useNow(moving: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!moving) return;
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, [moving]);
  return now;
}

export function JobFacts({ job }: { job: JobView }) {
  const { t, format } = useText();
  const finished = job.state === "finished";
  const now = useNow(!finished);
  const { sent_at: sent, ended_at: ended, due_by: due } = job;
  const distance = due === null ? 0 : due - now;
  return (
    <section className={styles.section}>
      <h3>{t("job-facts")}</h3>
      <Facts
        of={[
          sent === null
            ? [t("job-fact-created"), format.dateTime(job.created_at)]
            : [t("job-fact-sent"), format.dateTime(sent)],
          !finished && sent !== null && [t("job-fact-elapsed"), format.duration(now - sent)],
          !finished &&
            due !== null && [
              t("job-fact-due"),
              <span key="due">
                <b>{format.dateTime(due)}</b>{" "}
                <span className="quiet">
                  {distance > 0
                    ? t("job-fact-due-in", { time: format.duration(distance) })
                    : t("job-fact-due-past")}
                </span>
              </span>,
            ],
          finished && ended !== null && [t("job-fact-ended"), format.dateTime(ended)],
          finished && ended !== null && sent !== null && [t("job-fact-took"), format.duration(ended - sent)],
          [t("job-fact-size"), format.bytes(job.bytes)],
          [t("job-fact-price"), job.practice ? t("check-price-practice") : t("check-price-unknown")],
          finished && [t("job-fact-kept"), t("job-fact-kept-value")],
        ]}
      />
    </section>
  );
}
