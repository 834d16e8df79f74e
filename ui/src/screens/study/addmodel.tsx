// A model to send to: the connection, then one of its models or any other by name.
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from "react-aria-components";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Pick } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { FailureNote } from "../../components/note.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText, type Text as Words } from "../../i18n/text.tsx";
import type { ModelView, StudyModel } from "../../ipc/bindings.ts";
import { failureOf } from "../../ipc/client.ts";
import { useModels } from "../../ipc/queries.ts";
import { type Destination, useDestinations } from "../check/destinations.ts";
import styles from "./models.module.css";

interface Props {
  onClose: () => void;
  onAdd: (model: StudyModel) => void;
}

function remark(t: ReturnType<typeof useText>["t"], one: Destination): string {
  if (one.practice) return t("check-practice-remark");
  return one.keyMissing ? t("check-key-none") : "";
}

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
  value: string;
  offered: ModelView[];
  blocked: boolean;
  onChange: (name: string) => void;
}

/** One of those offered, found by typing, or any other. */
function ModelName({ value, offered, blocked, onChange }: NameProps) {
  const { t } = useText();
  return (
    <ComboBox
      className={styles.combo as string}
      allowsCustomValue
      allowsEmptyCollection={false}
      menuTrigger="focus"
      isDisabled={blocked}
      inputValue={value}
      onInputChange={onChange}
      defaultItems={offered}
    >
      <Label className={styles.label as string}>{t("model-name")}</Label>
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

export function AddModelDialog({ onClose, onAdd }: Props) {
  const text = useText();
  const { t } = text;
  const destinations = useDestinations();
  const [chosen, setChosen] = useState<string | null>(null);
  const [model, setModel] = useState("");
  const connection = chosen ?? (destinations.length === 1 ? (destinations[0]?.id ?? null) : null);
  const models = useModels(connection);
  const offered = byBatch(models.data ?? []);
  // Practice answers whatever is asked of it.
  const remarks = destinations.some((one) => one.id === connection && one.practice)
    ? undefined
    : untold(text, offered);
  const unfit = offered.some((one) => one.id === model.trim() && one.batch === false);
  const ready = connection !== null && model.trim() !== "";
  const add = () => {
    if (ready) onAdd({ provider: connection, model: model.trim() });
  };
  return (
    <Dialog
      title={t("model-add-title")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel-dialog")}</Button>
          <Button look="primary" blocked={!ready} onClick={add} data-testid="model-add-confirm">
            {t("model-add-confirm")}
          </Button>
        </>
      }
    >
      <Pick
        label={t("check-send-to")}
        value={connection}
        onChange={(id) => {
          setChosen(id);
          setModel("");
        }}
        options={destinations.map((one) => ({
          value: one.id,
          label: one.name,
          remark: remark(t, one),
          testid: `model-at-${one.id}`,
        }))}
      />
      <ModelName value={model} offered={offered} blocked={connection === null} onChange={setModel} />
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
          <Icon of={TriangleAlert} small />{" "}
          <Phrases>{t("model-no-batch-chosen", { model: model.trim() })}</Phrases>
        </p>
      )}
      {models.error && (
        <FailureNote failure={failureOf(models.error)} tone="warn" next={t("model-by-name")} />
      )}
    </Dialog>
  );
}
