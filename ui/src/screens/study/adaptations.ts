// What is changed for one model, as a sentence.
import type { Text } from "../../i18n/text.tsx";
import type { Adaptation } from "../../ipc/bindings.ts";

export function adaptationWords({ t, find }: Text, { code, args }: Adaptation): string {
  return find(`study-adapted-${code}`, args) ?? t("study-unnamed-adaptation", { code });
}
