// Every page in both languages: it shows its sentences, and axe finds nothing.
import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { type Route, STEPS, type Step } from "../route.ts";
import { expectAccessible, type Language, open } from "./render.tsx";
import * as samples from "./samples.ts";
import { entry } from "./study-mock.ts";
import { emotions, emptyStudy } from "./study-samples.ts";

const LANGUAGES: Language[] = ["en", "ja"];

interface Case {
  name: string;
  route: Route;
  /** Something that the page shows when it is there. */
  shows: Record<Language, string | RegExp>;
  world?: Parameters<typeof open>[1];
}

const running: Case["world"] = {
  drafts: [
    samples.draft("draft-1", {
      check: { state: "running", bytes_done: 5e7, bytes_total: 1e8, lines: 21_204 },
    }),
  ],
};

const ASKS: Record<Step, Record<Language, string>> = {
  data: { en: "What do you compare?", ja: "何を比べますか" },
  design: { en: "How do they become requests?", ja: "どのようにリクエストにしますか" },
  prompt: { en: "What does the model read?", ja: "モデルに何を読ませますか" },
  answers: { en: "What should each answer contain?", ja: "各回答に、何を書いてもらいますか" },
  models: { en: "Which models are asked?", ja: "どのモデルに尋ねますか" },
  send: { en: "Is everything as you want it?", ja: "このまま送ってよいですか" },
};

const STUDY: Case[] = [
  ...STEPS.map(
    (step): Case => ({
      name: `study, ${step}`,
      route: { page: "study", id: "study-1", step },
      shows: ASKS[step],
    }),
  ),
  {
    name: "study, on one page",
    route: { page: "study", id: "study-1", step: null },
    shows: { en: "Send 240 requests", ja: "240件を送信" },
  },
  {
    name: "study, empty",
    route: { page: "study", id: "empty", step: null },
    world: { studies: [entry("empty", emptyStudy())] },
    shows: { en: "4 things are missing before this can be sent.", ja: /あと4点をそろえると/ },
  },
  {
    name: "study, sent",
    route: { page: "study", id: "sent", step: null },
    world: { studies: [entry("sent", emotions(), { jobs: ["job-running"] })] },
    shows: { en: "Make a copy to change", ja: "複製して変更" },
  },
  {
    name: "study, gone",
    route: { page: "study", id: "nowhere", step: null },
    world: {},
    shows: { en: "All studies", ja: "研究の一覧" },
  },
];

const CASES: Case[] = [
  {
    name: "first start",
    route: { page: "home" },
    world: { greeted: false },
    shows: { en: "Where would you like to begin?", ja: /どこから始めますか/ },
  },
  { name: "home", route: { page: "home" }, shows: { en: "With the provider", ja: "送り先で処理中" } },
  {
    name: "home, empty",
    route: { page: "home" },
    world: { drafts: [], jobs: [], studies: [] },
    shows: { en: "Send a file", ja: "ファイルを送る" },
  },
  { name: "studies", route: { page: "studies" }, shows: { en: "Ready to send", ja: "送信できます" } },
  {
    name: "studies, empty",
    route: { page: "studies" },
    world: { studies: [] },
    shows: { en: "No studies yet", ja: "研究はまだありません" },
  },
  ...STUDY,
  { name: "jobs", route: { page: "jobs" }, shows: { en: "Jobs", ja: "ジョブ" } },
  {
    name: "jobs, empty",
    route: { page: "jobs" },
    world: { jobs: [] },
    shows: { en: "No jobs yet", ja: "ジョブはまだありません" },
  },
  { name: "check", route: { page: "check", id: "draft-1" }, shows: { en: "Problems", ja: "見つかった問題" } },
  {
    name: "check, running",
    route: { page: "check", id: "draft-1" },
    world: running,
    shows: { en: /21,204 lines so far, 50.0 MB of 100.0 MB/, ja: /21,204行まで確認、100.0 MBのうち50.0 MB/ },
  },
  {
    name: "check, for Claude",
    route: { page: "check", id: "claude" },
    world: {
      connections: [samples.claude],
      drafts: [
        samples.draft("claude", {
          connection: "anthropic",
          check: { state: "done", report: samples.adaptedReport },
        }),
      ],
    },
    shows: {
      en: "What is changed for Anthropic (Claude)",
      ja: "Anthropic (Claude)に合わせて変わるところ",
    },
  },
  {
    name: "check, untranslatable",
    route: { page: "check", id: "claude" },
    world: {
      connections: [samples.claude],
      drafts: [
        samples.draft("claude", {
          connection: "anthropic",
          check: { state: "done", report: samples.untranslatableReport },
        }),
      ],
    },
    shows: { en: /Line 7 asks for something/, ja: /7行目に/ },
  },
  {
    name: "check, gone",
    route: { page: "check", id: "nowhere" },
    shows: { en: /no longer in preparation/, ja: /準備/ },
  },
  {
    name: "job, running",
    route: { page: "job", id: "job-running" },
    shows: { en: /31,300 of 52,337 requests are done/, ja: /52,337件のうち31,300件が/ },
  },
  {
    name: "job, finished",
    route: { page: "job", id: "job-finished" },
    shows: { en: /1,163 requests were answered, 37 failed/, ja: /1,163件に/ },
  },
  {
    name: "job, waiting",
    route: { page: "job", id: "job-waiting" },
    shows: { en: "Waiting for you.", ja: /確認が必要です/ },
  },
  {
    name: "job, unclear",
    route: { page: "job", id: "job-unclear" },
    shows: { en: "Part 1: was it received?", ja: "第1束は届いたでしょうか" },
  },
  {
    name: "job, in the cloud",
    route: { page: "job", id: "job-cloud" },
    world: { jobs: [samples.cloudJob] },
    shows: { en: "Kept at Vertex AI until", ja: "Vertex AIの保管期限" },
  },
  {
    name: "job, left in the cloud",
    route: { page: "job", id: "job-cloud-over" },
    world: { jobs: [samples.cloudJobOver] },
    shows: { en: "Delete what was laid down there…", ja: "送り先から削除…" },
  },
  {
    name: "job, practice",
    route: { page: "job", id: "job-practice" },
    shows: { en: "Practice: made-up answers, not data", ja: "練習用：回答は見本で、データではありません" },
  },
  {
    name: "results",
    route: { page: "results", id: "job-finished", status: null },
    shows: { en: "1,200 of 1,200 rows", ja: "1,200行中1,200行" },
  },
  {
    name: "connections",
    route: { page: "connections" },
    shows: { en: "Not connected yet", ja: "まだ接続していないサービス" },
  },
  {
    name: "connections, no keychain",
    route: { page: "connections" },
    world: { keychain: samples.failure("keychain-locked") },
    shows: { en: "Try the keychain again", ja: "キーチェーンを再確認" },
  },
  {
    name: "settings",
    route: { page: "settings" },
    shows: { en: "Where your data are", ja: "データの保存場所" },
  },
];

describe.each(LANGUAGES)("in %s", (language) => {
  it.each(CASES)("$name", async ({ route, shows, world }) => {
    open(route, { ...world, language });
    const found = await screen.findAllByText((_, element) => {
      const text = element?.textContent ?? "";
      const wanted = shows[language];
      return typeof wanted === "string" ? text === wanted : wanted.test(text);
    });
    expect(found.length).toBeGreaterThan(0);
    expect(document.documentElement.lang).toBe(language);
    await expectAccessible();
  });
});
