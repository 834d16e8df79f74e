// The history: every job ever sent, searchable, until it is deleted.
import { useState } from "react";
import { useAct } from "../../components/act.ts";
import { Button } from "../../components/button.tsx";
import { SearchField } from "../../components/field.tsx";
import { JobRow, List } from "../../components/joblist.tsx";
import { MoreMenu } from "../../components/menu.tsx";
import { FailureNote } from "../../components/note.tsx";
import { Page } from "../../components/page.tsx";
import { useSettled } from "../../components/settled.ts";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands, type JobView } from "../../ipc/bindings.ts";
import { failureOf, unwrap } from "../../ipc/client.ts";
import { useJobs } from "../../ipc/queries.ts";
import { go } from "../../route.ts";
import { chooseFiles } from "../start/doors.tsx";
import { AdoptDialog } from "./adopt.tsx";
import { DeleteDialog } from "./delete.tsx";
import styles from "./jobs.module.css";

async function importResults(): Promise<void> {
  const id = await unwrap(commands.importResults());
  if (id !== null) go({ page: "job", id });
}

export function JobsPage() {
  const { t } = useText();
  const [search, setSearch] = useState("");
  const [adopting, setAdopting] = useState(false);
  const [deleting, setDeleting] = useState<JobView | null>(null);
  const jobs = useJobs(useSettled(search.trim()));
  const act = useAct();
  const failure = act.failure ?? (jobs.error && failureOf(jobs.error));
  const found = jobs.data ?? [];
  return (
    <Page
      title={t("jobs-title")}
      actions={
        <>
          <SearchField
            label={t("jobs-search")}
            value={search}
            onChange={setSearch}
            data-testid="jobs-search"
          />
          <Button data-testid="import-results" blocked={act.busy} onClick={() => void act.run(importResults)}>
            {t("jobs-import")}
          </Button>
          <Button data-testid="adopt-batch" onClick={() => setAdopting(true)}>
            {t("jobs-adopt")}
          </Button>
          <Button look="primary" blocked={act.busy} onClick={() => void act.run(chooseFiles)}>
            {t("home-send-file")}
          </Button>
        </>
      }
    >
      {failure && <FailureNote failure={failure} alert />}
      {found.length > 0 && (
        <List label={t("jobs-title")} acts head>
          {found.map((job) => (
            <JobRow
              key={job.id}
              job={job}
              acts={
                <MoreMenu
                  small
                  label={t("more-for", { name: job.name })}
                  acts={[
                    {
                      id: "delete-job",
                      label: t("jobs-delete"),
                      danger: true,
                      onAction: () => setDeleting(job),
                    },
                  ]}
                />
              }
            />
          ))}
        </List>
      )}
      {jobs.data?.length === 0 && search !== "" && (
        <p className="quiet">{t("jobs-not-found", { search: search.trim() })}</p>
      )}
      {jobs.data?.length === 0 && search === "" && (
        <div className={styles.empty}>
          <h2>{t("jobs-none")}</h2>
          <p>
            <Phrases>{t("jobs-none-about")}</Phrases>
          </p>
        </div>
      )}
      {adopting && <AdoptDialog onClose={() => setAdopting(false)} />}
      {deleting && <DeleteDialog job={deleting} onClose={() => setDeleting(null)} />}
    </Page>
  );
}
