// The answer sheet: each line is a column of the results.
import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Pick, Tick } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { Labelled, LineInput, NameInput, NumberInput, Select } from "../../components/inputs.tsx";
import { MoreMenu } from "../../components/menu.tsx";
import { useText } from "../../i18n/text.tsx";
import type { AnswerSheet, Field, FieldKind } from "../../ipc/bindings.ts";
import styles from "./answers.module.css";
import { ChoicesDialog } from "./choices.tsx";
import { type Editor, useEditor } from "./editor.ts";
import { changedKind, KINDS, newField, relabelled, variable } from "./fields.ts";
import { Part } from "./part.tsx";
import { ProblemsAt } from "./problems.tsx";

/** In which the answer sheet can be written out for the model. */
const LANGUAGES = ["en", "ja"] as const;

function useSheet() {
  const { study, change, frozen } = useEditor();
  const { answer_sheet: sheet } = study;
  const set = (did: Parameters<Editor["change"]>[0], part: Partial<AnswerSheet>, merge?: string) =>
    change(did, (now) => ({ ...now, answer_sheet: { ...now.answer_sheet, ...part } }), merge);
  return { sheet, set, frozen };
}

interface RowProps {
  field: Field;
  at: number;
  count: number;
  readOnly: boolean;
  taken: string[];
  onChange: (field: Field, merge?: string) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
}

/** Lowest and highest, or the choices, or nothing. */
function Range({ field, at, readOnly, onChange, named }: RowProps & { named: string }) {
  const { t } = useText();
  const [choosing, setChoosing] = useState(false);
  const { kind } = field;
  const put = (next: FieldKind, merge?: string) => onChange({ ...field, kind: next }, merge);
  const path = `answer_sheet/fields/${at}/kind`;
  if (kind.type === "integer" || kind.type === "decimal") {
    const end = (name: "minimum" | "maximum") => (
      <NumberInput
        label={t(`field-${name}-of`, { field: named })}
        value={kind[name]}
        whole={kind.type === "integer"}
        readOnly={readOnly}
        placeholder={t(`field-${name}-hint`)}
        onChange={(value) => put({ ...kind, [name]: value }, `${path}/${name}`)}
        data-path={`${path}/${name}`}
        data-testid={`field-${at}-${name}`}
      />
    );
    return (
      <span className={styles.range}>
        {end("minimum")}–{end("maximum")}
      </span>
    );
  }
  if (kind.type !== "choice") return null;
  return (
    <>
      <Button
        small
        look="quiet"
        aria-label={t("field-choices-of", { field: named, count: kind.choices.length })}
        title={kind.choices.join(" / ")}
        onClick={() => setChoosing(true)}
        data-path={path}
        data-testid={`field-${at}-choices`}
      >
        {t("field-choices", { count: kind.choices.length })}
      </Button>
      {choosing && (
        <ChoicesDialog
          label={named}
          choices={kind.choices}
          readOnly={readOnly}
          onClose={() => setChoosing(false)}
          onChange={(choices) => put({ type: "choice", choices })}
        />
      )}
    </>
  );
}

function FieldMenu({ at, count, named, onMove, onRemove }: RowProps & { named: string }) {
  const { t } = useText();
  return (
    <MoreMenu
      small
      label={t("more-for", { name: named })}
      acts={[
        ...(at > 0 ? [{ id: "field-up", label: t("field-up"), onAction: () => onMove(-1) }] : []),
        ...(at < count - 1 ? [{ id: "field-down", label: t("field-down"), onAction: () => onMove(1) }] : []),
        { id: "field-remove", label: t("field-remove"), danger: true, onAction: onRemove },
      ]}
    />
  );
}

function Row(props: RowProps) {
  const { field, at, readOnly, taken, onChange, onMove } = props;
  const { t } = useText();
  const named = field.label === "" ? t("field-number", { number: at + 1 }) : field.label;
  const path = `answer_sheet/fields/${at}`;
  return (
    <tr
      data-path={path}
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
        event.preventDefault();
        if (!readOnly) onMove(event.key === "ArrowUp" ? -1 : 1);
      }}
    >
      <td className={styles.number}>{at + 1}</td>
      <td>
        <LineInput
          label={t("field-label-of", { number: at + 1 })}
          value={field.label}
          readOnly={readOnly}
          placeholder={t("field-label-hint")}
          onChange={(label) => onChange(relabelled(field, label, taken), `${path}/label`)}
          data-path={`${path}/label`}
          data-testid={`field-${at}-label`}
        />
      </td>
      <td>
        <NameInput
          mono
          label={t("field-name-of", { field: named })}
          value={field.name}
          readOnly={readOnly}
          onChange={(name) => onChange({ ...field, name: variable(name, taken, field.name) })}
          data-path={`${path}/name`}
          data-testid={`field-${at}-name`}
        />
      </td>
      <td>
        <Select
          bare
          label={t("field-type-of", { field: named })}
          value={field.kind.type}
          readOnly={readOnly}
          options={KINDS.map((type) => ({ value: type, label: t(`field-type-${type}`) }))}
          onChange={(type) => onChange({ ...field, kind: changedKind(field.kind, type) })}
          data-testid={`field-${at}-type`}
        />
      </td>
      <td>
        <Range {...props} named={named} />
      </td>
      <td>
        <LineInput
          label={t("field-told-of", { field: named })}
          value={field.description}
          readOnly={readOnly}
          onChange={(description) => onChange({ ...field, description }, `${path}/description`)}
          data-path={`${path}/description`}
          data-testid={`field-${at}-told`}
        />
      </td>
      <td className={styles.tick}>
        <Tick
          label={t("field-required-of", { field: named })}
          checked={field.required}
          readOnly={readOnly}
          onChange={(required) => onChange({ ...field, required })}
        />
      </td>
      <td className={styles.acts}>{!readOnly && <FieldMenu {...props} named={named} />}</td>
    </tr>
  );
}

/** A field keeps the focus when it moves. */
function focusLater(testid: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-testid="${testid}"]`)?.focus());
}

function Head() {
  const { t } = useText();
  const { frozen } = useEditor();
  return (
    <thead>
      <tr>
        <th scope="col" className={styles.number}>
          <span className="sr">{t("field-place")}</span>
        </th>
        <th scope="col" className={styles.colLabel}>
          {t("field-label")}
        </th>
        <th scope="col" className={styles.colName}>
          {t("field-name")}
        </th>
        <th scope="col" className={styles.colType}>
          {t("field-type")}
        </th>
        <th scope="col" className={styles.colRange}>
          {t("field-range")}
        </th>
        <th scope="col">{t("field-told")}</th>
        <th scope="col" className={styles.colRequired}>
          {t("field-required")}
        </th>
        <th scope="col" className={frozen ? styles.colNone : styles.colActs}>
          <span className="sr">{t("connections-acts")}</span>
        </th>
      </tr>
    </thead>
  );
}

function Table() {
  const { t } = useText();
  const { sheet, set, frozen } = useSheet();
  const { fields } = sheet;
  const put = (at: number, field: Field, merge?: string) =>
    set("did-field", { fields: fields.map((one, index) => (index === at ? field : one)) }, merge);
  const move = (at: number, by: number) => {
    const field = fields[at];
    const to = at + by;
    if (!field || to < 0 || to >= fields.length) return;
    const others = fields.filter((_, index) => index !== at);
    set("did-field-move", { fields: [...others.slice(0, to), field, ...others.slice(to)] });
    const from = document.activeElement?.getAttribute("data-testid");
    if (from?.startsWith(`field-${at}-`)) focusLater(from.replace(`field-${at}-`, `field-${to}-`));
  };
  const remove = (at: number) => {
    set("did-field-remove", { fields: fields.filter((_, index) => index !== at) });
    const left = fields.length - 1;
    focusLater(left === 0 ? "add-field" : `field-${Math.min(at, left - 1)}-label`);
  };
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={t("part-answers")}>
        <Head />
        <tbody>
          {fields.map((field, at) => (
            <Row
              // biome-ignore lint/suspicious/noArrayIndexKey: a field is known by its place; its name changes
              key={at}
              field={field}
              at={at}
              count={fields.length}
              readOnly={frozen}
              taken={fields.filter((_, index) => index !== at).map((one) => one.name)}
              onChange={(next, merge) => put(at, next, merge)}
              onMove={(by) => move(at, by)}
              onRemove={() => remove(at)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Form() {
  const { t } = useText();
  const { study, change } = useEditor();
  const { sheet, set, frozen } = useSheet();
  return (
    <div className={styles.form} data-path="answer_sheet/form">
      <Pick
        stacked
        label={t("answers-form")}
        value={sheet.form}
        blocked={frozen}
        onChange={(form) =>
          set("did-form", { form: form === "structured" ? "structured" : "numbered_lines" })
        }
        options={[
          {
            value: "structured",
            label: t("answers-structured"),
            remark: t("answers-structured-about"),
            testid: "form-structured",
          },
          {
            value: "numbered_lines",
            label: t("answers-lines"),
            remark: t("answers-lines-about"),
            testid: "form-lines",
          },
        ]}
      />
      <div className={styles.language}>
        <Labelled label={t("answers-language")}>
          <Select
            label={t("answers-language")}
            value={study.language}
            readOnly={frozen}
            options={LANGUAGES.map((one) => ({ value: one as string, label: t(`language-${one}`) }))}
            onChange={(language) => change("did-language", { ...study, language })}
            data-testid="answers-language"
            data-path="language"
          />
        </Labelled>
      </div>
    </div>
  );
}

export function AnswersPart({ whole }: { whole: boolean }) {
  const { t } = useText();
  const { sheet, set, frozen } = useSheet();
  const add = () => {
    const taken = sheet.fields.map((field) => field.name);
    set("did-field-add", { fields: [...sheet.fields, newField(taken)] });
    focusLater(`field-${sheet.fields.length}-label`);
  };
  return (
    <Part name="answers" whole={whole}>
      {sheet.fields.length > 0 && <Table />}
      {!frozen && (
        <Button small look="quiet" onClick={add} data-testid="add-field">
          <Icon of={Plus} small />
          {t("field-add")}
        </Button>
      )}
      <ProblemsAt paths={["answer_sheet"]} />
      <Form />
    </Part>
  );
}
