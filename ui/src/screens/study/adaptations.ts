// What is changed for one model or service, as a sentence.
import type { Text } from "../../i18n/text.tsx";
import type { Adaptation } from "../../ipc/bindings.ts";

export function adaptationWords({ t, find }: Text, { code, args }: Adaptation): string {
  return find(`study-adapted-${code}`, args) ?? t("study-unnamed-adaptation", { code });
}

/** How many requests it is about, unless the sentence says so itself or it is not known. */
export function adaptationCount({ t, find }: Text, { code, args }: Adaptation): string | undefined {
  const { count, total } = args;
  if (typeof count !== "number" || typeof total !== "number") return undefined;
  const saying = (number: number) => find(`study-adapted-${code}`, { ...args, count: number });
  if (saying(1) !== saying(2)) return undefined;
  return count === total ? t("check-changed-all", { total }) : t("check-changed-some", { count, total });
}
