// The one text field of a sheet. It always has the focus and lies unseen over the cell that typing goes to, so that an
// input method begins in the cell with the first letter; once something is typed it shows, and grows with the text.
import { type CSSProperties, type KeyboardEvent, useEffect, useLayoutEffect, useRef } from "react";
import { useText } from "../../i18n/text.tsx";
import { announce } from "../announce.tsx";
import { clear } from "./acts.ts";
import styles from "./sheet.module.css";
import type { SheetState } from "./state.ts";
import { blockOf, pasted } from "./table.ts";
import { readTsv, writeTsv } from "./tsv.ts";

/** Long texts are edited at least so wide: rem. */
const WIDE = 26;
/** Kept free between the field and the edge of the window: pixels. */
const EDGE = 8;

/** Lays the field over its cell, above everything that would cut it, as large as its text and inside the window. */
function layOver(field: HTMLTextAreaElement, cell: HTMLElement): void {
  const box = cell.getBoundingClientRect();
  const style = field.style;
  style.position = "fixed";
  style.width = `${box.width}px`;
  style.height = `${box.height}px`;
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  if (field.scrollHeight > box.height || field.value.includes("\n")) {
    style.width = `${Math.max(box.width, Math.min(WIDE * rem, window.innerWidth - 2 * EDGE))}px`;
  }
  const height = Math.min(Math.max(box.height, field.scrollHeight + 2), window.innerHeight / 2);
  style.height = `${height}px`;
  const width = Number.parseFloat(style.width);
  style.left = `${Math.max(EDGE, Math.min(box.left, window.innerWidth - width - EDGE))}px`;
  style.top = `${Math.max(EDGE, Math.min(box.top, window.innerHeight - height - EDGE))}px`;
}

/** The browser must not bring back what was typed before, and WebKit copies only what it is told it can. */
function useField(sheet: SheetState): void {
  const { input, mode } = sheet;
  useEffect(() => {
    const field = input.current;
    if (!field || mode !== "resting") return;
    const hold = (event: InputEvent) => {
      if (event.inputType.startsWith("history")) event.preventDefault();
    };
    const can = (event: Event) => event.preventDefault();
    field.addEventListener("beforeinput", hold);
    field.addEventListener("beforecopy", can);
    field.addEventListener("beforecut", can);
    return () => {
      field.removeEventListener("beforeinput", hold);
      field.removeEventListener("beforecopy", can);
      field.removeEventListener("beforecut", can);
    };
  }, [input, mode]);
}

interface Props {
  sheet: SheetState;
  /** Of the cell, while nothing is being typed. */
  name: string;
  gridId: string;
  hintId: string;
  /** The cell in the page that the cursor is on. */
  active: string | undefined;
  /** Of the row that the cell lies in. */
  row: CSSProperties;
  onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  onFocus: () => void;
  "data-testid"?: string;
}

export function CellInput({ sheet, name, gridId, hintId, active, row, ...rest }: Props) {
  const { t } = useText();
  const cell = useRef<HTMLDivElement>(null);
  const { input, mode, selection, editable } = sheet;
  const resting = mode === "resting";
  useField(sheet);

  const grow = () => {
    if (input.current && cell.current) layOver(input.current, cell.current);
  };
  useLayoutEffect(() => {
    const field = input.current;
    const box = cell.current;
    if (resting || !field || !box) return;
    const lay = () => layOver(field, box);
    lay();
    window.addEventListener("scroll", lay, true);
    window.addEventListener("resize", lay);
    return () => {
      window.removeEventListener("scroll", lay, true);
      window.removeEventListener("resize", lay);
      field.removeAttribute("style");
    };
  }, [resting, input]);

  const begin = () => {
    if (resting) sheet.begin("typing");
    else grow();
  };
  const copy = (event: React.ClipboardEvent) => {
    if (!resting) return false;
    event.preventDefault();
    event.clipboardData.setData("text/plain", writeTsv(blockOf(sheet.table, sheet.area)));
    return true;
  };
  return (
    <div className={styles.typing} style={row}>
      <div ref={cell} className={styles.over} style={{ gridColumn: selection.at.column + 2 }}>
        <textarea
          {...rest}
          ref={input}
          className={resting ? `${styles.input} ${styles.resting}` : styles.input}
          rows={1}
          readOnly={!editable}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          aria-label={name}
          aria-describedby={hintId}
          aria-controls={gridId}
          aria-activedescendant={resting ? active : undefined}
          data-resting={resting || undefined}
          onCompositionStart={begin}
          onInput={begin}
          onBlur={sheet.keep}
          onCopy={copy}
          onCut={(event) => {
            if (!editable || !copy(event)) return;
            clear(sheet, "sheet-done-cut");
          }}
          onPaste={(event) => {
            if (!resting || !editable) return;
            event.preventDefault();
            const text = event.clipboardData.getData("text/plain");
            // A picture, say.
            if (text === "") return;
            const block = readTsv(text);
            const { table, area } = pasted(sheet.table, sheet.area, block, sheet.newName);
            sheet.change(table, "sheet-done-paste");
            sheet.select({
              at: { row: area.top, column: area.left },
              to: { row: area.bottom, column: area.right },
            });
            announce(
              t("sheet-pasted", { rows: area.bottom - area.top + 1, columns: area.right - area.left + 1 }),
            );
          }}
        />
      </div>
    </div>
  );
}
