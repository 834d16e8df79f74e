// Reads the ids and arguments of a Fluent file, for the key type and the tests.
import { readFileSync } from "node:fs";

const MESSAGES = new URL("../../src-tauri/crates/messages/", import.meta.url);

/** The files whose sentences the window asks for by name; ids of the others are only known at run time. */
export const FILES = ["window.ftl", "study-window.ftl", "sheet.ftl", "terms.ftl"];

/** Ids in order with the names of their arguments. */
export function messagesOf(language: "en" | "ja", file: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  let current: Set<string> | undefined;
  for (const line of readFileSync(new URL(`${language}/${file}`, MESSAGES), "utf8").split("\n")) {
    const head = /^([a-z][a-z0-9_-]*) =/.exec(line);
    if (head?.[1]) {
      current = new Set();
      found.set(head[1], current);
    } else if (!/^[ }]/.test(line)) {
      if (line.trim() !== "") current = undefined;
    }
    for (const name of line.matchAll(/\$([a-z][a-z0-9_]*)/g)) current?.add(name[1] as string);
  }
  return found;
}

export function keysFile(): string {
  const all = FILES.flatMap((file) => [...messagesOf("en", file)]);
  const lines = all.map(([id, names]) => {
    const fields = [...names].sort().map((name) => `${name}: Value`);
    return `  "${id}": ${fields.length > 0 ? `{ ${fields.join("; ")} }` : "None"};`;
  });
  return [
    `// Written by \`npm run keys\` from ${FILES.join(", ")} in src-tauri/crates/messages/en. A test fails when it is out of date.`,
    "type Value = string | number;",
    "type None = Record<never, never>;",
    "",
    "export interface Texts {",
    ...lines,
    "}",
    "",
  ].join("\n");
}
