// The further acts on one thing, behind "More for …".
import { ChevronDown, Ellipsis } from "lucide-react";
import { Menu, MenuItem, MenuTrigger, Popover, Button as RacButton } from "react-aria-components";
import { buttonClass } from "./button.tsx";
import { Icon } from "./icon.tsx";
import styles from "./menu.module.css";

export interface Act {
  id: string;
  label: string;
  danger?: boolean;
  onAction: () => void;
}

/** The acts alone, for whatever opens them. */
export function ActMenu({ label, acts, onClose }: { label?: string; acts: Act[]; onClose?: () => void }) {
  return (
    <Menu
      className={styles.menu as string}
      aria-label={label}
      autoFocus={onClose && "first"}
      onClose={onClose}
    >
      {acts.map((act) => (
        <MenuItem
          key={act.id}
          id={act.id}
          data-testid={act.id}
          className={act.danger ? `${styles.item} bad` : (styles.item as string)}
          onAction={act.onAction}
        >
          {act.label}
        </MenuItem>
      ))}
    </Menu>
  );
}

export function MoreMenu({ label, small, acts }: { label: string; small?: boolean; acts: Act[] }) {
  return (
    <MenuTrigger>
      <RacButton className={buttonClass("plain", small, true)} aria-label={label}>
        <Icon of={Ellipsis} />
      </RacButton>
      <Popover placement="bottom end" className={styles.popover as string}>
        <ActMenu acts={acts} />
      </Popover>
    </MenuTrigger>
  );
}

/** A button that opens several ways to do what it says. */
export function MenuButton({ label, acts, testid }: { label: string; acts: Act[]; testid: string }) {
  return (
    <MenuTrigger>
      <RacButton className={buttonClass("primary")} data-primary data-testid={testid}>
        {label}
        <Icon of={ChevronDown} />
      </RacButton>
      <Popover placement="bottom end" className={styles.popover as string}>
        <ActMenu acts={acts} />
      </Popover>
    </MenuTrigger>
  );
}
