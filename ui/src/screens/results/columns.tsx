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
import type { RowView, Status } from "../../ipc/bindings.ts";
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
}

export interface Column {
  name: string;
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

export const COLUMNS: Column[] = [
  {
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
  },
  {
    name: "custom_id",
    icon: Hash,
    width: 14,
    cell: (row) => ({ content: <Id id={row.custom_id} />, title: row.custom_id }),
  },
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
