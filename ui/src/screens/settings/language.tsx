// The language, in its own words: each can be found by those who do not read the other.
import type { Acting } from "../../components/act.ts";
import { Segments } from "../../components/field.tsx";
import type { Language } from "../../i18n/catalogue.ts";
import { useText } from "../../i18n/text.tsx";
import { commands } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";

export function LanguageSwitch({ language, act }: { language: Language; act: Acting }) {
  const { t } = useText();
  return (
    <Segments
      label={t("language-label")}
      value={language}
      options={[
        { value: "en", label: "English", lang: "en", testid: "language-en" },
        { value: "ja", label: "日本語", lang: "ja", testid: "language-ja" },
      ]}
      onChange={(value) => void act.run(() => unwrap(commands.setLanguage(value)))}
    />
  );
}
