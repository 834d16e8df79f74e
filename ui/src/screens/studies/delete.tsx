// Deleting a study asks once.
import { Question } from "../../components/question.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands, type StudyRow } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";
import { studyTitle } from "./row.tsx";

export function DeleteStudyDialog({ study, onClose }: { study: StudyRow; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  return (
    <Question
      title={t("jobs-delete-title", { name: studyTitle(text, study.title) })}
      keep={t("jobs-delete-keep")}
      confirm={t("studies-delete-confirm")}
      onConfirm={async () => {
        await unwrap(commands.deleteStudy(study.id));
        onClose();
      }}
      onClose={onClose}
      data-testid="confirm-delete"
    >
      <p className="read">
        <Phrases>{t(study.jobs.length > 0 ? "studies-delete-sent" : "studies-delete-about")}</Phrases>
      </p>
    </Question>
  );
}
