// The column of navigation. It folds to a rail where data need the width, and in narrow windows.
import { Layers, type LucideIcon, NotebookPen, Plug, Settings2 } from "lucide-react";
import { Phrases } from "../i18n/phrases.tsx";
import { useText } from "../i18n/text.tsx";
import { useJobs, useStudies } from "../ipc/queries.ts";
import { href, type Route } from "../route.ts";
import { Icon } from "./icon.tsx";
import { Mark } from "./mark.tsx";
import styles from "./nav.module.css";

const OVER: Record<Route["page"], "home" | "studies" | "jobs" | "connections" | "settings"> = {
  home: "home",
  studies: "studies",
  study: "studies",
  "study-results": "studies",
  jobs: "jobs",
  check: "jobs",
  job: "jobs",
  results: "jobs",
  connections: "connections",
  settings: "settings",
};

export function Nav({ route, folded }: { route: Route; folded: boolean }) {
  const { t, language } = useText();
  const jobs = useJobs("").data ?? [];
  const away = jobs.filter((job) => job.state === "running" || job.state === "cancelling").length;
  const written = (useStudies("").data ?? []).filter((study) => study.jobs.length === 0).length;
  const here = OVER[route.page];
  const item = (page: "studies" | "jobs" | "connections" | "settings", icon: LucideIcon, count = 0) => (
    <a
      className={styles.item}
      href={href({ page })}
      aria-current={here === page ? "page" : undefined}
      title={t(`nav-${page}`)}
      data-testid={`nav-${page}`}
    >
      <Icon of={icon} />
      <span>{t(`nav-${page}`)}</span>
      {count > 0 && (
        <span className={styles.count} aria-hidden="true">
          {count}
        </span>
      )}
    </a>
  );
  return (
    <nav
      className={folded ? `${styles.nav} ${styles.folded}` : styles.nav}
      aria-label={t("nav-label")}
      data-region
      tabIndex={-1}
    >
      <a
        className={styles.brand}
        href={href({ page: "home" })}
        aria-current={here === "home" ? "page" : undefined}
        aria-label={language === "ja" ? `Tabane 束ね、${t("nav-home")}` : `Tabane, ${t("nav-home")}`}
        title={t("nav-home")}
        data-testid="nav-home"
      >
        <Mark />
        <span>Tabane {language === "ja" && <small lang="ja">束ね</small>}</span>
      </a>
      {item("studies", NotebookPen, written)}
      {item("jobs", Layers, away)}
      {item("connections", Plug)}
      {item("settings", Settings2)}
      {away > 0 && (
        <p className={styles.foot}>
          <Phrases>{t("nav-running", { count: away })}</Phrases>
        </p>
      )}
    </nav>
  );
}
