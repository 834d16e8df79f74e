// Numbers, sizes and times as the look prescribes. Never through `navigator.language`: it can be "C", and then Intl throws.
import type { Language } from "./catalogue.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS_JA = "日月火水木金土";
const MINUTE = 60_000;

export interface Format {
  /** 52,337 */
  count: (n: number) => string;
  /** 118.4 MB */
  bytes: (n: number) => string;
  /** 24 Nov 2026, 18:37 — 2026年11月24日（火）18:37 */
  dateTime: (at: number) => string;
  /** For lists: 24 Nov, 18:37 — 11月24日 18:37 */
  short: (at: number) => string;
  /** 18:37 */
  time: (at: number) => string;
  /** 18:37:06 */
  clock: (at: number) => string;
  /** 3 h 12 min — 3時間12分 */
  duration: (milliseconds: number) => string;
}

const two = (n: number) => String(n).padStart(2, "0");
const hourMinute = (date: Date) => `${two(date.getHours())}:${two(date.getMinutes())}`;
const grouped = new Intl.NumberFormat("en-US");
const decimal = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Steps of 1,000 in tenths, rounded half up, as the Rust side does: 999,950 B are 1.0 MB. */
function bytes(n: number): string {
  if (n < 1000) return `${n} B`;
  const units = ["kB", "MB", "GB", "TB"];
  let unit = 1000;
  let name = "kB";
  for (const next of units.slice(1)) {
    if (Math.floor((n * 10 + unit / 2) / unit) < 10_000) break;
    unit *= 1000;
    name = next;
  }
  return `${decimal.format(Math.floor((n * 10 + unit / 2) / unit) / 10)} ${name}`;
}

/** The zone is named only where the clocks change between now and then. */
function zone(at: number): string {
  const date = new Date(at);
  if (date.getTimezoneOffset() === new Date().getTimezoneOffset()) return "";
  const parts = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" }).formatToParts(date);
  return ` ${parts.find((part) => part.type === "timeZoneName")?.value ?? ""}`;
}

/** The two largest units that matter, as the Rust side says it: up to two days in hours. */
function duration(
  milliseconds: number,
  words: { d: string; h: string; m: string; s: string; gap: string },
): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes < 1) return `${seconds}${words.s}`;
  if (hours < 1) return `${minutes}${words.m}`;
  const [large, small, unit] =
    hours < 48
      ? [`${hours}${words.h}`, minutes % 60, words.m]
      : [`${Math.floor(hours / 24)}${words.d}`, hours % 24, words.h];
  return small > 0 ? `${large}${words.gap}${small}${unit}` : large;
}

const en: Format = {
  count: (n) => grouped.format(n),
  bytes,
  dateTime: (at) => {
    const date = new Date(at);
    return `${date.getDate()} ${MONTHS[date.getMonth()]} ${date.getFullYear()}, ${hourMinute(date)}${zone(at)}`;
  },
  short: (at) => {
    const date = new Date(at);
    return `${date.getDate()} ${MONTHS[date.getMonth()]}, ${hourMinute(date)}`;
  },
  time: (at) => hourMinute(new Date(at)),
  clock: (at) => `${hourMinute(new Date(at))}:${two(new Date(at).getSeconds())}`,
  duration: (ms) => duration(ms, { d: " d", h: " h", m: " min", s: " s", gap: " " }),
};

const ja: Format = {
  ...en,
  dateTime: (at) => {
    const date = new Date(at);
    const day = `${date.getFullYear()}年${date.getMonth() + 1}月${date.getDate()}日`;
    return `${day}（${WEEKDAYS_JA[date.getDay()]}）${hourMinute(date)}${zone(at)}`;
  },
  short: (at) => {
    const date = new Date(at);
    return `${date.getMonth() + 1}月${date.getDate()}日 ${hourMinute(date)}`;
  },
  duration: (ms) => duration(ms, { d: "日", h: "時間", m: "分", s: "秒", gap: "" }),
};

export const formats: Record<Language, Format> = { en, ja };

/** Milliseconds of a completion window such as `24h` or `7d`; `undefined` for a word that we do not know. */
export function windowLength(window: string): { unit: "h" | "d"; count: number; ms: number } | undefined {
  const match = /^(\d+)([hd])$/.exec(window);
  if (!match) return undefined;
  const count = Number(match[1]);
  const unit = match[2] as "h" | "d";
  return { unit, count, ms: count * (unit === "h" ? 60 : 24 * 60) * MINUTE };
}
