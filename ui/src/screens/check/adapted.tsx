// What is changed in the requests to suit the service, in sentences; what cannot be said in its words at all.
import { TriangleAlert } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { FailureNote } from "../../components/note.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import type { Adaptation, Failure } from "../../ipc/bindings.ts";
import { adaptationCount, adaptationWords } from "../study/adaptations.ts";
import styles from "./check.module.css";
import { isChange, untranslatableLines } from "./fit.ts";

export function Adaptations({ of }: { of: Adaptation[] }) {
  const text = useText();
  const { t } = text;
  const refused = of.filter((one) => !isChange(one));
  return (
    <ul className={styles.adaptations}>
      {[...refused, ...of.filter(isChange)].map((one) => {
        const count = adaptationCount(text, one);
        return (
          <li key={`${one.code} ${JSON.stringify(one.args)}`} className={isChange(one) ? undefined : "warn"}>
            {!isChange(one) && (
              <>
                <Icon of={TriangleAlert} small /> <span className="sr">{t("severity-warning")}: </span>
              </>
            )}
            <Phrases>{adaptationWords(text, one)}</Phrases>{" "}
            {count && (
              <span className="quiet">
                <Phrases>{count}</Phrases>
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

export function Changed({ of, service }: { of: Adaptation[]; service: string }) {
  const { t } = useText();
  if (of.length === 0) return null;
  return (
    <section className={styles.changed} aria-labelledby="changed" data-testid="adaptations">
      <h2 id="changed">{of.some(isChange) ? t("check-changed", { service }) : t("check-refused")}</h2>
      <Adaptations of={of} />
      {of.some(isChange) && <p className={`xs quiet ${styles.copy}`}>{t("check-changed-copy")}</p>}
    </section>
  );
}

export function Untranslatable({ failure, onShow }: { failure: Failure; onShow: (line: number) => void }) {
  const { t } = useText();
  const { line } = failure.args;
  const more = untranslatableLines(failure) - 1;
  return (
    <section className={styles.untranslatable} data-testid="untranslatable">
      <FailureNote
        failure={failure}
        actions={
          typeof line === "number" && (
            <Button small onClick={() => onShow(line)} data-testid="show-untranslatable">
              {t("check-show-line", { line })}
            </Button>
          )
        }
      />
      {more > 0 && <p className="quiet">{t("check-untranslatable-more", { count: more })}</p>}
    </section>
  );
}
