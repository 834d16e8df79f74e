// A job in lists: what stands for its state, its counts and its service.
import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleSlash,
  CircleX,
  ClockAlert,
  Download,
  Hourglass,
} from "lucide-react";
import type { Text } from "../i18n/text.tsx";
import { useText } from "../i18n/text.tsx";
import type { JobView } from "../ipc/bindings.ts";
import { Chip } from "./chip.tsx";
import { type Shown, shownOf } from "./sum.tsx";

/** Our own words for the practice service; the others have names. */
export function serviceName({ t }: Text, provider: string, name: string): string {
  return provider === "practice" ? t("provider-practice") : name;
}

export function jobService(text: Text, job: JobView): string {
  return serviceName(text, job.provider, job.provider_name);
}

/**
 * The six counts with what the provider has told of requests that are not collected yet. While it has told nothing,
 * what it has done is unknown, not zero.
 */
export function jobCounts(job: JobView): Shown {
  const shown = shownOf(job.counts);
  const working = job.parts.some((part) => part.state === "running" || part.state === "ended");
  if (!working || job.counts.pending === 0) return shown;
  if (job.told_completed === null && job.told_failed === null) {
    if (shown.succeeded === 0) shown.succeeded = null;
    if (shown.failed === 0) shown.failed = null;
    return shown;
  }
  const completed = Math.min(job.told_completed ?? 0, job.counts.pending);
  const failed = Math.min(job.told_failed ?? 0, job.counts.pending - completed);
  shown.succeeded = job.counts.succeeded + completed;
  shown.failed = job.counts.failed + failed;
  shown.pending = job.counts.pending - completed - failed;
  return shown;
}

export function JobChip({ job }: { job: JobView }) {
  const { t } = useText();
  const { counts, state } = job;
  switch (state) {
    case "preparing":
    case "sending":
      return <Chip icon={Hourglass}>{t(`job-state-${state}`)}</Chip>;
    case "running":
      return (
        <Chip icon={CircleDashed} tone="run">
          {t("job-state-running")}
        </Chip>
      );
    case "cancelling":
      return <Chip icon={Ban}>{t("job-state-cancelling")}</Chip>;
    case "collecting":
      return (
        <Chip icon={Download} tone="run">
          {t("job-state-collecting")}
        </Chip>
      );
    case "waiting":
      return (
        <Chip icon={CircleAlert} tone="warn">
          {t("job-state-waiting")}
        </Chip>
      );
    case "finished":
      break;
  }
  if (counts.failed > 0) {
    return (
      <Chip icon={CircleX} tone="bad">
        {t("job-is-failed", { count: counts.failed })}
      </Chip>
    );
  }
  if (counts.missing > 0) {
    return (
      <Chip icon={CircleSlash} tone="warn">
        {t("job-is-missing", { count: counts.missing })}
      </Chip>
    );
  }
  if (counts.expired > 0) {
    return (
      <Chip icon={ClockAlert} tone="warn">
        {t("job-is-expired", { count: counts.expired })}
      </Chip>
    );
  }
  if (counts.cancelled > 0)
    return <Chip icon={Ban}>{t("job-is-cancelled", { count: counts.cancelled })}</Chip>;
  return (
    <Chip icon={CircleCheck} tone="good">
      {t("job-is-all-answered")}
    </Chip>
  );
}
