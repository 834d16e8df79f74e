// The parts of a study, as a user fills them in, against the made-up app.
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectAccessible } from "./render.tsx";
import { entry } from "./study-mock.ts";
import { ctrl, saved, openStudy as study, template, write } from "./study-page.ts";
import { emotions, emptyStudy } from "./study-samples.ts";

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
    const found = await screen.findByRole("option", { name: "gpt-5.4-nano" });
    // What is offered is found by typing.
    expect(screen.getAllByRole("option")).toEqual([found]);
    await user.click(found);
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
