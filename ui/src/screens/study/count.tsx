// "4 × 3 × 10 = 120 requests × 2 models", and what the figures stand for.
import { Fragment } from "react";
import { type Text, useText } from "../../i18n/text.tsx";
import type { StudyView } from "../../ipc/bindings.ts";
import { useEditor } from "./editor.ts";
import styles from "./study.module.css";
import { factorLabel } from "./templates.ts";

/** The figures before the equals sign: of levels when all are crossed, else of combinations. */
function figures({ study, count }: StudyView): number[] {
  const all = count.levels.reduce((product, levels) => product * levels, 1);
  const crossed = study.design.shape === "crossed" && count.levels.length > 0 && all === count.combinations;
  return [...(crossed ? count.levels : [count.combinations]), count.trials];
}

function isSubset({ study }: StudyView): boolean {
  return study.design.subset.kind !== "all";
}

/** As text, for the header of the steps. */
export function formulaWords({ t, format }: Text, view: StudyView): string {
  const { count } = view;
  const left = figures(view).map(format.count).join(" × ");
  if (isSubset(view)) return t("list-requests-count", { count: count.requests });
  return `${left} = ${format.count(count.requests)}`;
}

export function totalRequests({ count }: StudyView): number {
  return count.requests * count.models;
}

export function Formula() {
  const { t, format } = useText();
  const { view } = useEditor();
  const { count } = view;
  const design = figures(view).reduce((product, figure) => product * figure, 1);
  return (
    <span className={styles.formula} data-testid="study-count">
      {figures(view).map((figure, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the figures stand in the order of the factors
        <Fragment key={at}>
          {at > 0 && " × "}
          {format.count(figure)}
        </Fragment>
      ))}{" "}
      = {isSubset(view) ? `${format.count(design)}${t("formula-of-which")} ` : ""}
      <b>{t("list-requests-count", { count: count.requests })}</b>
      {" × "}
      {t("formula-models", { count: count.models })}
    </span>
  );
}

/** "personas × texts × trials" */
export function FormulaParts() {
  const { t } = useText();
  const { view } = useEditor();
  const { study } = view;
  const crossed =
    figures(view).length > 2 || (study.factors.length === 1 && study.design.shape === "crossed");
  const names = crossed
    ? study.factors.map(factorLabel)
    : [study.design.shape === "list" ? t("formula-rows") : t("formula-combinations")];
  return <>{[...names, t("formula-trials")].join(" × ")}</>;
}

/** Every model is practice: nothing is charged. */
export function isPractice(view: StudyView): boolean {
  return view.targets.length > 0 && view.targets.every((target) => target.practice);
}

export function priceWords({ t }: Text, view: StudyView): string {
  if (view.targets.length === 0) return t("price-no-model");
  return isPractice(view) ? t("price-practice") : t("price-unknown");
}
