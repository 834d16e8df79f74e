// A dialog keeps the focus inside and gives it back. One that spends or deletes puts it on the button that changes nothing.
import type { ReactNode } from "react";
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

export function Dialog({ title, question, wide, onClose, held, actions, children, ...rest }: Props) {
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
          <div className={styles.body}>{children}</div>
          <div className={styles.actions}>{actions}</div>
        </RacDialog>
      </Modal>
    </ModalOverlay>
  );
}
