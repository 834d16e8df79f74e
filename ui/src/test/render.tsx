// Renders the whole window on the made-up backend, at a page and in a language.
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { expect } from "vitest";
import { App } from "../app.tsx";
import { href, type Route } from "../route.ts";
// Pages are fetched when they are first opened; here all are there, so that no test waits for one.
import "../screens/check/page.tsx";
import "../screens/connections/page.tsx";
import "../screens/job/page.tsx";
import "../screens/jobs/page.tsx";
import "../screens/results/page.tsx";
import "../screens/settings/page.tsx";
import "../screens/studies/page.tsx";
import "../screens/study/page.tsx";
import "../screens/study/template/editor.tsx";
import { Backend, type World, world } from "./backend.ts";

export type Language = "en" | "ja";

interface Options extends Partial<World> {
  language?: Language;
  greeted?: boolean;
}

export function open(route: Route, { language = "en", greeted = true, ...more }: Options = {}) {
  const start = world(more);
  start.settings = { ...start.settings, language, greeted };
  const backend = new Backend(start).install();
  window.location.hash = href(route);
  const user = userEvent.setup();
  return { backend, user, ...render(<App />) };
}

/** axe over the whole page. Contrast needs real pixels: it is checked in the real window. */
export async function expectAccessible(): Promise<void> {
  const { violations } = await axe.run(document, { rules: { "color-contrast": { enabled: false } } });
  const said = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map((node) => `  ${node.html.slice(0, 200)}`).join("\n")}`,
  );
  expect(said, said.join("\n")).toEqual([]);
}
