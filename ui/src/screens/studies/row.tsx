// A study as a row of the lists.
import { CircleAlert, CircleCheck, PencilLine } from "lucide-react";
import type { ReactNode } from "react";
import { Chip } from "../../components/chip.tsx";
import { Row } from "../../components/joblist.tsx";
import { type Text, useText } from "../../i18n/text.tsx";
import type { StudyRow as StudyRowView } from "../../ipc/bindings.ts";
import { studyRoute } from "../study/form.ts";

export function studyTitle({ t }: Text, title: string): string {
  return title === "" ? t("study-untitled") : title;
}

function StudyChip({ study }: { study: StudyRowView }) {
  const { t } = useText();
  if (study.jobs.length > 0) {
    return (
      <Chip icon={CircleCheck} tone="good">
        {t("study-is-sent", { count: study.jobs.length })}
      </Chip>
    );
  }
  if (study.errors > 0) {
    return (
      <Chip icon={CircleAlert} tone="warn">
        {t("study-is-written", { count: study.errors })}
      </Chip>
    );
  }
  return <Chip icon={PencilLine}>{t("draft-is-ready")}</Chip>;
}

export function StudyRow({ study, acts }: { study: StudyRowView; acts?: ReactNode }) {
  const text = useText();
  const { t, format } = text;
  const sent = study.jobs.length > 0;
  return (
    <Row
      testid="study-row"
      to={sent ? { page: "study", id: study.id, step: null } : studyRoute(study.id)}
      name={studyTitle(text, study.title)}
      service={study.models.length === 0 ? t("list-not-chosen") : study.models.join(", ")}
      requests={
        study.requests > 0 && (
          <span className="xs quiet">{t("list-requests-count", { count: study.requests })}</span>
        )
      }
      state={<StudyChip study={study} />}
      time={format.short(study.saved_at)}
      acts={acts}
    />
  );
}
