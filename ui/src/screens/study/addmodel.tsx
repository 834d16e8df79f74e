// A model to send to: the connection, then one of its models or any other by name.
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Pick } from "../../components/field.tsx";
import { ModelField } from "../../components/modelfield.tsx";
import { useText } from "../../i18n/text.tsx";
import type { StudyModel } from "../../ipc/bindings.ts";
import { type Destination, useDestinations } from "../check/destinations.ts";

interface Props {
  onClose: () => void;
  onAdd: (model: StudyModel) => void;
}

function remark(t: ReturnType<typeof useText>["t"], one: Destination): string {
  if (one.practice) return t("check-practice-remark");
  return one.keyMissing ? t("check-key-none") : "";
}

export function AddModelDialog({ onClose, onAdd }: Props) {
  const { t } = useText();
  const destinations = useDestinations();
  const [chosen, setChosen] = useState<string | null>(null);
  const [model, setModel] = useState("");
  const connection = chosen ?? (destinations.length === 1 ? (destinations[0]?.id ?? null) : null);
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
      <ModelField connection={connection} value={model} onChange={setModel} />
    </Dialog>
  );
}
