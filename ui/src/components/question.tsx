// Asks once before something is spent or deleted, with the focus on the answer that changes nothing.
import type { ReactNode } from "react";
import { useAct } from "./act.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { FailureNote } from "./note.tsx";

interface Props {
  title: string;
  /** The answer that changes nothing. */
  keep: string;
  confirm: string;
  /** In place of `confirm` while it is under way. */
  confirming?: string;
  look?: "primary" | "danger-fill";
  /** It closes the dialog, or leaves the page; its failure is shown in the dialog. */
  onConfirm: () => Promise<void>;
  onClose: () => void;
  children: ReactNode;
  /** Of the button that confirms. */
  "data-testid": string;
}

export function Question({ title, keep, confirm, confirming, look, onConfirm, onClose, ...rest }: Props) {
  const act = useAct();
  return (
    <Dialog
      title={title}
      question
      onClose={onClose}
      held={act.busy}
      data-testid="confirm-dialog"
      actions={
        <>
          <Button autoFocus blocked={act.busy} onClick={onClose} data-testid="confirm-not-yet">
            {keep}
          </Button>
          <Button
            look={look ?? "danger-fill"}
            blocked={act.busy}
            onClick={() => void act.run(onConfirm)}
            data-testid={rest["data-testid"]}
          >
            {(act.busy && confirming) || confirm}
          </Button>
        </>
      }
    >
      {rest.children}
      {act.failure && <FailureNote failure={act.failure} alert />}
    </Dialog>
  );
}
