// A failure in three steps: what happened, what it means for money and data, what to do next.
import type { Failure } from "../ipc/bindings.ts";
import { find, type Language } from "./catalogue.ts";

export interface FailureText {
  what: string;
  means: string | undefined;
  next: string | undefined;
  /** The raw words of the system or the provider: shown only under Details. */
  detail: string | null;
}

export function failureText(language: Language, failure: Failure): FailureText {
  const known = find(language, `error-${failure.code}`, failure.args) !== undefined;
  const id = known ? `error-${failure.code}` : "error-unexpected";
  const values = { ...failure.args, code: failure.args.code ?? failure.code };
  return {
    what: find(language, id, values) ?? failure.code,
    means: find(language, id, values, "means"),
    next: find(language, id, values, "next"),
    detail: failure.detail,
  };
}
