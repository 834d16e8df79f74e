// The main path and its side doors, as a user goes them.
import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectAccessible, open } from "./render.tsx";
import * as samples from "./samples.ts";

const practiceDraft = samples.draft("draft-1", {
  connection: "practice",
  check: { state: "done", report: samples.cleanReport },
});

it("goes from the first start through practice to a sent job, asking once", async () => {
  const { backend, user } = open({ page: "home" }, { greeted: false, drafts: [practiceDraft] });
  await user.click(await screen.findByTestId("door-practice"));
  const send = await screen.findByTestId("send-button");
  expect(backend.called("set_greeted")).toHaveLength(1);
  expect(window.location.hash).toBe("#/check/draft-1");
  expect(screen.getByTestId("practice-mark")).toBeTruthy();
  await user.click(send);
  const dialog = await screen.findByRole("alertdialog");
  // The focus is on the button that sends nothing.
  expect(document.activeElement).toBe(screen.getByTestId("confirm-not-yet"));
  expect(backend.called("send_draft")).toHaveLength(0);
  await expectAccessible();
  await user.click(within(dialog).getByTestId("confirm-send"));
  await waitFor(() => expect(window.location.hash).toBe("#/jobs/job-waiting"));
  expect(backend.called("send_draft")).toEqual([{ id: "draft-1" }]);
});

it("switches the language at once on the first page", async () => {
  const { user } = open({ page: "home" }, { greeted: false });
  await user.click(await screen.findByTestId("language-ja"));
  await waitFor(() => expect(document.documentElement.lang).toBe("ja"));
  expect(document.body.textContent).toContain("ファイルを送る");
});

describe("check", () => {
  it("blocks sending in words until each error is settled, and can undo a fix by Ctrl+Z", async () => {
    const { backend, user } = open({ page: "check", id: "draft-1" });
    const send = await screen.findByTestId("send-button");
    await waitFor(() => expect(send.textContent).toBe("Send 52,335 requests to OpenAI"));
    expect(send.getAttribute("aria-disabled")).toBe("true");
    expect(document.body.textContent).toContain("2 lines still need a decision before this can be sent.");
    await user.click(send);
    expect(screen.queryByRole("alertdialog")).toBeNull();
    await user.click(screen.getByTestId("fix-safe"));
    await user.click(await screen.findByTestId("fix-not-json"));
    await waitFor(() => expect(send.getAttribute("aria-disabled")).toBeNull());
    expect(screen.getByTestId("price").textContent).toContain("Not worked out yet");
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(backend.called("undo_fix")).toHaveLength(1));
    await waitFor(() => expect(send.getAttribute("aria-disabled")).toBe("true"));
  });

  it("keeps the focus and the problems while the file is checked again after a fix", async () => {
    const { backend, user } = open({ page: "check", id: "draft-1" });
    await user.click(await screen.findByTestId("fix-id-missing"));
    const undo = await screen.findByTestId("undo-id-missing");
    expect(document.activeElement).toBe(undo);
    const check = { state: "running", bytes_done: 1, bytes_total: 2, lines: 1 } as const;
    Object.assign(backend.world.drafts[0] as object, { check });
    act(() => backend.changed({ what: "draft", id: "draft-1" }));
    await waitFor(() => expect(screen.getByTestId("send-button").getAttribute("aria-disabled")).toBe("true"));
    expect(screen.getByTestId("problem-not-json")).toBeTruthy();
    expect(await screen.findByTestId("stop-check")).toBeTruthy();
    expect(screen.getByTestId("problem-not-json")).toBeTruthy();
    expect(document.activeElement).toBe(undo);
  });

  it("marks the offending text and shows the whole line", async () => {
    const { user } = open({ page: "check", id: "draft-1" });
    const problem = await screen.findByTestId("problem-not-json");
    expect(within(problem).getByText("授業が").tagName).toBe("MARK");
    await user.click(screen.getByTestId("show-not-json"));
    expect((await screen.findByTestId("whole-line")).textContent).toContain("w3-31006");
    await user.click(screen.getByRole("button", { name: "Later line with this problem" }));
    await waitFor(() => expect(screen.getByTestId("whole-line").textContent).toContain("w3-31007"));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("whole-line")).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("show-not-json")));
  });

  it("can be stopped and begun again", async () => {
    const check = { state: "running", bytes_done: 1, bytes_total: 2, lines: 1 } as const;
    const { user } = open(
      { page: "check", id: "draft-1" },
      { drafts: [samples.draft("draft-1", { check })] },
    );
    await user.click(await screen.findByTestId("stop-check"));
    await user.click(await screen.findByTestId("check-again"));
    expect(await screen.findByTestId("figures")).toBeTruthy();
  });

  it("offers the windows of a service that has several, and says why it can't be sent", async () => {
    const check = { state: "done", report: samples.cleanReport } as const;
    const { backend, user } = open(
      { page: "check", id: "draft-1" },
      { drafts: [samples.draft("draft-1", { connection: null, check })] },
    );
    expect(await screen.findByText("Choose where to send it.")).toBeTruthy();
    await user.click(await screen.findByTestId("send-to-groq"));
    await user.click(await screen.findByTestId("window-7d"));
    expect(backend.called("choose_window")).toEqual([{ id: "draft-1", window: "7d" }]);
  });

  it("opens the confirmation by Ctrl+Enter but never sends by it", async () => {
    const { backend, user } = open({ page: "check", id: "draft-1" }, { drafts: [practiceDraft] });
    await screen.findByTestId("send-button");
    await waitFor(() => expect(screen.getByTestId("send-button").getAttribute("aria-disabled")).toBeNull());
    await user.keyboard("{Control>}{Enter}{/Control}");
    await screen.findByRole("alertdialog");
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(backend.called("send_draft")).toHaveLength(0);
  });

  it("says a failure of sending in three steps and keeps the dialog", async () => {
    const { user } = open(
      { page: "check", id: "draft-1" },
      {
        drafts: [practiceDraft],
        failing: { send_draft: samples.failure("disk-full", {}, "ENOSPC") },
      },
    );
    const send = await screen.findByTestId("send-button");
    await waitFor(() => expect(send.getAttribute("aria-disabled")).toBeNull());
    await user.click(send);
    await user.click(await screen.findByTestId("confirm-send"));
    const said = await screen.findByRole("alert");
    expect(said.textContent).toContain("The disk is full.");
    expect(said.textContent).toContain("Free some space");
    expect(within(said).getByText("ENOSPC").closest("details")?.open).toBe(false);
  });
});

describe("drops", () => {
  it("highlights while files are over the window and goes to the draft", async () => {
    const { backend } = open({ page: "jobs" });
    await screen.findAllByTestId("job-row");
    act(() => backend.emit("dropping", { over: true, files: 2 }));
    expect((await screen.findByTestId("drop-highlight")).textContent).toContain("Drop 2 files to check them");
    act(() => backend.emit("dropped", { drafts: ["draft-1"], studies: [], failure: null }));
    await waitFor(() => expect(window.location.hash).toBe("#/check/draft-1"));
    expect(screen.queryByTestId("drop-highlight")).toBeNull();
  });

  it("says why a file was not taken", async () => {
    const { backend, user } = open({ page: "home" });
    await screen.findAllByTestId("job-row");
    act(() => backend.emit("dropped", { drafts: [], studies: [], failure: samples.failure("brand-new") }));
    expect((await screen.findByRole("alert")).textContent).toContain("brand-new");
    await user.click(screen.getByRole("button", { name: "Close" }));
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("job", () => {
  it("asks before cancelling, with the focus on the button that changes nothing", async () => {
    const { backend, user } = open({ page: "job", id: "job-running" });
    await user.click(await screen.findByTestId("cancel-job"));
    await screen.findByRole("alertdialog");
    expect(document.activeElement?.textContent).toBe("Let it go on");
    await user.click(screen.getByTestId("confirm-cancel"));
    await waitFor(() => expect(screen.getByTestId("job-state").dataset.state).toBe("cancelling"));
    expect(backend.called("cancel_job")).toEqual([{ id: "job-running" }]);
  });

  it("adds up, and shows what is not told as such", async () => {
    const told = { told_completed: null, told_failed: null };
    open({ page: "job", id: "job-running" }, { jobs: [{ ...samples.runningJob, ...told }] });
    const sum = await screen.findByTestId("sum");
    expect(sum.textContent).toContain("—not told by the provider");
    expect(screen.getByTestId("job-state").textContent).toBe("OpenAI is working on 52,337 requests.");
  });

  it("leaves an unclear part to the user: three choices, two of them asked again", async () => {
    const { backend, user } = open({ page: "job", id: "job-unclear" });
    await user.click(await screen.findByTestId("decide-look"));
    await user.click(screen.getByTestId("decide-send"));
    await user.click(await screen.findByTestId("confirm-send"));
    await waitFor(() =>
      expect(backend.called("decide")).toEqual([
        { id: "job-unclear", part: 1, decision: "look" },
        { id: "job-unclear", part: 1, decision: "send" },
      ]),
    );
  });

  it("is deleted from the history only after a question", async () => {
    const { backend, user } = open({ page: "jobs" });
    await user.click(await screen.findByRole("button", { name: "More for Open answers, wave 3" }));
    await user.click(await screen.findByTestId("delete-job"));
    expect((await screen.findByRole("alertdialog")).textContent).toContain("Cancel the job first");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    await user.click(screen.getByRole("button", { name: "More for 感情評定・予備調査2" }));
    await user.click(await screen.findByTestId("delete-job"));
    await screen.findByRole("alertdialog");
    await waitFor(() => expect(document.activeElement?.textContent).toBe("Keep it"));
    await user.click(screen.getByTestId("confirm-delete"));
    await waitFor(() => expect(backend.called("delete_job")).toEqual([{ id: "job-finished" }]));
    await waitFor(() => expect(screen.getAllByTestId("job-row")).toHaveLength(4));
  });
});

describe("connections", () => {
  it("sends a key once, tests it in a sentence and shows only its end", async () => {
    const { backend, user } = open({ page: "connections" }, { connections: [] });
    await user.click(await screen.findByTestId("connection-add"));
    const key = await screen.findByTestId("key-field");
    expect(key.getAttribute("type")).toBe("password");
    expect(key.getAttribute("autocomplete")).toBe("off");
    await expectAccessible();
    await user.type(key, "sk-secret-abcd");
    await user.click(screen.getByTestId("test-key"));
    await waitFor(() =>
      expect(screen.getByTestId("test-result").textContent).toBe("OpenAI answered: 41 models."),
    );
    await user.click(screen.getByTestId("save-connection"));
    const row = await screen.findByTestId("connection-openai");
    expect(row.textContent).toContain("ends in …abcd");
    expect(document.body.innerHTML).not.toContain("sk-secret");
    expect(backend.called("save_connection")).toHaveLength(1);
  });

  it("says that the keychain is locked and keeps a key until Tabane closes", async () => {
    const { backend, user } = open(
      { page: "connections" },
      { connections: [], keychain: samples.failure("keychain-locked") },
    );
    await user.click(await screen.findByTestId("keychain-retry"));
    await waitFor(() => expect(backend.called("keychain").length).toBeGreaterThan(1));
    await user.click(screen.getByTestId("connection-add"));
    await user.type(await screen.findByTestId("key-field"), "sk-secret-abcd");
    await user.click(screen.getByTestId("save-connection"));
    await waitFor(() =>
      expect(backend.called("save_connection")[0]?.form).toMatchObject({
        provider: "openai",
        until_close: true,
      }),
    );
  });
});

describe("keyboard", () => {
  it("has keys for the pages, the search and the regions", async () => {
    const { user } = open({ page: "home" });
    await screen.findAllByTestId("job-row");
    await user.keyboard("{Control>}2{/Control}");
    await waitFor(() => expect(window.location.hash).toBe("#/jobs"));
    await screen.findByTestId("jobs-search");
    await user.keyboard("{Control>}f{/Control}");
    expect(document.activeElement).toBe(screen.getByTestId("jobs-search"));
    await user.keyboard("{F6}");
    expect(document.activeElement?.closest("main")).toBeTruthy();
    await user.keyboard("{F6}");
    expect(document.activeElement?.closest("nav")).toBeTruthy();
  });
});
