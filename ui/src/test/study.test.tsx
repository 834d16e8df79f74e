// A study from the list to the jobs: saved by itself, taken back and forth, frozen, checked and sent.
import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectAccessible, open } from "./render.tsx";
import * as samples from "./samples.ts";
import { entry } from "./study-mock.ts";
import { ctrl, saved, openStudy as study, template } from "./study-page.ts";
import { emotions } from "./study-samples.ts";

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
    expect(backend.called("send_study")).toEqual([{ id: "study-1", cachePrompt: false }]);
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
