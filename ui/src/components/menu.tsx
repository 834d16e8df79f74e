// The further acts on one thing, behind "More for …".
import { Ellipsis } from "lucide-react";
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

export function MoreMenu({ label, small, acts }: { label: string; small?: boolean; acts: Act[] }) {
  return (
    <MenuTrigger>
      <RacButton className={buttonClass("plain", small, true)} aria-label={label}>
        <Icon of={Ellipsis} />
      </RacButton>
      <Popover placement="bottom end" className={styles.popover as string}>
        <Menu className={styles.menu as string}>
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
      </Popover>
    </MenuTrigger>
  );
}
