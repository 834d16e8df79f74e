// One whole line of the file, as it stands there, with the others that have the same problem.
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Icon } from "../../components/icon.tsx";
import { FailureNote } from "../../components/note.tsx";
import { useText } from "../../i18n/text.tsx";
import { failureOf } from "../../ipc/client.ts";
import { useDraftLine } from "../../ipc/queries.ts";
import styles from "./check.module.css";

/** So many characters the shell hands over at most. */
const CUT = 20_000;

interface Props {
  draft: string;
  start: number;
  lines: number[];
  onClose: () => void;
}

export function LineDialog({ draft, start, lines, onClose }: Props) {
  const { t } = useText();
  const [line, setLine] = useState(start);
  const whole = useDraftLine(draft, line);
  const at = lines.indexOf(line);
  const earlier = lines[at - 1];
  const later = lines[at + 1];
  return (
    <Dialog
      title={t("line-title", { line })}
      wide
      onClose={onClose}
      actions={
        <>
          {lines.length > 1 && (
            <div className="row grow">
              <Button
                icon
                aria-label={t("line-earlier")}
                blocked={earlier === undefined}
                onClick={() => earlier !== undefined && setLine(earlier)}
              >
                <Icon of={ChevronLeft} />
              </Button>
              <Button
                icon
                aria-label={t("line-later")}
                blocked={later === undefined}
                onClick={() => later !== undefined && setLine(later)}
              >
                <Icon of={ChevronRight} />
              </Button>
            </div>
          )}
          <Button autoFocus onClick={onClose}>
            {t("close")}
          </Button>
        </>
      }
    >
      {whole.data !== undefined && (
        <pre className={`${styles.whole} select`} data-testid="whole-line" tabIndex={0}>
          {whole.data}
        </pre>
      )}
      {whole.data !== undefined && whole.data.length >= CUT && <p className="xs quiet">{t("line-cut")}</p>}
      {whole.error && <FailureNote failure={failureOf(whole.error)} />}
    </Dialog>
  );
}
