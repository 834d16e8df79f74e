// The theme and language on the root element, where tokens.css and screen readers find them.
import { useLayoutEffect } from "react";
import type { Language } from "../i18n/catalogue.ts";

export function useRoot(language: Language, theme: string): void {
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.lang = language;
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  }, [language, theme]);
}
