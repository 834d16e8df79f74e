// @vitest-environment node
import { expect, it } from "vitest";
import { readTsv, writeTsv } from "./tsv.ts";

it("reads what Excel copies: Windows line ends, quoted cells with breaks, one line end at the end", () => {
  expect(readTsv('id\tbody\r\nt1\t"雨が\n""降る"""\r\nt2\t\r\n')).toEqual([
    ["id", "body"],
    ["t1", '雨が\n"降る"'],
    ["t2", ""],
  ]);
});

it("reads plain text a line a row, with any line ends", () => {
  expect(readTsv("a\nb\rc")).toEqual([["a"], ["b"], ["c"]]);
  expect(readTsv("a\t")).toEqual([["a", ""]]);
  expect(readTsv("")).toEqual([[""]]);
  expect(readTsv("a\r\n\r\n")).toEqual([["a"], [""]]);
});

it("takes a quote that closes no cell as a character", () => {
  expect(readTsv('"Yes," she said.\tb')).toEqual([['"Yes," she said.', "b"]]);
  expect(readTsv('"open\tb\nc')).toEqual([['"open', "b"], ["c"]]);
  expect(readTsv('5" tall\t""')).toEqual([['5" tall', ""]]);
});

it("quotes cells with tabs, breaks and quotes only", () => {
  expect(writeTsv([["a b", "c,d", "e\tf", "g\nh", 'say "i"', "007"]])).toBe(
    'a b\tc,d\t"e\tf"\t"g\nh"\t"say ""i"""\t007\r\n',
  );
});

it("writes one cell alone without a line end, and blank ones so that they come back", () => {
  expect(writeTsv([["雨"]])).toBe("雨");
  for (const rows of [[[""]], [["a"], [""]], [["", ""]]]) expect(readTsv(writeTsv(rows))).toEqual(rows);
});

/** Numbers that are the same in every run: mulberry32. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

it("gives back whatever was written", () => {
  const letters = ["", "a", '"', "\t", "\n", "あ", " ", '""', "\u2028", ","];
  const draw = chance(4);
  for (let round = 0; round < 2000; round++) {
    const width = 1 + draw(4);
    const rows = Array.from({ length: 1 + draw(4) }, () =>
      Array.from({ length: width }, () =>
        Array.from({ length: draw(5) }, () => letters[draw(letters.length)]).join(""),
      ),
    );
    expect(readTsv(writeTsv(rows))).toEqual(rows);
  }
});
