// Step by step, or everything on one page: whoever has chosen the one page once gets it for every study.
import type { Route } from "../../route.ts";

const KEY = "tabane-study-form";

export function rememberForm(form: "steps" | "page"): void {
  window.localStorage.setItem(KEY, form);
}

export function studyRoute(id: string): Route {
  return { page: "study", id, step: window.localStorage.getItem(KEY) === "page" ? null : "data" };
}
