// One job: a sentence, the sum and the strip; then parts, deadline and what has happened.

import { CircleDashed, Download } from "lucide-react";
import { useEffect, useState } from "react";
import { announce } from "../../components/announce.tsx";
import { Button, buttonClass } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { jobCounts, jobService } from "../../components/jobstate.tsx";
import { MoreMenu } from "../../components/menu.tsx";
import { FailureNote } from "../../components/note.tsx";
import { Foot, Page } from "../../components/page.tsx";
import { Sum } from "../../components/sum.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import type { JobView } from "../../ipc/bindings.ts";
import { failureOf } from "../../ipc/client.ts";
import { useJob } from "../../ipc/queries.ts";
import { go, href } from "../../route.ts";
import { DeleteDialog, isDeletable } from "../jobs/delete.tsx";
import { ExportDialog } from "../results/export.tsx";
import { jobSource } from "../results/source.ts";
import { CancelDialog } from "./cancel.tsx";
import { JobChanged } from "./changed.tsx";
import { JobFacts } from "./facts.tsx";
import { Failures } from "./failures.tsx";
import styles from "./job.module.css";
import { Leftovers } from "./leftovers.tsx";
import { Parts } from "./parts.tsx";
import { about, sentence, tellsNoNumbers } from "./sentence.ts";
import { Timeline } from "./timeline.tsx";
import { WaitingNote } from "./waiting.tsx";

function JobFoot({ job }: { job: JobView }) {
  const { t } = useText();
  return (
    <Foot
      lead={<b>{t("job-answers", { count: job.counts.succeeded })}</b>}
      rest={job.practice ? t("practice-answers") : t("job-answers-about")}
    >
      <a
        className={buttonClass("primary")}
        href={href({ page: "results", id: job.id, status: null })}
        data-primary
        data-testid="open-results"
      >
        {t("job-open-results")}
      </a>
    </Foot>
  );
}

type Asking = "cancel" | "delete" | "export" | null;

function Whole({ job }: { job: JobView }) {
  const text = useText();
  const { t } = text;
  const [asking, setAsking] = useState<Asking>(null);
  const finished = job.state === "finished";
  const says = sentence(text, job);
  const rest = about(text, job);
  const state = `${job.id} ${job.state}`;
  // Once for each change of state, not for each look at the provider.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sentence also changes with the counts
  useEffect(() => announce(says), [state]);
  const some = job.counts.requests > job.counts.pending;
  const service = jobService(text, job);
  return (
    <Page
      title={job.name}
      lesser
      reading
      aside={[job.origin === "import" ? t("list-imported") : service, job.model].filter(Boolean).join(", ")}
      practice={job.practice}
      actions={
        <>
          {!finished && some && (
            <a className={buttonClass()} href={href({ page: "results", id: job.id, status: null })}>
              {t("job-so-far")}
            </a>
          )}
          {!finished && !job.cancel_asked && (
            <Button look="danger" data-testid="cancel-job" onClick={() => setAsking("cancel")}>
              {t("job-cancel")}
            </Button>
          )}
          {finished && (
            <Button data-testid="job-export" onClick={() => setAsking("export")}>
              <Icon of={Download} />
              {t("job-export")}
            </Button>
          )}
          {isDeletable(job) && (
            <MoreMenu
              label={t("more-for", { name: job.name })}
              acts={[
                {
                  id: "delete-job",
                  label: t("job-delete"),
                  danger: true,
                  onAction: () => setAsking("delete"),
                },
              ]}
            />
          )}
        </>
      }
      footer={finished && <JobFoot job={job} />}
    >
      <div className={styles.state}>
        <h2 className={styles.says} data-testid="job-state" data-state={job.state}>
          {job.state === "running" && <Icon of={CircleDashed} className={styles.run} />}
          <span>
            <Phrases>{says}</Phrases>
          </span>
        </h2>
        {rest && (
          <p className="read quiet">
            <Phrases>{rest}</Phrases>
          </p>
        )}
        {tellsNoNumbers(job) && (
          <p className="read quiet" data-testid="no-numbers">
            <Phrases>{t("job-about-no-numbers", { provider: service })}</Phrases>
          </p>
        )}
      </div>
      {job.state === "waiting" && <WaitingNote job={job} />}
      <Sum counts={jobCounts(job)} />
      <div className={styles.cols}>
        <div>
          {finished && <Failures job={job} />}
          <Parts job={job} />
          <JobFacts job={job} />
          <JobChanged job={job} />
          {finished && job.leftovers > 0 && <Leftovers job={job} />}
        </div>
        <Timeline job={job.id} />
      </div>
      {asking === "cancel" && <CancelDialog job={job} onClose={() => setAsking(null)} />}
      {asking === "export" && <ExportDialog source={jobSource(text, job)} onClose={() => setAsking(null)} />}
      {asking === "delete" && (
        <DeleteDialog job={job} onClose={() => setAsking(null)} onDeleted={() => go({ page: "jobs" })} />
      )}
    </Page>
  );
}

export function JobPage({ id }: { id: string }) {
  const { t } = useText();
  const { data: job, error } = useJob(id);
  if (job) return <Whole job={job} />;
  return <Page title={t("jobs-title")}>{error && <FailureNote failure={failureOf(error)} />}</Page>;
}
