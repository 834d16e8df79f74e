// Sentences for components: `t(id, values)`, checked against the keys of the English catalogue.
import { createContext, type ReactNode, useContext } from "react";
import { I18nProvider } from "react-aria-components";
import type { Failure } from "../ipc/bindings.ts";
import { find, type Language, type Values } from "./catalogue.ts";
import { type FailureText, failureText } from "./failure.ts";
import { type Format, formats } from "./format.ts";
import type { Texts } from "./keys.ts";

type TextId = keyof Texts;

/** Messages without arguments take none; the others take exactly theirs. */
type Wanted<K extends TextId> = keyof Texts[K] extends never ? [] : [Texts[K]];

export interface Text {
  language: Language;
  t: <K extends TextId>(id: K, ...values: Wanted<K>) => string;
  /** A message whose id is only known at run time, such as `problem-<code>`. */
  find: (id: string, values?: Values) => string | undefined;
  failure: (failure: Failure) => FailureText;
  format: Format;
}

function textOf(language: Language): Text {
  return {
    language,
    t: (id, ...values) => find(language, id, values[0] as Values | undefined) ?? id,
    find: (id, values) => find(language, id, values),
    failure: (failure) => failureText(language, failure),
    format: formats[language],
  };
}

const texts: Record<Language, Text> = { en: textOf("en"), ja: textOf("ja") };
const TextContext = createContext<Text>(texts.en);

export function TextProvider({ language, children }: { language: Language; children: ReactNode }) {
  return (
    <I18nProvider locale={language === "ja" ? "ja-JP" : "en-US"}>
      <TextContext.Provider value={texts[language]}>{children}</TextContext.Provider>
    </I18nProvider>
  );
}

export function useText(): Text {
  return useContext(TextContext);
}
