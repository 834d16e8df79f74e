// What is asked of the model beside the words: a value, a column, or a formula of columns, each in one field.
import { Fragment, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { type Text, useText } from "../../i18n/text.tsx";
import type { Parameters, RequestPreview } from "../../ipc/bindings.ts";
import { useStudyRequest } from "../../ipc/queries.ts";
import { adaptationWords } from "./adaptations.ts";
import { useEditor } from "./editor.ts";
import { Part } from "./part.tsx";
import { ProblemsAt } from "./problems.tsx";
import styles from "./prompt.module.css";
import { TemplateField } from "./template/field.tsx";
import { NAME, namesIn } from "./templates.ts";

type Name = keyof Parameters;

const FIRST: Name[] = ["temperature", "max_output_tokens"];
const REST: Name[] = ["top_p", "seed", "reasoning_effort", "frequency_penalty", "presence_penalty"];

/** English words, or Japanese characters, that so many tokens give, roughly. */
function lengthOf(tokens: number, language: string): number {
  return language === "ja" ? tokens : Math.round((tokens * 3) / 4 / 10) * 10;
}

/** The field in plain words. */
function gloss(
  { t, language, format }: Text,
  name: Name,
  text: string,
  first: RequestPreview | undefined,
): string {
  if (text.trim() === "") return t("param-none");
  const names = namesIn(text);
  if (names.length === 0) {
    const tokens = Number(text);
    if (name !== "max_output_tokens" || !Number.isInteger(tokens)) return t("param-fixed");
    return t("param-length", {
      tokens: format.count(tokens),
      length: format.count(lengthOf(tokens, language)),
    });
  }
  const worked = first?.parameters.find(([key]) => key === name)?.[1];
  if (text.replace(NAME, "").trim() === "" && names.length === 1) {
    return worked ? t("param-column-first", { value: worked }) : t("param-column");
  }
  return worked ? t("param-formula-first", { value: worked }) : t("param-formula");
}

function Parameter({ name, first }: { name: Name; first: RequestPreview | undefined }) {
  const text = useText();
  const { t } = text;
  const { study, view, change } = useEditor();
  const value = study.parameters[name];
  const adapted = view.targets.flatMap((target) =>
    target.adaptations
      .filter((one) => one.args.parameter === name)
      .map((one) => ({ model: target.model, words: adaptationWords(text, one) })),
  );
  return (
    <>
      <dt>{t(`param-${name}`)}</dt>
      <dd>
        <TemplateField
          single
          label={t(`param-${name}`)}
          value={value}
          path={`parameters/${name}`}
          testid={`param-${name}`}
          onChange={(next) =>
            change(
              "did-parameter",
              (now) => ({ ...now, parameters: { ...now.parameters, [name]: next } }),
              `parameter-${name}`,
            )
          }
        />
        <p className="xs quiet" data-testid={`gloss-${name}`}>
          <Phrases>{gloss(text, name, value, first)}</Phrases>
        </p>
        {adapted.map(({ model, words }) => (
          <p key={`${model} ${words}`} className="xs quiet">
            {model}: <Phrases>{words}</Phrases>
          </p>
        ))}
        <ProblemsAt paths={[`parameters/${name}`]} />
      </dd>
    </>
  );
}

export function ParametersPart({ whole }: { whole: boolean }) {
  const { t } = useText();
  const { id, study, view } = useEditor();
  const [open, setOpen] = useState(false);
  const first = useStudyRequest(id, 0, 0, view.count.requests > 0 && view.count.models > 0).data;
  const shown = [...FIRST, ...REST.filter((name) => open || study.parameters[name] !== "")];
  return (
    <Part name="parameters" whole={whole}>
      <dl className={styles.parameters}>
        {shown.map((name) => (
          <Fragment key={name}>
            <Parameter name={name} first={first} />
          </Fragment>
        ))}
      </dl>
      {shown.length < FIRST.length + REST.length && (
        <div className={styles.more}>
          <Button small look="quiet" onClick={() => setOpen(true)} data-testid="more-parameters">
            {t("param-more")}
          </Button>
        </div>
      )}
    </Part>
  );
}
