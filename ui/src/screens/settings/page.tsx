// Settings: language, colours, where the data are.
import type { ReactNode } from "react";
import { useAct } from "../../components/act.ts";
import { Segments } from "../../components/field.tsx";
import { FailureNote } from "../../components/note.tsx";
import { Page } from "../../components/page.tsx";
import { languageOf } from "../../i18n/catalogue.ts";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";
import { useSettings } from "../../ipc/queries.ts";
import { LanguageSwitch } from "./language.tsx";
import styles from "./settings.module.css";

const THEMES = ["system", "light", "dark"] as const;

function Setting({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.setting}>
      <h2>{title}</h2>
      <div>{children}</div>
    </section>
  );
}

export function SettingsPage() {
  const { t } = useText();
  const settings = useSettings().data;
  const act = useAct();
  const keys: [string, string][] = [
    ["Ctrl 0–4", t("settings-keys-pages")],
    ["Ctrl F", t("settings-keys-search")],
    ["F6", t("settings-keys-regions")],
    ["Ctrl Enter", t("settings-keys-primary")],
    ["Ctrl Z", t("settings-keys-undo")],
    ["Ctrl Shift Z", t("settings-keys-redo")],
  ];
  return (
    <Page title={t("settings-title")}>
      {act.failure && <FailureNote failure={act.failure} alert />}
      {settings && (
        <div className={styles.settings}>
          <Setting title={t("settings-language")}>
            <LanguageSwitch language={languageOf(settings.language)} act={act} />
          </Setting>
          <Setting title={t("settings-theme")}>
            <Segments
              label={t("settings-theme")}
              value={settings.theme}
              options={THEMES.map((theme) => ({
                value: theme,
                label: t(`settings-theme-${theme}`),
                testid: `theme-${theme}`,
              }))}
              onChange={(theme) => void act.run(() => unwrap(commands.setTheme(theme)))}
            />
          </Setting>
          <Setting title={t("settings-data")}>
            <p className="mono select" data-testid="data-folder">
              {settings.data_folder}
            </p>
            <p className="xs quiet">
              <Phrases>{t("settings-data-about")}</Phrases>
            </p>
          </Setting>
          <Setting title={t("settings-keyboard")}>
            <dl className={styles.keys}>
              {keys.map(([key, act]) => (
                <div key={key}>
                  <dt>
                    {key.split(" ").map((one) => (
                      <kbd key={one}>{one}</kbd>
                    ))}
                  </dt>
                  <dd>{act}</dd>
                </div>
              ))}
            </dl>
          </Setting>
          <Setting title={t("settings-version")}>
            <p className="select">Tabane {settings.version}</p>
          </Setting>
        </div>
      )}
    </Page>
  );
}
