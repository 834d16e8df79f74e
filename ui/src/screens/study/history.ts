// The study as it is being written, with every step back and forth. What Rust keeps is a copy of `study`.
import type { Texts } from "../../i18n/keys.ts";
import type { Study } from "../../ipc/bindings.ts";

/** The sentence that names a change, such as "change the trials": the undo button says it. */
export type Did = Extract<keyof Texts, `did-${string}` | `sheet-done-${string}`>;

interface Past {
  study: Study;
  did: Did;
}

export interface History {
  study: Study;
  past: Past[];
  future: Past[];
  /** What the last change belongs to, and when it came: typing on in one field is one step. */
  last: { merge: string | undefined; at: number } | null;
}

export type Act =
  | { act: "change"; study: Study; did: Did; merge?: string; at: number }
  | { act: "undo" }
  | { act: "redo" };

/** So many steps back are kept. */
const STEPS = 200;
/** Milliseconds of rest after which typing on in the same field is a new step. */
const REST = 1000;

export function begin(study: Study): History {
  return { study, past: [], future: [], last: null };
}

export function history(now: History, act: Act): History {
  switch (act.act) {
    case "change": {
      if (act.study === now.study) return now;
      const { merge, at } = act;
      const last = { merge, at };
      const goesOn = merge !== undefined && now.last?.merge === merge && at - now.last.at < REST;
      if (goesOn) return { ...now, study: act.study, future: [], last };
      const past = [...now.past, { study: now.study, did: act.did }].slice(-STEPS);
      return { study: act.study, past, future: [], last };
    }
    case "undo": {
      const before = now.past.at(-1);
      if (!before) return now;
      const after = { study: now.study, did: before.did };
      return { study: before.study, past: now.past.slice(0, -1), future: [after, ...now.future], last: null };
    }
    case "redo": {
      const [after, ...future] = now.future;
      if (!after) return now;
      const past = [...now.past, { study: now.study, did: after.did }];
      return { study: after.study, past, future, last: null };
    }
  }
}
