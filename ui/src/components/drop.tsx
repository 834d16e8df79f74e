// The native drag over the window: a highlight that says what a drop will do.
import { FileText } from "lucide-react";
import { Phrases } from "../i18n/phrases.tsx";
import { useText } from "../i18n/text.tsx";
import styles from "./drop.module.css";
import { Icon } from "./icon.tsx";

export function DropHighlight({ files }: { files: number }) {
  const { t } = useText();
  return (
    <div className={styles.cover} data-testid="drop-highlight">
      <div className={styles.inside}>
        <Icon of={FileText} className={styles.icon} />
        <p className={styles.lead}>
          <Phrases>{t("drop-here", { files })}</Phrases>
        </p>
        <p className="quiet">{t("drop-note")}</p>
      </div>
    </div>
  );
}
