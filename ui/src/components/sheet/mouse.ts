// The mouse in a sheet: pressing, dragging and double pressing.
import type { MouseEvent } from "react";
import { isIn, type Place } from "./moves.ts";
import { placeOf, type SheetState } from "./state.ts";

/** Pixels inside the edge at which a cell is looked for. */
const INSIDE = 4;

/** The place under the mouse; outside of the sheet the next one in that direction, so that it scrolls there. */
function placeUnder(grid: Element, { target, clientX, clientY }: globalThis.MouseEvent): Place | undefined {
  if (target instanceof Element && grid.contains(target)) return placeOf(target);
  const scroller = grid.parentElement;
  const head = grid.querySelector('[role="row"]')?.getBoundingClientRect();
  const number = grid.querySelector('[role="columnheader"]')?.getBoundingClientRect();
  if (!scroller || !head || !number) return undefined;
  // Without its scrollbars.
  const { left, top } = scroller.getBoundingClientRect();
  const x = Math.max(number.right + INSIDE, Math.min(clientX, left + scroller.clientWidth - INSIDE));
  const y = Math.max(head.bottom + INSIDE, Math.min(clientY, top + scroller.clientHeight - INSIDE));
  const edge = document.elementFromPoint(x, y);
  const place = edge && placeOf(edge);
  if (!place) return undefined;
  return {
    row: Math.max(0, place.row + Math.sign(clientY - y)),
    column: Math.max(0, place.column + Math.sign(clientX - x)),
  };
}

export function useMouse(sheet: SheetState) {
  const last = sheet.size.columns - 1;
  /** A row's number stands for the whole row. */
  const end = (place: Place) => (place.column < 0 ? { ...place, column: last } : place);
  const onMouseDown = (event: MouseEvent) => {
    const place = placeOf(event.target as Element);
    if (!place) return;
    event.preventDefault();
    // Losing the focus keeps what was being typed, and ends a composition.
    if (sheet.mode !== "resting") sheet.input.current?.blur();
    sheet.input.current?.focus({ preventScroll: true });
    if (event.button === 2 && isIn(sheet.area, place)) return;
    const at = event.shiftKey ? sheet.selection.at : { ...place, column: Math.max(0, place.column) };
    sheet.select({ at, to: end(place) });
    if (event.button !== 0) return;
    const grid = event.currentTarget;
    const drag = (move: globalThis.MouseEvent) => {
      if ((move.buttons & 1) === 0) stop();
      else {
        const under = placeUnder(grid, move);
        if (under) sheet.select({ at, to: place.column < 0 ? { ...under, column: last } : end(under) });
      }
    };
    const stop = () => window.removeEventListener("mousemove", drag);
    window.addEventListener("mousemove", drag);
    window.addEventListener("mouseup", stop, { once: true });
  };
  const onDoubleClick = (event: MouseEvent) => {
    const place = placeOf(event.target as Element);
    if (place && place.column >= 0) sheet.begin("editing", place);
  };
  return { onMouseDown, onDoubleClick };
}
