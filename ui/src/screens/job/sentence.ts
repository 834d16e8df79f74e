// A job's state in one sentence, and what that means for the person in front of it.
import { jobCounts, jobService } from "../../components/jobstate.tsx";
import type { Text } from "../../i18n/text.tsx";
import type { JobView } from "../../ipc/bindings.ts";

function finished({ t }: Text, { counts }: JobView): string {
  const { requests, succeeded, failed } = counts;
  if (succeeded === requests) return t("job-says-all", { requests });
  if (succeeded + failed === requests) return t("job-says-failed", { succeeded, failed });
  if (counts.cancelled > 0) return t("job-says-cancelled", { succeeded, requests });
  return t("job-says-some", { succeeded, requests });
}

export function sentence(text: Text, job: JobView): string {
  const { t } = text;
  const provider = jobService(text, job);
  const { requests } = job.counts;
  const unclear = job.parts.find((part) => part.state === "unclear");
  if (unclear && job.state !== "waiting") return t("job-says-unclear", { provider, part: unclear.number });
  switch (job.state) {
    case "sending": {
      const sent = job.parts.filter((part) => part.state !== "halved");
      const there = sent.filter((part) => part.batch_id !== null);
      return t("job-says-sending", { provider, parts: sent.length, done: there.length });
    }
    case "running": {
      const shown = jobCounts(job);
      if (shown.succeeded === null) return t("job-says-running", { provider, requests });
      return t("job-says-running-known", { provider, requests, done: requests - (shown.pending ?? 0) });
    }
    case "cancelling":
    case "collecting":
      return t(`job-says-${job.state}`, { provider });
    case "preparing":
    case "waiting":
      return t(`job-says-${job.state}`);
    case "finished":
      return finished(text, job);
  }
}

/** It works, and has not said how far it is. */
export function tellsNoNumbers(job: JobView): boolean {
  return job.state === "running" && jobCounts(job).succeeded === null;
}

export function about(text: Text, job: JobView): string | undefined {
  const { t } = text;
  const provider = jobService(text, job);
  switch (job.state) {
    case "sending":
      return t("job-about-sending");
    case "running":
      return job.practice ? t("job-about-practice") : t("job-about-running", { provider });
    case "cancelling":
      return job.practice ? t("job-about-cancelling-practice") : t("job-about-cancelling");
    case "finished":
      return job.counts.missing > 0
        ? t("job-about-missing", { count: job.counts.missing, provider })
        : t("job-about-finished");
    default:
      return undefined;
  }
}
