// Fields of the answer sheet: their types and names.
import type { Field, FieldKind } from "../../ipc/bindings.ts";
import { free, nameFrom } from "./templates.ts";

export const KINDS = ["integer", "decimal", "choice", "yes_no", "short_text", "long_text"] as const;
type KindName = (typeof KINDS)[number];

/** Another type; the range stays where both have one. */
export function changedKind(kind: FieldKind, type: KindName): FieldKind {
  const numeric = kind.type === "integer" || kind.type === "decimal";
  const range = numeric ? { minimum: kind.minimum, maximum: kind.maximum } : { minimum: null, maximum: null };
  switch (type) {
    case "integer": {
      const whole = (end: number | null) => (end === null ? null : Math.round(end));
      return { type, minimum: whole(range.minimum), maximum: whole(range.maximum) };
    }
    case "decimal":
      return { type, ...range };
    case "choice":
      return kind.type === "choice" ? kind : { type, choices: [] };
    default:
      return { type };
  }
}

/** A variable name as programs want it: `[a-z][a-z0-9_]*`. What has no Latin letters keeps the name it had. */
export function variable(text: string, taken: string[], before: string): string {
  const plain = nameFrom(text, [], "")
    .normalize("NFD")
    .replace(/[^a-z0-9_]/g, "")
    .replace(/_{2,}/g, "_")
    .replace(/^[_0-9]+|_+$/g, "");
  return plain === "" ? before : free(plain, taken);
}

const MADE_UP = /^q\d+(_\d+)?$/;

/** A label given; the variable follows it while it is not of the researcher's choosing. */
export function relabelled(field: Field, label: string, taken: string[]): Field {
  const follows = MADE_UP.test(field.name) || field.name === variable(field.label, taken, "");
  if (!follows) return { ...field, label };
  return {
    ...field,
    label,
    name: variable(label, taken, MADE_UP.test(field.name) ? field.name : nextNumber(taken)),
  };
}

function nextNumber(taken: string[]): string {
  return free(`q${taken.length + 1}`, taken);
}

export function newField(taken: string[]): Field {
  return {
    name: nextNumber(taken),
    label: "",
    kind: { type: "integer", minimum: null, maximum: null },
    description: "",
    required: true,
  };
}
