// A button whose words say what happens. One that can't act yet stays focusable; the reason stands beside it in words.
import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import styles from "./button.module.css";

type Look = "plain" | "primary" | "quiet" | "danger" | "danger-fill";

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className" | "disabled" | "style"> {
  look?: Look;
  small?: boolean;
  /** Holds an icon only; give it an `aria-label`. */
  icon?: boolean;
  blocked?: boolean;
  ref?: Ref<HTMLButtonElement>;
  children: ReactNode;
  "data-testid"?: string;
}

/** Their classes; CSS Modules know them in camel case only. */
const LOOKS: Record<Look, string> = {
  plain: "plain",
  primary: "primary",
  quiet: "quiet",
  danger: "danger",
  "danger-fill": "dangerFill",
};

export function buttonClass(look: Look = "plain", small = false, icon = false): string {
  return [styles.button, styles[LOOKS[look]], small && styles.small, icon && styles.icon]
    .filter(Boolean)
    .join(" ");
}

export function Button({ look, small, icon, blocked = false, onClick, type = "button", ...rest }: Props) {
  return (
    <button
      {...rest}
      type={type}
      className={buttonClass(look, small, icon)}
      aria-disabled={blocked || undefined}
      onClick={(event) => {
        if (blocked) {
          event.preventDefault();
          return;
        }
        // WebKit on macOS leaves the focus where it was; a dialog must be able to give it back here.
        event.currentTarget.focus();
        onClick?.(event);
      }}
    />
  );
}
