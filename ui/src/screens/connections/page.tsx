// Connections: each service with its key and what the last test said; below, what can be added.
import { CircleCheck, Lock, Plus } from "lucide-react";
import { useState } from "react";
import { useAct } from "../../components/act.ts";
import { Button } from "../../components/button.tsx";
import { Chip } from "../../components/chip.tsx";
import { Icon } from "../../components/icon.tsx";
import { FailureNote } from "../../components/note.tsx";
import { Page } from "../../components/page.tsx";
import table from "../../components/table.module.css";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import type { ConnectionView } from "../../ipc/bindings.ts";
import { failureOf } from "../../ipc/client.ts";
import { useConnections, useKeychain } from "../../ipc/queries.ts";
import styles from "./connections.module.css";
import { ConnectionDialog } from "./dialog.tsx";
import { ForgetDialog } from "./forget.tsx";
import { KeychainNote } from "./keychain.tsx";
import { Offers } from "./offers.tsx";
import { ConnectionRow } from "./row.tsx";

type Open =
  | { what: "add"; provider?: string }
  | { what: "change"; connection: ConnectionView }
  | { what: "forget"; connection: ConnectionView }
  | null;

export function ConnectionsPage() {
  const { t } = useText();
  const connections = useConnections();
  const keychain = useKeychain();
  const act = useAct();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const failure = act.failure ?? (connections.error && failureOf(connections.error));
  const own = (connections.data ?? []).filter((connection) => connection.provider !== "practice");
  return (
    <Page
      title={t("connections-title")}
      actions={
        <Button look="primary" data-testid="connection-add" onClick={() => setOpen({ what: "add" })}>
          <Icon of={Plus} />
          {t("connections-add")}
        </Button>
      }
    >
      {failure && <FailureNote failure={failure} alert />}
      {keychain.data && <KeychainNote failure={keychain.data} onEnter={() => setOpen({ what: "add" })} />}
      <table className={`${table.table} ${styles.table}`} aria-label={t("connections-title")}>
        <colgroup>
          <col className={styles.colName} />
          <col className={styles.colKey} />
          <col />
          <col className={styles.colActs} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t("connections-provider")}</th>
            <th scope="col">{t("connections-key")}</th>
            <th scope="col">{t("connections-last-test")}</th>
            <th scope="col">
              <span className="sr">{t("connections-acts")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {own.map((connection) => (
            <ConnectionRow
              key={connection.id}
              connection={connection}
              act={act}
              onChange={() => setOpen({ what: "change", connection })}
              onForget={() => setOpen({ what: "forget", connection })}
            />
          ))}
          <tr>
            <td className={styles.name}>{t("connections-practice")}</td>
            <td className="quiet">{t("connections-needs-none")}</td>
            <td>
              <Chip icon={CircleCheck} tone="good">
                {t("connections-practice-ready")}
              </Chip>
            </td>
            <td />
          </tr>
        </tbody>
      </table>
      <Offers onAdd={(provider) => setOpen({ what: "add", provider })} />
      <p className={`quiet ${styles.lock}`}>
        <Icon of={Lock} />
        <span>
          <Phrases>{t("connections-keys-note")}</Phrases>
        </span>
      </p>
      {open?.what === "add" && <ConnectionDialog provider={open.provider} onClose={close} />}
      {open?.what === "change" && <ConnectionDialog connection={open.connection} onClose={close} />}
      {open?.what === "forget" && <ForgetDialog connection={open.connection} onClose={close} />}
    </Page>
  );
}
