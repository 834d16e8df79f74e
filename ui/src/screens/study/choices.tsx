// The choices of a field, one a line.
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import styles from "./answers.module.css";

interface Props {
  label: string;
  choices: string[];
  readOnly: boolean;
  onClose: () => void;
  onChange: (choices: string[]) => void;
}

export function ChoicesDialog({ label, choices, readOnly, onClose, onChange }: Props) {
  const { t } = useText();
  const [text, setText] = useState(choices.join("\n"));
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const take = () => {
    onChange([...new Set(lines)]);
    onClose();
  };
  return (
    <Dialog
      title={t("choices-title", { field: label })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t(readOnly ? "close" : "cancel-dialog")}</Button>
          {!readOnly && (
            <Button look="primary" onClick={take} data-testid="choices-take">
              {t("choices-take", { count: new Set(lines).size })}
            </Button>
          )}
        </>
      }
    >
      <p className="quiet">
        <Phrases>{t("choices-about")}</Phrases>
      </p>
      <textarea
        className={styles.choices}
        aria-label={t("choices-title", { field: label })}
        rows={8}
        value={text}
        readOnly={readOnly}
        autoFocus
        onChange={(event) => setText(event.target.value)}
        data-testid="choices"
      />
    </Dialog>
  );
}
