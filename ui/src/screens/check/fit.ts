// How a file and a service fit, beyond the problems of its lines.
import type { Adaptation, Failure } from "../../ipc/bindings.ts";

/** These have words of their own for a chat; the others take the lines as they stand. */
const TRANSLATING = ["anthropic", "gemini", "vertex"];

export function isTranslated(provider: string | undefined): boolean {
  return provider !== undefined && TRANSLATING.includes(provider);
}

/** Claude alone keeps what is marked. */
export function takesCacheMark(provider: string): boolean {
  return provider === "anthropic";
}

/** Requests that will fail are no change, but what is worth knowing first. */
export function isChange({ code }: Adaptation): boolean {
  return code !== "will-be-refused";
}

/** How many lines cannot be put in the service's words. */
export function untranslatableLines(failure: Failure | null | undefined): number {
  if (!failure) return 0;
  return typeof failure.args.count === "number" ? failure.args.count : 1;
}
