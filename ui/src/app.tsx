// The window: settings first (language, theme), then the column of navigation and the page that the hash names.
import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import styles from "./app.module.css";
import { Announcer } from "./components/announce.tsx";
import { Button } from "./components/button.tsx";
import { DropHighlight } from "./components/drop.tsx";
import { useKeyboard } from "./components/keyboard.ts";
import { Nav } from "./components/nav.tsx";
import { FailureNote } from "./components/note.tsx";
import { languageOf } from "./i18n/catalogue.ts";
import { TextProvider, useText } from "./i18n/text.tsx";
import type { Failure, Settings } from "./ipc/bindings.ts";
import { failureOf, listenForChanges, makeQueryClient } from "./ipc/client.ts";
import { useClosing } from "./ipc/closing.ts";
import { useDrops } from "./ipc/drops.ts";
import { useSettings } from "./ipc/queries.ts";
import { href, type Route, useRoute } from "./route.ts";
import { HomePage } from "./screens/home/page.tsx";
import { StartPage } from "./screens/start/page.tsx";
import { useRoot } from "./theme/theme.ts";

// The first two pages come with the window, the others when they are first opened.
const CheckPage = lazy(async () => ({ default: (await import("./screens/check/page.tsx")).CheckPage }));
const ConnectionsPage = lazy(async () => ({
  default: (await import("./screens/connections/page.tsx")).ConnectionsPage,
}));
const JobPage = lazy(async () => ({ default: (await import("./screens/job/page.tsx")).JobPage }));
const JobsPage = lazy(async () => ({ default: (await import("./screens/jobs/page.tsx")).JobsPage }));
const ResultsPage = lazy(async () => ({ default: (await import("./screens/results/page.tsx")).ResultsPage }));
const StudyResultsPage = lazy(async () => ({
  default: (await import("./screens/results/page.tsx")).StudyResultsPage,
}));
const SettingsPage = lazy(async () => ({
  default: (await import("./screens/settings/page.tsx")).SettingsPage,
}));
const StudiesPage = lazy(async () => ({ default: (await import("./screens/studies/page.tsx")).StudiesPage }));
const StudyPage = lazy(async () => ({ default: (await import("./screens/study/page.tsx")).StudyPage }));

/** Pages whose data need the width. */
const FOLDED: Route["page"][] = ["results", "study", "study-results"];

function PageOf({ route }: { route: Route }) {
  // Keyed by what they show, so that nothing of one job or file is left on the page of the next.
  switch (route.page) {
    case "home":
      return <HomePage />;
    case "studies":
      return <StudiesPage />;
    case "study":
      return <StudyPage key={route.id} id={route.id} step={route.step} />;
    case "jobs":
      return <JobsPage />;
    case "job":
      return <JobPage key={route.id} id={route.id} />;
    case "results":
      return <ResultsPage key={href(route)} {...route} />;
    case "study-results":
      return <StudyResultsPage key={href(route)} {...route} />;
    case "check":
      return <CheckPage key={route.id} id={route.id} />;
    case "connections":
      return <ConnectionsPage />;
    case "settings":
      return <SettingsPage />;
  }
}

function DropFailure({ failure, onClose }: { failure: Failure; onClose: () => void }) {
  const { t } = useText();
  return (
    <div className={styles.dropFailure}>
      <FailureNote failure={failure} alert actions={<Button onClick={onClose}>{t("close")}</Button>} />
    </div>
  );
}

function Window({ settings }: { settings: Settings }) {
  const route = useRoute();
  const drops = useDrops();
  useKeyboard();
  const first = route.page === "home" && !settings.greeted;
  return (
    <>
      {first ? (
        <StartPage language={languageOf(settings.language)} />
      ) : (
        <div className={styles.app}>
          <Nav route={route} folded={FOLDED.includes(route.page)} />
          <div className={styles.page}>
            <Suspense>
              <PageOf route={route} />
            </Suspense>
          </div>
        </div>
      )}
      {drops.failure && <DropFailure failure={drops.failure} onClose={drops.clear} />}
      {drops.over && <DropHighlight files={drops.files} />}
      <Announcer />
    </>
  );
}

function Shell() {
  const settings = useSettings();
  const language = languageOf(settings.data?.language);
  useRoot(language, settings.data?.theme ?? "system");
  return (
    <TextProvider language={language}>
      {settings.data && <Window settings={settings.data} />}
      {settings.error && (
        <main className={styles.broken}>
          <FailureNote failure={failureOf(settings.error)} alert />
        </main>
      )}
    </TextProvider>
  );
}

export function App() {
  const [client] = useState(makeQueryClient);
  useClosing();
  useEffect(() => listenForChanges(client), [client]);
  return (
    <QueryClientProvider client={client}>
      <Shell />
    </QueryClientProvider>
  );
}
