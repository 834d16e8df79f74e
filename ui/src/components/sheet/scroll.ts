// Which rows of a sheet are in the page, and how the cursor stays in sight.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { NUMBERS } from "./columns.ts";
import type { SheetState } from "./state.ts";

/** Of --row-grid, in rem. */
const ROW = 1.75;

/** Pixels of a rem now: the text size is the user's. */
function rem(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

/** The columns scroll below the row numbers, which stay. */
function showColumn(scroller: HTMLElement, head: HTMLElement): void {
  const left = head.offsetLeft - NUMBERS * rem();
  const right = head.offsetLeft + head.offsetWidth;
  if (left < scroller.scrollLeft) scroller.scrollLeft = left;
  else if (right > scroller.scrollLeft + scroller.clientWidth) {
    scroller.scrollLeft = Math.min(left, right - scroller.clientWidth);
  }
}

export function useScroll(sheet: SheetState, scroller: RefObject<HTMLDivElement | null>, id: string) {
  const [height] = useState(() => Math.round(ROW * rem()));
  const virtual = useVirtualizer({
    count: sheet.size.rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    // The head takes the height of a row, and stays.
    scrollMargin: height,
    scrollPaddingStart: height,
    overscan: 12,
    // The cursor is brought into sight while React commits, where nothing can be flushed.
    useFlushSync: false,
    initialRect: { width: 800, height: 480 },
  });
  // The corner that moves is brought into sight when it has moved, never before.
  const { row, column } = sheet.selection.to;
  const shown = useRef(sheet.selection.to);
  useLayoutEffect(() => {
    if (shown.current.row === row && shown.current.column === column) return;
    shown.current = { row, column };
    if (row >= 0) virtual.scrollToIndex(row);
    const head = document.getElementById(`${id}--1-${column}`);
    if (scroller.current && head) showColumn(scroller.current, head);
  }, [row, column, id, virtual, scroller]);
  const items = virtual.getVirtualItems();
  return {
    /** Of a row, in pixels. */
    height,
    total: virtual.getTotalSize(),
    items,
    inSight: row < 0 || items.some((item) => item.index === row),
    page: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 2),
  };
}
