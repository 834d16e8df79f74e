// The three ways to begin, as one list, each with what it needs.
import { ChevronRight, FileText, type LucideIcon, NotebookPen, Play } from "lucide-react";
import type { Acting } from "../../components/act.ts";
import { Icon } from "../../components/icon.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";
import { showTaken } from "../../ipc/drops.ts";
import { go } from "../../route.ts";
import styles from "./start.module.css";

export async function chooseFiles(): Promise<void> {
  await showTaken(await unwrap(commands.chooseFiles()), []);
}

/** The page of studies says the ways to begin one: from nothing, from the sample, from a file. */
export async function designStudy(): Promise<void> {
  await unwrap(commands.setGreeted());
  go({ page: "studies" });
}

export function Doors({ act }: { act: Acting }) {
  const { t } = useText();
  const door = (
    name: "file" | "study" | "practice",
    icon: LucideIcon,
    testid: string,
    open: () => Promise<void>,
  ) => (
    <li>
      <button
        type="button"
        className={styles.door}
        data-testid={testid}
        aria-disabled={act.busy || undefined}
        onClick={() => {
          if (!act.busy) void act.run(open);
        }}
      >
        <Icon of={icon} className={styles.doorIcon} />
        <span>
          <span className={styles.doorTitle}>{t(`start-${name}`)}</span>
          <span className={styles.doorAbout}>
            <Phrases>{t(`start-${name}-about`)}</Phrases>
          </span>
        </span>
        <span className={styles.needs}>
          <Phrases>{t(`start-${name}-needs`)}</Phrases>
        </span>
        <Icon of={ChevronRight} className={styles.chevron} />
      </button>
    </li>
  );
  return (
    <ul className={styles.doors}>
      {door("file", FileText, "door-send-file", chooseFiles)}
      {door("study", NotebookPen, "door-study", designStudy)}
      {door("practice", Play, "door-practice", async () =>
        showTaken([await unwrap(commands.openSample())], []),
      )}
    </ul>
  );
}
