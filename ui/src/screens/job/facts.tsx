// When it was sent, when it must be over, what it costs: known, or said to be unknown.
import { useEffect, useState } from "react";
import { Facts } from "../../components/facts.tsx";
import { jobService } from "../../components/jobstate.tsx";
import { useText } from "../../i18n/text.tsx";
import type { JobView } from "../../ipc/bindings.ts";
import styles from "./job.module.css";

const MINUTE = 60_000;

/** The present, moving on with each whole minute since then; `null`: it stands still. */
function useMinutes(since: number | null): number {
  const [now, setNow] = useState(Date.now);
  // After each step the next one is due when the next minute is full: a steady beat would come up to a minute late.
  useEffect(() => {
    if (since === null) return;
    const gone = Math.max(0, now - since);
    const timer = setTimeout(
      () => setNow(Date.now()),
      since + (Math.floor(gone / MINUTE) + 1) * MINUTE - Date.now(),
    );
    return () => clearTimeout(timer);
  }, [since, now]);
  return now;
}

export function JobFacts({ job }: { job: JobView }) {
  const text = useText();
  const { t, format } = text;
  const finished = job.state === "finished";
  const { sent_at: sent, ended_at: ended, due_by: due, kept_until: kept } = job;
  const now = useMinutes(finished ? null : sent);
  const distance = due === null ? 0 : due - now;
  // Seconds would either stand still or move by themselves.
  const elapsed =
    now - (sent ?? now) < MINUTE ? t("job-fact-elapsed-little") : format.duration(now - (sent ?? now));
  return (
    <section className={styles.section}>
      <h3>{t("job-facts")}</h3>
      <Facts
        of={[
          sent === null
            ? [t("job-fact-created"), format.dateTime(job.created_at)]
            : [t("job-fact-sent"), format.dateTime(sent)],
          !finished && sent !== null && [t("job-fact-elapsed"), elapsed],
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
          !finished &&
            kept !== null && [
              t("job-fact-kept-there", { provider: jobService(text, job) }),
              <span key="kept">
                {format.dateTime(kept)}{" "}
                <span className={kept > now ? "quiet" : "warn"}>
                  {kept > now ? t("job-fact-kept-there-about") : t("job-fact-kept-there-past")}
                </span>
              </span>,
            ],
          finished && ended !== null && [t("job-fact-ended"), format.dateTime(ended)],
          finished && ended !== null && sent !== null && [t("job-fact-took"), format.duration(ended - sent)],
          // Of a batch that was taken over without its requests, the size is not known.
          job.bytes > 0 && [t("job-fact-size"), format.bytes(job.bytes)],
          job.api_version !== null && [t("job-fact-version"), job.api_version],
          [t("job-fact-price"), job.practice ? t("check-price-practice") : t("check-price-unknown")],
          finished && [t("job-fact-kept"), t("job-fact-kept-value")],
        ]}
      />
    </section>
  );
}
