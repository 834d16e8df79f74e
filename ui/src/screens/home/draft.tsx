// A dropped file that has not been sent, as a row.
import { CircleAlert, CircleDashed, CircleX, PencilLine } from "lucide-react";
import { Chip } from "../../components/chip.tsx";
import { Row } from "../../components/joblist.tsx";
import { serviceName } from "../../components/jobstate.tsx";
import { useText } from "../../i18n/text.tsx";
import type { DraftView } from "../../ipc/bindings.ts";
import { useConnections } from "../../ipc/queries.ts";
import { untranslatableLines } from "../check/fit.ts";

function DraftChip({ draft: { check } }: { draft: DraftView }) {
  const { t } = useText();
  if (check.state === "running") {
    return (
      <Chip icon={CircleDashed} tone="run">
        {t("draft-is-checking")}
      </Chip>
    );
  }
  if (check.state === "stopped") return <Chip icon={PencilLine}>{t("draft-is-stopped")}</Chip>;
  if (check.state === "failed") {
    return (
      <Chip icon={CircleX} tone="bad">
        {t("draft-is-unreadable")}
      </Chip>
    );
  }
  const { report } = check;
  if (report.ok) return <Chip icon={PencilLine}>{t("draft-is-ready")}</Chip>;
  const problems = report.errors + untranslatableLines(report.untranslatable);
  return (
    <Chip icon={CircleAlert} tone="warn">
      {problems > 0 ? t("draft-is-problems", { count: problems }) : t("draft-is-empty")}
    </Chip>
  );
}

export function DraftRow({ draft }: { draft: DraftView }) {
  const text = useText();
  const { t, format } = text;
  const chosen = useConnections().data?.find((connection) => connection.id === draft.connection);
  const service =
    draft.connection === "practice"
      ? t("provider-practice")
      : chosen
        ? serviceName(text, chosen.provider, chosen.name)
        : t("list-not-chosen");
  return (
    <Row
      testid="draft-row"
      to={{ page: "check", id: draft.id }}
      name={draft.name}
      service={service}
      requests={
        draft.check.state === "done" && (
          <span className="xs quiet">{t("list-requests-count", { count: draft.check.report.requests })}</span>
        )
      }
      state={<DraftChip draft={draft} />}
      time={format.short(draft.created_at)}
    />
  );
}
