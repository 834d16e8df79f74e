// @vitest-environment node
// The sentences: both languages have them, the key type is fresh, none is asked for that is missing, none lies unused.
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { FILES, keysFile, messagesOf } from "../../scripts/catalogue.ts";
import { formats, windowLength } from "../i18n/format.ts";

const SOURCE = new URL("../", import.meta.url);
const sources = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith("test") && !name.endsWith("keys.ts"))
  .map((name) => readFileSync(new URL(name, SOURCE), "utf8"))
  .join("\n");

it("has the same messages with the same arguments in both languages", () => {
  for (const file of FILES) {
    const [en, ja] = [messagesOf("en", file), messagesOf("ja", file)];
    expect([...ja.keys()].sort()).toEqual([...en.keys()].sort());
    const differing = [...en].filter(
      ([id, names]) => String([...names].sort()) !== String([...(ja.get(id) ?? [])].sort()),
    );
    expect(differing).toEqual([]);
  }
});

it("has a fresh type of its keys (npm run keys)", () => {
  expect(readFileSync(new URL("i18n/keys.ts", SOURCE), "utf8")).toBe(keysFile());
});

it("asks for no message that is missing, and keeps none that is unused", () => {
  const known = new Set(FILES.flatMap((file) => [...messagesOf("en", file).keys()]));
  const quoted = [...sources.matchAll(/\b(?:t|find)\(\s*"([a-z0-9_-]+)"/g)].map(
    (match) => match[1] as string,
  );
  expect(quoted.filter((id) => !known.has(id))).toEqual([]);
  // Ids made of a word and a value, such as t(`status-${status}`), stand for all that fit.
  const made = [...sources.matchAll(/`([a-z0-9-]+-(?:\$\{[^}]+\}[a-z0-9-]*)+)`/g)].map(
    (match) => new RegExp(`^${(match[1] as string).replace(/\$\{[^}]+\}/g, "[a-z0-9_-]+")}$`),
  );
  const all = new Set([...sources.matchAll(/"([a-z0-9_-]+)"/g)].map((match) => match[1]));
  const ours = FILES.filter((file) => file.endsWith("window.ftl"));
  const unused = ours
    .flatMap((file) => [...messagesOf("en", file).keys()])
    .filter((id) => !all.has(id) && !made.some((pattern) => pattern.test(id)));
  expect(unused).toEqual([]);
});

it("says figures, sizes and durations as the Rust side does", () => {
  const { en, ja } = formats;
  expect(en.count(52_337)).toBe("52,337");
  const sizes = [
    [999, "999 B"],
    [3250, "3.3 kB"],
    [999_949, "999.9 kB"],
    [999_950, "1.0 MB"],
    [118_400_000, "118.4 MB"],
    [7e9, "7.0 GB"],
  ] as const;
  for (const [n, words] of sizes) expect(en.bytes(n)).toBe(words);
  const HOUR = 3_600_000;
  expect(en.duration(59_900)).toBe("59 s");
  expect(en.duration(3 * HOUR + 12 * 60_000)).toBe("3 h 12 min");
  expect(ja.duration(36 * HOUR)).toBe("36時間");
  expect(ja.duration(50 * HOUR)).toBe("2日2時間");
  const at = new Date(2026, 10, 24, 18, 37).getTime();
  expect(en.dateTime(at)).toContain("24 Nov 2026, 18:37");
  expect(ja.dateTime(at)).toContain("2026年11月24日（火）18:37");
  expect(ja.short(at)).toBe("11月24日 18:37");
  expect(windowLength("7d")?.ms).toBe(7 * 24 * HOUR);
  expect(windowLength("soon")).toBeUndefined();
});
