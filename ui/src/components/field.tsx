// Fields: label above, help below. Choices are native inputs, drawn: WebKitGTK paints native marks white in the dark theme.
import { Search } from "lucide-react";
import { type ReactNode, useId } from "react";
import {
  Input,
  Label,
  SearchField as RacSearchField,
  Text as RacText,
  TextArea,
  TextField,
} from "react-aria-components";
import { Phrases } from "../i18n/phrases.tsx";
import styles from "./field.module.css";
import { Icon } from "./icon.tsx";

interface TextProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: string | undefined;
  secret?: boolean;
  /** Said to screen readers; the label says it to the others. Nothing blocks. */
  required?: boolean;
  /** Offered while typing; anything else can be typed as well. */
  suggestions?: string[] | undefined;
  autoFocus?: boolean;
  placeholder?: string;
  "data-testid"?: string;
}

export function TextInput({
  label,
  value,
  onChange,
  help,
  secret,
  required,
  suggestions,
  placeholder,
  autoFocus,
  ...rest
}: TextProps) {
  const listId = useId();
  return (
    <TextField
      className={styles.field as string}
      value={value}
      onChange={onChange}
      type={secret ? "password" : "text"}
      isRequired={required ?? false}
      validationBehavior="aria"
      autoComplete="off"
      autoFocus={autoFocus ?? false}
    >
      <Label className={styles.label as string}>{label}</Label>
      <Input
        className={styles.input as string}
        placeholder={placeholder}
        spellCheck="false"
        autoCapitalize="off"
        autoCorrect="off"
        list={suggestions && listId}
        {...rest}
      />
      {suggestions && (
        <datalist id={listId}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
      {help && (
        <RacText slot="description" className={styles.help as string}>
          <Phrases>{help}</Phrases>
        </RacText>
      )}
    </TextField>
  );
}

/** A secret of several lines, pasted as a whole: dots stand for its letters. */
export function SecretBlock({
  label,
  value,
  onChange,
  help,
  ...rest
}: Omit<TextProps, "secret" | "required" | "suggestions" | "autoFocus" | "placeholder">) {
  return (
    <TextField
      className={styles.field as string}
      value={value}
      onChange={onChange}
      validationBehavior="aria"
      autoComplete="off"
    >
      <Label className={styles.label as string}>{label}</Label>
      <TextArea
        className={`${styles.input} ${styles.secretBlock}`}
        rows={3}
        spellCheck="false"
        autoCapitalize="off"
        autoCorrect="off"
        {...rest}
      />
      {help && (
        <RacText slot="description" className={styles.help as string}>
          <Phrases>{help}</Phrases>
        </RacText>
      )}
    </TextField>
  );
}

interface SearchProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  small?: boolean;
  "data-testid"?: string;
}

/** Its own placeholder is its visible name; Escape empties it. Ctrl+F comes here. */
export function SearchField({ label, value, onChange, small, ...rest }: SearchProps) {
  return (
    <RacSearchField
      className={small ? `${styles.search} ${styles.searchSmall}` : (styles.search as string)}
      aria-label={label}
      value={value}
      onChange={onChange}
    >
      <Icon of={Search} />
      <Input placeholder={label} data-search {...rest} />
    </RacSearchField>
  );
}

interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  help?: string;
  children: ReactNode;
  "data-testid"?: string;
}

export function Checkbox({ checked, onChange, help, children, ...rest }: CheckboxProps) {
  const helpId = useId();
  return (
    <div>
      <label className={styles.choice}>
        <input
          type="checkbox"
          className={styles.box}
          checked={checked}
          onChange={(event) => onChange(event.target.checked)}
          aria-describedby={help ? helpId : undefined}
          {...rest}
        />
        <span>{children}</span>
      </label>
      {help && (
        <p className={styles.choiceHelp} id={helpId}>
          <Phrases>{help}</Phrases>
        </p>
      )}
    </div>
  );
}

interface Option {
  value: string;
  label: ReactNode;
  /** In grey at the right, or below when `stacked`. */
  remark?: ReactNode;
  testid?: string;
}

interface PickProps {
  label: string;
  /** The label is shown elsewhere. */
  hideLabel?: boolean;
  stacked?: boolean;
  value: string | null;
  options: Option[];
  /** Shown as chosen, and not to be changed. */
  blocked?: boolean;
  onChange: (value: string) => void;
}

/** One of several, each on its own line. */
export function Pick({ label, hideLabel, stacked, value, options, blocked, onChange }: PickProps) {
  const name = useId();
  return (
    <fieldset className={styles.picks}>
      <legend className={hideLabel ? "sr" : styles.label}>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={stacked ? `${styles.pick} ${styles.stacked}` : styles.pick}>
          <input
            type="radio"
            className={styles.radio}
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={blocked && option.value !== value}
            onChange={() => {
              if (!blocked) onChange(option.value);
            }}
            data-testid={option.testid}
          />
          <span>{option.label}</span>
          {option.remark && <small>{option.remark}</small>}
        </label>
      ))}
    </fieldset>
  );
}

interface SegmentsProps {
  label: string;
  value: string;
  options: { value: string; label: string; lang?: string; testid?: string }[];
  onChange: (value: string) => void;
}

/** One of a few, side by side: language, theme, rows. */
export function Segments({ label, value, options, onChange }: SegmentsProps) {
  const name = useId();
  return (
    <fieldset className={styles.segments}>
      <legend className="sr">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.segment} lang={option.lang}>
          <input
            type="radio"
            className={styles.covering}
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            data-testid={option.testid}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface TickProps {
  label: string;
  checked: boolean;
  /** Of several that it stands for, some are ticked. */
  some?: boolean;
  readOnly?: boolean;
  onChange: (checked: boolean) => void;
  "data-testid"?: string;
  "data-path"?: string;
}

/** A tick in a table, whose head is its visible name. */
export function Tick({ label, checked, some = false, readOnly, onChange, ...rest }: TickProps) {
  return (
    <input
      type="checkbox"
      className={styles.box}
      aria-label={label}
      checked={checked}
      aria-readonly={readOnly || undefined}
      ref={(box) => {
        if (box) box.indeterminate = some && !checked;
      }}
      onChange={(event) => {
        if (!readOnly) onChange(event.target.checked);
      }}
      {...rest}
    />
  );
}
