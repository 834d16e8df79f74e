// The mouse in a sheet.
import { type MouseEvent, useRef } from "react";
import { isIn, type Place } from "./moves.ts";
import { placeOf, type SheetState } from "./state.ts";

/** Pressing, dragging and double pressing. */
export function useMouse(sheet: SheetState) {
  const dragging = useRef(false);
  const last = sheet.size.columns - 1;
  const choose = (place: Place, more: boolean) => {
    const to = place.column < 0 ? { row: place.row, column: last } : place;
    const from = place.column < 0 ? { row: place.row, column: 0 } : place;
    sheet.select({ at: more ? sheet.selection.at : from, to });
  };
  const onMouseDown = (event: MouseEvent) => {
    const place = placeOf(event.target as Element);
    if (!place) return;
    event.preventDefault();
    // Losing the focus keeps what was being typed, and ends a composition.
    if (sheet.mode !== "resting") sheet.input.current?.blur();
    sheet.input.current?.focus({ preventScroll: true });
    if (event.button === 2 && isIn(sheet.area, place)) return;
    choose(place, event.shiftKey);
    dragging.current = event.button === 0;
  };
  const onMouseMove = (event: MouseEvent) => {
    if ((event.buttons & 1) === 0) dragging.current = false;
    const place = dragging.current && placeOf(event.target as Element);
    if (!place) return;
    const { to } = sheet.selection;
    if (to.row !== place.row || (place.column >= 0 && to.column !== place.column)) choose(place, true);
  };
  const onDoubleClick = (event: MouseEvent) => {
    const place = placeOf(event.target as Element);
    if (place && place.column >= 0) sheet.begin("editing", place);
  };
  return { onMouseDown, onMouseMove, onDoubleClick };
}
