// The first walk through a study: each step says what it has, or what it still lacks.
import { CircleAlert, CircleCheck } from "lucide-react";
import { Icon } from "../../components/icon.tsx";
import { type Text, useText } from "../../i18n/text.tsx";
import { href, STEPS, type Step } from "../../route.ts";
import { formulaWords } from "./count.tsx";
import { type Editor, useEditor } from "./editor.ts";
import styles from "./steps.module.css";
import { factorLabel, namesIn } from "./templates.ts";

function has(text: Text, step: Step, { study, view }: Editor): string {
  const { t, language, format } = text;
  switch (step) {
    case "data":
      return study.factors
        .map((factor) => `${factorLabel(factor)} ${format.count(factor.levels.length)}`)
        .join(language === "ja" ? "、" : ", ");
    case "design":
      return formulaWords(text, view);
    case "prompt": {
      const used = namesIn(study.prompt.system, study.prompt.user).filter((name) =>
        view.columns.includes(name),
      );
      return t("has-prompt", { count: used.filter((name) => name !== "answer_sheet").length });
    }
    case "answers":
      return t("has-answers", { count: study.answer_sheet.fields.length });
    case "models":
      return t("has-models", { count: study.models.length });
    case "send":
      return t("has-send");
  }
}

function State({ step }: { step: Step }) {
  const text = useText();
  const editor = useEditor();
  const errors = editor.view.problems.filter(
    (one) => one.severity === "error" && (step === "send" || one.step === step),
  );
  if (step === "send") return <small>{text.t(errors.length > 0 ? "has-send" : "has-send-ready")}</small>;
  if (errors.length > 0) {
    return (
      <small className="warn">
        <Icon of={CircleAlert} small /> {text.t("lacks", { count: errors.length })}
      </small>
    );
  }
  return (
    <small>
      <Icon of={CircleCheck} small className="good" /> {has(text, step, editor)}
    </small>
  );
}

export function StepBar({ step }: { step: Step }) {
  const { t } = useText();
  const { id } = useEditor();
  return (
    <nav aria-label={t("steps-label")} className={styles.bar} data-region tabIndex={-1}>
      <ol className={styles.steps}>
        {STEPS.map((one, at) => (
          <li key={one}>
            <a
              href={href({ page: "study", id, step: one })}
              aria-current={one === step ? "step" : undefined}
              data-testid={`step-${one}`}
            >
              <b>
                {at + 1} {t(`step-${one}`)}
              </b>
              <State step={one} />
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
