// The grid: one tab stop, the cursor moves by keys (the grid itself has the focus and names the cell by
// aria-activedescendant), and only the rows in sight are in the page. Hence no table elements.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useRef, useState } from "react";
import { Icon } from "../../components/icon.tsx";
import { useText } from "../../i18n/text.tsx";
import type { RowView, ViewHandle } from "../../ipc/bindings.ts";
import { type Column, columnsOf } from "./columns.tsx";
import styles from "./grid.module.css";
import { moved, type Place } from "./moves.ts";
import { useRows } from "./view.ts";

/** Of --row-grid and the row numbers, in rem. */
const ROW = 1.75;
const NUMBERS = 3.75;

const template = (columns: Column[]) =>
  `${NUMBERS}rem ${columns.map((column) => `${column.width}rem`).join(" ")}`;
const widthOf = (columns: Column[]) => NUMBERS + columns.reduce((sum, column) => sum + column.width, 0);

/** Pixels of a rem now: the text size is the user's. */
function rem(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

interface Props {
  label: string;
  handle: ViewHandle;
  cursor: Place;
  onCursor: (place: Place) => void;
  /** Enter or a press: the row is to be read. */
  onOpen: (place: Place) => void;
  onLeave: () => void;
}

function Cells({
  columns,
  row,
  place,
  cursor,
  id,
}: {
  columns: Column[];
  row: RowView | undefined;
  place: number;
  cursor: Place;
  id: string;
}) {
  const text = useText();
  return (
    <>
      <div role="rowheader" aria-colindex={1} className={styles.number}>
        {text.format.count(place + 1)}
      </div>
      {columns.map((column, index) => {
        const cell = row && column.cell(row, text);
        const here = cursor.row === place && cursor.column === index;
        const names = [
          styles.cell,
          column.number && styles.right,
          cell?.missing && styles.missing,
          cell?.edited && styles.edited,
          here && styles.cursor,
        ];
        return (
          <div
            key={column.key ?? column.name}
            role="gridcell"
            id={`${id}-${place}-${index}`}
            aria-colindex={index + 2}
            aria-selected={here}
            data-column={index}
            className={names.filter(Boolean).join(" ")}
            title={cell?.title}
          >
            {cell?.content}
          </div>
        );
      })}
    </>
  );
}

export function Grid({ label, handle, cursor, onCursor, onOpen, onLeave }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const columns = columnsOf(handle.study);
  const shape = { gridTemplateColumns: template(columns), width: `${widthOf(columns)}rem` };
  const [height] = useState(() => Math.round(ROW * rem()));
  const virtual = useVirtualizer({
    count: handle.rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    // The frozen head covers the first row's height of the view.
    scrollPaddingStart: height,
    overscan: 12,
    initialRect: { width: 800, height: 480 },
  });
  const items = virtual.getVirtualItems();
  const rowAt = useRows(handle, items[0]?.index ?? 0, items.at(-1)?.index ?? 0);
  const inSight = items.some((item) => item.index === cursor.row);

  const bringIntoView = (place: Place) => {
    virtual.scrollToIndex(place.row);
    const element = scroller.current;
    if (!element) return;
    const size = rem();
    const left = columns.slice(0, place.column).reduce((sum, column) => sum + column.width, NUMBERS) * size;
    const right = left + (columns[place.column]?.width ?? 0) * size;
    const edge = NUMBERS * size;
    if (left - edge < element.scrollLeft) element.scrollLeft = left - edge;
    else if (right > element.scrollLeft + element.clientWidth) {
      element.scrollLeft = Math.min(left - edge, right - element.clientWidth);
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey) return;
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      onOpen(cursor);
      return;
    }
    if (event.key === "Escape") {
      onLeave();
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 2);
    const next = moved(cursor, event.key, event.ctrlKey || event.metaKey, {
      rows: handle.rows,
      columns: columns.length,
      page,
    });
    if (!next) return;
    event.preventDefault();
    onCursor(next);
    bringIntoView(next);
  };

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={handle.rows + 1}
      aria-colcount={columns.length + 1}
      aria-activedescendant={inSight ? `cell-${cursor.row}-${cursor.column}` : undefined}
      tabIndex={0}
      className={styles.grid}
      data-testid="results-grid"
      data-rows={handle.rows}
      onKeyDown={onKeyDown}
    >
      <div role="row" aria-rowindex={1} className={`${styles.row} ${styles.head}`} style={shape}>
        <div role="columnheader" aria-colindex={1} className={styles.number}>
          #
        </div>
        {columns.map((column, index) => (
          <div
            key={column.key ?? column.name}
            role="columnheader"
            aria-colindex={index + 2}
            className={column.number ? `${styles.cell} ${styles.right}` : styles.cell}
            title={column.name}
          >
            {column.icon && <Icon of={column.icon} className={styles.type} />}
            {column.name}
          </div>
        ))}
      </div>
      <div
        className={styles.rows}
        role="presentation"
        style={{ height: virtual.getTotalSize(), width: shape.width }}
      >
        {items.map((item) => (
          <div
            key={item.key}
            role="row"
            aria-rowindex={item.index + 2}
            data-testid={`row-${item.index}`}
            aria-selected={item.index === cursor.row}
            className={item.index === cursor.row ? `${styles.row} ${styles.selected}` : styles.row}
            style={{
              ...shape,
              height: item.size,
              transform: `translateY(${item.start}px)`,
            }}
            onClick={(event) => {
              const cell = (event.target as Element).closest<HTMLElement>("[data-column]");
              const place = { row: item.index, column: Number(cell?.dataset.column ?? cursor.column) };
              onCursor(place);
              onOpen(place);
            }}
          >
            <Cells columns={columns} row={rowAt(item.index)} place={item.index} cursor={cursor} id="cell" />
          </div>
        ))}
      </div>
    </div>
  );
}
