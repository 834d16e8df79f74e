// What stands in the way of sending, at its place and as one list with the way to each.
import { CircleAlert, TriangleAlert } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { type Text, useText } from "../../i18n/text.tsx";
import type { StudyProblem } from "../../ipc/bindings.ts";
import { problemsAt, useEditor } from "./editor.ts";
import styles from "./study.module.css";

function sentence({ t, find }: Text, problem: StudyProblem): string {
  return (
    find(`study-problem-${problem.code}`, problem.args) ?? t("study-unnamed-problem", { code: problem.code })
  );
}

function keyOf(problem: StudyProblem): string {
  return `${problem.path} ${problem.code} ${JSON.stringify(problem.args)}`;
}

function Line({ problem }: { problem: StudyProblem }) {
  const text = useText();
  const error = problem.severity === "error";
  return (
    <span className={error ? "bad" : "warn"}>
      <Icon of={error ? CircleAlert : TriangleAlert} small />{" "}
      <span className="sr">{text.t(`severity-${problem.severity}`)}: </span>
      <Phrases>{sentence(text, problem)}</Phrases>
    </span>
  );
}

/** Problems at places of the study, right under what they are about. */
export function ProblemsAt({ paths }: { paths: string[] }) {
  const { view } = useEditor();
  const found = paths.flatMap((path) => problemsAt(view.problems, path));
  if (found.length === 0) return null;
  return (
    <ul className={styles.problemsAt}>
      {found.map((problem) => (
        <li key={keyOf(problem)}>
          <Line problem={problem} />
        </li>
      ))}
    </ul>
  );
}

export function ProblemList({ onShow }: { onShow: (problem: StudyProblem) => void }) {
  const { t } = useText();
  const { view } = useEditor();
  return (
    <ul className={styles.problems} data-testid="study-problems">
      {view.problems.map((problem) => (
        <li key={keyOf(problem)}>
          <span className={styles.problemStep}>{t(`step-${problem.step}`)}</span>
          <span className="grow">
            <Line problem={problem} />
          </span>
          <Button small onClick={() => onShow(problem)} data-testid={`show-${problem.code}`}>
            {t("problem-show")}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** Brings the focus to the field that a problem is about, or to the nearest part around it. */
export function focusPath(path: string): void {
  const all = [...document.querySelectorAll<HTMLElement>("[data-path]")];
  const near = all
    .filter((element) => path === element.dataset.path || path.startsWith(`${element.dataset.path}/`))
    .sort((one, other) => (other.dataset.path?.length ?? 0) - (one.dataset.path?.length ?? 0));
  const inside = all.find((element) => element.dataset.path?.startsWith(`${path}/`));
  const place = near[0] ?? inside;
  if (!place) return;
  const focusable =
    'input:not([disabled]), select:not([disabled]), textarea, button, [contenteditable="true"]';
  const field = place.matches(focusable) ? place : place.querySelector<HTMLElement>(focusable);
  // The table of a factor is there when its tab is chosen.
  if (place.getAttribute("role") === "tab") place.click();
  (field ?? place).focus();
  place.scrollIntoView?.({ block: "nearest" });
}
