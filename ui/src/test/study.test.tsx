// Designing a study, as a user does it: each part against the made-up app.
import { EditorView } from "@codemirror/view";
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Study } from "../ipc/bindings.ts";
import type { Step } from "../route.ts";
import { expectAccessible, open } from "./render.tsx";
import * as samples from "./samples.ts";
import { entry } from "./study-mock.ts";
import { emotions, emptyStudy } from "./study-samples.ts";

const study = (step: Step | null, more: Parameters<typeof open>[1] = {}) =>
  open({ page: "study", id: "study-1", step }, more);

/** The study as it was last saved. */
function saved(backend: ReturnType<typeof open>["backend"]): Study | undefined {
  return backend.called("save_study").at(-1)?.study as Study | undefined;
}

/** The template field with this test id, once its editor is there. */
async function template(testid: string): Promise<EditorView> {
  const content = await screen.findByTestId(testid);
  const view = EditorView.findFromDOM(content);
  if (!view) throw new Error(`no editor in ${testid}`);
  return view;
}

function write(view: EditorView, text: string): void {
  act(() => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }));
}

const ctrl = (key: string, shift = false) =>
  fireEvent.keyDown(document.body, { key, ctrlKey: true, shiftKey: shift });

describe("the list", () => {
  it("begins a study from the sample and goes through it step by step", async () => {
    const { backend, user } = open({ page: "studies" }, { studies: [] });
    await user.click(await screen.findByTestId("way-sample"));
    await waitFor(() => expect(window.location.hash).toMatch(/^#\/studies\/study-.*\/data$/));
    expect(backend.called("new_study")).toEqual([{ start: "sample" }]);
    for (const step of ["design", "prompt", "answers", "models", "send"]) {
      await user.click(await screen.findByTestId("step-next"));
      await waitFor(() =>
        expect(screen.getByTestId(`step-${step}`).getAttribute("aria-current")).toBe("step"),
      );
    }
    expect(screen.getByTestId("send-study").textContent).toBe("Send 240 requests");
  });

  it("is searched, copied, and deleted only after a question", async () => {
    const { backend, user } = open({ page: "studies" });
    await user.click(await screen.findByRole("button", { name: /^More for Emotion ratings/ }));
    await user.click(await screen.findByTestId("duplicate-study"));
    await waitFor(() => expect(backend.called("duplicate_study")).toEqual([{ id: "study-1" }]));
    act(() => {
      window.location.hash = "#/studies";
    });
    await waitFor(() => expect(screen.getAllByTestId("study-row")).toHaveLength(2));
    await user.click(screen.getAllByRole("button", { name: /^More for/ })[1] as HTMLElement);
    await user.click(await screen.findByTestId("delete-study"));
    await screen.findByRole("alertdialog");
    await waitFor(() => expect(document.activeElement?.textContent).toBe("Keep it"));
    await expectAccessible();
    await user.click(screen.getByTestId("confirm-delete"));
    await waitFor(() => expect(backend.called("delete_study")).toEqual([{ id: "study-1" }]));
    await user.type(screen.getByTestId("studies-search"), "nothing like it");
    expect(await screen.findByText("No study has “nothing like it” in its title.")).toBeTruthy();
  });
});

describe("editing", () => {
  it("saves by itself and takes changes back and forth, named by what they were", async () => {
    const { backend, user } = study("design");
    await user.click(await screen.findByRole("button", { name: "Trials each: More" }));
    await waitFor(() => expect(saved(backend)?.design.trials).toBe(11));
    await waitFor(() => expect(screen.getByTestId("study-count").textContent).toContain("132 requests"));
    expect(screen.getByTestId("undo").getAttribute("aria-label")).toBe("Undo: change the trials");
    await user.click(screen.getByTestId("shape-list"));
    expect(screen.getByTestId("undo").getAttribute("aria-label")).toBe(
      "Undo: change how levels are combined",
    );
    ctrl("z");
    await screen.findByText("Undone: change how levels are combined");
    ctrl("z");
    await waitFor(() => expect(saved(backend)?.design).toMatchObject({ trials: 10, shape: "crossed" }));
    expect(screen.getByTestId("undo").getAttribute("aria-disabled")).toBe("true");
    ctrl("z", true);
    await waitFor(() => expect(saved(backend)?.design.trials).toBe(11));
    ctrl("y");
    await waitFor(() => expect(saved(backend)?.design.shape).toBe("list"));
    expect(screen.getByTestId("redo").getAttribute("aria-label")).toBe("Nothing to redo");
  });

  it("makes one step of what is typed in one field", async () => {
    const { backend, user } = study(null);
    const title = await screen.findByTestId("study-title");
    await user.clear(title);
    await user.type(title, "断り表現");
    await user.click(screen.getByTestId("undo"));
    expect((title as HTMLInputElement).value).toBe(emotions().title);
    ctrl("y");
    await waitFor(() => expect(saved(backend)?.title).toBe("断り表現"));
  });

  it("loses nothing on leaving the page or hiding the window", async () => {
    const { backend, user } = study(null);
    await user.type(await screen.findByTestId("study-title"), "!");
    act(() => {
      window.location.hash = "#/jobs";
    });
    await waitFor(() => expect(saved(backend)?.title).toBe(`${emotions().title}!`));
    act(() => {
      window.location.hash = "#/studies/study-1";
    });
    await user.type(await screen.findByTestId("study-title"), "?");
    act(() => window.dispatchEvent(new Event("pagehide")));
    expect(saved(backend)?.title).toBe(`${emotions().title}!?`);
  });

  it("says that it could not save, keeps what was typed, and saves again", async () => {
    const failing = { save_study: samples.failure("disk-full", {}, "ENOSPC") };
    const { backend, user } = study(null, { failing });
    await user.type(await screen.findByTestId("study-title"), "!");
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
    expect(screen.getByTestId("study-saved").textContent).toBe("Not saved");
    expect(screen.getByTestId("send-study").getAttribute("aria-disabled")).toBe("true");
    // Whoever leaves and comes back finds what could not be saved.
    act(() => {
      window.location.hash = "#/studies";
    });
    await screen.findByTestId("studies-search");
    act(() => {
      window.location.hash = "#/studies/study-1";
    });
    const title = (await screen.findByTestId("study-title")) as HTMLInputElement;
    expect(title.value).toBe(`${emotions().title}!`);
    await screen.findByRole("alert");
    delete backend.world.failing.save_study;
    await user.click(screen.getByTestId("save-again"));
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    expect(backend.world.studies[0]?.study.title).toBe(`${emotions().title}!`);
  });

  it("shows a sent study but does not change it; a copy can be changed", async () => {
    const studies = [entry("study-1", emotions(), { jobs: ["job-running", "job-finished"] })];
    const { backend, user } = study("answers", { studies });
    expect(await screen.findByTestId("study-frozen")).toBeTruthy();
    expect(screen.queryByTestId("undo")).toBeNull();
    expect(screen.queryByTestId("add-field")).toBeNull();
    expect(screen.queryByTestId("send-study")).toBeNull();
    const label = screen.getByTestId("field-0-label") as HTMLInputElement;
    expect(label.readOnly).toBe(true);
    await user.type(label, "x");
    await user.click(screen.getByTestId("shape-list"));
    const prompt = await template("prompt-user");
    expect(prompt.state.readOnly).toBe(true);
    expect(backend.called("save_study")).toHaveLength(0);
    await user.click(screen.getByTestId("copy-study"));
    await waitFor(() => expect(window.location.hash).toContain("study-2-new"));
    expect(await screen.findByText(`Copied from “${emotions().title}”`)).toBeTruthy();
  });
});

describe("data", () => {
  it("names a factor, and everything that uses it follows", async () => {
    const { backend, user } = study("data");
    const label = (await screen.findByTestId("factor-label")) as HTMLInputElement;
    await user.clear(label);
    await user.type(label, "Reader{Enter}");
    await waitFor(() =>
      expect(saved(backend)?.factors[0]).toMatchObject({ name: "reader", label: "Reader" }),
    );
    expect(saved(backend)?.prompt.system).toBe("{{reader.message}}");
    expect(saved(backend)?.parameters.temperature).toBe("{{reader.temperature}} + {{text.modifier}}");
    expect(saved(backend)?.custom_id).toBe("{{reader.id}}_{{text.id}}_n{{trial}}");
  });

  it("brings a spreadsheet in as a new factor, in one step that can be taken back", async () => {
    const { backend, user } = study("data");
    await user.click(await screen.findByTestId("bring-data"));
    await user.click(await screen.findByTestId("data-use"));
    await waitFor(() => expect(screen.queryByTestId("data-dialog")).toBeNull());
    expect(backend.called("use_data")[0]).toMatchObject({ id: "study-1", factor: null, name: "scenes" });
    await waitFor(() => expect(screen.getByTestId("study-count").textContent).toContain("960 requests"));
    expect(screen.getByTestId("undo").getAttribute("aria-label")).toBe("Undo: bring in a spreadsheet");
    await user.click(screen.getByTestId("undo"));
    await waitFor(() => expect(saved(backend)?.factors).toHaveLength(2));
  });

  it("begins with a table to type into, and names a factor in any script", async () => {
    const { backend, user } = study("data", { studies: [entry("study-1", emptyStudy())] });
    await user.click(await screen.findByTestId("type-data"));
    await user.type(await screen.findByTestId("factor-label"), "場面");
    await user.click(screen.getByTestId("add-factor"));
    await waitFor(() =>
      expect(saved(backend)?.factors.map((factor) => factor.name)).toEqual(["場面", "factor"]),
    );
    await user.click(await screen.findByRole("button", { name: "More for the factor factor" }));
    await user.click(await screen.findByTestId("remove-factor"));
    await waitFor(() => expect(saved(backend)?.factors).toHaveLength(1));
  });
});

describe("design", () => {
  it("leaves combinations out by ticks, and sends a part for a pilot", async () => {
    const { backend, user } = study("design");
    await user.click(await screen.findByTestId("choose-combinations"));
    await user.click(await screen.findByRole("checkbox", { name: "All of The Key" }));
    await user.click(screen.getByRole("checkbox", { name: "Emotionless robot with Two Cups" }));
    expect(screen.getByTestId("combinations-count").textContent).toBe("7 of 12 ticked");
    await expectAccessible();
    await user.click(screen.getByTestId("combinations-apply"));
    await waitFor(() =>
      expect(saved(backend)?.design.exclude).toEqual([{ persona: "p4", text: "t2" }, { text: "t3" }]),
    );
    await waitFor(() =>
      expect(screen.getByTestId("study-count").textContent).toBe("7 × 10 = 70 requests × 2 models"),
    );
    await user.click(screen.getByTestId("subset-every"));
    await waitFor(() =>
      expect(screen.getByTestId("study-count").textContent).toBe(
        "7 × 10 = 70, of which 7 requests × 2 models",
      ),
    );
    const step = screen.getByTestId("subset-step");
    await user.clear(step);
    await user.type(step, "３５");
    await waitFor(() => expect(saved(backend)?.design.subset).toEqual({ kind: "every_nth", step: 35 }));
  });

  it("draws an order with a seed that is shown and can be changed", async () => {
    const { backend, user } = study("design");
    const seed = await screen.findByRole("textbox", { name: "Seed of the random order" });
    expect((seed as HTMLInputElement).value).toBe("4127");
    await user.clear(seed);
    await user.type(seed, "42");
    await waitFor(() => expect(saved(backend)?.design.order).toEqual({ kind: "random", seed: 42 }));
    await user.click(screen.getByTestId("order-plain"));
    await waitFor(() => expect(saved(backend)?.design.order).toEqual({ kind: "as_designed" }));
  });
});

describe("prompt", () => {
  it("marks columns as chips and unknown names as such, and inserts at the cursor", async () => {
    const { backend, user } = study("prompt");
    const view = await template("prompt-user");
    await waitFor(() => expect(view.dom.querySelectorAll(".chip")).toHaveLength(3));
    write(view, "{{persona.nmae}} ");
    expect(view.dom.querySelector(".unknown")?.textContent).toBe("{{persona.nmae}}");
    act(() => view.focus());
    act(() => view.dispatch({ selection: { anchor: view.state.doc.length } }));
    await user.click(screen.getByTestId("insert-text.body"));
    expect(view.state.doc.toString()).toBe("{{persona.nmae}} {{text.body}}");
    await waitFor(() => expect(saved(backend)?.prompt.user).toBe("{{persona.nmae}} {{text.body}}"));
    await waitFor(() => expect(screen.getByTestId("step-prompt").textContent).toContain("1 thing missing"));
    ctrl("z");
    ctrl("z");
    expect(view.state.doc.toString()).toBe(emotions().prompt.user);
  });

  it("says parameters in plain words and what the first request gets", async () => {
    const { user } = study("prompt");
    const gloss = await screen.findByTestId("gloss-temperature");
    await waitFor(() =>
      expect(gloss.textContent).toMatch(/^Worked out for each request; 0\.\d .* in the first\.$/),
    );
    expect(screen.getByTestId("gloss-max_output_tokens").textContent).toBe(
      "At most 400 tokens, about 300 words.",
    );
    write(await template("param-temperature"), "0.5");
    expect(gloss.textContent).toBe("The same for every request.");
    await user.click(screen.getByTestId("more-parameters"));
    expect(screen.getByTestId("gloss-seed").textContent).toBe("Not sent: the model’s own setting.");
  });

  it("keeps a parameter on one line", async () => {
    study("prompt");
    const view = await template("param-temperature");
    write(view, "0.5\n+ 0.1");
    expect(view.state.doc.toString()).toBe("0.5 + 0.1");
  });
});

describe("answer sheet", () => {
  it("adds a field, gives it a type, a range and choices, moves and removes it", async () => {
    const { backend, user } = study("answers", {
      studies: [entry("study-1", { ...emotions(), answer_sheet: { form: "structured", fields: [] } })],
    });
    await user.click(await screen.findByTestId("add-field"));
    await user.type(await screen.findByTestId("field-0-label"), "Politeness");
    await user.type(screen.getByTestId("field-0-minimum"), "1");
    await user.type(screen.getByTestId("field-0-maximum"), "７");
    await user.click(screen.getByTestId("add-field"));
    await user.type(screen.getByTestId("field-1-label"), "断り方");
    await user.selectOptions(screen.getByTestId("field-1-type"), "choice");
    await user.click(screen.getByTestId("field-1-choices"));
    await user.type(await screen.findByTestId("choices"), "excuse, delay\napology\n");
    await user.click(screen.getByTestId("choices-take"));
    await user.type(screen.getByTestId("field-1-told"), "How the speaker refuses");
    await waitFor(() =>
      expect(saved(backend)?.answer_sheet.fields).toEqual([
        {
          name: "politeness",
          label: "Politeness",
          kind: { type: "integer", minimum: 1, maximum: 7 },
          description: "",
          required: true,
        },
        {
          name: "q2",
          label: "断り方",
          kind: { type: "choice", choices: ["excuse, delay", "apology"] },
          description: "How the speaker refuses",
          required: true,
        },
      ]),
    );
    await waitFor(() =>
      expect(screen.getByTestId("written-out").textContent).toContain(
        "2. 断り方: one of excuse, delay, apology",
      ),
    );
    fireEvent.keyDown(screen.getByTestId("field-1-label"), { key: "ArrowUp", altKey: true });
    await waitFor(() => expect(saved(backend)?.answer_sheet.fields[0]?.name).toBe("q2"));
    await user.click(screen.getByRole("button", { name: "More for 断り方" }));
    await user.click(await screen.findByTestId("field-remove"));
    await user.click(screen.getByTestId("form-lines"));
    await waitFor(() => expect(saved(backend)?.answer_sheet).toMatchObject({ form: "numbered_lines" }));
    expect(saved(backend)?.answer_sheet.fields.map((field) => field.name)).toEqual(["politeness"]);
  });
});

describe("models", () => {
  it("adds one of those offered or any by name, and says what is not connected", async () => {
    const { backend, user } = study("models");
    await user.click(await screen.findByTestId("add-model"));
    await user.click(await screen.findByTestId("model-at-openai"));
    await user.type(screen.getByTestId("model-name"), "nano");
    await user.click(await screen.findByRole("option", { name: "gpt-5.4-nano" }));
    await user.click(screen.getByTestId("model-add-confirm"));
    await waitFor(() =>
      expect(saved(backend)?.models.at(-1)).toEqual({ provider: "openai", model: "gpt-5.4-nano" }),
    );
    await user.click(screen.getByTestId("add-model"));
    await user.click(await screen.findByTestId("model-at-custom"));
    await user.type(screen.getByTestId("model-name"), "our-own-7b");
    await user.click(screen.getByTestId("model-add-confirm"));
    const own = await screen.findByTestId("model-our-own-7b");
    await waitFor(() => expect(own.textContent).toContain("Not connected"));
    await user.click(screen.getByTestId("remove-our-own-7b"));
    await waitFor(() => expect(saved(backend)?.models).toHaveLength(3));
  });
});

describe("the request", () => {
  it("is shown as it will be sent, and stepped through", async () => {
    const { backend, user } = study(null);
    const preview = await screen.findByTestId("preview");
    await waitFor(() =>
      expect(preview.querySelector('[data-column="persona.name"]')?.textContent).toBe("First-year student"),
    );
    expect(preview.textContent).toContain("of 120");
    await user.click(within(preview).getByTestId("preview-next"));
    await user.selectOptions(within(preview).getByTestId("preview-model"), "practice-large");
    await waitFor(() =>
      expect(backend.called("study_request").at(-1)).toEqual({ id: "study-1", model: 1, position: 1 }),
    );
  });
});

describe("check and send", () => {
  it("leads from a problem to its field", async () => {
    const lacking = { ...emotions(), models: [], prompt: { system: "", user: "" } };
    const { user } = study("send", { studies: [entry("study-1", lacking)] });
    await user.click(await screen.findByTestId("show-no-models"));
    await waitFor(() => expect(window.location.hash).toBe("#/studies/study-1/models"));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("add-model")));
  });

  it("leads to the table of the factor that a problem is about", async () => {
    const lacking = emotions();
    lacking.factors = lacking.factors.map((factor, at) => (at === 1 ? { ...factor, levels: [] } : factor));
    const { user } = study("send", { studies: [entry("study-1", lacking)] });
    await user.click(await screen.findByTestId("show-no-levels"));
    await waitFor(() => expect(screen.getByTestId("factor-1").getAttribute("aria-selected")).toBe("true"));
    expect(screen.getByTestId("sheet-text")).toBeTruthy();
  });

  it("asks once, with the focus on the button that sends nothing, then shows the jobs", async () => {
    const { backend, user } = study(null);
    await user.type(await screen.findByTestId("study-title"), "!");
    await user.click(screen.getByTestId("send-study"));
    const dialog = await screen.findByRole("alertdialog");
    // What is asked about was saved before.
    expect(saved(backend)?.title).toContain("!");
    expect(document.activeElement).toBe(screen.getByTestId("confirm-not-yet"));
    expect(within(dialog).getByTestId("confirm-models").textContent).toContain("Together240");
    expect(backend.called("send_study")).toHaveLength(0);
    await expectAccessible();
    await user.click(within(dialog).getByTestId("confirm-send"));
    await waitFor(() => expect(window.location.hash).toBe("#/jobs"));
    expect(backend.called("send_study")).toEqual([{ id: "study-1" }]);
  });

  it("saves the request files and the study file without sending", async () => {
    const { backend, user } = study("send");
    await user.click(await screen.findByTestId("save-requests-1"));
    expect((await screen.findByTestId("file-saved")).textContent).toContain("requests-practice-large.jsonl");
    await user.click(screen.getByTestId("save-study"));
    await waitFor(() => expect(screen.getByTestId("file-saved").textContent).toContain(".tabane"));
    expect(backend.called("send_study")).toHaveLength(0);
  });
});

it("turns from the steps to one page and back, and remembers it", async () => {
  const { user } = study("data");
  await user.click(await screen.findByTestId("form-page"));
  await waitFor(() => expect(window.location.hash).toBe("#/studies/study-1"));
  expect(await screen.findByTestId("part-answers")).toBeTruthy();
  act(() => {
    window.location.hash = "#/studies";
  });
  await user.click(await screen.findByText(emotions().title));
  await waitFor(() => expect(window.location.hash).toBe("#/studies/study-1"));
  await user.click(await screen.findByTestId("form-steps"));
  await waitFor(() => expect(window.location.hash).toBe("#/studies/study-1/data"));
});

describe("keyboard", () => {
  it("goes to the studies, round the regions of a study, and to the next step", async () => {
    const { user } = open({ page: "home" });
    await screen.findAllByTestId("job-row");
    await user.keyboard("{Control>}1{/Control}");
    await waitFor(() => expect(window.location.hash).toBe("#/studies"));
    act(() => {
      window.location.hash = "#/studies/study-1/design";
    });
    const more = await screen.findByRole("button", { name: "Trials each: Fewer" });
    const seen: (Element | null)[] = [];
    for (let presses = 0; presses < 7; presses++) {
      await user.keyboard("{F6}");
      seen.push(document.activeElement);
    }
    expect(seen).toContain(screen.getByTestId("step-data"));
    expect(seen).toContain(more);
    expect(seen).toContain(screen.getByTestId("preview-position"));
    expect(seen).toContain(screen.getByTestId("step-before"));
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(window.location.hash).toBe("#/studies/study-1/prompt"));
  });
});

it("opens the way to a study from the first start", async () => {
  const { backend, user } = open({ page: "home" }, { greeted: false, studies: [] });
  await user.click(await screen.findByTestId("door-study"));
  await waitFor(() => expect(window.location.hash).toBe("#/studies"));
  expect(backend.called("set_greeted")).toHaveLength(1);
  expect(await screen.findByTestId("way-empty")).toBeTruthy();
});
