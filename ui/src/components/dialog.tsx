// A dialog keeps the focus inside and gives it back. One that spends or deletes puts it on the button that changes nothing,
// the others on their first field.
import { type ReactNode, useEffect, useRef } from "react";
import { Heading, Modal, ModalOverlay, Dialog as RacDialog } from "react-aria-components";
import { Phrases } from "../i18n/phrases.tsx";
import styles from "./dialog.module.css";

interface Props {
  title: string;
  /** For questions that spend or delete. */
  question?: boolean;
  wide?: boolean;
  /** Escape and the button that changes nothing. */
  onClose: () => void;
  /** Nothing can be undone just now: Escape waits. */
  held?: boolean;
  actions: ReactNode;
  children: ReactNode;
  "data-testid"?: string;
}

/** The first field; of a group of choices the chosen one, which is its stop. */
const FIELD = "input:checked, input:not([type=radio])";

export function Dialog({ title, question, wide, onClose, held, actions, children, ...rest }: Props) {
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Fields and buttons that want the focus have it by now.
    const taken = document.activeElement?.matches("input, textarea, button") ?? false;
    const inside = body.current?.closest("section")?.contains(document.activeElement) ?? false;
    if (!question && !(taken && inside)) body.current?.querySelector<HTMLElement>(FIELD)?.focus();
  }, [question]);
  return (
    <ModalOverlay
      isOpen
      isKeyboardDismissDisabled={held ?? false}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={styles.scrim as string}
    >
      <Modal className={wide ? `${styles.dialog} ${styles.wide}` : (styles.dialog as string)}>
        <RacDialog role={question ? "alertdialog" : "dialog"} className={styles.inside as string} {...rest}>
          <Heading slot="title" level={2}>
            <Phrases>{title}</Phrases>
          </Heading>
          <div ref={body} className={styles.body}>
            {children}
          </div>
          <div className={styles.actions}>{actions}</div>
        </RacDialog>
      </Modal>
    </ModalOverlay>
  );
}
