// The guiding case for tests and for looking at the pages: 4 personas x 3 texts x 10 trials on two practice models.
import type { DataPreview, Field, Study } from "../ipc/bindings.ts";

const feeling = (name: string, label: string, language: string): Field[] => [
  {
    name,
    label,
    kind: { type: "integer", minimum: 0, maximum: 100 },
    description: "",
    required: true,
  },
  {
    name: `${name}_reason`,
    label: language === "ja" ? `${label}の理由` : `${label}, reason`,
    kind: { type: "short_text" },
    description: "",
    required: true,
  },
];

const EN = {
  title: "Emotion ratings: 4 personas × 3 texts",
  labels: ["Persona", "Text"],
  personas: [
    ["p1", "First-year student", "0.7", "You are a first-year university student. You read for pleasure."],
    ["p2", "Literary scholar", "0.4", "You are a scholar of modern literature. You weigh your words."],
    ["p3", "Emotional poet", "0.9", "You are a poet. Small things move you, and you do not hide it."],
    ["p4", "Emotionless robot", "0.1", "You are a robot without feelings. You report what can be observed."],
  ],
  texts: [
    [
      "t1",
      "The Bus Stop",
      "0.1",
      "The timetable said 17:40. At 17:40 it rained harder, as if that were the bus.",
    ],
    ["t2", "Two Cups", "0", "She still sets out two cups. One of them she washes without having used it."],
    [
      "t3",
      "The Key",
      "-0.1",
      "The key fits no door in this house. He carries it anyway, to be on the safe side.",
    ],
  ],
  user: "As {{persona.name}}, read the text below.\n\n{{text.body}}\n\nRate how the text made you feel.\n\n{{answer_sheet}}",
  feelings: ["Amusement", "Surprise", "Sadness", "Anger"],
};

const JA = {
  title: "感情評定：ペルソナ4×文章3",
  labels: ["ペルソナ", "文章"],
  personas: [
    [
      "p1",
      "大学1年生",
      "0.7",
      "あなたは大学1年生です。本は楽しみのために読み、感じたことを自分の言葉で話します。",
    ],
    ["p2", "文学研究者", "0.4", "あなたは近代文学の研究者です。言葉を選び、根拠を挙げて述べます。"],
    ["p3", "感情的な詩人", "0.9", "あなたは詩人です。小さなことにも心を動かされ、それを隠しません。"],
    [
      "p4",
      "感情のないロボット",
      "0.1",
      "あなたは感情を持たないロボットです。観察できることだけを報告します。",
    ],
  ],
  texts: [
    [
      "t1",
      "雨の停留所",
      "0.1",
      "時刻表には17時40分とあった。17時40分になると、雨が強くなった。まるでそれがバスであるかのように。",
    ],
    ["t2", "二つの湯のみ", "0", "今も湯のみを二つ出す。片方は、使わないまま洗う。"],
    ["t3", "鍵", "-0.1", "その鍵は、この家のどの戸にも合わない。それでも彼は持ち歩く。念のためだ。"],
  ],
  user: "{{persona.name}}として、次の文章を読んでください。\n\n{{text.body}}\n\n読んで感じたことを評価してください。\n\n{{answer_sheet}}",
  feelings: ["面白さ", "驚き", "悲しみ", "怒り"],
};

export function emotions(language = "en"): Study {
  const words = language === "ja" ? JA : EN;
  const names = ["amusement", "surprise", "sadness", "anger"];
  return structuredClone({
    tabane: 1,
    title: words.title,
    language,
    factors: [
      {
        name: "persona",
        label: words.labels[0] ?? "",
        columns: ["id", "name", "temperature", "message"],
        levels: words.personas,
      },
      {
        name: "text",
        label: words.labels[1] ?? "",
        columns: ["id", "title", "modifier", "body"],
        levels: words.texts,
      },
    ],
    design: {
      shape: "crossed",
      trials: 10,
      include: [],
      exclude: [],
      order: { kind: "random", seed: 4127 },
      subset: { kind: "all" },
    },
    prompt: { system: "{{persona.message}}", user: words.user },
    parameters: {
      temperature: "{{persona.temperature}} + {{text.modifier}}",
      top_p: "",
      max_output_tokens: "400",
      seed: "",
      frequency_penalty: "",
      presence_penalty: "",
      reasoning_effort: "",
    },
    answer_sheet: {
      form: "structured",
      fields: names.flatMap((name, place) => feeling(name, words.feelings[place] ?? name, language)),
    },
    models: [
      { provider: "practice", model: "practice-small" },
      { provider: "practice", model: "practice-large" },
    ],
    custom_id: "{{persona.id}}_{{text.id}}_n{{trial}}",
  } satisfies Study);
}

export function emptyStudy(language = "en"): Study {
  const study = emotions(language);
  return {
    ...study,
    title: "",
    factors: [],
    design: { ...study.design, trials: 1, order: { kind: "as_designed" } },
    prompt: { system: "", user: "" },
    parameters: { ...study.parameters, temperature: "", max_output_tokens: "" },
    answer_sheet: { form: "structured", fields: [] },
    models: [],
    custom_id: "n{{trial}}",
  };
}

/** A chosen spreadsheet: eight scenes, as `choose_data` gives them. */
export const scenes: DataPreview = {
  file_name: "scenes.xlsx",
  format: "xlsx",
  sheets: [
    { name: "scenes", hidden: false },
    { name: "old", hidden: true },
  ],
  sheet: "scenes",
  encoding: null,
  delimiter: null,
  header_row: true,
  columns: ["id", "scene", "date"],
  rows: Array.from({ length: 8 }, (_, place) => [
    `00${place + 1}`,
    `Scene ${place + 1}`,
    `2026-04-0${place + 1}`,
  ]),
  row_count: 8,
  remarks: [],
};
