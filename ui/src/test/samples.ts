// Sample data for tests and for looking at the pages without the app.
import type {
  AdoptableView,
  ConnectionView,
  DraftView,
  Failure,
  JobView,
  ModelView,
  PartView,
  ProblemGroup,
  ReportView,
  RowView,
  ServiceView,
  Settings,
  SettingView,
  Status,
  TimelineEntry,
} from "../ipc/bindings.ts";

/** 24 Nov 2026, 12:49 UTC. */
export const NOW = Date.UTC(2026, 10, 24, 12, 49);
const HOUR = 3_600_000;

export const failure = (code: string, args: Failure["args"] = {}, detail: string | null = null): Failure => ({
  code,
  args,
  detail,
});

export const settings: Settings = {
  language: "en",
  theme: "light",
  greeted: true,
  data_folder: "/home/hanako/.local/share/tabane",
  version: "0.1.0",
};

const service = (provider: string, name: string, more: Partial<ServiceView> = {}): ServiceView => ({
  provider,
  name,
  needs_key: true,
  needs_base_url: false,
  base_url: `https://api.${provider}.example/v1`,
  note: null,
  windows: ["24h"],
  discount_percent: 50,
  retention_days: 30,
  translates: false,
  caches: false,
  settings: [],
  ...more,
});

const setting = (name: string, required = false, value: string | null = null): SettingView => ({
  name,
  required,
  default: value,
});

export const services: ServiceView[] = [
  service("openai", "OpenAI"),
  service("anthropic", "Anthropic (Claude)", { translates: true, caches: true }),
  service("gemini", "Google Gemini", { translates: true }),
  service("vertex", "Vertex AI", {
    translates: true,
    needs_key: false,
    settings: [
      setting("project"),
      setting("region", true, "us-central1"),
      setting("bucket"),
      setting("dataset"),
      setting("input", false, "bucket"),
      setting("output", false, "dataset"),
    ],
  }),
  service("openrouter", "OpenRouter", { discount_percent: null }),
  service("groq", "Groq", { windows: ["24h", "48h", "72h", "7d"] }),
  service("kluster", "kluster.ai", {
    windows: ["1h", "3h", "24h"],
    note: "note-kluster",
    discount_percent: null,
  }),
  service("mistral", "Mistral"),
  service("together", "Together AI"),
  service("fireworks", "Fireworks AI", { settings: [setting("account", true)] }),
  service("xai", "xAI"),
  service("azure", "Azure OpenAI", { needs_base_url: true, base_url: null }),
  service("deepinfra", "DeepInfra", { discount_percent: 20 }),
  service("parasail", "Parasail"),
  service("nebius", "Nebius Token Factory"),
  service("novita", "Novita", { windows: ["48h"], discount_percent: null }),
  service("siliconflow", "SiliconFlow"),
  service("dashscope", "Alibaba Model Studio (DashScope)"),
  service("zhipu", "Zhipu AI"),
  service("moonshot", "Moonshot AI (Kimi)", { windows: ["24h", "12h", "7d"], discount_percent: 40 }),
  service("doubleword", "Doubleword", { windows: ["24h", "1h"], discount_percent: null }),
  service("custom", "Another service", {
    needs_base_url: true,
    base_url: null,
    needs_key: false,
    discount_percent: null,
  }),
  service("practice", "Practice", { needs_key: false, base_url: null, discount_percent: null }),
];

const connection = (id: string, name: string, more: Partial<ConnectionView> = {}): ConnectionView => ({
  id,
  provider: id,
  name,
  base_url: null,
  settings: {},
  key_ends: "7Qx2",
  key_is_temporary: false,
  key_failure: null,
  last_test: { at: NOW - HOUR, models: 41, failure: null, remarks: [] },
  ...more,
});

export const models = (batch: boolean | null, ...ids: string[]): ModelView[] =>
  ids.map((id) => ({ id, batch }));

const batch = (id: string, more: Partial<AdoptableView> = {}): AdoptableView => ({
  id,
  name: null,
  model: "gpt-5.4-mini",
  status: "in_progress",
  requests: 1200,
  created_at: NOW - 4 * HOUR,
  job: null,
  ...more,
});

export const batches: AdoptableView[] = [
  batch("batch_aaa111", { name: "diary study" }),
  batch("batch_bbb222", { status: "completed", job: "job-finished" }),
  batch("batch_ccc333", { model: null, requests: null, created_at: null }),
];

export const connections: ConnectionView[] = [
  connection("openai", "OpenAI"),
  connection("groq", "Groq", {
    key_ends: "m4Tk",
    last_test: {
      at: NOW - HOUR,
      models: 0,
      failure: failure("key-refused", { service: "Groq" }),
      remarks: [],
    },
  }),
  connection("custom", "研究室のサーバー", {
    base_url: "https://llm.example.ac.jp/v1",
    key_ends: null,
    last_test: null,
  }),
];

export const claude: ConnectionView = connection("anthropic", "Anthropic (Claude)", { key_ends: "p9Ld" });

export const gemini: ConnectionView = connection("gemini", "Google Gemini");

export const vertex: ConnectionView = connection("vertex", "Vertex AI", {
  settings: { project: "my-lab-2026", region: "asia-northeast1", bucket: "my-lab-batches" },
  key_ends: null,
});

const group = (
  line: number,
  code: string,
  more: Partial<ProblemGroup> & { excerpt?: string; mark?: [number, number] },
): ProblemGroup => ({
  code,
  severity: more.severity ?? "error",
  count: more.count ?? 1,
  first: {
    line,
    code,
    severity: more.severity ?? "error",
    args: {},
    excerpt: more.excerpt ?? "",
    mark: more.mark ?? null,
    fix: more.fix ?? null,
  },
  lines: Array.from({ length: more.count ?? 1 }, (_, index) => line + index),
  fix: more.fix ?? null,
  fixed: more.fixed ?? false,
});

export const problems: ProblemGroup[] = [
  group(1, "bom", {
    severity: "warning",
    fix: { kind: "drop-bom" },
    excerpt: 'EF BB BF{"custom_id":"w3-00001","method":"POST",…',
    mark: [0, 8],
  }),
  group(2041, "blank-line", { severity: "warning", count: 5, fix: { kind: "drop-blank-lines" } }),
  group(9377, "id-duplicate", {
    fix: { kind: "rename-duplicates" },
    excerpt: '"custom_id":"w3-09376"',
    mark: [13, 21],
  }),
  group(18_220, "id-missing", {
    count: 2,
    fix: { kind: "name-by-line" },
    excerpt: '{"method":"POST","url":"/v1/responses",…',
    mark: [1, 9],
  }),
  group(31_006, "not-json", {
    count: 2,
    fix: { kind: "leave-out", code: "not-json" },
    excerpt: '…"content":"先生がやさしくて、授業が',
    mark: [21, 24],
  }),
];

export const report: ReportView = {
  lines: 52_345,
  requests: 52_335,
  bytes: 118_400_000,
  parts: 2,
  jobs: 1,
  models: [{ name: "gpt-5.4-mini", requests: 52_335 }],
  endpoints: [{ name: "/v1/responses", requests: 52_335 }],
  errors: 5,
  warnings: 6,
  groups: problems,
  encoding: "utf-8-bom",
  ok: false,
  left_out: 0,
  adaptations: [],
  untranslatable: null,
};

export const cleanReport: ReportView = {
  ...report,
  lines: 120,
  requests: 120,
  bytes: 190_000,
  parts: 1,
  errors: 0,
  warnings: 0,
  groups: [],
  encoding: "utf-8",
  ok: true,
};

/** In Gemini's own shape, which has no place for a model. */
export const modellessReport: ReportView = {
  ...cleanReport,
  requests: 0,
  parts: 0,
  models: [],
  errors: 120,
  groups: [group(1, "model-missing", { count: 120, fix: { kind: "leave-out", code: "model-missing" } })],
  ok: false,
};

/** The same file for a service with words of its own. */
export const adaptedReport: ReportView = {
  ...cleanReport,
  adaptations: [
    { code: "length-added", args: { length: 4096, count: 120, total: 120 } },
    { code: "left-out", args: { parameter: "seed", count: 12, total: 120 } },
    { code: "will-be-refused", args: { parameter: "top_p", count: 3, total: 120 } },
  ],
};

export const untranslatableReport: ReportView = {
  ...cleanReport,
  ok: false,
  untranslatable: failure("request-not-translatable", {
    service: "Anthropic (Claude)",
    what: "logprobs",
    line: 7,
    count: 3,
  }),
};

export const draft = (id: string, more: Partial<DraftView> = {}): DraftView => ({
  id,
  name: "open_answers_wave3",
  file_name: "open_answers_wave3.jsonl",
  connection: "openai",
  model: null,
  window: "24h",
  fixes: [],
  max_tokens: null,
  cache_prompt: false,
  created_at: NOW - 10 * 60_000,
  check: { state: "done", report },
  ...more,
});

const part = (number: number, more: Partial<PartView> = {}): PartView => ({
  number,
  state: "running",
  requests: 50_000,
  bytes: 110_000_000,
  batch_id: `batch_67418f2c0${number}`,
  status: "in_progress",
  told_completed: 31_204,
  told_failed: 96,
  sent_at: NOW - 3 * HOUR,
  ended_at: null,
  expires_at: NOW + 21 * HOUR,
  failure: null,
  ...more,
});

export const runningJob: JobView = {
  id: "job-running",
  name: "Open answers, wave 3",
  provider: "openai",
  provider_name: "OpenAI",
  practice: false,
  model: "gpt-5.4-mini",
  window: "24h",
  state: "running",
  waiting: null,
  counts: {
    requests: 52_337,
    succeeded: 0,
    failed: 0,
    expired: 0,
    cancelled: 0,
    missing: 0,
    pending: 52_337,
  },
  told_completed: 31_204,
  told_failed: 96,
  created_at: NOW - 3 * HOUR - 60_000,
  sent_at: NOW - 3 * HOUR,
  ended_at: null,
  due_by: NOW + 21 * HOUR,
  kept_until: null,
  adaptations: [],
  api_version: null,
  leftovers: 0,
  bytes: 118_400_000,
  parts: [
    part(1),
    part(2, {
      requests: 2337,
      bytes: 8_400_000,
      told_completed: null,
      told_failed: null,
      status: "validating",
    }),
  ],
  cancel_asked: false,
  origin: "file",
  orphans: 0,
  failures: [],
  cut_off: 0,
  declined: 0,
  missing_values: 0,
};

const finishedJob: JobView = {
  ...runningJob,
  id: "job-finished",
  name: "感情評定・予備調査2",
  state: "finished",
  counts: { requests: 1200, succeeded: 1163, failed: 37, expired: 0, cancelled: 0, missing: 0, pending: 0 },
  told_completed: null,
  told_failed: null,
  sent_at: NOW - 5 * HOUR,
  ended_at: NOW - 2 * HOUR,
  bytes: 2_310_000,
  parts: [
    part(1, {
      state: "collected",
      requests: 1200,
      told_completed: 1163,
      told_failed: 37,
      status: "completed",
    }),
  ],
  failures: [
    { code: "overloaded", message: "The engine is currently overloaded, please try again later", count: 28 },
    { code: "server_error", message: "Internal error", count: 9 },
  ],
  cut_off: 21,
  declined: 7,
  missing_values: 0,
};

const practiceJob: JobView = {
  ...finishedJob,
  id: "job-practice",
  name: "Sample: 12 questions",
  provider: "practice",
  provider_name: "Practice",
  practice: true,
  model: "practice-small",
  counts: { requests: 12, succeeded: 12, failed: 0, expired: 0, cancelled: 0, missing: 0, pending: 0 },
  parts: [
    part(1, {
      state: "collected",
      requests: 12,
      told_completed: 12,
      told_failed: 0,
      batch_id: "batch_practice_1",
    }),
  ],
  failures: [],
  cut_off: 0,
  declined: 0,
  missing_values: 0,
};

const waitingJob: JobView = {
  ...runningJob,
  id: "job-waiting",
  name: "abstracts_2019",
  state: "waiting",
  waiting: failure("keychain-locked", {}, "org.freedesktop.Secret.Error.IsLocked"),
  counts: { ...runningJob.counts, requests: 4800, pending: 4800 },
  told_completed: null,
  told_failed: null,
  parts: [
    part(1, { state: "uploaded", requests: 4800, batch_id: null, told_completed: null, told_failed: null }),
  ],
};

const unclearJob: JobView = {
  ...waitingJob,
  id: "job-unclear",
  name: "Politeness of refusals",
  waiting: failure("create-unclear", { part: 1 }),
  parts: [
    part(1, { state: "unclear", requests: 4800, batch_id: null, told_completed: null, told_failed: null }),
  ],
};

/** Kept in the user's own cloud, which tells nothing until the end. */
export const cloudJob: JobView = {
  ...waitingJob,
  id: "job-cloud",
  name: "Vignettes, Gemini",
  provider: "vertex",
  provider_name: "Vertex AI",
  state: "running",
  waiting: null,
  kept_until: NOW + 30 * 24 * HOUR,
  api_version: "v1",
  adaptations: [{ code: "left-out", args: { parameter: "seed", count: 12, total: 4800 } }],
  parts: [part(1, { requests: 4800, told_completed: null, told_failed: null })],
};

export const cloudJobOver: JobView = {
  ...finishedJob,
  id: "job-cloud-over",
  name: "Vignettes, Gemini, pilot",
  provider: "vertex",
  provider_name: "Vertex AI",
  leftovers: 2,
};

export const jobs: JobView[] = [waitingJob, unclearJob, runningJob, finishedJob, practiceJob];

export const timeline: TimelineEntry[] = [
  { at: NOW - 3 * HOUR - 60_000, part: null, to: "preparing", failure: null },
  { at: NOW - 3 * HOUR - 30_000, part: 1, to: "uploading", failure: null },
  { at: NOW - 3 * HOUR - 20_000, part: 1, to: "uploaded", failure: null },
  { at: NOW - 3 * HOUR, part: 1, to: "running", failure: null },
  { at: NOW - 3 * HOUR, part: null, to: "running", failure: null },
];

const FATES: Status[] = [
  "succeeded",
  "succeeded",
  "succeeded",
  "succeeded",
  "failed",
  "succeeded",
  "succeeded",
];

/** Row of any place; the same place always gives the same row. */
export function row(position: number): RowView {
  const status = FATES[position % FATES.length] ?? "succeeded";
  const good = status === "succeeded";
  return {
    job: "job-finished",
    position,
    custom_id: `rain_gpt-5.4-mini_persona${String(position % 4)}_n${String(position + 1).padStart(5, "0")}`,
    status,
    answer: good ? `1. 面白さ：${(position * 7) % 100}\n2. 雨がバスの代わりに来るところで笑いました。` : null,
    finish_reason: good ? (position % 11 === 0 ? "length" : "stop") : null,
    model: good ? "gpt-5.4-mini" : null,
    input_tokens: good ? 412 : null,
    output_tokens: good ? 88 + (position % 20) : null,
    error_code: good ? null : "overloaded",
    error_message: good ? null : "The engine is currently overloaded, please try again later",
    asked_model: "gpt-5.4-mini",
    provider: "openai",
    study: null,
  };
}
