// How a file and a service fit, beyond the problems of its lines.
import type { Adaptation, Failure } from "../../ipc/bindings.ts";

/** Requests that will fail are no change, but what is worth knowing first. */
export function isChange({ code }: Adaptation): boolean {
  return code !== "will-be-refused";
}

/** How many lines cannot be put in the service's words. */
export function untranslatableLines(failure: Failure | null | undefined): number {
  if (!failure) return 0;
  return typeof failure.args.count === "number" ? failure.args.count : 1;
}
