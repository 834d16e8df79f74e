// How the requests are written for a service: the longest answer where it asks for one, the mark for its cache.
import { type KeyboardEvent, useState } from "react";
import type { Acting } from "../../components/act.ts";
import { Checkbox } from "../../components/field.tsx";
import { NumberInput } from "../../components/inputs.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands, type DraftView, type ReportView } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";
import styles from "./check.module.css";
import type { Destination } from "./destinations.ts";

/** What stands in a request that names no limit, where a service asks for one. */
const LONGEST = 4096;

const MOST = 1_000_000;

interface LengthProps {
  value: number | null;
  service: string;
  onChange: (value: number | null) => void;
}

/** Taken over by Enter and on leaving: each change checks the file again. */
function Length({ value, service, onChange }: LengthProps) {
  const { t, format } = useText();
  const [draft, setDraft] = useState<{ value: number | null } | null>(null);
  const take = () => {
    if (draft && draft.value !== value) onChange(draft.value);
    setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) take();
    if (event.key !== "Escape" || !draft) return;
    event.preventDefault();
    setDraft(null);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens to the field inside
    <div onBlur={take} onKeyDown={onKeyDown}>
      <div className={styles.length}>
        <span aria-hidden="true">{t("check-length")}</span>
        <NumberInput
          label={t("check-length")}
          value={draft ? draft.value : value}
          whole
          minimum={1}
          maximum={MOST}
          placeholder={format.count(LONGEST)}
          onChange={(next) => setDraft({ value: next })}
          data-testid="max-tokens"
        />
      </div>
      <p className="xs quiet">
        <Phrases>{t("check-length-about", { service })}</Phrases>
      </p>
    </div>
  );
}

interface Props {
  draft: DraftView;
  report: ReportView | undefined;
  chosen: Destination | undefined;
  act: Acting;
}

export function Writing({ draft, report, chosen, act }: Props) {
  const { t } = useText();
  const limited = report?.adaptations.some(({ code }) => code === "length-added") ?? false;
  const cached = chosen?.caches ?? false;
  if (!chosen || !(limited || cached)) return null;
  const choose = (maxTokens: number | null, cachePrompt: boolean) =>
    void act.run(() => unwrap(commands.chooseWriting(draft.id, maxTokens, cachePrompt)));
  return (
    <section className={styles.writing} data-testid="writing">
      <h2>{t("check-writing")}</h2>
      {limited && (
        <Length
          value={draft.max_tokens}
          service={chosen.name}
          onChange={(length) => choose(length, draft.cache_prompt)}
        />
      )}
      {cached && (
        <Checkbox
          checked={draft.cache_prompt}
          onChange={(marked) => choose(draft.max_tokens, marked)}
          help={t("check-cache-about")}
          data-testid="cache-prompt"
        >
          {t("check-cache")}
        </Checkbox>
      )}
    </section>
  );
}
