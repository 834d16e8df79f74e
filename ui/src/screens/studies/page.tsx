// Every study: being written, or sent. An empty page says the ways to begin one.
import { ChevronRight, FolderOpen, type LucideIcon, NotebookPen, Play } from "lucide-react";
import { useState } from "react";
import { type Acting, useAct } from "../../components/act.ts";
import { SearchField } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { List } from "../../components/joblist.tsx";
import { MenuButton, MoreMenu } from "../../components/menu.tsx";
import { FailureNote } from "../../components/note.tsx";
import { Page } from "../../components/page.tsx";
import { useSettled } from "../../components/settled.ts";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands, type StudyRow as StudyRowView, type StudyStart } from "../../ipc/bindings.ts";
import { failureOf, unwrap } from "../../ipc/client.ts";
import { useStudies } from "../../ipc/queries.ts";
import { go } from "../../route.ts";
import doors from "../start/start.module.css";
import { studyRoute } from "../study/form.ts";
import { DeleteStudyDialog } from "./delete.tsx";
import { StudyRow, studyTitle } from "./row.tsx";
import styles from "./studies.module.css";

async function begin(start: StudyStart): Promise<void> {
  go(studyRoute(await unwrap(commands.newStudy(start))));
}

async function openFile(): Promise<void> {
  const id = await unwrap(commands.chooseStudyFile());
  if (id !== null) go(studyRoute(id));
}

const WAYS = [
  { name: "sample", icon: Play, open: () => begin("sample") },
  { name: "file", icon: FolderOpen, open: openFile },
  { name: "empty", icon: NotebookPen, open: () => begin("empty") },
] as const;

/** The three ways to begin, each with what it is for. */
function Ways({ act }: { act: Acting }) {
  const { t } = useText();
  const way = (name: (typeof WAYS)[number]["name"], icon: LucideIcon, open: () => Promise<void>) => (
    <li key={name}>
      <button
        type="button"
        className={`${doors.door} ${styles.way}`}
        aria-disabled={act.busy || undefined}
        onClick={() => {
          if (!act.busy) void act.run(open);
        }}
        data-testid={`way-${name}`}
      >
        <Icon of={icon} className={doors.doorIcon} />
        <span>
          <span className={doors.doorTitle}>{t(`studies-way-${name}`)}</span>
          <span className={doors.doorAbout}>
            <Phrases>{t(`studies-way-${name}-about`)}</Phrases>
          </span>
        </span>
        <Icon of={ChevronRight} className={doors.chevron} />
      </button>
    </li>
  );
  return <ul className={doors.doors}>{WAYS.map(({ name, icon, open }) => way(name, icon, open))}</ul>;
}

function Empty({ act }: { act: Acting }) {
  const { t } = useText();
  return (
    <div className={styles.empty}>
      <h2>{t("studies-none")}</h2>
      <p className="read quiet">
        <Phrases>{t("studies-none-about")}</Phrases>
      </p>
      <Ways act={act} />
    </div>
  );
}

function Actions({
  act,
  search,
  onSearch,
}: {
  act: Acting;
  search: string;
  onSearch: (text: string) => void;
}) {
  const { t } = useText();
  return (
    <>
      <SearchField
        label={t("studies-search")}
        value={search}
        onChange={onSearch}
        data-testid="studies-search"
      />
      <MenuButton
        label={t("studies-new")}
        testid="new-study"
        acts={WAYS.map(({ name, open }) => ({
          id: `new-${name}`,
          label: t(`studies-way-${name}`),
          onAction: () => void act.run(open),
        }))}
      />
    </>
  );
}

export function StudiesPage() {
  const text = useText();
  const { t } = text;
  const [search, setSearch] = useState("");
  const [deleting, setDeleting] = useState<StudyRowView | null>(null);
  const studies = useStudies(useSettled(search.trim()));
  const act = useAct();
  const failure = act.failure ?? (studies.error && failureOf(studies.error));
  const found = studies.data ?? [];
  const empty = studies.data?.length === 0 && search === "";
  const duplicate = (id: string) =>
    void act.run(async () => go(studyRoute(await unwrap(commands.duplicateStudy(id)))));
  return (
    <Page
      title={t("nav-studies")}
      actions={!empty && <Actions act={act} search={search} onSearch={setSearch} />}
    >
      {failure && <FailureNote failure={failure} alert />}
      {found.length > 0 && (
        <List label={t("nav-studies")} acts head of="studies">
          {found.map((study) => (
            <StudyRow
              key={study.id}
              study={study}
              acts={
                <MoreMenu
                  small
                  label={t("more-for", { name: studyTitle(text, study.title) })}
                  acts={[
                    {
                      id: "duplicate-study",
                      label: t("studies-duplicate"),
                      onAction: () => duplicate(study.id),
                    },
                    {
                      id: "delete-study",
                      label: t("jobs-delete"),
                      danger: true,
                      onAction: () => setDeleting(study),
                    },
                  ]}
                />
              }
            />
          ))}
        </List>
      )}
      {studies.data?.length === 0 && search !== "" && (
        <p className="quiet">{t("studies-not-found", { search: search.trim() })}</p>
      )}
      {empty && <Empty act={act} />}
      {deleting && <DeleteStudyDialog study={deleting} onClose={() => setDeleting(null)} />}
    </Page>
  );
}
