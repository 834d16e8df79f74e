// One model for the whole file: where its lines name none, or where another is wanted than they name.
import { CircleCheck } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { Acting } from "../../components/act.ts";
import { Button } from "../../components/button.tsx";
import { Chip } from "../../components/chip.tsx";
import { ModelField } from "../../components/modelfield.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands, type DraftView, type ReportView } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";
import styles from "./check.module.css";

/** Lines that name no model while none is chosen. */
export function modelless(report: ReportView): number {
  return report.groups.find((group) => group.code === "model-missing" && !group.fixed)?.count ?? 0;
}

interface Props {
  draft: DraftView;
  report: ReportView;
  /** It was asked for: the field takes the focus. */
  wanted: boolean;
  act: Acting;
}

export function GivenModel({ draft, report, wanted, act }: Props) {
  const { t } = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const value = typed ?? draft.model ?? "";
  const model = value.trim();
  const choose = (next: string | null) =>
    void act.run(async () => {
      await unwrap(commands.chooseModel(draft.id, next));
      setTyped(next);
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (model !== "" && model !== draft.model) choose(model);
  };
  const missing = modelless(report);
  const named = report.models.length > 0;
  return (
    <section className={styles.given} aria-labelledby="given-model" data-testid="given-model">
      <h2 id="given-model">{t("check-given")}</h2>
      {draft.model === null ? (
        <p className="read">
          {missing > 0 && (
            <Phrases>{named ? t("check-given-some", { count: missing }) : t("check-given-none")}</Phrases>
          )}{" "}
          <Phrases>{t("check-given-about")}</Phrases>
        </p>
      ) : (
        <p>
          <Chip icon={CircleCheck} tone="good">
            {t("check-given-used", { model: draft.model })}
          </Chip>
        </p>
      )}
      <form onSubmit={submit}>
        <ModelField
          connection={draft.connection}
          label={t("check-given-label")}
          value={value}
          autoFocus={wanted}
          onChange={setTyped}
        />
        <div className="row">
          <Button type="submit" blocked={model === "" || model === draft.model} data-testid="use-model">
            {t("check-given-use")}
          </Button>
          {draft.model !== null && named && (
            <Button look="quiet" onClick={() => choose(null)} data-testid="use-own-models">
              {t("check-given-undo")}
            </Button>
          )}
        </div>
      </form>
    </section>
  );
}
