// Whose results the page shows: those of one job, or of all jobs of a study in one table.
import { jobService } from "../../components/jobstate.tsx";
import type { Text } from "../../i18n/text.tsx";
import type { JobView, ResultsOf, StudyView } from "../../ipc/bindings.ts";
import type { Route } from "../../route.ts";

export interface Source {
  of: ResultsOf;
  title: string;
  /** Service and model, in a few words. */
  aside: string;
  practice: boolean;
  /** Rows of the whole table. */
  requests: number;
  back: Route;
}

export function jobSource(text: Text, job: JobView): Source {
  const service = job.origin === "import" ? text.t("list-imported") : jobService(text, job);
  return {
    of: { of: "job", id: job.id },
    title: job.name,
    aside: [service, job.model].filter(Boolean).join(", "),
    practice: job.practice,
    requests: job.counts.requests,
    back: { page: "job", id: job.id },
  };
}

export function studySource({ t }: Text, view: StudyView, jobs: JobView[]): Source {
  return {
    of: { of: "study", id: view.id },
    title: view.study.title || t("study-untitled"),
    aside: jobs.map((job) => job.model ?? job.provider_name).join(", "),
    practice: jobs.some((job) => job.practice),
    requests: jobs.reduce((sum, job) => sum + job.counts.requests, 0),
    back: { page: "study", id: view.id, step: null },
  };
}
