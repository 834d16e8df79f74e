// Each kind of problem: the first line that has it, a plain sentence, the offending text marked, and one fix.
import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import type { Acting } from "../../components/act.ts";
import { Button } from "../../components/button.tsx";
import { Chip } from "../../components/chip.tsx";
import table from "../../components/table.module.css";
import { Phrases } from "../../i18n/phrases.tsx";
import { type Text, useText } from "../../i18n/text.tsx";
import {
  commands,
  type DraftView,
  type Fix,
  type Problem,
  type ProblemGroup,
  type ReportView,
} from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";
import styles from "./check.module.css";

type Show = (line: number, lines: number[]) => void;

export function isSafe(fix: Fix | null): boolean {
  return fix !== null && fix.kind !== "leave-out";
}

/** Lines that the safe fixes not chosen yet would take care of. */
function safeLines(report: ReportView): number {
  return report.groups
    .filter((group) => !group.fixed && isSafe(group.fix))
    .reduce((sum, group) => sum + group.count, 0);
}

function fixLabel({ t }: Text, fix: Fix, count: number): string {
  switch (fix.kind) {
    case "drop-bom":
    case "convert-to-utf8":
    case "one-job-per-model":
      return t(`fix-${fix.kind}`);
    default:
      return t(`fix-${fix.kind}`, { count });
  }
}

/** The excerpt with the offending characters marked: characters, not UTF-16 units. */
function Excerpt({ problem }: { problem: Problem }) {
  if (problem.excerpt === "") return null;
  const letters = Array.from(problem.excerpt);
  const [from, to] = problem.mark ?? [letters.length, letters.length];
  return (
    <code>
      {letters.slice(0, from).join("")}
      {to > from && <mark>{letters.slice(from, to).join("")}</mark>}
      {letters.slice(to).join("")}
    </code>
  );
}

function Acts({
  draft,
  group,
  act,
  onApply,
  onShow,
}: {
  draft: DraftView;
  group: ProblemGroup;
  act: Acting;
  onApply: (fix: Fix) => void;
  onShow: Show;
}) {
  const text = useText();
  const { t } = text;
  const { fix } = group;
  const fixed = group.fixed && fix !== null;
  const shown =
    !fixed &&
    group.first.line > 0 &&
    !(fix && ["drop-bom", "convert-to-utf8", "drop-blank-lines"].includes(fix.kind));
  const toggle = async () => {
    if (fix === null) return;
    if (fixed) {
      await unwrap(commands.undoFix(draft.id, fix));
      return;
    }
    await unwrap(commands.applyFix(draft.id, fix));
    onApply(fix);
  };
  return (
    <span className={styles.acts}>
      {fixed && (
        <Chip icon={CircleCheck} tone="good">
          {t(`fixed-${fix.kind}`)}
        </Chip>
      )}
      {shown && (
        <Button
          small
          aria-label={t("check-show-line", { line: group.first.line })}
          data-testid={`show-${group.code}`}
          onClick={() => onShow(group.first.line, group.lines)}
        >
          {t("check-show")}
        </Button>
      )}
      {fix && (
        // One button for both ways, so that the focus stays where it was pressed.
        <Button
          key="fix"
          look={fixed ? "quiet" : "plain"}
          small
          aria-label={fixed ? t("check-undo-for", { what: t(`fixed-${fix.kind}`) }) : undefined}
          data-testid={`${fixed ? "undo" : "fix"}-${group.code}`}
          onClick={() => void act.run(toggle)}
        >
          {fixed ? t("undo") : fixLabel(text, fix, group.count)}
        </Button>
      )}
    </span>
  );
}

interface Props {
  draft: DraftView;
  report: ReportView;
  /** Nothing is changed to suit the service. */
  asIs: boolean;
  act: Acting;
  onApply: (fix: Fix) => void;
  onShow: Show;
}

export function Problems({ draft, report, asIs, act, onApply, onShow }: Props) {
  const text = useText();
  const { t, format } = text;
  const safe = safeLines(report);
  const errors = report.groups.filter((group) => group.severity === "error");
  const groups = [...errors, ...report.groups.filter((group) => group.severity !== "error")];
  if (groups.length === 0) {
    if (report.untranslatable) return null;
    return (
      <section>
        <Chip icon={CircleCheck} tone="good">
          {asIs ? t("check-no-problems") : t("check-no-problems-changed")}
        </Chip>
      </section>
    );
  }
  return (
    <section>
      <div className={`row ${styles.problemsHead}`}>
        <h2 className="grow" id="problems">
          {t("check-problems")}
        </h2>
        {safe > 0 && (
          <Button
            small
            data-testid="fix-safe"
            onClick={() => void act.run(() => unwrap(commands.applySafeFixes(draft.id)))}
          >
            {t("check-fix-safe", { count: safe })}
          </Button>
        )}
      </div>
      <table className={`${table.table} ${table.top} ${styles.problems}`} aria-labelledby="problems">
        <colgroup>
          <col className={styles.colLine} />
          <col />
          <col className={styles.colAct} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t("check-col-line")}</th>
            <th scope="col">{t("check-col-what")}</th>
            <th scope="col">
              <span className="sr">{t("check-col-act")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={`${group.code} ${group.first.line}`} data-testid={`problem-${group.code}`}>
              <td>
                {group.first.line > 0 ? format.count(group.first.line) : t("check-whole-file")}{" "}
                {group.count > 1 && group.first.line > 0 && (
                  <span className="faint" title={t("check-more-lines", { count: group.count - 1 })}>
                    +{format.count(group.count - 1)}
                  </span>
                )}
              </td>
              <td className={styles.what}>
                <span className={styles.kind}>
                  <Chip
                    icon={group.severity === "error" ? CircleX : TriangleAlert}
                    tone={group.fixed ? "plain" : group.severity === "error" ? "bad" : "warn"}
                  >
                    {t(`severity-${group.severity}`)}
                  </Chip>
                </span>
                <Phrases>
                  {text.find(`problem-${group.code}`, { line: group.first.line, ...group.first.args }) ??
                    group.code}
                </Phrases>
                <Excerpt problem={group.first} />
              </td>
              <td className={styles.act}>
                <Acts draft={draft} group={group} act={act} onApply={onApply} onShow={onShow} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={`xs quiet ${styles.copy}`}>{t("check-copy")}</p>
    </section>
  );
}
