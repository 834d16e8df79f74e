// The keychain can't be used: said plainly, with what still runs and two ways on.

import { useAct } from "../../components/act.ts";
import { Button } from "../../components/button.tsx";
import { FailureNote } from "../../components/note.tsx";
import { useText } from "../../i18n/text.tsx";
import type { Failure } from "../../ipc/bindings.ts";
import { useConnections, useKeychain } from "../../ipc/queries.ts";
import styles from "./connections.module.css";

interface Props {
  failure: Failure;
  /** A try at it is under way. */
  busy?: boolean;
  /** What failed, once more; without it the keychain is only looked for. */
  onRetry?: (() => void) | undefined;
  onEnter?: () => void;
}

export function KeychainNote({ failure, busy = false, onRetry, onEnter }: Props) {
  const { t } = useText();
  const keychain = useKeychain();
  const connections = useConnections();
  const act = useAct();
  const look = () => Promise.all([keychain.refetch(), connections.refetch()]);
  return (
    <div className={styles.keychain} data-testid="keychain-note">
      <FailureNote
        failure={failure}
        tone="warn"
        actions={
          <>
            <Button
              blocked={act.busy || busy}
              data-testid="keychain-retry"
              onClick={() => (onRetry ? onRetry() : void act.run(look))}
            >
              {t("keychain-note-retry")}
            </Button>
            {onEnter && <Button onClick={onEnter}>{t("keychain-note-temporary")}</Button>}
          </>
        }
      />
    </div>
  );
}
