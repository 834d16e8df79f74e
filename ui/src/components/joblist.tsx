// Jobs and files in preparation as rows of the same table, on Home and in the history.
import type { ReactNode } from "react";
import { useText } from "../i18n/text.tsx";
import type { JobView } from "../ipc/bindings.ts";
import { go, href, type Route } from "../route.ts";
import { PracticeMark } from "./chip.tsx";
import styles from "./joblist.module.css";
import { JobChip, jobCounts, jobService } from "./jobstate.tsx";
import { Strip } from "./sum.tsx";
import table from "./table.module.css";

/** A table of five columns; `label` names it, `acts` leaves room for a sixth. */
export function List({
  label,
  acts,
  head,
  of = "jobs",
  children,
}: {
  label: string;
  acts?: boolean;
  head?: boolean;
  /** Studies have models where jobs have a service. */
  of?: "jobs" | "studies";
  children: ReactNode;
}) {
  const { t } = useText();
  return (
    <table
      className={[table.table, table.hover, styles.list, of === "studies" && styles.studies]
        .filter(Boolean)
        .join(" ")}
      aria-label={label}
    >
      <colgroup>
        <col />
        <col className={styles.service} />
        <col className={styles.requests} />
        <col className={styles.state} />
        <col className={styles.time} />
        {acts && <col className={styles.acts} />}
      </colgroup>
      <thead className={head ? undefined : "sr"}>
        <tr>
          <th scope="col">{t("list-name")}</th>
          <th scope="col">{of === "jobs" ? t("list-sent-to") : t("part-models")}</th>
          <th scope="col">{t("list-requests")}</th>
          <th scope="col">{t("list-state")}</th>
          <th scope="col" className="num">
            {t("list-time")}
          </th>
          {acts && (
            <th scope="col">
              <span className="sr">{t("connections-acts")}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

interface RowProps {
  to: Route;
  name: string;
  service: ReactNode;
  requests: ReactNode;
  state: ReactNode;
  time: string;
  acts?: ReactNode;
  testid: string;
}

/** A press anywhere on the row follows its link, which does the same for the keyboard. */
export function Row({ to, name, service, requests, state, time, acts, testid }: RowProps) {
  return (
    <tr
      data-testid={testid}
      onClick={(event) => {
        if (!(event.target as Element).closest("a, button")) go(to);
      }}
    >
      <td className={`${styles.name} cut`} title={name}>
        <a href={href(to)}>{name}</a>
      </td>
      <td className="quiet cut">{service}</td>
      <td>{requests}</td>
      <td>{state}</td>
      <td className="num quiet">{time}</td>
      {acts && <td className={styles.act}>{acts}</td>}
    </tr>
  );
}

export function JobRow({ job, acts }: { job: JobView; acts?: ReactNode }) {
  const text = useText();
  const { t, format } = text;
  const counts = jobCounts(job);
  const done = counts.requests - (counts.pending ?? 0);
  const finished = job.state === "finished";
  const time = finished
    ? format.short(job.ended_at ?? job.created_at)
    : job.due_by !== null
      ? t("list-by", { time: format.short(job.due_by) })
      : format.short(job.sent_at ?? job.created_at);
  const service = job.origin === "import" ? t("list-imported") : jobService(text, job);
  return (
    <Row
      testid="job-row"
      to={{ page: "job", id: job.id }}
      name={job.name}
      service={
        <>
          {job.practice ? <PracticeMark short /> : service}
          {job.model && <span title={job.model}>{`${job.practice ? " " : ", "}${job.model}`}</span>}
        </>
      }
      requests={
        <>
          <Strip counts={counts} small />
          <span className="xs quiet">
            {counts.succeeded === null
              ? t("list-requests-count", { count: counts.requests })
              : t("list-done", { done, requests: counts.requests })}
          </span>
        </>
      }
      state={<JobChip job={job} />}
      time={time}
      acts={acts}
    />
  );
}
