// The actual request, as it will be sent: what came from columns is underlined.
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Facts } from "../../components/facts.tsx";
import { Icon } from "../../components/icon.tsx";
import { NumberInput, Select } from "../../components/inputs.tsx";
import { Details, FailureNote } from "../../components/note.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { type Text, useText } from "../../i18n/text.tsx";
import type { RequestPreview, Span } from "../../ipc/bindings.ts";
import { failureOf } from "../../ipc/client.ts";
import { useStudyRequest } from "../../ipc/queries.ts";
import { useEditor } from "./editor.ts";
import styles from "./preview.module.css";

function Words({ spans }: { spans: Span[] }) {
  return (
    <p className={`${styles.words} select`}>
      {spans.map((span, at) =>
        span.column === null ? (
          span.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the stretches of one request never move
          <span key={at} className={styles.from} title={span.column} data-column={span.column}>
            {span.text}
          </span>
        ),
      )}
    </p>
  );
}

/** A parameter by its name in the window; one that we do not know as it is sent. */
function parameterName({ find }: Text, name: string): string {
  return find(`param-${name}`) ?? name;
}

function Body({ request }: { request: RequestPreview }) {
  const text = useText();
  const { t, format } = text;
  return (
    <>
      <Facts
        of={[
          ["ID", request.custom_id],
          ...request.levels,
          [t("preview-trial"), String(request.trial)],
          ...request.parameters.map(([name, value]) => [parameterName(text, name), value] as const),
          [t("preview-length"), t("preview-characters", { count: format.count(request.characters) })],
        ]}
      />
      <div className={styles.messages}>
        {request.system.length > 0 && (
          <>
            <h3>{t("prompt-system")}</h3>
            <Words spans={request.system} />
          </>
        )}
        <h3>{t("prompt-user")}</h3>
        <Words spans={request.user} />
        <Details>{request.body}</Details>
      </div>
    </>
  );
}

export interface Looking {
  model: number;
  position: number;
}

interface Props {
  looking: Looking;
  onLook: (looking: Looking) => void;
}

function Which({ looking, total, onLook }: Props & { total: number }) {
  const { t, format } = useText();
  const { study } = useEditor();
  const { position } = looking;
  const step = (by: number, label: string, drawing: typeof ChevronLeft, testid: string) => (
    <Button
      icon
      small
      look="quiet"
      aria-label={label}
      title={label}
      blocked={position + by < 0 || position + by >= total}
      onClick={() => onLook({ ...looking, position: position + by })}
      data-testid={testid}
    >
      <Icon of={drawing} />
    </Button>
  );
  return (
    <div className={styles.which}>
      <span className={styles.at}>
        <NumberInput
          label={t("preview-position")}
          value={position + 1}
          whole
          needed
          minimum={1}
          maximum={Math.max(1, total)}
          onChange={(number) => onLook({ ...looking, position: (number ?? 1) - 1 })}
          data-testid="preview-position"
        />
        {t("preview-of", { total: format.count(total) })}
      </span>
      {step(-1, t("preview-previous"), ChevronLeft, "preview-previous")}
      {step(1, t("preview-next"), ChevronRight, "preview-next")}
      {study.models.length > 1 && (
        <Select
          label={t("preview-model")}
          value={String(looking.model)}
          options={study.models.map(({ model }, at) => ({ value: String(at), label: model }))}
          onChange={(at) => onLook({ ...looking, model: Number(at) })}
          data-testid="preview-model"
        />
      )}
    </div>
  );
}

function RequestOf({ looking: asked, onLook }: Props) {
  const { t } = useText();
  const { id, view, study } = useEditor();
  const total = view.count.requests;
  const models = view.count.models;
  const looking = {
    model: Math.min(asked.model, Math.max(0, models - 1)),
    position: Math.min(asked.position, Math.max(0, total - 1)),
  };
  const there = total > 0 && models > 0 && study.models.length > 0;
  const request = useStudyRequest(id, looking.model, looking.position, there);
  if (!there) {
    return (
      <p className="quiet">
        <Phrases>{t(models === 0 ? "preview-no-model" : "preview-none")}</Phrases>
      </p>
    );
  }
  return (
    <>
      <Which looking={looking} total={total} onLook={onLook} />
      {request.data && !request.error && <Body request={request.data} />}
      {request.error && <FailureNote failure={failureOf(request.error)} tone="warn" />}
    </>
  );
}

export function Preview(props: Props) {
  const { t } = useText();
  return (
    <aside
      className={styles.preview}
      aria-label={t("preview-title")}
      data-region
      tabIndex={-1}
      data-testid="preview"
    >
      <h2>{t("preview-title")}</h2>
      <RequestOf {...props} />
    </aside>
  );
}

/** In narrow windows, and wherever the page is needed for something else. */
export function PreviewDialog({ onClose, ...props }: Props & { onClose: () => void }) {
  const { t } = useText();
  return (
    <Dialog
      title={t("preview-title")}
      wide
      onClose={onClose}
      actions={
        <Button autoFocus onClick={onClose}>
          {t("close")}
        </Button>
      }
    >
      <RequestOf {...props} />
    </Dialog>
  );
}

/** Beside the answer sheet: what it adds to the prompt. */
export function WrittenOut() {
  const { t } = useText();
  const { view, study } = useEditor();
  return (
    <aside className={styles.preview} aria-label={t("preview-added")} data-region tabIndex={-1}>
      <h2>{t("preview-added")}</h2>
      <p className={`${styles.words} select`} data-testid="written-out" lang={study.language}>
        {view.written_out}
      </p>
      <p className="xs quiet">
        <Phrases>{t("preview-added-about")}</Phrases>
      </p>
    </aside>
  );
}

export function useLooking(): [Looking, (looking: Looking) => void] {
  return useState<Looking>({ model: 0, position: 0 });
}
