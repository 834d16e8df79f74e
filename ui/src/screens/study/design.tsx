// How the levels become requests: shape, trials, which combinations, in which order, and all or only some.
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Pick } from "../../components/field.tsx";
import { NumberInput, Stepper } from "../../components/inputs.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { type Text, useText } from "../../i18n/text.tsx";
import type { Design, Order, Subset } from "../../ipc/bindings.ts";
import { CombinationsDialog } from "./combinations/dialog.tsx";
import styles from "./design.module.css";
import { type Editor, useEditor } from "./editor.ts";
import { Part } from "./part.tsx";
import { ProblemsAt } from "./problems.tsx";
import { TemplateField } from "./template/field.tsx";
import { factorLabel } from "./templates.ts";

const SEEDS = 10_000;
const LARGEST = 0xffff_ffff;

function drawn(): number {
  return Math.floor(Math.random() * SEEDS);
}

/** A seed shown and changeable: the same seed always gives the same draw. */
function Seed({
  label,
  value,
  onChange,
  path,
}: {
  label: string;
  value: number;
  onChange: (seed: number) => void;
  path: string;
}) {
  const { t } = useText();
  const { frozen } = useEditor();
  return (
    <span className={styles.inline}>
      <span aria-hidden="true">{t("design-seed")}</span>
      <NumberInput
        label={label}
        value={value}
        whole
        needed
        minimum={0}
        maximum={LARGEST}
        readOnly={frozen}
        onChange={(seed) => onChange(seed ?? 0)}
        data-path={path}
      />
      {!frozen && (
        <Button small look="quiet" onClick={() => onChange(drawn())}>
          {t("design-draw")}
        </Button>
      )}
    </span>
  );
}

function useDesign() {
  const { study, change, frozen } = useEditor();
  const { design } = study;
  const set = (did: Parameters<Editor["change"]>[0], part: Partial<Design>, merge?: string) =>
    change(did, (now) => ({ ...now, design: { ...now.design, ...part } }), merge);
  return { design, set, frozen };
}

function OrderChoice() {
  const { t } = useText();
  const { design, set, frozen } = useDesign();
  const { order } = design;
  const choose = (kind: string) => {
    const next: Order = kind === "random" ? { kind: "random", seed: drawn() } : { kind: "as_designed" };
    if (next.kind !== order.kind) set("did-order", { order: next });
  };
  return (
    <div className={styles.choice} data-path="design/order">
      <Pick
        label={t("design-order")}
        value={order.kind}
        onChange={choose}
        blocked={frozen}
        options={[
          { value: "as_designed", label: t("design-order-plain"), testid: "order-plain" },
          { value: "random", label: t("design-order-random"), testid: "order-random" },
        ]}
      />
      {order.kind === "random" && (
        <Seed
          label={t("design-order-seed")}
          value={order.seed}
          path="design/order/seed"
          onChange={(seed) => set("did-order", { order: { kind: "random", seed } }, "order-seed")}
        />
      )}
    </div>
  );
}

function SubsetChoice() {
  const { t } = useText();
  const { design, set, frozen } = useDesign();
  const { subset } = design;
  const put = (next: Subset, merge?: string) => set("did-subset", { subset: next }, merge);
  const choose = (kind: string) => {
    if (kind === subset.kind) return;
    if (kind === "every_nth") put({ kind, step: 10 });
    else if (kind === "random") put({ kind, count: 12, seed: drawn() });
    else put({ kind: "all" });
  };
  return (
    <div className={styles.choice} data-path="design/subset">
      <Pick
        label={t("design-subset")}
        value={subset.kind}
        onChange={choose}
        blocked={frozen}
        options={[
          { value: "all", label: t("design-subset-all"), testid: "subset-all" },
          { value: "every_nth", label: t("design-subset-every"), testid: "subset-every" },
          { value: "random", label: t("design-subset-random"), testid: "subset-random" },
        ]}
      />
      {subset.kind === "every_nth" && (
        <span className={styles.inline}>
          <Phrases>{t("design-subset-step")}</Phrases>
          <Stepper
            label={t("design-subset-step")}
            value={subset.step}
            minimum={1}
            maximum={LARGEST}
            readOnly={frozen}
            onChange={(step) => put({ kind: "every_nth", step: step ?? 1 }, "subset-step")}
            data-testid="subset-step"
          />
        </span>
      )}
      {subset.kind === "random" && (
        <>
          <span className={styles.inline}>
            <Phrases>{t("design-subset-count")}</Phrases>
            <NumberInput
              label={t("design-subset-count")}
              value={subset.count}
              whole
              needed
              minimum={1}
              maximum={LARGEST}
              readOnly={frozen}
              onChange={(count) => put({ ...subset, count: count ?? 1 }, "subset-count")}
            />
          </span>
          <Seed
            label={t("design-subset-seed")}
            value={subset.seed}
            path="design/subset/seed"
            onChange={(seed) => put({ ...subset, seed }, "subset-seed")}
          />
        </>
      )}
    </div>
  );
}

/** "Every persona with every text", or how many of the combinations are sent. */
function combinationWords({ t, language }: Text, { study, view }: Editor): string {
  const { include, exclude } = study.design;
  const labels = study.factors.map(factorLabel);
  if (include.length === 0 && exclude.length === 0) {
    return labels.length < 2
      ? t("design-every-level")
      : t("design-every-with", { factors: labels.join(language === "ja" ? "・" : ", ") });
  }
  const all = study.factors.reduce((product, factor) => product * factor.levels.length, 1);
  return t("design-some", { some: view.count.combinations, all });
}

function Combinations() {
  const text = useText();
  const { t } = text;
  const editor = useEditor();
  const [open, setOpen] = useState(false);
  const { study, frozen } = editor;
  if (study.design.shape === "list" || study.factors.length === 0) return null;
  return (
    <div className={styles.choice} data-path="design/exclude">
      <h3>{t("design-combinations")}</h3>
      <p className={styles.inline}>
        <Phrases>{combinationWords(text, editor)}</Phrases>
        <Button small look="quiet" onClick={() => setOpen(true)} data-testid="choose-combinations">
          {t(frozen ? "design-combinations-look" : "design-combinations-choose")}
        </Button>
      </p>
      {open && <CombinationsDialog onClose={() => setOpen(false)} />}
    </div>
  );
}

/** On the one page they stand beside the factors: levels times levels times trials. */
export function Trials() {
  const { t } = useText();
  const { design, set, frozen } = useDesign();
  return (
    <div className={styles.inline}>
      <span className={styles.strong} aria-hidden="true">
        {t("design-trials")}
      </span>
      <Stepper
        label={t("design-trials")}
        value={design.trials}
        minimum={1}
        maximum={LARGEST}
        readOnly={frozen}
        onChange={(trials) => set("did-trials", { trials: trials ?? 1 }, "trials")}
        data-testid="trials"
        data-path="design/trials"
      />
    </div>
  );
}

function ShapeChoice() {
  const { t } = useText();
  const { design, set, frozen } = useDesign();
  return (
    <Pick
      label={t("design-shape")}
      stacked
      value={design.shape}
      blocked={frozen}
      onChange={(shape) => set("did-shape", { shape: shape === "list" ? "list" : "crossed" })}
      options={[
        {
          value: "crossed",
          label: t("design-crossed"),
          remark: t("design-crossed-about"),
          testid: "shape-crossed",
        },
        { value: "list", label: t("design-list"), remark: t("design-list-about"), testid: "shape-list" },
      ]}
    />
  );
}

function CustomId() {
  const { t } = useText();
  const { study, change } = useEditor();
  return (
    <div className={styles.choice}>
      <h3>{t("design-id")}</h3>
      <TemplateField
        single
        label={t("design-id")}
        value={study.custom_id}
        path="custom_id"
        testid="custom-id"
        onChange={(custom_id) => change("did-id", (now) => ({ ...now, custom_id }), "custom-id")}
      />
      <p className="xs quiet">
        <Phrases>{t("design-id-about")}</Phrases>
      </p>
      <ProblemsAt paths={["custom_id"]} />
    </div>
  );
}

export function DesignPart({ whole }: { whole: boolean }) {
  const { study } = useEditor();
  return (
    <Part name="design" whole={whole}>
      <div className={styles.design}>
        {(!whole || study.factors.length === 0) && <Trials />}
        <ShapeChoice />
        <Combinations />
        <OrderChoice />
        <SubsetChoice />
        <CustomId />
      </div>
      <ProblemsAt paths={["design"]} />
    </Part>
  );
}
