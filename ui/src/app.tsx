// The window: settings first (language, theme), then the column of navigation and the page that the hash names.
import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState } from "react";
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
import { useDrops } from "./ipc/drops.ts";
import { useSettings } from "./ipc/queries.ts";
import { type Route, useRoute } from "./route.ts";
import { CheckPage } from "./screens/check/page.tsx";
import { ConnectionsPage } from "./screens/connections/page.tsx";
import { HomePage } from "./screens/home/page.tsx";
import { JobPage } from "./screens/job/page.tsx";
import { JobsPage } from "./screens/jobs/page.tsx";
import { ResultsPage } from "./screens/results/page.tsx";
import { SettingsPage } from "./screens/settings/page.tsx";
import { StartPage } from "./screens/start/page.tsx";
import { useRoot } from "./theme/theme.ts";

function PageOf({ route }: { route: Route }) {
  // Keyed by what they show, so that nothing of one job or file is left on the page of the next.
  switch (route.page) {
    case "home":
      return <HomePage />;
    case "jobs":
      return <JobsPage />;
    case "job":
      return <JobPage key={route.id} id={route.id} />;
    case "results":
      return <ResultsPage key={`${route.id} ${route.status}`} id={route.id} status={route.status} />;
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
          <Nav route={route} folded={route.page === "results"} />
          <div className={styles.page}>
            <PageOf route={route} />
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
  useEffect(() => listenForChanges(client), [client]);
  return (
    <QueryClientProvider client={client}>
      <Shell />
    </QueryClientProvider>
  );
}
