import { beforeEach, expect, it, vi } from "vitest";
import type { Study, StudyView } from "../../ipc/bindings.ts";
import { failure } from "../../test/samples.ts";
import { emotions } from "../../test/study-samples.ts";
import { asLeft, Saver, saveAll } from "./saver.ts";

const titled = (title: string): Study => ({ ...emotions(), title });

/** Saves that came, each waiting to be answered by hand. */
let saves: { title: string; answer: () => void; fail: () => void }[] = [];

beforeEach(() => {
  saves = [];
  vi.useFakeTimers();
  Object.assign(window, {
    __TAURI_INTERNALS__: {
      invoke: (_: string, { study }: { study: Study }) =>
        new Promise((resolve, reject) => {
          saves.push({
            title: study.title,
            answer: () => resolve({ study } as StudyView),
            fail: () => reject(failure("disk-full")),
          });
        }),
    },
  });
  return () => vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

it("saves once after the last of several changes, and says when all is kept", async () => {
  const seen: string[] = [];
  const saver = new Saver("once", titled("a"), (view) => seen.push(view.study.title));
  for (const title of ["b", "c", "d"]) saver.put(titled(title));
  expect(saver.now().saved).toBe(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(saves.map((save) => save.title)).toEqual(["d"]);
  saves[0]?.answer();
  await settle();
  expect(seen).toEqual(["d"]);
  expect(saver.now()).toEqual({ saved: true, failure: null });
});

it("saves one at a time, the newest last, and tells only of the newest", async () => {
  const seen: string[] = [];
  const saver = new Saver("newest", titled("a"), (view) => seen.push(view.study.title));
  saver.put(titled("b"));
  void saver.flush();
  saver.put(titled("c"));
  saver.put(titled("d"));
  const all = saver.flush();
  expect(saves.map((save) => save.title)).toEqual(["b"]);
  saves[0]?.answer();
  await settle();
  expect(saves.map((save) => save.title)).toEqual(["b", "d"]);
  saves[1]?.answer();
  expect(await all).toBe(true);
  expect(seen).toEqual(["d"]);
});

it("saves what is put back to what it was", async () => {
  const first = titled("a");
  const saver = new Saver("back", first, () => undefined);
  saver.put(first);
  await vi.advanceTimersByTimeAsync(1000);
  expect(saves).toHaveLength(0);
  saver.put(titled("b"));
  saver.put(first);
  await vi.advanceTimersByTimeAsync(1000);
  expect(saves.map((save) => save.title)).toEqual(["a"]);
  saves[0]?.answer();
  await settle();
});

it("keeps what could not be saved for the next try and for whoever comes back", async () => {
  const saver = new Saver("failing", titled("a"), () => undefined);
  saver.put(titled("b"));
  const tried = saver.flush();
  saves[0]?.fail();
  expect(await tried).toBe(false);
  expect(saver.now()).toMatchObject({ saved: false, failure: { code: "disk-full" } });
  expect(asLeft("failing", titled("a")).title).toBe("b");
  const again = saver.flush();
  saves[1]?.answer();
  expect(await again).toBe(true);
  expect(asLeft("failing", titled("a")).title).toBe("a");
});

it("saves all studies when the window is to be closed, and names one that could not be saved", async () => {
  new Saver("left", titled("a"), () => undefined).put(titled("b"));
  const all = saveAll();
  expect(saves.map((save) => save.title)).toEqual(["b"]);
  saves[0]?.fail();
  expect(await all).toBe("left");
  const again = saveAll();
  saves[1]?.answer();
  expect(await again).toBe(null);
  expect(await saveAll()).toBe(null);
});

it("lets a page that was opened again wait for the save of the one before", async () => {
  const before = new Saver("turns", titled("a"), () => undefined);
  before.put(titled("b"));
  void before.flush();
  const left = asLeft("turns", titled("a"));
  expect(left.title).toBe("b");
  const after = new Saver("turns", titled("a"), () => undefined);
  after.put(titled("c"));
  void after.flush();
  await settle();
  expect(saves.map((save) => save.title)).toEqual(["b"]);
  saves[0]?.answer();
  await settle();
  expect(saves.map((save) => save.title)).toEqual(["b", "c"]);
});
