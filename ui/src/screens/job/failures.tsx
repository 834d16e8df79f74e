// Failures grouped by cause, and answers that came but are worth a look.
import type { ReactNode } from "react";
import { jobService } from "../../components/jobstate.tsx";
import { Details } from "../../components/note.tsx";
import table from "../../components/table.module.css";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import type { JobView } from "../../ipc/bindings.ts";
import { href } from "../../route.ts";
import styles from "./job.module.css";

function Cause({ count, what, children }: { count: number; what: string; children: ReactNode }) {
  const { format } = useText();
  return (
    <tr>
      <td className="num">
        <b>{format.count(count)}</b>
      </td>
      <td>
        <Phrases>{what}</Phrases>
        <div className="quiet">{children}</div>
      </td>
    </tr>
  );
}

function Causes({ label, children }: { label: string; children: ReactNode }) {
  return (
    <table className={`${table.table} ${table.top}`} aria-label={label}>
      <colgroup>
        <col className={styles.colTally} />
        <col />
      </colgroup>
      <tbody>{children}</tbody>
    </table>
  );
}

export function Failures({ job }: { job: JobView }) {
  const text = useText();
  const { t } = text;
  const provider = jobService(text, job);
  const look = job.cut_off + job.declined + job.missing_values + job.orphans > 0;
  return (
    <>
      {job.counts.failed > 0 && (
        <section className={styles.section} data-testid="why-failed">
          <div className="row">
            <h3 className="grow">{t("job-why-failed", { count: job.counts.failed })}</h3>
            <a
              href={href({ page: "results", id: job.id, status: "failed" })}
              aria-label={t("job-show-failed-label")}
              data-testid="show-failed"
            >
              {t("job-show-failed")}
            </a>
          </div>
          <Causes label={t("job-why-failed", { count: job.counts.failed })}>
            {job.failures.map((failure) => {
              const what = text.find(`error-${failure.code}`, { service: provider, provider });
              return what === undefined ? (
                <Cause key={failure.code} count={failure.count} what={failure.message || failure.code}>
                  {failure.message !== "" && t("job-failure-code", { code: failure.code })}
                </Cause>
              ) : (
                <Cause key={failure.code} count={failure.count} what={what}>
                  <Details>{failure.message}</Details>
                </Cause>
              );
            })}
          </Causes>
        </section>
      )}
      {look && (
        <section className={styles.section}>
          <h3>{t("job-worth-a-look")}</h3>
          <Causes label={t("job-worth-a-look")}>
            {job.cut_off > 0 && (
              <Cause count={job.cut_off} what={t("job-cut-off")}>
                <Phrases>{t("job-cut-off-about")}</Phrases>{" "}
                <a href={href({ page: "results", id: job.id, status: null, look: "cut-off" })}>
                  {t("job-show-answers")}
                </a>
              </Cause>
            )}
            {job.declined > 0 && (
              <Cause count={job.declined} what={t("job-declined")}>
                <Phrases>{t("job-declined-about")}</Phrases>{" "}
                <a href={href({ page: "results", id: job.id, status: null, look: "declined" })}>
                  {t("job-show-answers")}
                </a>
              </Cause>
            )}
            {job.missing_values > 0 && (
              <Cause count={job.missing_values} what={t("job-missing-values")}>
                <Phrases>{t("job-missing-values-about")}</Phrases>{" "}
                <a href={href({ page: "results", id: job.id, status: null, look: "missing-cells" })}>
                  {t("job-show-answers")}
                </a>
              </Cause>
            )}
            {job.orphans > 0 && (
              <Cause count={job.orphans} what={t("job-orphans")}>
                <Phrases>{t("job-orphans-about")}</Phrases>
              </Cause>
            )}
          </Causes>
        </section>
      )}
    </>
  );
}
