// A table that is typed into like a spreadsheet. The whole of it is one tab stop: the text field (input.tsx) has the
// focus and names the cell by aria-activedescendant. Only the rows in sight are in the page; hence no table elements.
import { type CSSProperties, useId, useRef } from "react";
import { useText } from "../../i18n/text.tsx";
import { useColumns } from "./columns.ts";
import { CellInput } from "./input.tsx";
import { type Around, onKeyDown } from "./keys.ts";
import { Corner, useMenu } from "./menu.tsx";
import { useMouse } from "./mouse.ts";
import { Head, Row } from "./rows.tsx";
import { useScroll } from "./scroll.ts";
import styles from "./sheet.module.css";
import { type Change, type SheetState, useSheet } from "./state.ts";

export type { SheetDone } from "./state.ts";
export type { SheetTable } from "./table.ts";

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

/** What a line needs to know of the cursor and of what is selected. */
function cursorOn({ selection: { at }, area }: SheetState, row: number) {
  const chosen = row >= area.top && row <= area.bottom;
  return {
    cursor: at.row === row ? at.column : undefined,
    from: chosen ? area.left : undefined,
    to: chosen ? area.right : undefined,
  };
}

/** The text field's name: of the sheet, or of the cell that is being typed. */
function useInputName({ mode, table, selection: { at } }: SheetState, label: string): string {
  const { t } = useText();
  if (mode === "resting") return label;
  if (at.row < 0) return t("sheet-editing-name", { column: at.column + 1 });
  return t("sheet-editing", { column: table.columns[at.column] ?? "", row: at.row + 1 });
}

export function Sheet({ label, columns, rows, onChange, readOnly, ...rest }: SheetProps) {
  const { t } = useText();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const tabbedFrom = useRef<number | null>(null);
  const leaving = useRef(false);
  const newName = (number: number) => t("sheet-new-column", { number });
  const sheet = useSheet(columns, rows, readOnly ? undefined : onChange, newName);
  const { editable, input, selection, size, table } = sheet;
  const { kinds, line } = useColumns(sheet);
  const { height, total, items, inSight, page } = useScroll(sheet, scroller, id);
  const cellId = `${id}-${selection.to.row}-${selection.to.column}`;
  const { open, openHere, onContextMenu, menu } = useMenu(sheet, cellId);
  const mouse = useMouse(sheet);
  const name = useInputName(sheet, label);
  const around: Around = { page, openMenu: openHere, column: tabbedFrom, leaving };
  const place: CSSProperties =
    selection.at.row < 0
      ? { position: "sticky", top: 0, left: "auto" }
      : { top: (selection.at.row + 1) * height };
  return (
    <div className={styles.frame} onContextMenu={onContextMenu} {...rest}>
      <p id={`${id}-keys`} hidden>
        {editable ? t("sheet-keys") : t("sheet-keys-read-only")}
      </p>
      <div ref={scroller} className={styles.scroller}>
        <CellInput
          sheet={sheet}
          name={name}
          gridId={`${id}-grid`}
          hintId={`${id}-keys`}
          active={inSight ? cellId : undefined}
          row={{ ...line, ...place }}
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
          aria-readonly={!editable}
          tabIndex={-1}
          onFocus={() => input.current?.focus({ preventScroll: true })}
          data-rows={table.rows.length}
          {...mouse}
        >
          <Head
            id={id}
            kinds={kinds}
            {...cursorOn(sheet, -1)}
            style={line}
            columns={table.columns}
            corner={editable ? <Corner label={label} onOpen={open} /> : "#"}
          />
          <div className={styles.rows} role="presentation" style={{ height: total }}>
            {items.map(({ key, index, size: rowHeight, start }) => (
              <Row
                key={key}
                id={id}
                kinds={kinds}
                {...cursorOn(sheet, index)}
                row={index}
                cells={table.rows[index]}
                style={{ ...line, height: rowHeight, transform: `translateY(${start - height}px)` }}
              />
            ))}
          </div>
        </div>
      </div>
      {menu}
    </div>
  );
}
