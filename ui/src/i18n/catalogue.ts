// The one catalogue of sentences, shared with the Rust side: both languages are bundled into the page.
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";

export type Language = "en" | "ja";
export type Values = Record<string, FluentVariable>;

const files = import.meta.glob<string>("../../../src-tauri/crates/messages/{en,ja}/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});

function bundleOf(language: Language): FluentBundle {
  // No isolation marks, as on the Rust side: they would travel into copied text.
  const bundle = new FluentBundle(language, { useIsolating: false });
  for (const [path, text] of Object.entries(files)) {
    if (path.includes(`/${language}/`)) bundle.addResource(new FluentResource(text));
  }
  return bundle;
}

const bundles: Record<Language, FluentBundle> = { en: bundleOf("en"), ja: bundleOf("ja") };

/** A message or one of its attributes; `undefined` when the catalogue does not have it. */
export function find(
  language: Language,
  id: string,
  values?: Values,
  attribute?: string,
): string | undefined {
  const bundle = bundles[language];
  const message = bundle.getMessage(id);
  const pattern = attribute === undefined ? message?.value : message?.attributes[attribute];
  if (pattern === undefined || pattern === null) return undefined;
  const errors: Error[] = [];
  // A value that is missing leaves its name in the sentence: seen in tests, never a crash.
  return bundle.formatPattern(pattern, values ?? null, errors);
}

export function languageOf(word: string | undefined): Language {
  return word === "ja" ? "ja" : "en";
}
