// A model of a service: one of those that it offers, found by typing, or any other by name.
import { TriangleAlert } from "lucide-react";
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from "react-aria-components";
import { Phrases } from "../i18n/phrases.tsx";
import { useText, type Text as Words } from "../i18n/text.tsx";
import type { ModelView } from "../ipc/bindings.ts";
import { failureOf } from "../ipc/client.ts";
import { useModels } from "../ipc/queries.ts";
import { Icon } from "./icon.tsx";
import styles from "./modelfield.module.css";
import { FailureNote } from "./note.tsx";

/** Those that answer batches first, those that do not last; else in the order of the service. */
function byBatch(models: ModelView[]): ModelView[] {
  const place = ({ batch }: ModelView) => (batch === null ? 1 : batch ? 0 : 2);
  return models.toSorted((a, b) => place(a) - place(b));
}

/** Said once for the whole list, not on each line. */
function untold({ t }: Words, models: ModelView[]): string | undefined {
  const silent = models.filter((model) => model.batch === null).length;
  if (silent === 0) return undefined;
  return silent === models.length ? t("model-batch-untold") : t("model-batch-untold-some");
}

interface NameProps {
  label: string;
  value: string;
  offered: ModelView[];
  blocked: boolean;
  autoFocus: boolean;
  onChange: (name: string) => void;
}

/** One of those offered, found by typing, or any other. */
function ModelName({ label, value, offered, blocked, autoFocus, onChange }: NameProps) {
  const { t } = useText();
  return (
    <ComboBox
      className={styles.combo as string}
      allowsCustomValue
      allowsEmptyCollection={false}
      menuTrigger="focus"
      isDisabled={blocked}
      autoFocus={autoFocus}
      inputValue={value}
      onInputChange={onChange}
      defaultItems={offered}
    >
      <Label className={styles.label as string}>{label}</Label>
      <Input
        className={styles.input as string}
        spellCheck="false"
        autoCapitalize="off"
        autoCorrect="off"
        data-testid="model-name"
      />
      <Popover className={styles.popover as string}>
        <ListBox<ModelView> className={styles.list as string}>
          {({ id, batch }) => (
            <ListBoxItem
              id={id}
              textValue={id}
              className={batch === false ? `${styles.item} ${styles.unfit}` : (styles.item as string)}
            >
              <Text slot="label" className={styles.id as string}>
                {id}
              </Text>
              {batch !== null && (
                <Text slot="description" className={styles.batch as string}>
                  {batch ? t("model-batch") : t("model-no-batch")}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

interface Props {
  /** Whose models; `null`: not chosen yet. */
  connection: string | null;
  /** Its visible name; without one, "Model". */
  label?: string;
  value: string;
  autoFocus?: boolean;
  onChange: (name: string) => void;
}

export function ModelField({ connection, label, value, autoFocus = false, onChange }: Props) {
  const text = useText();
  const { t } = text;
  const models = useModels(connection);
  const offered = byBatch(models.data ?? []);
  // Practice answers whatever is asked of it.
  const remarks = connection === "practice" ? undefined : untold(text, offered);
  const model = value.trim();
  const unfit = offered.some((one) => one.id === model && one.batch === false);
  return (
    <div className={styles.field}>
      <ModelName
        label={label ?? t("model-name")}
        value={value}
        offered={offered}
        blocked={connection === null}
        autoFocus={autoFocus}
        onChange={onChange}
      />
      <p className="xs quiet">
        <Phrases>
          {connection === null
            ? t("check-window-choose")
            : models.isPending
              ? t("model-asking")
              : t("model-offers", { count: offered.length })}
        </Phrases>{" "}
        {remarks && <Phrases>{remarks}</Phrases>}
      </p>
      {unfit && (
        <p className="xs warn" role="status">
          <Icon of={TriangleAlert} small /> <Phrases>{t("model-no-batch-chosen", { model })}</Phrases>
        </p>
      )}
      {models.error && (
        <FailureNote failure={failureOf(models.error)} tone="warn" next={t("model-by-name")} />
      )}
    </div>
  );
}
