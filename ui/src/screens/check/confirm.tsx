// The one question before anything is sent.
import { Facts } from "../../components/facts.tsx";
import { Question } from "../../components/question.tsx";
import { windowLength } from "../../i18n/format.ts";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands, type DraftView, type ReportView } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";
import { go } from "../../route.ts";
import type { Destination } from "./destinations.ts";
import { windowWords } from "./side.tsx";

interface Props {
  draft: DraftView;
  report: ReportView;
  chosen: Destination;
  onClose: () => void;
}

export function ConfirmDialog({ draft, report, chosen, onClose }: Props) {
  const text = useText();
  const { t, format } = text;
  const service = chosen.name;
  const models = draft.model === null ? report.models.map((model) => model.name) : [draft.model];
  const length = windowLength(draft.window);
  const by = length
    ? t("confirm-by-value", { time: format.dateTime(Date.now() + length.ms) })
    : windowWords(text, draft.window);
  const account =
    chosen.keyEnds === null
      ? t("confirm-account-no-key", { service })
      : t("confirm-account", { service, ends: chosen.keyEnds });
  const send = async () => {
    const jobs = await unwrap(commands.sendDraft(draft.id));
    const [job] = jobs;
    go(jobs.length === 1 && job !== undefined ? { page: "job", id: job } : { page: "home" });
  };
  return (
    <Question
      title={t("confirm-title", { count: report.requests, service })}
      keep={t("confirm-not-yet")}
      confirm={t("send-count", { count: report.requests })}
      confirming={t("confirm-sending")}
      look="primary"
      onConfirm={send}
      onClose={onClose}
      data-testid="confirm-send"
    >
      <Facts
        of={[
          [
            t("confirm-price"),
            chosen.practice ? t("check-price-practice") : <b key="p">{t("check-price-unknown")}</b>,
          ],
          [t("confirm-charged"), chosen.practice ? t("confirm-nobody") : account],
          models.length > 0 && [t("check-model", { count: models.length }), models.join(", ")],
          [t("confirm-by"), by],
          report.jobs > 1 && [t("confirm-jobs"), t("confirm-jobs-value", { count: report.jobs })],
          report.left_out > 0 && [
            t("confirm-left-out"),
            t("confirm-left-out-value", { count: report.left_out }),
          ],
        ]}
      />
      <p className="quiet">
        <Phrases>
          {chosen.practice ? t("confirm-practice-note") : t("confirm-cancel-note", { service })}
        </Phrases>
      </p>
    </Question>
  );
}
