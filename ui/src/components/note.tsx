// Notes: what happened, what it means for money and data, what to do next.
import { CircleCheck, CircleX, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Phrases } from "../i18n/phrases.tsx";
import { useText } from "../i18n/text.tsx";
import type { Failure } from "../ipc/bindings.ts";
import { Icon } from "./icon.tsx";
import styles from "./note.module.css";

type Tone = "info" | "good" | "warn" | "bad";
const ICONS: Record<Tone, LucideIcon> = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleX };

interface NoteProps {
  tone: Tone;
  /** Read out at once: something the user has just asked for went wrong. */
  alert?: boolean;
  actions?: ReactNode;
  children: ReactNode;
  "data-testid"?: string;
}

export function Note({ tone, alert, actions, children, ...rest }: NoteProps) {
  return (
    <div className={`${styles.note} ${styles[tone]}`} role={alert ? "alert" : undefined} {...rest}>
      <Icon of={ICONS[tone]} className={styles.icon} />
      <div className="grow">
        {children}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}

interface FailureProps {
  failure: Failure;
  tone?: Tone;
  alert?: boolean;
  actions?: ReactNode;
  /** Said instead of the failure's own third step. */
  next?: string;
}

export function FailureNote({ failure, tone = "bad", alert, actions, next }: FailureProps) {
  const text = useText().failure(failure);
  const then = next ?? text.next;
  return (
    <Note tone={tone} alert={alert} actions={actions} data-testid="failure">
      <strong>
        <Phrases>{text.what}</Phrases>
      </strong>
      {text.means && (
        <p className={styles.step}>
          <Phrases>{text.means}</Phrases>
        </p>
      )}
      {then && (
        <p className={styles.step}>
          <Phrases>{then}</Phrases>
        </p>
      )}
      <Details>{text.detail}</Details>
    </Note>
  );
}

/** The raw words, one press away and selectable, never instead of the sentence. */
export function Details({ children }: { children: string | null }) {
  const { t } = useText();
  if (children === null || children === "") return null;
  return (
    <details className={styles.details}>
      <summary>{t("details")}</summary>
      <pre className={`${styles.raw} select`}>{children}</pre>
    </details>
  );
}
