// One part of a study: a question with a word of explanation in the steps, a plain heading on the one page.
import type { ReactNode } from "react";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import styles from "./study.module.css";

type PartName = "data" | "design" | "prompt" | "parameters" | "answers" | "models" | "send";

interface Props {
  name: PartName;
  whole: boolean;
  /** Beside the heading. */
  tools?: ReactNode;
  children: ReactNode;
}

export function Part({ name, whole, tools, children }: Props) {
  const { t } = useText();
  return (
    <section
      className={styles.part}
      data-path={PATHS[name]}
      aria-labelledby={`part-${name}`}
      data-testid={`part-${name}`}
    >
      <div className={styles.head}>
        <h2 id={`part-${name}`}>
          <Phrases>{t(whole ? `part-${name}` : `ask-${name}`)}</Phrases>
        </h2>
        {tools}
      </div>
      {!whole && (
        <p className={`read quiet ${styles.lead}`}>
          <Phrases>{t(`ask-${name}-about`)}</Phrases>
        </p>
      )}
      {children}
    </section>
  );
}

/** Where the parts stand in the study, for problems that name no field of theirs. */
const PATHS: Record<PartName, string | undefined> = {
  data: "factors",
  design: "design",
  prompt: "prompt",
  parameters: "parameters",
  answers: "answer_sheet",
  models: "models",
  send: undefined,
};
