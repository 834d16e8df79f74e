// The keychain can't be used: said plainly, with what still runs and two ways on.

import { useAct } from "../../components/act.ts";
import { Button } from "../../components/button.tsx";
import { FailureNote } from "../../components/note.tsx";
import { useText } from "../../i18n/text.tsx";
import type { Failure } from "../../ipc/bindings.ts";
import { useConnections, useKeychain } from "../../ipc/queries.ts";
import styles from "./connections.module.css";

export function KeychainNote({ failure, onEnter }: { failure: Failure; onEnter?: () => void }) {
  const { t } = useText();
  const keychain = useKeychain();
  const connections = useConnections();
  const act = useAct();
  return (
    <div className={styles.keychain} data-testid="keychain-note">
      <FailureNote
        failure={failure}
        tone="warn"
        actions={
          <>
            <Button
              blocked={act.busy}
              data-testid="keychain-retry"
              onClick={() => void act.run(() => Promise.all([keychain.refetch(), connections.refetch()]))}
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
