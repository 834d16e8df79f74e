// requests = succeeded + failed + expired + cancelled + missing + pending: always all six, zeros in grey.
import { Fragment } from "react";
import { type Text, useText } from "../i18n/text.tsx";
import type { Counts, Status } from "../ipc/bindings.ts";
import styles from "./sum.module.css";

export const STATUSES = ["succeeded", "failed", "expired", "cancelled", "missing", "pending"] as const;

/** Counts as shown: `null` where the provider has not told one. */
export type Shown = Record<Status, number | null> & { requests: number };

export function shownOf(counts: Counts): Shown {
  return { ...counts };
}

/** The sum in words: the name of the strip, for those who do not see it. */
function sumInWords({ t, language }: Text, counts: Shown): string {
  const parts = STATUSES.filter((status) => (counts[status] ?? 0) > 0).map((status) =>
    t(`sum-part-${status}`, { count: counts[status] ?? 0 }),
  );
  return t("sum-label", { requests: counts.requests, parts: parts.join(language === "ja" ? "、" : ", ") });
}

export function Strip({ counts, small }: { counts: Shown; small?: boolean }) {
  const text = useText();
  const total = STATUSES.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
  return (
    <div
      className={small ? `${styles.strip} ${styles.small}` : styles.strip}
      role="img"
      aria-label={sumInWords(text, counts)}
    >
      {total === 0 && <span className="s-pending" style={{ flex: 1 }} />}
      {STATUSES.map((status) =>
        (counts[status] ?? 0) > 0 ? (
          <span key={status} className={`s-${status}`} style={{ flex: counts[status] ?? 0 }} />
        ) : null,
      )}
    </div>
  );
}

export function Sum({ counts }: { counts: Shown }) {
  const { t, format } = useText();
  return (
    <div className={styles.ledger} data-testid="sum">
      <dl className={styles.sum}>
        <div className={styles.total}>
          <dt>{t("sum-requests")}</dt>
          <dd>{format.count(counts.requests)}</dd>
        </div>
        {STATUSES.map((status, index) => (
          <Fragment key={status}>
            <div className={counts[status] === 0 ? styles.zero : undefined}>
              <dt>
                <span className={`${styles.dot} s-${status}`} />
                {t(`status-${status}`)}
              </dt>
              <dd
                className={status === "failed" && counts.failed ? "bad" : undefined}
                data-sign={index === 0 ? "=" : "+"}
              >
                {counts[status] === null ? (
                  <span title={t("not-told")}>
                    —<span className="sr">{t("not-told")}</span>
                  </span>
                ) : (
                  format.count(counts[status] ?? 0)
                )}
              </dd>
            </div>
          </Fragment>
        ))}
      </dl>
      <Strip counts={counts} />
    </div>
  );
}
