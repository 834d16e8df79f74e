// What has happened, newest first, each entry as it was recorded.
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { useTimeline } from "../../ipc/queries.ts";
import styles from "./job.module.css";

export function Timeline({ job }: { job: string }) {
  const text = useText();
  const { t, find, format } = text;
  const entries = useTimeline(job).data ?? [];
  const today = new Date().toDateString();
  if (entries.length === 0) return null;
  return (
    <section className={styles.section} data-testid="timeline">
      <h3>{t("job-timeline")}</h3>
      <ol className={styles.timeline}>
        {[...entries]
          .map((entry, index) => ({ entry, index }))
          .reverse()
          .map(({ entry, index }) => {
            const id = entry.part === null ? `timeline-job-${entry.to}` : `timeline-part-${entry.to}`;
            const sameDay = new Date(entry.at).toDateString() === today;
            return (
              <li key={index} className={index === entries.length - 1 ? styles.now : undefined}>
                <time dateTime={new Date(entry.at).toISOString()} title={format.dateTime(entry.at)}>
                  {sameDay ? format.clock(entry.at) : format.short(entry.at)}
                </time>
                <div>
                  <Phrases>{find(id, { part: entry.part ?? 0 }) ?? entry.to}</Phrases>
                  {entry.failure && <p className="quiet">{text.failure(entry.failure).what}</p>}
                </div>
              </li>
            );
          })}
      </ol>
    </section>
  );
}
