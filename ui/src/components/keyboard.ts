// Keys that work on every page: pages, search, round the regions, the primary button of the footer.
import { useEffect } from "react";
import { go, type Route } from "../route.ts";

/** Ctrl+1 to Ctrl+4, in the order of the navigation; Ctrl+0 is home. */
const PAGES: Route[] = [
  { page: "home" },
  { page: "studies" },
  { page: "jobs" },
  { page: "connections" },
  { page: "settings" },
];

function dialogIsOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
}

/** The first thing in a region that takes the focus, else the region itself. */
function enter(region: HTMLElement): void {
  const inside = region.querySelector<HTMLElement>(
    'a[href], button:not([disabled]), input:not([disabled]), [tabindex="0"], summary',
  );
  (inside ?? region).focus();
}

function nextRegion(step: number): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")];
  if (regions.length === 0) return;
  // Of nested regions the innermost is the one we are in.
  const at = regions.findLastIndex((region) => region.contains(document.activeElement));
  const next = at < 0 ? 0 : (at + step + regions.length) % regions.length;
  const region = regions[next];
  if (region) enter(region);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || dialogIsOpen()) return;
  if (event.key === "F6") {
    event.preventDefault();
    nextRegion(event.shiftKey ? -1 : 1);
    return;
  }
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const page = PAGES[Number.parseInt(event.key, 10)];
  if (page && !event.shiftKey) {
    event.preventDefault();
    // What is being typed is taken over when the focus leaves it.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    go(page);
  } else if (event.key.toLowerCase() === "f") {
    const search = document.querySelector<HTMLInputElement>("[data-search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "Enter") {
    // Opens the confirmation; sending itself is a button of the dialog, which keys do not reach from here.
    const primary = document.querySelector<HTMLElement>("[data-primary]");
    if (!primary) return;
    event.preventDefault();
    primary.click();
  }
}

export function useKeyboard(): void {
  useEffect(() => {
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
