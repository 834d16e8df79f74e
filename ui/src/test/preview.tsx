// For looking at the pages without the app: `npm run dev`, then /preview.html?lang=ja&theme=dark&first#/jobs
import "../theme/tokens.css";
import "../theme/base.css";
import { createRoot } from "react-dom/client";
import { App } from "../app.tsx";
import { Backend, world } from "./backend.ts";
import * as samples from "./samples.ts";
import { entry } from "./study-mock.ts";
import { emotions, emptyStudy } from "./study-samples.ts";

const asked = new URLSearchParams(window.location.search);
const language = asked.get("lang") ?? "en";
const sample = emotions(language);
/** One with something missing in each step, and models of a service that has no key. */
const lacking = {
  ...sample,
  title: "",
  prompt: { ...sample.prompt, user: "{{persona.nmae}}: {{text.body}}" },
  design: {
    ...sample.design,
    exclude: [{ persona: "p4", text: "t3" }],
    subset: { kind: "every_nth", step: 10 } as const,
  },
  answer_sheet: {
    ...sample.answer_sheet,
    fields: sample.answer_sheet.fields.map((field, at) =>
      at === 2 ? { ...field, kind: { type: "choice" as const, choices: [] } } : field,
    ),
  },
  models: [...sample.models.slice(0, 1), { provider: "groq", model: "o5-mini" }],
};
const start = world({
  connections: [...samples.connections, samples.claude, samples.vertex],
  jobs: [...samples.jobs, samples.cloudJob, samples.cloudJobOver],
  studies: [
    entry("study-1", sample),
    entry("lacking", lacking),
    entry("empty", emptyStudy(language)),
    entry("sent", sample, { jobs: ["job-running", "job-finished"], copy_of: ["study-1", sample.title] }),
  ],
  drafts: [
    samples.draft("draft-1"),
    samples.draft("clean", { name: "sample", check: { state: "done", report: samples.cleanReport } }),
    samples.draft("practice", {
      name: "sample",
      connection: "practice",
      check: { state: "done", report: samples.cleanReport },
    }),
    samples.draft("claude", {
      name: "sample",
      connection: "anthropic",
      check: { state: "done", report: samples.adaptedReport },
    }),
    samples.draft("untranslatable", {
      name: "sample",
      connection: "anthropic",
      check: { state: "done", report: samples.untranslatableReport },
    }),
    samples.draft("groq", {
      name: "sample",
      connection: "groq",
      check: { state: "done", report: samples.cleanReport },
    }),
    samples.draft("running", {
      name: "running",
      connection: null,
      check: { state: "running", bytes_done: 48_000_000, bytes_total: 118_400_000, lines: 21_204 },
    }),
    samples.draft("failed", {
      name: "failed",
      check: { state: "failed", failure: samples.failure("file-not-found", {}, "No such file or directory") },
    }),
  ],
});
Object.assign(start.settings, {
  language,
  theme: asked.get("theme") ?? "light",
  greeted: !asked.has("first"),
});
if (asked.has("empty")) Object.assign(start, { drafts: [], jobs: [], connections: [], studies: [] });
if (asked.has("nokeychain")) start.keychain = samples.failure("keychain-locked");
const backend = new Backend(start).install();
Object.assign(window, { backend });
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);

/** `?click=send-button&click=…` presses what is named, each when it is there. */
async function press(): Promise<void> {
  for (const testid of asked.getAll("click")) {
    for (let tries = 0; tries < 40; tries++) {
      await new Promise((done) => setTimeout(done, 50));
      const element = document.querySelector<HTMLElement>(`[data-testid="${testid}"]`);
      if (element && element.ariaDisabled !== "true") {
        element.click();
        break;
      }
    }
  }
}

/** `?axe` writes what axe finds, contrast included, into the page's `data-axe`. */
async function look(): Promise<void> {
  await press();
  if (!asked.has("axe")) return;
  const { default: axe } = await import("axe-core");
  await new Promise((done) => setTimeout(done, 600));
  const { violations } = await axe.run(document);
  document.documentElement.dataset.axe = violations
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target} ${node.failureSummary}`))
    .join("\n");
}
void look();
