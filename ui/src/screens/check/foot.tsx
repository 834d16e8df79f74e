// The footer of a file: the count and what it rests on, or what still stands in the way.
import { Button } from "../../components/button.tsx";
import { Foot } from "../../components/page.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { type Text, useText } from "../../i18n/text.tsx";
import type { DraftView, ReportView } from "../../ipc/bindings.ts";
import type { Destination } from "./destinations.ts";
import { isChange, untranslatableLines } from "./fit.ts";
import { isSafe } from "./problems.tsx";

interface Props {
  draft: DraftView;
  /** A check has just begun again. */
  waiting: boolean;
  chosen: Destination | undefined;
  onShow: (line: number, lines: number[]) => void;
  onSend: () => void;
}

interface Standing {
  /** Why it can't be sent yet; `undefined`: it can. */
  hindrance?: string;
  lead: string;
  rest: string;
}

/** Errors that a safe fix takes care of, and those that need a decision. */
function openErrors(report: ReportView) {
  const open = report.groups.filter((group) => group.severity === "error" && !group.fixed);
  const safe = open.filter((group) => isSafe(group.fix)).reduce((sum, group) => sum + group.count, 0);
  return {
    safe,
    decisions: Math.max(0, report.errors - safe),
    first: open.find((group) => !isSafe(group.fix)),
  };
}

function standing({ t }: Text, draft: DraftView, chosen: Destination | undefined): Standing {
  const nothingSent = t("check-foot-nothing-sent");
  const stop = (hindrance: string, rest = nothingSent) => ({ hindrance, lead: hindrance, rest });
  if (draft.check.state === "running") return stop(t("check-foot-checking"));
  if (draft.check.state !== "done") return stop(t("check-foot-unchecked"));
  const { report } = draft.check;
  const { safe, decisions } = openErrors(report);
  const undecided = report.groups.filter(
    (group) => group.severity === "error" && !group.fixed && !isSafe(group.fix),
  );
  // Lines that name no model need one decision together.
  if (undecided.length > 0 && undecided.every((group) => group.code === "model-missing")) {
    return stop(t("check-foot-model"), safe > 0 ? t("check-foot-safe-too", { count: safe }) : nothingSent);
  }
  if (decisions > 0) {
    return stop(
      t("check-foot-decide", { count: decisions }),
      safe > 0 ? t("check-foot-safe-too", { count: safe }) : nothingSent,
    );
  }
  if (safe > 0) return stop(t("check-foot-safe", { count: safe }));
  if (report.untranslatable) {
    const count = untranslatableLines(report.untranslatable);
    const service = chosen?.name ?? String(report.untranslatable.args.service ?? "");
    return stop(t("check-foot-untranslatable", { count, service }));
  }
  if (report.requests === 0 || !report.ok) return stop(t("check-foot-empty"));
  if (!chosen) return stop(t("check-foot-choose"));
  if (chosen.keyMissing) return stop(t("check-foot-no-key", { service: chosen.name }));
  const figures = { requests: report.requests, parts: report.parts };
  return {
    lead: chosen.practice ? t("check-foot-ready-practice", figures) : t("check-foot-ready", figures),
    rest:
      report.left_out > 0
        ? t("check-foot-left-out", { count: report.left_out })
        : report.adaptations.some(isChange)
          ? t("check-foot-changed", { service: chosen.name })
          : chosen.translates
            ? t("check-foot-translated", { service: chosen.name })
            : draft.model !== null
              ? t("check-given-used", { model: draft.model })
              : draft.fixes.length > 0
                ? t("check-foot-fixed")
                : t("check-foot-as-is"),
  };
}

export function CheckFoot({ draft, waiting, chosen, onShow, onSend }: Props) {
  const text = useText();
  const { t } = text;
  const { hindrance, lead, rest } = standing(text, draft, chosen);
  const report = draft.check.state === "done" ? draft.check.report : undefined;
  const undecided = report && openErrors(report).first;
  const label =
    report && report.requests > 0
      ? chosen
        ? t("send-to", { count: report.requests, service: chosen.name })
        : t("send-count", { count: report.requests })
      : t("send-nowhere");
  return (
    <Foot
      lead={
        <b id="send-standing">
          <Phrases>{lead}</Phrases>
        </b>
      }
      rest={<Phrases>{rest}</Phrases>}
    >
      {undecided && undecided.first.line > 0 && (
        <Button onClick={() => onShow(undecided.first.line, undecided.lines)}>
          {t("check-show-line", { line: undecided.first.line })}
        </Button>
      )}
      <Button
        look="primary"
        blocked={hindrance !== undefined || waiting}
        aria-describedby="send-standing"
        data-primary
        data-testid="send-button"
        onClick={onSend}
      >
        {label}
      </Button>
    </Foot>
  );
}
