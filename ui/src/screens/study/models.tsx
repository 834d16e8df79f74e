// The models that the whole study is sent to, and what is changed for each.
import { CircleCheck, Plus, TriangleAlert, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { PracticeMark } from "../../components/chip.tsx";
import { Icon } from "../../components/icon.tsx";
import { serviceName } from "../../components/jobstate.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import type { StudyModel, StudyTarget } from "../../ipc/bindings.ts";
import { href } from "../../route.ts";
import { adaptationWords } from "./adaptations.ts";
import { AddModelDialog } from "./addmodel.tsx";
import { useEditor } from "./editor.ts";
import styles from "./models.module.css";
import { Part } from "./part.tsx";
import { ProblemsAt } from "./problems.tsx";

/** What the app says of a model of the study, once it has answered. */
function targetOf(targets: StudyTarget[], { provider, model }: StudyModel): StudyTarget | undefined {
  return targets.find((target) => target.provider === provider && target.model === model);
}

function Model({ model, onRemove }: { model: StudyModel; onRemove: (() => void) | undefined }) {
  const text = useText();
  const { t } = text;
  const { view, study } = useEditor();
  const target = targetOf(view.targets, model);
  const service = serviceName(text, model.provider, target?.provider_name ?? model.provider);
  return (
    <li className={styles.model} data-testid={`model-${model.model}`}>
      <div className={styles.line}>
        <span className={styles.name}>{model.model}</span>
        <span className={styles.service}>{target?.practice ? <PracticeMark short /> : service}</span>
        {onRemove && (
          <Button
            small
            icon
            look="quiet"
            aria-label={t("model-remove", { model: model.model })}
            title={t("model-remove", { model: model.model })}
            onClick={onRemove}
            data-testid={`remove-${model.model}`}
          >
            <Icon of={X} small />
          </Button>
        )}
      </div>
      {target && !target.connected && (
        <p className="xs warn">
          <Icon of={TriangleAlert} small /> {t("model-unconnected")}{" "}
          <a href={href({ page: "connections" })}>{t("job-to-connections")}</a>
        </p>
      )}
      {target && study.answer_sheet.form === "structured" && (
        <p className="xs quiet">
          {target.structured && <Icon of={CircleCheck} small className="good" />}{" "}
          <Phrases>{t(target.structured ? "model-structured" : "model-lines")}</Phrases>
        </p>
      )}
      {target?.adaptations.map((one) => (
        <p key={`${one.code} ${JSON.stringify(one.args)}`} className="xs quiet">
          <Phrases>{adaptationWords(text, one)}</Phrases>
        </p>
      ))}
    </li>
  );
}

export function ModelsPart({ whole }: { whole: boolean }) {
  const { t } = useText();
  const { study, change, frozen } = useEditor();
  const [adding, setAdding] = useState(false);
  const { models } = study;
  const add = (one: StudyModel) => {
    const there = models.some((model) => model.provider === one.provider && model.model === one.model);
    if (!there) change("did-model-add", { ...study, models: [...models, one] });
    setAdding(false);
  };
  const remove = (one: StudyModel) =>
    change("did-model-remove", { ...study, models: models.filter((model) => model !== one) });
  return (
    <Part
      name="models"
      whole={whole}
      tools={
        !frozen && (
          <Button small look="quiet" onClick={() => setAdding(true)} data-testid="add-model">
            <Icon of={Plus} small />
            {t("model-add")}
          </Button>
        )
      }
    >
      <ul className={styles.models}>
        {models.map((model) => (
          <Model
            key={`${model.provider} ${model.model}`}
            model={model}
            onRemove={frozen ? undefined : () => remove(model)}
          />
        ))}
      </ul>
      <ProblemsAt paths={["models"]} />
      {adding && <AddModelDialog onClose={() => setAdding(false)} onAdd={add} />}
    </Part>
  );
}
