// Beside the problems: where to, until when, at what price, and what is in the file.
import { Plus } from "lucide-react";
import { useState } from "react";
import type { Acting } from "../../components/act.ts";
import { Button } from "../../components/button.tsx";
import { Facts } from "../../components/facts.tsx";
import { Pick } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { windowLength } from "../../i18n/format.ts";
import { Phrases } from "../../i18n/phrases.tsx";
import { type Text, useText } from "../../i18n/text.tsx";
import { commands, type DraftView, type ReportView } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";
import { ConnectionDialog } from "../connections/dialog.tsx";
import styles from "./check.module.css";
import type { Destination } from "./destinations.ts";
import { Writing } from "./writing.tsx";

const ENCODINGS: Record<string, string> = {
  "utf-8": "UTF-8",
  "utf-8-bom": "UTF-8 (BOM)",
  "utf-16le": "UTF-16 (LE)",
  "utf-16be": "UTF-16 (BE)",
  shift_jis: "Shift_JIS",
};

/** "Within 24 hours", "within 7 days"; a window that we do not know is shown as the service writes it. */
export function windowWords({ t }: Text, window: string): string {
  const length = windowLength(window);
  if (!length) return window;
  return length.unit === "h"
    ? t("check-window-hours", { count: length.count })
    : t("check-window-days", { count: length.count });
}

function discountWords({ t }: Text, { discount, practice }: Destination): string | undefined {
  if (practice) return undefined;
  if (discount === null) return t("check-discount-unknown");
  return discount === 50 ? t("check-half-price") : t("check-discount", { percent: discount });
}

function keyWords({ t }: Text, one: Destination): string {
  if (one.practice) return t("check-practice-remark");
  if (one.keyTemporary) return t("check-key-temporary");
  if (one.keyEnds !== null) return t("check-key-ends", { ends: one.keyEnds });
  return one.keyMissing ? t("check-key-none") : "";
}

interface ContentsProps {
  report: ReportView;
  /** Chosen for all lines. */
  model: string | null;
  onOtherModel: (() => void) | undefined;
}

function Contents({ report, model, onOtherModel }: ContentsProps) {
  const { t, format } = useText();
  const { models } = report;
  const names =
    models.length === 1
      ? models[0]?.name
      : models.map((model) => (
          <div key={model.name}>
            {model.name} <span className="faint">{format.count(model.requests)}</span>
          </div>
        ));
  return (
    <section>
      <h2>{t("check-contents")}</h2>
      <Facts
        of={[
          [t("check-model", { count: models.length }), models.length === 0 ? t("check-model-none") : names],
          model !== null && [t("check-answered-by"), <b key="by">{model}</b>],
          [t("check-encoding"), ENCODINGS[report.encoding] ?? report.encoding],
        ]}
      />
      {onOtherModel && models.length > 0 && (
        <Button look="quiet" onClick={onOtherModel} data-testid="other-model">
          {t("check-given-other")}
        </Button>
      )}
    </section>
  );
}

interface Props {
  draft: DraftView;
  /** The last one, while the file is checked again. */
  report: ReportView | undefined;
  destinations: Destination[];
  chosen: Destination | undefined;
  /** Asks for another model than the lines name; without it, a model is being asked for already. */
  onOtherModel: (() => void) | undefined;
  act: Acting;
}

export function Side({ draft, report, destinations, chosen, onOtherModel, act }: Props) {
  const text = useText();
  const { t } = text;
  const [adding, setAdding] = useState(false);
  const choose = (id: string) => void act.run(() => unwrap(commands.chooseConnection(draft.id, id)));
  return (
    <aside className={styles.side} aria-label={t("check-send-to")} data-region tabIndex={-1}>
      <section>
        <Pick
          label={t("check-send-to")}
          value={draft.connection}
          onChange={choose}
          options={destinations.map((one) => ({
            value: one.id,
            label: one.name,
            remark: keyWords(text, one),
            testid: `send-to-${one.id}`,
          }))}
        />
        <Button look="quiet" data-testid="check-add-connection" onClick={() => setAdding(true)}>
          <Icon of={Plus} />
          {t("check-add-connection")}
        </Button>
      </section>
      <section>
        {chosen && chosen.windows.length > 1 ? (
          <Pick
            label={t("check-window")}
            value={draft.window}
            onChange={(window) => void act.run(() => unwrap(commands.chooseWindow(draft.id, window)))}
            options={chosen.windows.map((window) => ({
              value: window,
              label: windowWords(text, window),
              remark: discountWords(text, chosen),
              testid: `window-${window}`,
            }))}
          />
        ) : (
          <>
            <h2>{t("check-window")}</h2>
            {chosen ? (
              <p>
                {windowWords(text, draft.window)}
                {discountWords(text, chosen) && (
                  <span className="quiet"> · {discountWords(text, chosen)}</span>
                )}
                <br />
                <span className="xs quiet">{t("check-window-one", { service: chosen.name })}</span>
              </p>
            ) : (
              <p className="quiet">{t("check-window-choose")}</p>
            )}
          </>
        )}
      </section>
      <Writing draft={draft} report={report} chosen={chosen} act={act} />
      <section data-testid="price">
        <h2>{t("check-price")}</h2>
        <p>{chosen?.practice ? t("check-price-practice") : t("check-price-unknown")}</p>
        {chosen && (
          <p className="xs quiet">
            <Phrases>
              {chosen.practice
                ? t("check-price-practice-about")
                : t("check-price-about", { service: chosen.name })}
            </Phrases>
          </p>
        )}
      </section>
      {draft.check.state === "done" && (
        <Contents report={draft.check.report} model={draft.model} onOtherModel={chosen && onOtherModel} />
      )}
      {adding && (
        <ConnectionDialog onClose={() => setAdding(false)} onSaved={(connection) => choose(connection.id)} />
      )}
    </aside>
  );
}
