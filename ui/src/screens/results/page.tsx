// The results: the grid owns the width; filters left, request and answer side by side below.
import { Download, X } from "lucide-react";
import { useRef, useState } from "react";
import { Button, buttonClass } from "../../components/button.tsx";
import { SearchField } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { FailureNote } from "../../components/note.tsx";
import { Page } from "../../components/page.tsx";
import { useSettled } from "../../components/settled.ts";
import { useText } from "../../i18n/text.tsx";
import type { Look, Status } from "../../ipc/bindings.ts";
import { failureOf } from "../../ipc/client.ts";
import { useJob, useJobs, useStudy } from "../../ipc/queries.ts";
import { href } from "../../route.ts";
import { ExportDialog } from "./export.tsx";
import { Facets } from "./facets.tsx";
import { Grid } from "./grid.tsx";
import type { Place } from "./moves.ts";
import { RowPanel } from "./panel.tsx";
import styles from "./results.module.css";
import { jobSource, type Source, studySource } from "./source.ts";
import { useRows, useView } from "./view.ts";

interface First {
  status: Status | null;
  look?: Look;
}

function Results({ source, first }: { source: Source; first: First }) {
  const text = useText();
  const { t } = text;
  const [status, setStatus] = useState<Status[]>(first.status ? [first.status] : []);
  const [looks, setLooks] = useState<Look[]>(first.look ? [first.look] : []);
  const [search, setSearch] = useState("");
  const [cursor, setCursor] = useState<Place>({ row: 0, column: 0 });
  const [reading, setReading] = useState(false);
  const [exporting, setExporting] = useState(false);
  const sheet = useRef<HTMLDivElement>(null);
  const settled = useSettled(search.trim());
  const filter = { status, looks, search: settled === "" ? null : settled };
  const view = useView(source.of, filter);
  const handle = view.data;
  const rowAt = useRows(handle, cursor.row, cursor.row);
  const rows = handle?.rows ?? 0;
  const filtered = status.length > 0 || looks.length > 0 || settled !== "";
  const here = { ...cursor, row: Math.min(cursor.row, Math.max(0, rows - 1)) };
  const row = rows > 0 ? rowAt(here.row) : undefined;
  const choose = (next: Status[]) => {
    setStatus(next);
    setCursor({ row: 0, column: cursor.column });
  };
  const look = (next: Look[]) => {
    setLooks(next);
    setCursor({ row: 0, column: cursor.column });
  };
  const clear = () => {
    choose([]);
    look([]);
    setSearch("");
  };
  /** What was open goes away; the focus goes back to the row that it belonged to. */
  const leave = () => {
    setReading(false);
    sheet.current?.querySelector<HTMLElement>("[role=grid]")?.focus();
  };
  return (
    <Page
      title={source.title}
      lesser
      bare
      aside={source.aside}
      practice={source.practice}
      actions={
        <>
          <a className={buttonClass()} href={href(source.back)} data-testid="back-to-job">
            {t(source.of.of === "job" ? "results-back" : "results-back-study")}
          </a>
          <Button
            look="primary"
            data-primary
            data-testid="export-button"
            blocked={rows === 0}
            onClick={() => setExporting(true)}
          >
            <Icon of={Download} />
            {t("results-export", { count: rows })}
          </Button>
        </>
      }
    >
      <div className={styles.work}>
        <Facets handle={handle} chosen={status} onChoose={choose} looks={looks} onLook={look} />
        <div className={styles.main}>
          <div className={styles.bar}>
            <SearchField
              small
              label={t("results-search")}
              value={search}
              onChange={(value) => {
                setSearch(value);
                setCursor({ row: 0, column: cursor.column });
              }}
              data-testid="results-search"
            />
            {status.map((one) => (
              <button
                key={one}
                type="button"
                className={styles.tag}
                aria-label={t("results-remove-filter", { name: t(`status-${one}`) })}
                onClick={() => choose(status.filter((other) => other !== one))}
              >
                {t(`status-${one}`)}
                <Icon of={X} small />
              </button>
            ))}
            {looks.map((one) => (
              <button
                key={one}
                type="button"
                className={styles.tag}
                aria-label={t("results-remove-filter", { name: t(`look-${one}`) })}
                onClick={() => look(looks.filter((other) => other !== one))}
              >
                {t(`look-${one}`)}
                <Icon of={X} small />
              </button>
            ))}
            <span className="quiet nowrap" role="status" data-testid="rows-shown">
              {handle && t("results-rows", { shown: rows, all: source.requests })}
            </span>
          </div>
          <div className={styles.sheet} ref={sheet} data-region tabIndex={-1}>
            {view.error && <FailureNote failure={failureOf(view.error)} alert />}
            {handle && rows > 0 && (
              <Grid
                key={`${status.join(" ")} ${looks.join(" ")} ${settled}`}
                label={t("results-grid", { name: source.title })}
                handle={handle}
                cursor={here}
                onCursor={setCursor}
                onOpen={() => setReading(true)}
                onLeave={leave}
              />
            )}
            {handle && rows === 0 && (
              <div className={styles.none}>
                <p>{t("results-none")}</p>
                {filtered && <Button onClick={clear}>{t("results-clear")}</Button>}
              </div>
            )}
          </div>
          {reading && row && (
            <RowPanel row={row} study={handle?.study ?? null} place={here.row} onClose={leave} />
          )}
        </div>
      </div>
      {exporting && (
        <ExportDialog source={source} filter={filter} shown={rows} onClose={() => setExporting(false)} />
      )}
    </Page>
  );
}

export function ResultsPage({ id, ...first }: First & { id: string }) {
  const text = useText();
  const { data: job, error } = useJob(id);
  if (job) return <Results source={jobSource(text, job)} first={first} />;
  return <Page title={text.t("jobs-title")}>{error && <FailureNote failure={failureOf(error)} />}</Page>;
}

export function StudyResultsPage({ id, ...first }: First & { id: string }) {
  const text = useText();
  const { data: view, error } = useStudy(id);
  const { data: jobs, error: jobsError } = useJobs("");
  const failed = error ?? jobsError;
  if (view && jobs) {
    const own = jobs.filter((job) => view.jobs.includes(job.id)).reverse();
    return <Results source={studySource(text, view, own)} first={first} />;
  }
  return <Page title={text.t("nav-studies")}>{failed && <FailureNote failure={failureOf(failed)} />}</Page>;
}
