// One connection: its key only by its end, and the last test as a sentence.
import { CircleAlert, CircleCheck, CircleX } from "lucide-react";
import { useState } from "react";
import type { Acting } from "../../components/act.ts";
import { Button } from "../../components/button.tsx";
import { Chip } from "../../components/chip.tsx";
import { MoreMenu } from "../../components/menu.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { type ConnectionView, commands, type TestView } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";
import styles from "./connections.module.css";
import { isGoogleCloud } from "./services.ts";

function LastTest({ test }: { test: TestView | null }) {
  const text = useText();
  const { t, format } = text;
  if (test === null) return <span className="quiet">{t("connections-untested")}</span>;
  const when = <span className="xs quiet">{format.short(test.at)}</span>;
  if (test.failure === null) {
    return (
      <>
        <Chip icon={CircleCheck} tone="good">
          {t("connections-works", { count: test.models })}
        </Chip>
        {test.remarks.map((remark) => {
          const { what, next } = text.failure(remark);
          return (
            <div key={`${remark.code} ${JSON.stringify(remark.args)}`}>
              <Chip icon={CircleAlert} tone="warn">
                <Phrases>{what}</Phrases>
              </Chip>
              {next && (
                <div className="xs quiet">
                  <Phrases>{next}</Phrases>
                </div>
              )}
            </div>
          );
        })}
        <div>{when}</div>
      </>
    );
  }
  const said = text.failure(test.failure);
  const refused = test.failure.code.startsWith("key");
  return (
    <>
      <Chip icon={refused ? CircleX : CircleAlert} tone={refused ? "bad" : "warn"}>
        <Phrases>{said.what}</Phrases>
      </Chip>
      <div className="xs quiet">
        {said.next && <Phrases>{said.next}</Phrases>} {when}
      </div>
    </>
  );
}

function Key({ connection }: { connection: ConnectionView }) {
  const text = useText();
  const { t } = text;
  if (connection.key_failure !== null) {
    return (
      <span className="faint" title={text.failure(connection.key_failure).what}>
        {t("connections-unreadable")}
      </span>
    );
  }
  const google = isGoogleCloud(connection);
  if (connection.key_ends === null && !connection.key_is_temporary) {
    return <span className="quiet">{t(google ? "connections-gcloud" : "connections-no-key")}</span>;
  }
  return (
    <>
      {google
        ? t("connections-account-saved")
        : connection.key_ends !== null && t("connections-ends", { ends: connection.key_ends })}
      {connection.key_is_temporary && <div className="xs quiet">{t("connections-temporary")}</div>}
    </>
  );
}

interface Props {
  connection: ConnectionView;
  act: Acting;
  onChange: () => void;
  onForget: () => void;
}

/** Where it works, in short. */
function place({ base_url, settings }: ConnectionView): string {
  const { project, region, account } = settings;
  return [base_url, project, region, account].filter(Boolean).join(" · ");
}

export function ConnectionRow({ connection, act, onChange, onForget }: Props) {
  const { t } = useText();
  const [testing, setTesting] = useState(false);
  const test = async () => {
    setTesting(true);
    await act.run(() => unwrap(commands.testConnection(connection.id)));
    setTesting(false);
  };
  return (
    <tr data-testid={`connection-${connection.id}`}>
      <td>
        <span className={styles.name}>{connection.name}</span>
        {place(connection) && (
          <div className="xs quiet cut" title={place(connection)}>
            {place(connection)}
          </div>
        )}
      </td>
      <td>
        <Key connection={connection} />
      </td>
      <td data-testid="last-test">
        {testing ? (
          <span className="quiet">{t("connections-testing")}</span>
        ) : (
          <LastTest test={connection.last_test} />
        )}
      </td>
      <td>
        <div className={styles.acts}>
          <Button
            small
            blocked={testing}
            aria-label={t("connections-test-label", { name: connection.name })}
            data-testid="test-connection"
            onClick={() => void test()}
          >
            {t("connections-test")}
          </Button>
          <MoreMenu
            small
            label={t("more-for", { name: connection.name })}
            acts={[
              { id: "change-connection", label: t("connections-replace"), onAction: onChange },
              { id: "forget-connection", label: t("connections-forget"), danger: true, onAction: onForget },
            ]}
          />
        </div>
      </td>
    </tr>
  );
}
