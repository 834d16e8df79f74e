// The parts of a job: one batch each at the provider.
import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleQuestionMark,
  CircleSlash,
  CircleX,
  Download,
  Hourglass,
  type LucideIcon,
} from "lucide-react";
import { Fragment } from "react";
import { Chip, type Tone } from "../../components/chip.tsx";
import { FailureNote } from "../../components/note.tsx";
import table from "../../components/table.module.css";
import { useText } from "../../i18n/text.tsx";
import type { JobView, PartState } from "../../ipc/bindings.ts";
import styles from "./job.module.css";

const LOOKS: Record<PartState, [LucideIcon, Tone]> = {
  planned: [Hourglass, "plain"],
  uploading: [Hourglass, "plain"],
  uploaded: [Hourglass, "plain"],
  creating: [Hourglass, "plain"],
  unclear: [CircleQuestionMark, "warn"],
  running: [CircleDashed, "run"],
  ended: [Download, "run"],
  collected: [CircleCheck, "good"],
  refused: [CircleX, "bad"],
  halved: [CircleSlash, "plain"],
  dropped: [Ban, "plain"],
};

function Told({ count }: { count: number | null }) {
  const { t, format } = useText();
  if (count !== null) return format.count(count);
  return (
    <span className="faint" title={t("not-told")}>
      —<span className="sr">{t("not-told")}</span>
    </span>
  );
}

export function Parts({ job }: { job: JobView }) {
  const { t, format } = useText();
  if (job.parts.length === 0 || job.origin === "import") return null;
  return (
    <section className={styles.section}>
      <h3 id="parts">{t("job-parts")}</h3>
      <table className={table.table} aria-labelledby="parts">
        <colgroup>
          <col className={styles.colNumber} />
          <col />
          <col className={styles.colCount} />
          <col className={styles.colCount} />
          <col className={styles.colCount} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr">{t("part-number")}</span>
            </th>
            <th scope="col">{t("list-state")}</th>
            <th scope="col" className="num">
              {t("sum-requests")}
            </th>
            <th scope="col" className="num">
              {t("status-succeeded")}
            </th>
            <th scope="col" className="num">
              {t("status-failed")}
            </th>
          </tr>
        </thead>
        <tbody>
          {job.parts.map((part) => {
            const [icon, tone] = LOOKS[part.state];
            return (
              <Fragment key={part.number}>
                <tr className={part.state === "halved" ? "faint" : undefined}>
                  <td>{part.number}</td>
                  <td>
                    <Chip icon={icon} tone={tone}>
                      {t(`part-state-${part.state}`)}
                    </Chip>
                    {part.batch_id && (
                      <div
                        className={`mono faint select cut ${styles.batch}`}
                        title={part.status ?? undefined}
                      >
                        {part.batch_id}
                      </div>
                    )}
                  </td>
                  <td className="num">{format.count(part.requests)}</td>
                  <td className="num">
                    <Told count={part.told_completed} />
                  </td>
                  <td className="num">
                    <Told count={part.told_failed} />
                  </td>
                </tr>
                {part.failure && part.failure.code !== job.waiting?.code && (
                  <tr>
                    <td colSpan={5}>
                      <FailureNote failure={part.failure} tone={part.state === "refused" ? "bad" : "warn"} />
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
