// The head and the rows of a sheet, drawn. What they are told is small, so that a move of the cursor redraws two rows.
import { Hash, type LucideIcon, Ruler, TextInitial } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import { useText } from "../../i18n/text.tsx";
import { Icon } from "../icon.tsx";
import type { ColumnKind } from "./kind.ts";
import styles from "./sheet.module.css";

const ICONS: Record<ColumnKind, LucideIcon> = { id: Hash, number: Ruler, text: TextInitial };

/** Characters of a cell that are drawn, and that its tooltip shows: the text field shows all of them. */
const DRAWN = 400;
const TOOLTIP = 2000;

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

function cellClass(kind: ColumnKind, chosen: boolean, cursor: boolean): string {
  const names = [
    styles.cell,
    kind === "number" && styles.right,
    chosen && styles.chosen,
    cursor && styles.cursor,
  ];
  return names.filter(Boolean).join(" ");
}

interface LineProps {
  /** Prefix of the ids of cells. */
  id: string;
  kinds: ColumnKind[];
  /** The column of the cursor, if it is on this line. */
  cursor: number | undefined;
  /** The first and last column selected on this line. */
  from: number | undefined;
  to: number | undefined;
  style: CSSProperties;
}

function isChosen(column: number, from: number | undefined, to: number | undefined): boolean {
  return from !== undefined && to !== undefined && column >= from && column <= to;
}

export function Head({
  id,
  kinds,
  cursor,
  from,
  to,
  style,
  columns,
  corner,
}: LineProps & { columns: string[]; corner: ReactNode }) {
  return (
    <div role="row" aria-rowindex={1} className={`${styles.row} ${styles.head}`} style={style} data-row={-1}>
      <div role="columnheader" aria-colindex={1} className={styles.number}>
        {corner}
      </div>
      {columns.map((name, column) => {
        const kind = kinds[column] ?? "text";
        const chosen = isChosen(column, from, to);
        return (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a column has no other name that is sure to be one of a kind
            key={column}
            id={`${id}--1-${column}`}
            role="columnheader"
            aria-colindex={column + 2}
            aria-selected={chosen}
            data-column={column}
            className={cellClass(kind, chosen, cursor === column)}
            title={name}
          >
            <Icon of={ICONS[kind]} className={styles.kind} />
            {name}
          </div>
        );
      })}
    </div>
  );
}

/** The blank row at the end says what it is for, in the first column that leaves room for it. */
function Hint({ columns }: { columns: number }) {
  const { t } = useText();
  return (
    <span className={styles.hint} style={{ gridColumn: `${columns > 1 ? 3 : 2} / -1` }} aria-hidden="true">
      {t("sheet-type-here")}
    </span>
  );
}

export function Row({
  id,
  kinds,
  cursor,
  from,
  to,
  style,
  row,
  cells,
}: LineProps & { row: number; cells: string[] | undefined }) {
  const { format } = useText();
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className={styles.row}
      style={style}
      data-row={row}
      data-testid={`sheet-row-${row}`}
    >
      <div role="rowheader" aria-colindex={1} className={styles.number} data-column={-1}>
        {format.count(row + 1)}
      </div>
      {kinds.map((kind, column) => {
        const text = cells?.[column] ?? "";
        const chosen = isChosen(column, from, to);
        return (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a column has no other name that is sure to be one of a kind
            key={column}
            id={`${id}-${row}-${column}`}
            role="gridcell"
            aria-colindex={column + 2}
            aria-selected={chosen}
            data-column={column}
            className={cellClass(kind, chosen, cursor === column)}
            title={cut(text, TOOLTIP) || undefined}
          >
            {cut(text, DRAWN)}
          </div>
        );
      })}
      {cells === undefined && <Hint columns={kinds.length} />}
    </div>
  );
}
