// Small fields for tables and lines of settings. A figure is taken over as it is typed, and shown plainly on leaving.
import { ChevronDown, Minus, Plus } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { useText } from "../i18n/text.tsx";
import { Icon } from "./icon.tsx";
import styles from "./inputs.module.css";

interface NumberProps {
  label: string;
  /** `null`: nothing. */
  value: number | null;
  /** Whole numbers only. */
  whole?: boolean;
  /** Nothing may be left empty. */
  needed?: boolean;
  minimum?: number;
  maximum?: number;
  placeholder?: string;
  readOnly?: boolean;
  onChange: (value: number | null) => void;
  "data-testid"?: string;
  "data-path"?: string;
}

/** What is typed as a number: full-width digits are digits. `undefined`: it is none. */
function read(
  text: string,
  { whole, minimum = Number.NEGATIVE_INFINITY, maximum = Number.MAX_SAFE_INTEGER }: NumberProps,
) {
  const plain = text.normalize("NFKC").replace(/[−ー]/g, "-").replace(/,/g, "").trim();
  if (!(whole ? /^-?\d+$/ : /^-?(\d+\.?\d*|\.\d+)$/).test(plain)) return undefined;
  const value = Number(plain);
  return value >= minimum && value <= maximum ? value : undefined;
}

export function NumberInput(props: NumberProps) {
  const { label, value, needed, placeholder, readOnly, onChange, ...rest } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const meant = draft === null ? undefined : read(draft, props);
  // What is being typed, unless the value has meanwhile become another, such as by undo.
  const shown = draft !== null && (meant === undefined || meant === value) ? draft : String(value ?? "");
  const typed = (text: string) => {
    setDraft(text);
    if (text.trim() === "") {
      if (!needed) onChange(null);
      return;
    }
    const next = read(text, props);
    if (next !== undefined && next !== value) onChange(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (readOnly || !props.whole || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    const next = read(String((value ?? 0) + (event.key === "ArrowUp" ? 1 : -1)), props);
    setDraft(null);
    if (next !== undefined) onChange(next);
  };
  return (
    <input
      className={styles.number}
      aria-label={label}
      inputMode={props.whole ? "numeric" : "decimal"}
      autoComplete="off"
      value={shown}
      placeholder={placeholder}
      readOnly={readOnly}
      onChange={(event) => typed(event.target.value)}
      onBlur={() => setDraft(null)}
      onKeyDown={onKeyDown}
      data-testid={rest["data-testid"]}
      data-path={rest["data-path"]}
    />
  );
}

/** A whole number with fewer and more beside it. */
export function Stepper({
  value,
  ...props
}: Omit<NumberProps, "value" | "whole" | "needed"> & { value: number }) {
  const { t } = useText();
  const { label, readOnly, minimum = 0, maximum = Number.MAX_SAFE_INTEGER, onChange } = props;
  const step = (name: string, by: number, drawing: typeof Minus) => {
    const next = value + by;
    const blocked = readOnly || next < minimum || next > maximum;
    return (
      <button
        type="button"
        aria-label={`${label}: ${name}`}
        aria-disabled={blocked || undefined}
        onClick={() => {
          if (!blocked) onChange(next);
        }}
      >
        <Icon of={drawing} small />
      </button>
    );
  };
  return (
    <span className={styles.stepper}>
      {step(t("stepper-fewer"), -1, Minus)}
      <NumberInput {...props} value={value} whole needed />
      {step(t("stepper-more"), 1, Plus)}
    </span>
  );
}

interface LineProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  readOnly?: boolean;
  mono?: boolean;
  autoFocus?: boolean;
  "data-testid"?: string;
  "data-path"?: string;
}

/** One line in a cell: the column's head is its visible name. */
export function LineInput({ label, value, onChange, placeholder, readOnly, mono, ...rest }: LineProps) {
  return (
    <input
      className={mono ? `${styles.line} mono` : styles.line}
      aria-label={label}
      title={value}
      value={value}
      placeholder={placeholder}
      readOnly={readOnly}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
      {...rest}
    />
  );
}

/** A name that must not change on each stroke: taken over by Enter and on leaving. Escape and Ctrl+Z take back. */
export function NameInput({ value, onChange, ...props }: LineProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const take = () => {
    if (draft !== null && draft !== value) onChange(draft);
    setDraft(null);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens to the field inside
    <span
      className={styles.name}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.nativeEvent.isComposing) take();
        const back = event.key === "Escape" || (event.key === "z" && (event.ctrlKey || event.metaKey));
        if (!back || draft === null) return;
        event.preventDefault();
        setDraft(null);
      }}
    >
      <LineInput {...props} value={draft ?? value} onChange={setDraft} />
    </span>
  );
}

interface SelectProps<T extends string> {
  label: string;
  value: T;
  options: { value: T; label: string }[];
  onChange: (value: T) => void;
  readOnly?: boolean;
  /** Without a frame, in a cell. */
  bare?: boolean;
  "data-testid"?: string;
  "data-path"?: string;
}

export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
  readOnly,
  bare,
  ...rest
}: SelectProps<T>) {
  return (
    <span className={bare ? `${styles.select} ${styles.bare}` : styles.select}>
      <select
        aria-label={label}
        value={value}
        disabled={readOnly}
        onChange={(event) => onChange(event.target.value as T)}
        {...rest}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon of={ChevronDown} small />
    </span>
  );
}

/** A label with its field on one line. */
export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className={styles.labelled}>
      <span aria-hidden="true">{label}</span>
      {children}
    </span>
  );
}
