// A table that is typed into like a spreadsheet. The whole of it is one tab stop: the text field (input.tsx) has the
// focus and names the cell by aria-activedescendant. Only the rows in sight are in the page; hence no table elements.
import { useVirtualizer } from "@tanstack/react-virtual";
import { Ellipsis } from "lucide-react";
import { type MouseEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { useText } from "../../i18n/text.tsx";
import { Button } from "../button.tsx";
import { Icon } from "../icon.tsx";
import { actsOf } from "./acts.ts";
import { CellInput } from "./input.tsx";
import { type Around, onKeyDown } from "./keys.ts";
import { columnWidth, kindOf } from "./kind.ts";
import { SheetMenu } from "./menu.tsx";
import { isIn, type Place } from "./moves.ts";
import { Head, Row } from "./rows.tsx";
import styles from "./sheet.module.css";
import { type Change, placeOf, type SheetState, useSheet } from "./state.ts";

export type { SheetDone } from "./state.ts";
export type { SheetTable } from "./table.ts";

/** Of --row-grid and the row numbers, in rem. */
const ROW = 1.75;
const NUMBERS = 3.25;

export interface SheetProps {
  /** Its name for screen readers, such as the factor's label. */
  label: string;
  columns: string[];
  rows: string[][];
  /**
   * The changed table. It must come back as props in the same turn (state, not a round trip to Rust): the next
   * keystroke builds on it. Undo belongs to the caller: while nothing is being typed Ctrl+Z and Ctrl+Y bubble up
   * untouched from `textarea[data-resting]`; while a cell is being typed they are the text's own.
   */
  onChange?: Change;
  /** Looked at, selected and copied, not changed. */
  readOnly?: boolean;
  "data-testid"?: string;
}

/** Pixels of a rem now: the text size is the user's. */
function rem(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

/** The last column takes what is left, and is no wider than this where nothing is: rem. */
const LAST = 12;

/** How the columns stand. */
function useColumns({ table }: SheetState) {
  const kinds = table.columns.map((name, column) => kindOf(name, table.rows, column));
  const last = table.columns.length - 1;
  const widths = table.columns.map((name, column) => {
    const width = columnWidth(name, table.rows, column);
    return column === last ? Math.min(LAST, width) : width;
  });
  const tracks = widths.map((width, column) =>
    column === last ? `minmax(${width}rem, 1fr)` : `${width}rem`,
  );
  const width = `${widths.reduce((sum, one) => sum + one, NUMBERS)}rem`;
  return { kinds, line: { gridTemplateColumns: `${NUMBERS}rem ${tracks.join(" ")}`, minWidth: width } };
}

/** Pressing, dragging and double pressing. */
function useMouse(sheet: SheetState) {
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

export function Sheet({ label, columns, rows, onChange, readOnly, ...rest }: SheetProps) {
  const { t } = useText();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const newName = (number: number) => t("sheet-new-column", { number });
  const sheet = useSheet(columns, rows, readOnly ? undefined : onChange, newName);
  const { kinds, line } = useColumns(sheet);
  const mouse = useMouse(sheet);
  const [height] = useState(() => Math.round(ROW * rem()));
  const [menuOpen, setMenuOpen] = useState(false);
  const menuFrom = useRef<Element>(null);
  const column = useRef<number | null>(null);
  const leaving = useRef(false);
  const { area, selection, size, table } = sheet;

  const virtual = useVirtualizer({
    count: size.rows,
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
  const shown = useRef(selection.to);
  const { row: toRow, column: toColumn } = selection.to;
  useLayoutEffect(() => {
    if (shown.current.row === toRow && shown.current.column === toColumn) return;
    shown.current = { row: toRow, column: toColumn };
    if (toRow >= 0) virtual.scrollToIndex(toRow);
    const element = scroller.current;
    const head = document.getElementById(`${id}--1-${toColumn}`);
    if (!element || !head) return;
    const left = head.offsetLeft - NUMBERS * rem();
    const right = head.offsetLeft + head.offsetWidth;
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (right > element.scrollLeft + element.clientWidth) {
      element.scrollLeft = Math.min(left, right - element.clientWidth);
    }
  }, [toRow, toColumn, id, virtual]);

  const openMenu = (from: Element | null) => {
    if (!sheet.editable) return;
    sheet.input.current?.focus({ preventScroll: true });
    menuFrom.current = from;
    setMenuOpen(true);
  };
  const cellId = `${id}-${toRow}-${toColumn}`;
  // By the right button, and by the menu key or Shift+F10 where the system makes this event of them; then it may come
  // to the menu itself, when the key has already opened it.
  const onContextMenu = (event: MouseEvent) => {
    const target = event.target as Element;
    if (target === sheet.input.current && sheet.mode !== "resting") return;
    event.preventDefault();
    const cell =
      target === sheet.input.current ? document.getElementById(cellId) : target.closest("[data-column]");
    if (cell) openMenu(cell);
  };
  const around: Around = {
    page: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 2),
    openMenu: () => openMenu(document.getElementById(cellId)),
    column,
    leaving,
  };
  const lineOf = (row: number) => {
    const chosen = row >= area.top && row <= area.bottom;
    return {
      id,
      kinds,
      cursor: selection.at.row === row ? selection.at.column : undefined,
      from: chosen ? area.left : undefined,
      to: chosen ? area.right : undefined,
    };
  };
  const items = virtual.getVirtualItems();
  const inSight = toRow < 0 || items.some((item) => item.index === toRow);
  const at = selection.at;
  const where =
    at.row < 0
      ? t("sheet-editing-name", { column: at.column + 1 })
      : t("sheet-editing", { column: table.columns[at.column] ?? "", row: at.row + 1 });
  return (
    <div className={styles.frame} onContextMenu={onContextMenu} {...rest}>
      <p id={`${id}-keys`} hidden>
        {sheet.editable ? t("sheet-keys") : t("sheet-keys-read-only")}
      </p>
      <div ref={scroller} className={styles.scroller}>
        <CellInput
          sheet={sheet}
          name={sheet.mode === "resting" ? label : where}
          gridId={`${id}-grid`}
          hintId={`${id}-keys`}
          active={inSight ? cellId : undefined}
          row={{
            ...line,
            ...(at.row < 0 ? { position: "sticky", top: 0 } : { top: (at.row + 1) * height }),
          }}
          onKeyDown={(event) => onKeyDown(event, sheet, around)}
          onFocus={() => {
            leaving.current = false;
          }}
          data-testid="sheet-input"
        />
        <div
          role="grid"
          id={`${id}-grid`}
          aria-label={label}
          aria-rowcount={size.rows + 1}
          aria-colcount={size.columns + 1}
          aria-multiselectable="true"
          aria-readonly={!sheet.editable}
          tabIndex={-1}
          onFocus={() => sheet.input.current?.focus({ preventScroll: true })}
          data-rows={table.rows.length}
          {...mouse}
        >
          <Head
            {...lineOf(-1)}
            style={line}
            columns={table.columns}
            corner={
              sheet.editable ? (
                <Button
                  look="quiet"
                  small
                  icon
                  tabIndex={-1}
                  aria-label={t("more-for", { name: label })}
                  data-testid="sheet-menu"
                  onClick={(event) => openMenu(event.currentTarget)}
                >
                  <Icon of={Ellipsis} />
                </Button>
              ) : (
                "#"
              )
            }
          />
          <div className={styles.rows} role="presentation" style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => (
              <Row
                key={item.key}
                {...lineOf(item.index)}
                row={item.index}
                cells={table.rows[item.index]}
                style={{
                  ...line,
                  height: item.size,
                  transform: `translateY(${item.start - height}px)`,
                }}
              />
            ))}
          </div>
        </div>
      </div>
      {menuOpen && (
        <SheetMenu
          label={t("sheet-menu")}
          acts={actsOf(sheet, t)}
          from={menuFrom}
          onClose={() => setMenuOpen(false)}
        />
      )}
    </div>
  );
}
