// The columns of the table. Their names are those of the exports, the same in every language.
import {
  Ban,
  CircleCheck,
  CircleSlash,
  CircleX,
  ClockAlert,
  Hash,
  Hourglass,
  type LucideIcon,
  Ruler,
  Shapes,
  TextInitial,
} from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "../../components/icon.tsx";
import type { Text } from "../../i18n/text.tsx";
import type { Field, RowView, SheetCell, Status, StudyHead } from "../../ipc/bindings.ts";
import styles from "./grid.module.css";

export const STATUS_ICONS: Record<Status, [LucideIcon, string]> = {
  succeeded: [CircleCheck, "good"],
  failed: [CircleX, "bad"],
  expired: [ClockAlert, "warn"],
  cancelled: [Ban, "quiet"],
  missing: [CircleSlash, "warn"],
  pending: [Hourglass, "quiet"],
};

/** A figure, or hatching where there should be one. */
interface Cell {
  content: ReactNode;
  /** The whole text, as a tooltip. */
  title?: string;
  missing?: boolean;
  /** Corrected by hand. */
  edited?: boolean;
}

export interface Column {
  name: string;
  /** Where two columns may have one name. */
  key?: string;
  icon?: LucideIcon;
  /** In rem. */
  width: number;
  number?: boolean;
  cell: (row: RowView, text: Text) => Cell;
}

/** Long ids are cut in the middle: their ends tell them apart. */
function Id({ id }: { id: string }) {
  if (id.length <= 26) return id;
  return (
    <span className={styles.id}>
      <span>{id.slice(0, -8)}</span>
      <span>{id.slice(-8)}</span>
    </span>
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

function words(value: string | null): Cell {
  return value === null ? { content: null } : { content: oneLine(value), title: value };
}

function figure(value: number | null, row: RowView, { t, format }: Text): Cell {
  if (value !== null) return { content: format.count(value) };
  return row.status === "succeeded" ? { content: "—", title: t("not-told") } : { content: null };
}

const STATUS: Column = {
  name: "status",
  icon: Shapes,
  width: 8,
  cell: (row, { t }) => {
    const [icon, tone] = STATUS_ICONS[row.status];
    return {
      content: (
        <>
          <Icon of={icon} small className={tone} /> {t(`status-${row.status}`)}
        </>
      ),
    };
  },
};

const CUSTOM_ID: Column = {
  name: "custom_id",
  icon: Hash,
  width: 14,
  cell: (row) => ({ content: <Id id={row.custom_id} />, title: row.custom_id }),
};

/** Of every table, behind what is its own. */
const COMMON: Column[] = [
  {
    name: "answer",
    icon: TextInitial,
    width: 26,
    cell: (row, { t }) =>
      row.answer === null ? { content: t("results-missing"), missing: true } : words(row.answer),
  },
  { name: "finish_reason", icon: Shapes, width: 8.5, cell: (row) => words(row.finish_reason) },
  { name: "model", icon: Shapes, width: 10, cell: (row) => words(row.model) },
  {
    name: "input_tokens",
    icon: Ruler,
    width: 8.5,
    number: true,
    cell: (row, text) => figure(row.input_tokens, row, text),
  },
  {
    name: "output_tokens",
    icon: Ruler,
    width: 8.5,
    number: true,
    cell: (row, text) => figure(row.output_tokens, row, text),
  },
  { name: "error_code", icon: Shapes, width: 11, cell: (row) => words(row.error_code) },
  { name: "error_message", icon: TextInitial, width: 20, cell: (row) => words(row.error_message) },
];

/** The value that counts: the correction, else what was read; `null`: missing. */
export function countedValue(cell: SheetCell | undefined): string | null {
  if (cell === undefined) return null;
  if (cell.edited !== null) return cell.edited === "" ? null : cell.edited;
  return cell.read.state === "read" ? cell.read.value : null;
}

/** Why there is no value, in words; `null`: there is one. */
export function missingReason({ t, find }: Text, cell: SheetCell): string | null {
  if (cell.edited !== null) return cell.edited === "" ? t("results-cell-emptied") : null;
  if (cell.read.state !== "missing") return null;
  return find(`cell-missing-${cell.read.reason.replaceAll("_", "-")}`) ?? null;
}

function fieldColumn(field: Field, index: number): Column {
  const number = field.kind.type === "integer" || field.kind.type === "decimal";
  const short = number || field.kind.type === "choice" || field.kind.type === "yes_no";
  return {
    name: field.label,
    key: field.name,
    icon: number ? Ruler : short ? Shapes : TextInitial,
    width: short ? 8 : 18,
    number,
    cell: (row, text) => {
      const cell = row.study?.cells[index];
      if (cell === undefined) return { content: null };
      const edited = cell.edited !== null;
      const value = countedValue(cell);
      if (value !== null) return { ...words(value), edited };
      const title = missingReason(text, cell) ?? undefined;
      return { content: text.t("results-cell-missing"), title, missing: true, edited };
    },
  };
}

/** The columns of a table; those of a study begin with its factors and its answer sheet. */
export function columnsOf(study: StudyHead | null): Column[] {
  if (study === null) return [STATUS, CUSTOM_ID, ...COMMON];
  const factors = study.factors.map(
    (factor, index): Column => ({
      name: factor.name,
      key: `factor ${factor.name}`,
      icon: Shapes,
      width: 7,
      cell: (row) => words(row.study?.levels[index] ?? null),
    }),
  );
  return [
    STATUS,
    CUSTOM_ID,
    // As in the exports: the factor that changes fastest first.
    ...factors.reverse(),
    {
      name: "temperature",
      icon: Ruler,
      width: 8,
      number: true,
      cell: (row) => {
        const temperature = row.study?.temperature ?? null;
        return { content: temperature === null ? null : String(temperature) };
      },
    },
    {
      name: "trial",
      icon: Ruler,
      width: 5,
      number: true,
      cell: (row, { format }) => ({ content: row.study && format.count(row.study.trial) }),
    },
    { name: "provider", icon: Shapes, width: 7.5, cell: (row) => words(row.provider) },
    { name: "model", key: "asked model", icon: Shapes, width: 10, cell: (row) => words(row.asked_model) },
    ...study.fields.map(fieldColumn),
    ...COMMON.filter((column) => column.name !== "model"),
  ];
}
