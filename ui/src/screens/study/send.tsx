// The last step: what still stands in the way, what will be sent, and the files to keep.
import { Button } from "../../components/button.tsx";
import { Facts } from "../../components/facts.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import type { StudyProblem } from "../../ipc/bindings.ts";
import { priceWords, totalRequests } from "./count.tsx";
import { useEditor } from "./editor.ts";
import type { Files } from "./files.tsx";
import { Part } from "./part.tsx";
import { ProblemList } from "./problems.tsx";
import styles from "./study.module.css";

export function SendPart({ files, onShow }: { files: Files; onShow: (problem: StudyProblem) => void }) {
  const text = useText();
  const { t, format } = text;
  const { study, view } = useEditor();
  return (
    <Part name="send" whole={false}>
      {view.problems.length > 0 ? (
        <ProblemList onShow={onShow} />
      ) : (
        <p className={styles.clear}>
          <Phrases>{t("send-clear")}</Phrases>
        </p>
      )}
      <div className={styles.summary}>
        <Facts
          of={[
            [t("list-requests"), format.count(totalRequests(view))],
            [
              t("check-model", { count: study.models.length }),
              study.models.map((one) => one.model).join(", "),
            ],
            [t("confirm-price"), priceWords(text, view)],
          ]}
        />
      </div>
      <h3>{t("files-title")}</h3>
      <p className="quiet">
        <Phrases>{t("files-about")}</Phrases>
      </p>
      <div className={styles.files}>
        {files.acts.map((act) => (
          <Button key={act.id} onClick={act.onAction} blocked={files.busy} data-testid={act.id}>
            {act.label}
          </Button>
        ))}
      </div>
      {files.said}
    </Part>
  );
}
