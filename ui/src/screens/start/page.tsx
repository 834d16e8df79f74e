// The first start: a greeting in the system's language, two doors, and the other language one press away.
import { useEffect } from "react";
import { useAct } from "../../components/act.ts";
import { Mark } from "../../components/mark.tsx";
import { FailureNote } from "../../components/note.tsx";
import type { Language } from "../../i18n/catalogue.ts";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { LanguageSwitch } from "../settings/language.tsx";
import { Doors } from "./doors.tsx";
import styles from "./start.module.css";

export function StartPage({ language }: { language: Language }) {
  const { t } = useText();
  const act = useAct();
  useEffect(() => {
    document.title = "Tabane";
  }, []);
  return (
    <div className={styles.first}>
      <header className={styles.top} data-region tabIndex={-1}>
        <span className={styles.brand}>
          <Mark /> Tabane <small lang="ja">束ね</small>
        </span>
        <LanguageSwitch language={language} act={act} />
      </header>
      <main className={styles.main} data-region tabIndex={-1}>
        <h1>
          <Phrases>{t("start-title")}</Phrases>
        </h1>
        <p className={styles.lead}>
          <Phrases>{t("start-lead")}</Phrases>
        </p>
        <Doors act={act} />
        {act.failure && (
          <div className={styles.failure}>
            <FailureNote failure={act.failure} alert />
          </div>
        )}
      </main>
      <footer className={styles.foot}>
        <p>{t("start-drop")}</p>
        <p>{t("start-keys")}</p>
      </footer>
    </div>
  );
}
