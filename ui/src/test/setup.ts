// jsdom has no layout: the grid is told that it is 480 px high, and what is not there is filled in.
import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// A machine that is busy with other things is no reason to fail.
configure({ asyncUtilTimeout: 5000 });

afterEach(() => {
  cleanup();
  if (typeof window !== "undefined") window.location.hash = "";
});

class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}

if (typeof window !== "undefined") {
  vi.stubGlobal("ResizeObserver", Observer);
  const size = (name: string, value: number) =>
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });
  size("offsetHeight", 480);
  size("offsetWidth", 800);
  size("clientHeight", 480);
  // CodeMirror measures text, which has no places here.
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  Range.prototype.getBoundingClientRect = () => new DOMRect();
  HTMLCanvasElement.prototype.getContext = () => null;
  HTMLElement.prototype.scrollTo = function scrollTo(this: HTMLElement, options?: unknown) {
    if (typeof options === "object") this.scrollTop = (options as ScrollToOptions).top ?? this.scrollTop;
    this.dispatchEvent(new Event("scroll"));
  } as typeof HTMLElement.prototype.scrollTo;
}
