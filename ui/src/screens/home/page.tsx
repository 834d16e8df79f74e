// Home sorts by who has to act: waiting for you, with the provider, being written, finished.
import type { ReactNode } from "react";
import { type Acting, useAct } from "../../components/act.ts";
import { Button } from "../../components/button.tsx";
import { JobRow, List } from "../../components/joblist.tsx";
import { FailureNote } from "../../components/note.tsx";
import { Page } from "../../components/page.tsx";
import { useText } from "../../i18n/text.tsx";
import { failureOf } from "../../ipc/client.ts";
import { useDrafts, useJobs, useStudies } from "../../ipc/queries.ts";
import { href } from "../../route.ts";
import { chooseFiles, Doors, designStudy } from "../start/doors.tsx";
import { StudyRow } from "../studies/row.tsx";
import { DraftRow } from "./draft.tsx";
import styles from "./home.module.css";

/** Finished jobs, and studies being written, shown here; the others are on their pages. */
const RECENT = 12;

interface GroupProps {
  title: string;
  count: number;
  of?: "jobs" | "studies";
  children: ReactNode;
}

function Group({ title, count, of = "jobs", children }: GroupProps) {
  const { format } = useText();
  if (count === 0) return null;
  return (
    <section className={styles.group}>
      <h2>
        {title} <span className={styles.count}>{format.count(count)}</span>
      </h2>
      <List label={title} of={of}>
        {children}
      </List>
    </section>
  );
}

function Empty({ act }: { act: Acting }) {
  const { t } = useText();
  return (
    <div className={styles.empty}>
      <Doors act={act} />
      <p className="quiet">{t("start-drop")}</p>
    </div>
  );
}

export function HomePage() {
  const { t } = useText();
  const act = useAct();
  const drafts = useDrafts();
  const jobs = useJobs("");
  const studies = useStudies("");
  const failure =
    act.failure ??
    (drafts.error && failureOf(drafts.error)) ??
    (jobs.error && failureOf(jobs.error)) ??
    (studies.error && failureOf(studies.error));
  const all = jobs.data ?? [];
  const waiting = all.filter((job) => job.state === "waiting");
  const finished = all.filter((job) => job.state === "finished");
  const running = all.filter((job) => job.state !== "waiting" && job.state !== "finished");
  const written = drafts.data ?? [];
  const designed = (studies.data ?? []).filter((study) => study.jobs.length === 0);
  const empty = drafts.data?.length === 0 && jobs.data?.length === 0 && studies.data?.length === 0;
  return (
    <Page
      title={t("home-title")}
      actions={
        !empty && (
          <>
            <Button data-testid="design-study" onClick={() => void act.run(designStudy)}>
              {t("start-study")}
            </Button>
            <Button
              look="primary"
              data-testid="send-file"
              blocked={act.busy}
              onClick={() => void act.run(chooseFiles)}
            >
              {t("home-send-file")}
            </Button>
          </>
        )
      }
    >
      {failure && <FailureNote failure={failure} alert />}
      {empty && <Empty act={act} />}
      <Group title={t("home-waiting")} count={waiting.length + written.length}>
        {waiting.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
        {written.map((draft) => (
          <DraftRow key={draft.id} draft={draft} />
        ))}
      </Group>
      <Group title={t("home-running")} count={running.length}>
        {running.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </Group>
      <Group title={t("home-studies")} count={designed.length} of="studies">
        {designed.slice(0, RECENT).map((study) => (
          <StudyRow key={study.id} study={study} />
        ))}
      </Group>
      {designed.length > RECENT && (
        <p className={styles.all}>
          <a href={href({ page: "studies" })}>{t("home-all-studies", { count: designed.length })}</a>
        </p>
      )}
      <Group title={t("home-finished")} count={finished.length}>
        {finished.slice(0, RECENT).map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </Group>
      {finished.length > RECENT && (
        <p className={styles.all}>
          <a href={href({ page: "jobs" })}>{t("home-all", { count: all.length })}</a>
        </p>
      )}
    </Page>
  );
}
