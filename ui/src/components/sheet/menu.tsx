// The menu of a sheet, opened by the right button, by Shift+F10 or in its corner.
import type { RefObject } from "react";
import { Popover } from "react-aria-components";
import menu from "../menu.module.css";
import { type Act, ActMenu } from "../menu.tsx";

interface Props {
  label: string;
  acts: Act[];
  /** What it hangs from. */
  from: RefObject<Element | null>;
  onClose: () => void;
}

export function SheetMenu({ label, acts, from, onClose }: Props) {
  return (
    <Popover
      isOpen
      aria-label={label}
      triggerRef={from}
      placement="bottom start"
      className={menu.popover as string}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <ActMenu label={label} acts={acts} onClose={onClose} />
    </Popover>
  );
}
