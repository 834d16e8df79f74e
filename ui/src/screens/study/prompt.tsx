// System and user message, with the columns at hand.
import { Button } from "../../components/button.tsx";
import { useText } from "../../i18n/text.tsx";
import { useEditor } from "./editor.ts";
import { Part } from "./part.tsx";
import { ProblemsAt } from "./problems.tsx";
import styles from "./prompt.module.css";
import { TemplateField, useTemplateNames } from "./template/field.tsx";
import { InsertingProvider, useInsertTarget } from "./template/inserting.ts";

function Message({ of, hint }: { of: "system" | "user"; hint: string }) {
  const { t } = useText();
  const { study, change } = useEditor();
  const value = study.prompt[of];
  return (
    <div className={styles.message}>
      <div className={styles.over}>
        <span className="grow" aria-hidden="true">
          {t(`prompt-${of}`)}
        </span>
        <span>{t("prompt-characters", { count: [...value].length })}</span>
      </div>
      <TemplateField
        label={t(`prompt-${of}`)}
        value={value}
        hint={hint}
        insertHere
        path={`prompt/${of}`}
        testid={`prompt-${of}`}
        onChange={(text) =>
          change(`did-${of}`, (now) => ({ ...now, prompt: { ...now.prompt, [of]: text } }), `prompt-${of}`)
        }
      />
    </div>
  );
}

export function PromptPart({ whole }: { whole: boolean }) {
  const { t } = useText();
  const target = useInsertTarget();
  const { columns, frozen } = useTemplateNames();
  return (
    <Part name="prompt" whole={whole}>
      <InsertingProvider value={target}>
        <div className={styles.prompt}>
          <Message of="system" hint={t("prompt-system-hint")} />
          <Message of="user" hint={t("prompt-user-hint")} />
        </div>
      </InsertingProvider>
      {!frozen && (
        <div className={styles.insert}>
          <span className="xs quiet">{t("prompt-insert")}</span>
          {columns.map((name) => (
            <Button
              key={name}
              small
              aria-label={t("prompt-insert-name", {
                name: name === "answer_sheet" ? t("prompt-answer-sheet") : name,
              })}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => target.insert(name)}
              data-testid={`insert-${name}`}
            >
              {name === "answer_sheet" ? t("prompt-answer-sheet") : name}
            </Button>
          ))}
        </div>
      )}
      <ProblemsAt paths={["prompt"]} />
    </Part>
  );
}
