// The time since a job was sent moves on by itself, once a minute, and with nothing else.
import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { TextProvider } from "../i18n/text.tsx";
import type { JobView } from "../ipc/bindings.ts";
import { JobFacts } from "../screens/job/facts.tsx";
import * as samples from "./samples.ts";

const SENT = Date.UTC(2026, 10, 24, 9, 0, 0);

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(SENT + 20_000);
});
afterEach(() => vi.useRealTimers());

function show(job: Partial<JobView>) {
  render(
    <TextProvider language="en">
      <JobFacts job={{ ...samples.runningJob, sent_at: SENT, ...job }} />
    </TextProvider>,
  );
}

const pass = (seconds: number) => act(() => vi.advanceTimersByTime(seconds * 1000));
const elapsed = () => screen.getByText("Elapsed").nextElementSibling?.textContent;

it("moves on with each full minute and never shows seconds", () => {
  show({});
  expect(elapsed()).toBe("less than a minute");
  pass(39);
  expect(elapsed()).toBe("less than a minute");
  pass(1);
  expect(elapsed()).toBe("1 min");
  pass(60);
  expect(elapsed()).toBe("2 min");
  for (let minute = 0; minute < 60; minute++) pass(60);
  expect(elapsed()).toBe("1 h 2 min");
});

it("wakes up once a minute, and not at all once the job is finished", () => {
  show({});
  expect(vi.getTimerCount()).toBe(1);
  pass(600);
  expect(vi.getTimerCount()).toBe(1);
  vi.clearAllTimers();
  show({ state: "finished", ended_at: SENT + 10_000 });
  expect(vi.getTimerCount()).toBe(0);
});
