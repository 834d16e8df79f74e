// The menu of a sheet, opened by the right button, by Shift+F10 or in its corner.
import { Ellipsis } from "lucide-react";
import { type MouseEvent, useRef, useState } from "react";
import { Popover } from "react-aria-components";
import { useText } from "../../i18n/text.tsx";
import { Button } from "../button.tsx";
import { Icon } from "../icon.tsx";
import styles from "../menu.module.css";
import { ActMenu } from "../menu.tsx";
import { actsOf } from "./acts.ts";
import type { SheetState } from "./state.ts";

/** `cellId`: of the cell that the cursor is on. */
export function useMenu(sheet: SheetState, cellId: string) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const from = useRef<Element>(null);
  const { input } = sheet;
  const open = (element: Element | null) => {
    if (!sheet.editable) return;
    // It gives the focus back to where it was: there.
    input.current?.focus({ preventScroll: true });
    from.current = element;
    setOpen(true);
  };
  const openHere = () => open(document.getElementById(cellId));
  return {
    open,
    openHere,
    // By the right button, and by the menu key or Shift+F10 where the system makes this event of them; then it may
    // come to the menu itself, when the key has already opened it.
    onContextMenu: (event: MouseEvent) => {
      const target = event.target as Element;
      const onInput = target === input.current;
      if (onInput && sheet.mode !== "resting") return;
      event.preventDefault();
      const cell = target.closest("[data-column]");
      if (onInput) openHere();
      else if (cell) open(cell);
    },
    menu: isOpen && (
      <Popover
        isOpen
        aria-label={t("sheet-menu")}
        triggerRef={from}
        placement="bottom start"
        className={styles.popover as string}
        onOpenChange={setOpen}
      >
        <ActMenu label={t("sheet-menu")} acts={actsOf(sheet, t)} onClose={() => setOpen(false)} />
      </Popover>
    ),
  };
}

/** Where the row numbers and the names meet. */
export function Corner({ label, onOpen }: { label: string; onOpen: (from: Element) => void }) {
  const { t } = useText();
  return (
    <Button
      look="quiet"
      small
      icon
      tabIndex={-1}
      aria-label={t("more-for", { name: label })}
      data-testid="sheet-menu"
      onClick={(event) => onOpen(event.currentTarget)}
    >
      <Icon of={Ellipsis} />
    </Button>
  );
}
