// What was changed in the requests to suit the service, folded away.
import { jobService } from "../../components/jobstate.tsx";
import { useText } from "../../i18n/text.tsx";
import type { JobView } from "../../ipc/bindings.ts";
import { Adaptations } from "../check/adapted.tsx";
import { isChange } from "../check/fit.ts";
import styles from "./job.module.css";

export function JobChanged({ job }: { job: JobView }) {
  const text = useText();
  if (job.adaptations.length === 0) return null;
  return (
    <details className={`${styles.section} ${styles.changed}`} data-testid="job-changed">
      <summary>
        {job.adaptations.some(isChange)
          ? text.t("job-changed", { provider: jobService(text, job) })
          : text.t("check-refused")}
      </summary>
      <Adaptations of={job.adaptations} />
    </details>
  );
}
