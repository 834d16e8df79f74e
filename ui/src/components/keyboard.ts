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

const STOPS = 'a[href], button:not([disabled]), input:not([disabled]), [tabindex="0"], summary';

/** The first stop of the region's own, else the region itself: a region within it is visited in its turn. */
function enter(region: HTMLElement): void {
  const stops = [...region.querySelectorAll<HTMLElement>(STOPS)];
  (stops.find((stop) => stop.closest("[data-region]") === region) ?? region).focus();
}

/** Whether the focus is in the region or after it on the page. */
function reached(region: HTMLElement): boolean {
  const at = document.activeElement;
  if (at === null || at === document.body) return false;
  return region.contains(at) || (region.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

function nextRegion(step: number): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")];
  // Of nested regions the innermost is the one we are in; between two regions we are in the former.
  const at = regions.findLastIndex((region) => region.contains(document.activeElement));
  const last = at < 0 ? regions.findLastIndex(reached) : at;
  const next = last < 0 && step < 0 ? regions.length - 1 : (last + step + regions.length) % regions.length;
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
