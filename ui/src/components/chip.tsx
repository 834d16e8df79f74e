// A state: always an icon and a word.
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { useText } from "../i18n/text.tsx";
import styles from "./chip.module.css";
import { Icon } from "./icon.tsx";

export type Tone = "plain" | "run" | "good" | "warn" | "bad";

export function Chip({
  icon,
  tone = "plain",
  children,
}: {
  icon: LucideIcon;
  tone?: Tone;
  children: ReactNode;
}) {
  return (
    <span className={`${styles.chip} ${styles[tone]}`}>
      <Icon of={icon} className={styles.icon} />
      <span>{children}</span>
    </span>
  );
}

/** Stands on every page that shows something made up for practice. */
export function PracticeMark({ short }: { short?: boolean }) {
  const { t } = useText();
  return (
    <span className={styles.practice} data-testid="practice-mark">
      {short ? t("practice-word") : t("practice-mark")}
    </span>
  );
}
