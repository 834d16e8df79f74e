import { expect, it } from "vitest";
import type { Study } from "../../ipc/bindings.ts";
import { emotions } from "../../test/study-samples.ts";
import { begin, type History, history } from "./history.ts";

const titled = (title: string): Study => ({ ...emotions(), title });
const typed = (now: History, title: string, at: number, merge?: string) =>
  history(now, { act: "change", study: titled(title), did: "did-title", merge, at });

it("goes back and forth, and forgets what was ahead when something new is done", () => {
  let now = typed(begin(titled("a")), "b", 0);
  now = typed(now, "c", 1);
  now = history(now, { act: "undo" });
  expect(now.study.title).toBe("b");
  expect(now.future[0]?.did).toBe("did-title");
  expect(history(now, { act: "redo" }).study.title).toBe("c");
  now = typed(now, "d", 2);
  expect(now.future).toEqual([]);
  now = history(history(now, { act: "undo" }), { act: "undo" });
  expect(now.study.title).toBe("a");
  expect(history(now, { act: "undo" })).toBe(now);
});

it("makes one step of typing in a field, and a new one after a rest, in another field, or after undo", () => {
  const one = typed(typed(begin(titled("")), "a", 0, "title"), "ab", 500, "title");
  expect(one.past).toHaveLength(1);
  expect(typed(one, "abc", 5000, "title").past).toHaveLength(2);
  expect(typed(one, "abc", 600, "other").past).toHaveLength(2);
  const undone = history(one, { act: "undo" });
  expect(undone.study.title).toBe("");
  expect(typed(undone, "x", 700, "title").past).toHaveLength(1);
});

it("keeps a bounded number of steps", () => {
  let now = begin(titled(""));
  for (let at = 0; at < 500; at++) now = typed(now, String(at), at);
  expect(now.past).toHaveLength(200);
});
