// Many services: connecting them, their models, what is changed for them, what lies there, and batches taken over.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectAccessible, open } from "./render.tsx";
import * as samples from "./samples.ts";
import { entry } from "./study-mock.ts";
import { openStudy } from "./study-page.ts";
import { emotions } from "./study-samples.ts";

const offers = () =>
  screen.queryAllByTestId(/^offer-/).map((button) => button.getAttribute("data-testid")?.slice(6));

describe("connecting a service", () => {
  it("offers the usual ones first, then more, then one's own, and finds by typing", async () => {
    const { user } = open({ page: "connections" }, { connections: [samples.claude] });
    await screen.findByTestId("offer-openai");
    expect(offers().slice(0, 6)).toEqual(["openai", "gemini", "vertex", "openrouter", "groq", "kluster"]);
    expect(offers().at(-1)).toBe("custom");
    expect(screen.getByRole("list", { name: "More services" })).toBeTruthy();
    await user.type(screen.getByTestId("offers-search"), "kimi");
    expect(offers()).toEqual(["moonshot", "custom"]);
    await user.type(screen.getByTestId("offers-search"), "!");
    expect(offers()).toEqual(["custom"]);
    expect(screen.getByText(/No service has “kimi!” in its name/)).toBeTruthy();
  });

  it("chooses among all of them in the dialog, the first free one beforehand", async () => {
    const { user } = open({ page: "connections" }, { connections: [] });
    await user.click(await screen.findByTestId("connection-add"));
    const first = (await screen.findByTestId("service-openai")) as HTMLInputElement;
    expect(first.checked).toBe(true);
    await expectAccessible();
    await user.type(screen.getByTestId("services-search"), "azure");
    await user.click(await screen.findByTestId("service-azure"));
    // A service of many resources needs an address, but has a name.
    expect(screen.getByTestId("base-url-field").getAttribute("aria-required")).toBe("true");
    expect(screen.queryByTestId("name-field")).toBeNull();
  });

  it("asks for what a service needs, and for the places only when there are two", async () => {
    const { backend, user } = open({ page: "connections" }, { connections: [] });
    await user.click(await screen.findByTestId("offer-vertex"));
    const project = await screen.findByTestId("setting-project");
    expect(document.activeElement).toBe(project);
    await user.type(project, "my-lab-2026");
    const region = screen.getByTestId("setting-region");
    expect(region.getAttribute("placeholder")).toBe("us-central1");
    const suggested = document.getElementById(region.getAttribute("list") ?? "");
    expect(suggested?.querySelector('option[value="asia-northeast1"]')).toBeTruthy();
    await user.type(screen.getByTestId("setting-bucket"), " my-batches ");
    expect(screen.queryByTestId("setting-input-dataset")).toBeNull();
    await user.type(screen.getByTestId("setting-dataset"), "answers");
    expect((screen.getByTestId("setting-output-dataset") as HTMLInputElement).checked).toBe(true);
    await user.click(screen.getByTestId("setting-input-dataset"));
    await user.clear(screen.getByTestId("setting-dataset"));
    await expectAccessible();
    expect(screen.getByTestId("test-key").textContent).toBe("Test the connection");
    await user.click(screen.getByTestId("save-connection"));
    await waitFor(() =>
      expect(backend.called("save_connection")[0]?.form).toMatchObject({
        provider: "vertex",
        settings: { project: "my-lab-2026", bucket: "my-batches" },
        key: null,
      }),
    );
    const row = await screen.findByTestId("connection-vertex");
    expect(row.textContent).toContain("my-lab-2026");
    expect(row.textContent).toContain("gcloud login");
  });

  it("takes a service account as it is pasted, and says whose it is", async () => {
    const { backend, user } = open({ page: "connections" }, { connections: [] });
    await user.click(await screen.findByTestId("offer-vertex"));
    const key = await screen.findByTestId("key-field");
    expect(key.tagName).toBe("TEXTAREA");
    await user.click(key);
    await user.paste("{ half");
    expect(screen.getByText(/doesn’t look like the file of a service account/)).toBeTruthy();
    await user.clear(key);
    const account = JSON.stringify({
      type: "service_account",
      client_email: "tabane@my-lab.iam.gserviceaccount.com",
      project_id: "my-lab",
      private_key: "secret",
    });
    await user.paste(account);
    expect(screen.getByText("Account: tabane@my-lab.iam.gserviceaccount.com")).toBeTruthy();
    expect(screen.getByTestId("setting-project").getAttribute("placeholder")).toBe("my-lab");
    await user.click(screen.getByTestId("save-connection"));
    await waitFor(() => expect(backend.called("save_connection")[0]?.form).toMatchObject({ key: account }));
    const row = await screen.findByTestId("connection-vertex");
    expect(row.textContent).toContain("service account");
    expect(row.textContent).not.toContain("ends in");
  });

  it("goes back to the login of the computer when it is told to", async () => {
    const saved = { ...samples.vertex, key_ends: "9f3c" };
    const { backend, user } = open({ page: "connections" }, { connections: [saved, samples.claude] });
    const change = async (id: string) => {
      const row = await screen.findByTestId(`connection-${id}`);
      await user.click(within(row).getByRole("button", { expanded: false }));
      await user.click(await screen.findByTestId("change-connection"));
    };
    await change("anthropic");
    expect(screen.queryByTestId("forget-key")).toBeNull();
    await user.keyboard("{Escape}");
    await change("vertex");
    await user.click(screen.getByRole("checkbox", { name: "Use this computer’s gcloud login instead" }));
    expect(screen.queryByTestId("key-field")).toBeNull();
    expect(screen.getByTestId("test-key").textContent).toBe("Test the connection");
    await expectAccessible();
    await user.click(screen.getByTestId("save-connection"));
    await waitFor(() =>
      expect(backend.called("save_connection")[0]?.form).toMatchObject({ key: null, forget_key: true }),
    );
    const row = await screen.findByTestId("connection-vertex");
    await waitFor(() => expect(row.textContent).toContain("gcloud login"));
  });

  it("marks what is required in words, and leaves it to the service to refuse", async () => {
    const { backend, user } = open({ page: "connections" }, { connections: [] });
    await user.click(await screen.findByTestId("offer-fireworks"));
    const account = await screen.findByRole("textbox", { name: "Account (required)" });
    expect(account.getAttribute("aria-required")).toBe("true");
    await user.click(screen.getByTestId("save-connection"));
    await waitFor(() => expect(backend.called("save_connection")).toHaveLength(1));
  });

  it("shows what may stand in the way as warnings, which do not block", async () => {
    const remark = samples.failure("rate-limited", { service: "OpenAI" });
    const { backend, user } = open(
      { page: "connections" },
      { connections: [], test: { at: samples.NOW, models: 3, failure: null, remarks: [remark] } },
    );
    await user.click(await screen.findByTestId("offer-openai"));
    await user.type(await screen.findByTestId("key-field"), "sk-abcd");
    await user.click(screen.getByTestId("test-key"));
    const said = await screen.findByTestId("test-result");
    await waitFor(() => expect(said.textContent).toContain("OpenAI answered: 3 models."));
    expect(within(said).getByTestId("failure").textContent).toContain("OpenAI asks for a pause.");
    await user.click(screen.getByTestId("save-connection"));
    await waitFor(() => expect(backend.called("save_connection")).toHaveLength(1));
  });

  it("shows remarks of the last test in the list", async () => {
    const last_test = {
      at: samples.NOW,
      models: 9,
      failure: null,
      remarks: [samples.failure("rate-limited", { service: "Claude" })],
    };
    open({ page: "connections" }, { connections: [{ ...samples.claude, last_test }] });
    const said = await screen.findByTestId("last-test");
    expect(said.textContent).toContain("Works: 9 models.");
    expect(said.textContent).toContain("Claude asks for a pause.");
  });
});

describe("the models of a service", () => {
  const choose = async (models: ReturnType<typeof samples.models>) => {
    const rendered = openStudy("models", { models: { openai: models } });
    await rendered.user.click(await screen.findByTestId("add-model"));
    await rendered.user.click(await screen.findByTestId("model-at-openai"));
    await screen.findByText(/offered/);
    await rendered.user.click(screen.getByTestId("model-name"));
    await screen.findAllByRole("option");
    return rendered;
  };

  it("come with those first that answer batches, and those last that do not", async () => {
    const { user } = await choose([
      ...samples.models(false, "live-only"),
      ...samples.models(null, "who-knows"),
      ...samples.models(true, "batchable"),
    ]);
    const options = screen.getAllByRole("option");
    expect(options.map((option) => option.textContent)).toEqual([
      "batchableanswers batches",
      "who-knows",
      "live-onlyno batches",
    ]);
    expect(document.body.textContent).toContain("Of those without a mark, the service does not tell");
    await user.click(options[2] as HTMLElement);
    expect(await screen.findByText(/live-only answers no batches/)).toBeTruthy();
    expect(screen.getByTestId("model-add-confirm").getAttribute("aria-disabled")).toBeNull();
  });

  it("say once that the service tells nothing", async () => {
    await choose(samples.models(null, "one", "two"));
    expect(document.body.textContent?.match(/does not tell which of them answer batches/g)).toHaveLength(1);
    expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["one", "two"]);
  });
});

describe("a file for a service with words of its own", () => {
  const claude = (report = samples.adaptedReport) => ({
    connections: [samples.claude],
    drafts: [
      samples.draft("draft-1", { connection: "anthropic", check: { state: "done", report } as const }),
    ],
  });

  it("shows what is changed with counts, what will be refused first", async () => {
    open({ page: "check", id: "draft-1" }, claude());
    const changed = await screen.findByTestId("adaptations");
    const lines = within(changed)
      .getAllByRole("listitem")
      .map((line) => line.textContent);
    expect(lines[0]).toContain("3 of 120 requests will fail");
    expect(lines[1]).toContain("120 of 120 requests");
    // A sentence that gives the count itself is left as it is.
    expect(lines[2]?.match(/12 of 120/g)).toHaveLength(1);
    expect(document.body.textContent).toContain("What is changed for Anthropic (Claude) is listed above.");
    expect(document.body.textContent).not.toContain("as it is.Fixes");
  });

  it("takes over the longest answer on leaving the field, and the mark at once", async () => {
    const { backend, user } = open({ page: "check", id: "draft-1" }, claude());
    const length = (await screen.findByTestId("max-tokens")) as HTMLInputElement;
    expect(length.placeholder).toBe("4,096");
    await user.type(length, "800");
    expect(backend.called("choose_writing")).toEqual([]);
    await user.tab();
    expect(backend.called("choose_writing")).toEqual([{ id: "draft-1", maxTokens: 800, cachePrompt: false }]);
    await waitFor(() => expect(length.value).toBe("800"));
    await user.click(screen.getByTestId("cache-prompt"));
    expect(backend.called("choose_writing").at(-1)).toEqual({
      id: "draft-1",
      maxTokens: 800,
      cachePrompt: true,
    });
    await user.clear(length);
    await user.type(length, "{Enter}");
    expect(backend.called("choose_writing").at(-1)).toMatchObject({ maxTokens: null });
  });

  it("calls it no change when the model only refuses something", async () => {
    const report = { ...samples.adaptedReport, adaptations: samples.adaptedReport.adaptations.slice(2) };
    open({ page: "check", id: "draft-1" }, claude(report));
    const changed = await screen.findByRole("region", { name: "What the model will refuse" });
    expect(within(changed).getAllByRole("listitem")).toHaveLength(1);
    expect(document.body.textContent).toContain("Each request is put in the words of Anthropic (Claude).");
  });

  it("asks for neither where nothing needs it", async () => {
    open({ page: "check", id: "draft-1" }, { drafts: [samples.draft("draft-1")] });
    await screen.findByTestId("price");
    expect(screen.queryByTestId("writing")).toBeNull();
  });

  it("is not sent while it cannot be put in the service's words", async () => {
    const { user } = open({ page: "check", id: "draft-1" }, claude(samples.untranslatableReport));
    const said = await screen.findByTestId("untranslatable");
    expect(said.textContent).toContain("Line 7 asks for something that Anthropic (Claude) has no word for");
    expect(said.textContent).toContain("2 more lines");
    expect(screen.getByTestId("send-button").getAttribute("aria-disabled")).toBe("true");
    expect(document.body.textContent).toContain("3 lines ask for something");
    expect(document.body.textContent).not.toContain("No problems found");
    expect(screen.getByTestId("figures").textContent).toContain("Ready to send117With a problem3");
    await user.click(screen.getByTestId("show-untranslatable"));
    expect((await screen.findByTestId("whole-line")).textContent).toContain("w3-7");
  });
});

describe("a file that names no model", () => {
  const file = (connection: string, report = samples.modellessReport) => ({
    connections: [samples.gemini],
    models: { gemini: samples.models(true, "gemini-3-flash", "gemini-3-pro") },
    drafts: [samples.draft("draft-1", { connection, check: { state: "done", report } as const })],
  });

  it("asks for one before anything else, and says what stands in the way", async () => {
    const { backend, user } = open({ page: "check", id: "draft-1" }, file("gemini"));
    const asked = await screen.findByTestId("given-model");
    expect(asked.textContent).toContain("This file names no model.");
    expect(document.body.textContent).toContain("Choose the model that is to answer.");
    expect(screen.getByTestId("use-model").getAttribute("aria-disabled")).toBe("true");
    const before = asked.compareDocumentPosition(screen.getByTestId("problem-model-missing"));
    expect(before & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    await user.click(screen.getByRole("combobox", { name: "Answers come from" }));
    await user.click(await screen.findByRole("option", { name: "gemini-3-pro" }));
    await user.click(screen.getByTestId("use-model"));
    expect(backend.called("choose_model")).toEqual([{ id: "draft-1", model: "gemini-3-pro" }]);
    await waitFor(() => expect(asked.textContent).toContain("gemini-3-pro answers every line."));
    await expectAccessible();
    // The file names none that could be used again.
    expect(screen.queryByTestId("use-own-models")).toBeNull();
    await user.click(screen.getByTestId("send-button"));
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog.textContent).toContain("gemini-3-pro");
  });

  it("takes any name that is typed", async () => {
    const { backend, user } = open({ page: "check", id: "draft-1" }, file("gemini"));
    await user.type(await screen.findByTestId("model-name"), " tuned-one {Enter}");
    await user.click(screen.getByTestId("use-model"));
    expect(backend.called("choose_model").at(-1)).toEqual({ id: "draft-1", model: "tuned-one" });
    expect(backend.called("choose_model")).toHaveLength(1);
  });

  it("is only offered where each line names one, and can be taken back", async () => {
    const { backend, user } = open({ page: "check", id: "draft-1" }, file("gemini", samples.cleanReport));
    await user.click(await screen.findByTestId("other-model"));
    expect(document.activeElement).toBe(screen.getByTestId("model-name"));
    expect(screen.queryByTestId("other-model")).toBeNull();
    await user.type(screen.getByTestId("model-name"), "gemini-3-flash");
    await user.click(screen.getByTestId("use-model"));
    await user.click(await screen.findByTestId("use-own-models"));
    await waitFor(() => expect(screen.queryByTestId("use-own-models")).toBeNull());
    expect(backend.called("choose_model").map(({ model }) => model)).toEqual(["gemini-3-flash", null]);
  });
});

it("offers the mark for the cache only when a study goes to Claude", async () => {
  const study = { ...emotions(), models: [{ provider: "anthropic", model: "claude-haiku-5-5" }] };
  const { backend, user } = openStudy(null, {
    connections: [samples.claude],
    studies: [entry("study-1", study)],
  });
  await user.click(await screen.findByTestId("send-study"));
  const dialog = await screen.findByRole("alertdialog");
  expect(document.activeElement).toBe(screen.getByTestId("confirm-not-yet"));
  await user.click(within(dialog).getByTestId("cache-prompt"));
  await expectAccessible();
  await user.click(within(dialog).getByTestId("confirm-send"));
  await waitFor(() => expect(backend.called("send_study")).toEqual([{ id: "study-1", cachePrompt: true }]));
});

describe("a job in the user's own cloud", () => {
  it("says that no numbers are told, until when results are kept, and what was changed", async () => {
    open({ page: "job", id: "job-cloud" }, { jobs: [samples.cloudJob] });
    expect((await screen.findByTestId("no-numbers")).textContent).toContain(
      "Vertex AI has told no numbers yet.",
    );
    expect(screen.getByTestId("sum").textContent).toContain("—not told by the provider");
    expect(document.body.textContent).toContain("Kept at Vertex AI until");
    const version = screen.getByText("Interface version");
    expect(version.nextElementSibling?.textContent).toBe("v1");
    const changed = screen.getByTestId("job-changed") as HTMLDetailsElement;
    expect(changed.open).toBe(false);
    expect(changed.textContent).toContain("12 of 4,800 requests");
    expect(screen.queryByTestId("leftovers")).toBeNull();
  });

  it("shows no made-up progress in the list either", async () => {
    open({ page: "jobs" }, { jobs: [samples.cloudJob] });
    const row = await screen.findByTestId("job-row");
    expect(row.textContent).toContain("4,800 requests");
    expect(row.textContent).not.toContain("0 of");
  });

  it("deletes what was laid down there only after a question", async () => {
    const { backend, user } = open({ page: "job", id: "job-cloud-over" }, { jobs: [samples.cloudJobOver] });
    expect((await screen.findByTestId("leftovers")).textContent).toContain("Still at Vertex AI");
    await user.click(screen.getByTestId("clean-up"));
    const asked = await screen.findByRole("alertdialog");
    expect(asked.textContent).toContain("Delete what was laid down at Vertex AI?");
    expect(document.activeElement?.textContent).toBe("Leave it there");
    expect(backend.called("clean_up")).toEqual([]);
    await user.click(screen.getByTestId("confirm-clean-up"));
    await waitFor(() => expect(screen.queryByTestId("leftovers")).toBeNull());
    expect(backend.called("clean_up")).toEqual([{ id: "job-cloud-over" }]);
  });
});

describe("taking over a batch", () => {
  const adopting = async (more: Parameters<typeof open>[1] = {}) => {
    const rendered = open({ page: "jobs" }, more);
    await rendered.user.click(await screen.findByTestId("adopt-batch"));
    await screen.findByTestId("adopt-dialog");
    return rendered;
  };

  it("lists the batches of a connection and takes over the chosen one", async () => {
    const { backend, user } = await adopting();
    expect(screen.getByTestId("adopt-confirm").getAttribute("aria-disabled")).toBe("true");
    expect(screen.queryByTestId("adopt-from-practice")).toBeNull();
    await user.click(screen.getByTestId("adopt-from-openai"));
    await user.click(await screen.findByRole("radio", { name: "diary study batch_aaa111" }));
    expect((screen.getByTestId("adopt-id") as HTMLInputElement).value).toBe("batch_aaa111");
    // What is a job already is not chosen but opened.
    const known = within(screen.getByTestId("batch-batch_bbb222"));
    expect(known.queryByRole("radio")).toBeNull();
    known.getByRole("link", { name: "already a job batch_bbb222" });
    expect(screen.getByTestId("batch-batch_ccc333").textContent).toContain("not told by the provider");
    await expectAccessible();
    await user.click(screen.getByTestId("adopt-confirm"));
    await waitFor(() => expect(window.location.hash).toBe("#/jobs/job-waiting"));
    expect(backend.called("adopt")).toEqual([
      { connection: "openai", batchId: "batch_aaa111", withRequests: false },
    ]);
  });

  it("takes an id as it is pasted, and stays when no file is chosen", async () => {
    const { backend, user } = await adopting({ dismissing: true, batches: {} });
    await user.click(screen.getByTestId("adopt-from-openai"));
    expect(await screen.findByText("OpenAI shows no batches for this key.")).toBeTruthy();
    await user.type(screen.getByTestId("adopt-id"), " batch_zzz ");
    await user.click(screen.getByTestId("adopt-with-requests"));
    expect(screen.getByTestId("adopt-confirm").textContent).toBe("Choose the request file…");
    await user.click(screen.getByTestId("adopt-confirm"));
    await waitFor(() =>
      expect(backend.called("adopt")).toEqual([
        { connection: "openai", batchId: "batch_zzz", withRequests: true },
      ]),
    );
    expect(screen.getByTestId("adopt-dialog")).toBeTruthy();
    expect(window.location.hash).toBe("#/jobs");
  });

  it("says why the list or the taking over failed, and what is left to do", async () => {
    const { user } = await adopting({
      failing: {
        adoptable: samples.failure("network-unreachable", { service: "OpenAI" }),
        adopt: samples.failure("adopt-not-found", { service: "OpenAI", batch: "batch_zzz" }),
      },
    });
    await user.click(screen.getByTestId("adopt-from-openai"));
    expect((await screen.findByTestId("failure")).textContent).toContain(
      "You can also type the id of the batch.",
    );
    await user.type(screen.getByTestId("adopt-id"), "batch_zzz");
    await user.click(screen.getByTestId("adopt-confirm"));
    expect((await screen.findByRole("alert")).textContent).toContain("knows no batch “batch_zzz”");
  });

  it("leads to Connections when there is none", async () => {
    await adopting({ connections: [] });
    expect(screen.getByRole("link", { name: "Open Connections" })).toBeTruthy();
    expect(screen.queryByTestId("adopt-id")).toBeNull();
  });
});
