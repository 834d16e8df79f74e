// The figures of a checked file.
import { useText } from "../../i18n/text.tsx";
import type { ReportView } from "../../ipc/bindings.ts";
import styles from "./check.module.css";

export function Figures({ report }: { report: ReportView }) {
  const { t, format } = useText();
  const [size = "", unit = ""] = format.bytes(report.bytes).split(" ");
  return (
    <dl className={styles.figures} data-testid="figures">
      <div>
        <dt>{t("check-lines")}</dt>
        <dd>{format.count(report.lines)}</dd>
      </div>
      <div>
        <dt>{t("check-ready")}</dt>
        <dd>{format.count(report.requests)}</dd>
      </div>
      <div>
        <dt>{t("check-problems-count")}</dt>
        <dd className={report.errors > 0 ? "bad" : "faint"}>{format.count(report.errors)}</dd>
      </div>
      <div>
        <dt>{t("check-size")}</dt>
        <dd>
          {size} <small>{unit}</small>
        </dd>
      </div>
      {report.requests > 0 && (
        <div>
          <dt>{t("check-goes-out")}</dt>
          <dd>
            {format.count(report.parts)}{" "}
            <small className={styles.words}>
              {t("check-parts", { parts: report.parts, jobs: report.jobs })}
            </small>
          </dd>
        </div>
      )}
    </dl>
  );
}
