// The figures of a checked file.
import { useText } from "../../i18n/text.tsx";
import type { ReportView } from "../../ipc/bindings.ts";
import styles from "./check.module.css";
import { untranslatableLines } from "./fit.ts";

export function Figures({ report }: { report: ReportView }) {
  const { t, format } = useText();
  // None of them can be sent in the words of the service.
  const wordless = untranslatableLines(report.untranslatable);
  const problems = report.errors + wordless;
  const [size = "", unit = ""] = format.bytes(report.bytes).split(" ");
  return (
    <dl className={styles.figures} data-testid="figures">
      <div>
        <dt>{t("check-lines")}</dt>
        <dd>{format.count(report.lines)}</dd>
      </div>
      <div>
        <dt>{t("check-ready")}</dt>
        <dd>{format.count(report.requests - wordless)}</dd>
      </div>
      <div>
        <dt>{t("check-problems-count")}</dt>
        <dd className={problems > 0 ? "bad" : "faint"}>{format.count(problems)}</dd>
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
