// Where the window is: a typed union kept in the location's hash.
import { useSyncExternalStore } from "react";
import type { Look, Status, StudyStep } from "./ipc/bindings.ts";

/** The steps of the first walk through a study, in order. */
export const STEPS = ["data", "design", "prompt", "answers", "models", "send"] as const;
export type Step = StudyStep | "send";

export type Route =
  | { page: "home" }
  | { page: "studies" }
  /** Without a step: everything on one page. */
  | { page: "study"; id: string; step: Step | null }
  /** The answers of all its jobs in one table. */
  | { page: "study-results"; id: string; status: Status | null; look?: Look }
  | { page: "jobs" }
  | { page: "job"; id: string }
  | { page: "results"; id: string; status: Status | null; look?: Look }
  | { page: "check"; id: string }
  | { page: "connections" }
  | { page: "settings" };

const STATUSES: readonly string[] = ["pending", "succeeded", "failed", "expired", "cancelled", "missing"];

const LOOKS: readonly string[] = ["cut-off", "declined", "missing-cells", "edited-cells"];

/** What a table is to show at first. */
function shownOf(query: string): { status: Status | null; look?: Look } {
  const asked = new URLSearchParams(query);
  const status = asked.get("status") ?? "";
  const look = asked.get("look") ?? "";
  return {
    status: STATUSES.includes(status) ? (status as Status) : null,
    ...(LOOKS.includes(look) && { look: look as Look }),
  };
}

function shown({ status, look }: { status: Status | null; look?: Look }): string {
  const asked = new URLSearchParams();
  if (status) asked.set("status", status);
  if (look) asked.set("look", look);
  return asked.size > 0 ? `?${asked}` : "";
}

function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [first, id, third] = path.split("/").map(decodeURIComponent);
  switch (first) {
    case "studies":
      if (id === undefined || id === "") return { page: "studies" };
      if (third === "results") return { page: "study-results", id, ...shownOf(query) };
      return { page: "study", id, step: STEPS.find((step) => step === third) ?? null };
    case "jobs":
      if (id === undefined || id === "") return { page: "jobs" };
      if (third === "results") return { page: "results", id, ...shownOf(query) };
      return { page: "job", id };
    case "check":
      return id ? { page: "check", id } : { page: "home" };
    case "connections":
    case "settings":
      return { page: first };
    default:
      return { page: "home" };
  }
}

export function href(route: Route): string {
  switch (route.page) {
    case "home":
      return "#/";
    case "job":
      return `#/jobs/${encodeURIComponent(route.id)}`;
    case "results":
      return `#/jobs/${encodeURIComponent(route.id)}/results${shown(route)}`;
    case "study-results":
      return `#/studies/${encodeURIComponent(route.id)}/results${shown(route)}`;
    case "study":
      return `#/studies/${encodeURIComponent(route.id)}${route.step ? `/${route.step}` : ""}`;
    case "check":
      return `#/check/${encodeURIComponent(route.id)}`;
    default:
      return `#/${route.page}`;
  }
}

export function go(route: Route): void {
  window.location.hash = href(route);
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => window.location.hash));
}
