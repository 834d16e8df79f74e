// One row whole: the request as it went out and the answer as it came, side by side, as plain text. What scrolls takes the focus,
// so that the keyboard scrolls it too.
import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Chip } from "../../components/chip.tsx";
import { Icon } from "../../components/icon.tsx";
import { FailureNote } from "../../components/note.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { type Text, useText } from "../../i18n/text.tsx";
import type { RowDetail, RowView, StudyHead } from "../../ipc/bindings.ts";
import { failureOf } from "../../ipc/client.ts";
import { useRow } from "../../ipc/queries.ts";
import { Cells, MarkedAnswer } from "./cells.tsx";
import { STATUS_ICONS } from "./columns.tsx";
import styles from "./panel.module.css";

interface Props {
  row: RowView;
  /** What the row's study asks for; `null`: it was made from a file. */
  study: StudyHead | null;
  place: number;
  onClose: () => void;
}

function roleWords({ t }: Text, role: string): string {
  if (role === "system" || role === "developer") return t("row-role-system");
  if (role === "user" || role === "assistant") return t(`row-role-${role}`);
  return t("row-role-other", { role });
}

function Request({ detail }: { detail: RowDetail }) {
  const text = useText();
  const { t } = text;
  if (detail.messages.length > 0) {
    return detail.messages.map((message, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: messages of one request never move
      <div key={index}>
        <h3>{roleWords(text, message.role)}</h3>
        <p className={styles.text}>{message.text}</p>
      </div>
    ));
  }
  return <p className="quiet">{detail.request === null ? t("row-no-request") : t("row-unreadable")}</p>;
}

/** Why there is no answer, or what is the matter with it. */
function Why({ row }: { row: RowView }) {
  const { t } = useText();
  if (row.status === "succeeded") {
    if (row.finish_reason !== "length") return null;
    return <p className={styles.why}>{t("row-cut-off")}</p>;
  }
  return (
    <div className={styles.why}>
      <p>
        {row.status === "failed" ? (
          t("row-why-failed", { code: row.error_code ?? "?" })
        ) : (
          <Phrases>{t(`row-why-${row.status}`)}</Phrases>
        )}
      </p>
      {row.error_message && <p className="select">{row.error_message}</p>}
    </div>
  );
}

function Tokens({ detail }: { detail: RowDetail }) {
  const { t } = useText();
  const { row } = detail;
  const said = [
    row.input_tokens !== null && t("row-tokens-in", { count: row.input_tokens }),
    detail.cached_tokens ? t("row-tokens-cached", { count: detail.cached_tokens }) : false,
    row.output_tokens !== null && t("row-tokens-out", { count: row.output_tokens }),
    detail.reasoning_tokens ? t("row-tokens-reasoning", { count: detail.reasoning_tokens }) : false,
  ].filter((words) => words !== false);
  return <span className="quiet cut">{said.join(" · ")}</span>;
}

function Raw({ title, children }: { title: string; children: string | null }) {
  const { t } = useText();
  return (
    <section className={styles.side} tabIndex={0} aria-label={title}>
      <h3>{title}</h3>
      {children === null ? (
        <p className="quiet">{t("row-no-raw")}</p>
      ) : (
        <pre className={styles.raw}>{children}</pre>
      )}
    </section>
  );
}

export function RowPanel({ row, study, place, onClose }: Props) {
  const text = useText();
  const { t } = text;
  const [raw, setRaw] = useState(false);
  const [looked, setLooked] = useState<number | null>(null);
  const { data: detail, error } = useRow(row.job, row.position);
  const [icon, tone] = STATUS_ICONS[row.status];
  const name = t("row-panel", { row: place + 1, id: row.custom_id });
  return (
    <section
      className={styles.panel}
      aria-label={name}
      data-region
      tabIndex={-1}
      data-testid="row-panel"
      data-position={detail?.row.position}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <div className={styles.head}>
        <b className="select cut">{row.custom_id}</b>
        <Chip icon={icon} tone={tone === "quiet" ? "plain" : (tone as "good" | "warn" | "bad")}>
          {t(`status-${row.status}`)}
        </Chip>
        {row.model && <span className="quiet cut">{row.model}</span>}
        {detail && detail.source_line > 0 && (
          <span className="quiet nowrap">{t("row-of-line", { line: detail.source_line })}</span>
        )}
        {detail && <Tokens detail={detail} />}
        <span className="grow" />
        <Button look="quiet" small aria-expanded={raw} data-testid="row-details" onClick={() => setRaw(!raw)}>
          {raw ? t("row-details-hide") : t("row-details-show")}
        </Button>
        <Button look="quiet" small icon aria-label={t("close")} onClick={onClose}>
          <Icon of={X} />
        </Button>
      </div>
      {error && <FailureNote failure={failureOf(error)} />}
      {detail && raw && (
        <div className={styles.pair}>
          <Raw title={t("row-raw-request")}>{detail.request}</Raw>
          <Raw title={t("row-raw-answer")}>{detail.raw}</Raw>
        </div>
      )}
      {detail && !raw && (
        <div className={styles.pair}>
          <section
            className={styles.side}
            tabIndex={0}
            aria-label={t("row-request")}
            data-testid="row-request"
          >
            <Request detail={detail} />
          </section>
          <section className={styles.side} tabIndex={0} aria-label={t("row-answer")} data-testid="row-answer">
            <Why row={detail.row} />
            <h3>{t("row-answer")}</h3>
            {row.provider === "practice" && detail.answer !== null && (
              <p className="xs quiet">{t("practice-answers")}</p>
            )}
            {detail.answer === null ? (
              <p className="quiet">{t("row-no-answer")}</p>
            ) : (
              <p className={styles.text}>
                <MarkedAnswer
                  answer={detail.answer}
                  cell={looked === null ? undefined : detail.row.study?.cells[looked]}
                />
              </p>
            )}
          </section>
          {study !== null && (
            <section className={styles.side} tabIndex={0} aria-label={t("row-cells")}>
              <h3>{t("row-cells")}</h3>
              <Cells key={`${row.job} ${row.position}`} row={detail.row} head={study} onLook={setLooked} />
            </section>
          )}
        </div>
      )}
    </section>
  );
}
