// Adding or changing a connection. The key goes out once, when it is typed; a failed test never blocks saving.
import { type FormEvent, useId, useState } from "react";
import { useAct } from "../../components/act.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Checkbox, SecretBlock, TextInput } from "../../components/field.tsx";
import { FailureNote, Note } from "../../components/note.tsx";
import { type Text, useText } from "../../i18n/text.tsx";
import {
  type ConnectionForm,
  type ConnectionView,
  commands,
  type Failure,
  type ServiceView,
  type TestView,
} from "../../ipc/bindings.ts";
import { failureOf, unwrap } from "../../ipc/client.ts";
import { useConnections, useKeychain, useServices } from "../../ipc/queries.ts";
import { readAccount } from "./account.ts";
import { ServiceChoice } from "./choice.tsx";
import styles from "./connections.module.css";
import { KeychainNote } from "./keychain.tsx";
import { inOrder, isGoogleCloud, isOwn, serviceWords } from "./services.ts";
import { SettingFields, settingsOf, type Values } from "./settings.tsx";

interface Props {
  /** A connection to change; without it a new one. */
  connection?: ConnectionView;
  /** The service of a new connection; without it, it is chosen here. */
  provider?: string;
  onClose: () => void;
  onSaved?: (connection: ConnectionView) => void;
}

function titleOf(
  text: Text,
  connection: ConnectionView | undefined,
  service: ServiceView | undefined,
  fixed: boolean,
) {
  if (connection) return text.t("connect-title-change", { name: connection.name });
  if (fixed && service && !isOwn(service))
    return text.t("connect-title", { name: serviceWords(text, service) });
  return text.t("connect-title-new");
}

/** What the test of the typed values said. Nothing of it blocks saving. */
function Tested({ test, name }: { test: TestView; name: string }) {
  const { t } = useText();
  return (
    <div className={styles.tested}>
      {test.failure ? (
        <FailureNote failure={test.failure} tone="warn" next={t("connect-test-note")} />
      ) : (
        <Note tone="good">{t("connect-answered", { name, count: test.models })}</Note>
      )}
      {test.remarks.map((remark) => (
        <FailureNote key={`${remark.code} ${JSON.stringify(remark.args)}`} failure={remark} tone="warn" />
      ))}
    </div>
  );
}

interface KeyProps {
  service: ServiceView | undefined;
  value: string;
  /** The end of the saved key; `null`: none is saved. */
  saved: string | null;
  autoFocus: boolean;
  onChange: (value: string) => void;
}

function KeyField({ service, value, saved, autoFocus, onChange }: KeyProps) {
  const { t, find, language } = useText();
  if (service && isGoogleCloud(service)) {
    const read = readAccount(value);
    const about =
      value.trim() === ""
        ? t(saved === null ? "connect-account-about" : "connect-account-saved")
        : read
          ? t("connect-account-read", { account: read.account })
          : t("connect-account-unlike");
    return (
      <SecretBlock
        label={t("connect-account")}
        value={value}
        onChange={onChange}
        help={about}
        data-testid="key-field"
      />
    );
  }
  const where = service
    ? (find(`connect-where-${service.provider}`) ?? t("connect-where-other", { name: service.name }))
    : "";
  return (
    <TextInput
      label={t("connect-key")}
      value={value}
      onChange={onChange}
      secret
      autoFocus={autoFocus}
      help={
        saved === null
          ? [where, t("connect-key-about")].filter(Boolean).join(language === "ja" ? "" : " ")
          : t("connect-key-saved", { ends: saved })
      }
      data-testid="key-field"
    />
  );
}

interface ForgetProps {
  of: "account" | "key";
  checked: boolean;
  onChange: (forget: boolean) => void;
}

/** An empty field keeps the saved key: to go on without one is a choice of its own. */
function Forget({ of, checked, onChange }: ForgetProps) {
  const { t } = useText();
  return (
    <Checkbox
      checked={checked}
      onChange={onChange}
      help={t(`connect-${of}-forget-about`)}
      data-testid="forget-key"
    >
      {t(`connect-${of}-forget`)}
    </Checkbox>
  );
}

export function ConnectionDialog({ connection, provider, onClose, onSaved }: Props) {
  const text = useText();
  const { t } = text;
  const services = (useServices().data ?? []).filter((service) => service.provider !== "practice");
  const connections = useConnections().data ?? [];
  /** The keychain answers and yet did not take the key: it is locked, for one. */
  const [refused, setRefused] = useState<Failure | null>(null);
  const missing = useKeychain().data ?? null;
  const keychain = refused ?? missing;
  const formId = useId();
  const act = useAct();
  const asking = useAct();

  const free = inOrder(services).find(
    (service) => !connections.some((one) => one.provider === service.provider),
  );
  const [picked, setPicked] = useState(connection?.provider ?? provider ?? free?.provider ?? "openai");
  const [name, setName] = useState(connection?.name ?? "");
  const [key, setKey] = useState("");
  /** The saved key goes, and none comes in its place. */
  const [forget, setForget] = useState(false);
  const [baseUrl, setBaseUrl] = useState(connection?.base_url ?? "");
  const [settings, setSettings] = useState<Values>(connection?.settings ?? {});
  const [untilClose, setUntilClose] = useState(true);
  const [test, setTest] = useState<TestView | null>(null);

  const service = services.find((one) => one.provider === picked);
  const fixed = connection !== undefined || provider !== undefined;
  const addressed = service?.needs_base_url ?? false;
  const named = service !== undefined && isOwn(service);
  const temporary = keychain !== null && untilClose;
  const shownName = name.trim() || (service ? serviceWords(text, service) : picked);
  const form: ConnectionForm = {
    id: connection?.id ?? null,
    provider: picked,
    name: shownName,
    base_url: baseUrl.trim() || null,
    settings: settingsOf(service, settings),
    key: forget ? null : key.trim() || null,
    forget_key: forget,
    until_close: temporary,
  };
  const saved = connection?.key_ends ?? null;
  const forgettable = service !== undefined && !service.needs_key && saved !== null;
  const failure = act.failure ?? asking.failure;

  const ask = () => asking.run(async () => setTest(await unwrap(commands.testForm(form))));
  const save = (order: ConnectionForm) => {
    if (act.busy) return;
    void act.run(async () => {
      const done = await unwrap(commands.saveConnection(order)).catch((thrown: unknown) => {
        const failed = failureOf(thrown);
        if (!failed.code.startsWith("keychain")) throw thrown;
        setRefused(failed);
      });
      if (!done) return;
      onClose();
      onSaved?.(done);
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(form);
  };
  const changed =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setTest(null);
    };

  return (
    <Dialog
      title={titleOf(text, connection, service, fixed)}
      onClose={onClose}
      held={act.busy}
      data-testid="connection-dialog"
      actions={
        <>
          <Button data-testid="test-key" blocked={asking.busy} onClick={() => void ask()}>
            {asking.busy
              ? t("connections-testing")
              : service && !service.needs_key && form.key === null && (saved === null || forget)
                ? t("connect-test-plain")
                : t("connect-test")}
          </Button>
          <span className="grow" />
          <Button onClick={onClose}>{t("cancel-dialog")}</Button>
          <Button look="primary" type="submit" form={formId} blocked={act.busy} data-testid="save-connection">
            {act.busy
              ? t("connect-saving")
              : temporary
                ? t("connect-save-temporary")
                : form.key === null
                  ? t("connect-save-plain")
                  : t("connect-save")}
          </Button>
        </>
      }
    >
      {keychain && (
        <KeychainNote
          failure={keychain}
          busy={act.busy}
          onRetry={refused ? () => save({ ...form, until_close: false }) : undefined}
        />
      )}
      {!fixed && <ServiceChoice services={services} value={picked} onChange={changed(setPicked)} />}
      <form id={formId} onSubmit={submit}>
        <div className={styles.fields}>
          {(named || connection) && (
            <TextInput
              label={t("connect-name")}
              value={name}
              onChange={setName}
              placeholder={service ? serviceWords(text, service) : ""}
              data-testid="name-field"
            />
          )}
          {addressed && (
            <TextInput
              label={t("connect-base-url")}
              value={baseUrl}
              onChange={changed(setBaseUrl)}
              required
              help={t(picked === "azure" ? "connect-base-url-azure" : "connect-base-url-about")}
              autoFocus={fixed}
              data-testid="base-url-field"
            />
          )}
          {service && (
            <SettingFields
              service={service}
              values={settings}
              known={{ project: readAccount(key)?.project ?? "" }}
              onChange={changed(setSettings)}
            />
          )}
          {!forget && (
            <KeyField
              service={service}
              value={key}
              saved={saved}
              autoFocus={fixed && !addressed && service?.settings.length === 0}
              onChange={changed(setKey)}
            />
          )}
          {forgettable && (
            <Forget
              of={isGoogleCloud(service) ? "account" : "key"}
              checked={forget}
              onChange={changed(setForget)}
            />
          )}
          {!addressed && (
            <TextInput
              label={t("connect-base-url-optional")}
              value={baseUrl}
              onChange={changed(setBaseUrl)}
              placeholder={service?.base_url ?? ""}
              data-testid="base-url-field"
            />
          )}
          {keychain && (
            <Checkbox checked={untilClose} onChange={setUntilClose} data-testid="until-close">
              {t("connect-until-close")}
            </Checkbox>
          )}
        </div>
      </form>
      <div role="status" data-testid="test-result">
        {test && <Tested test={test} name={shownName} />}
      </div>
      {failure && <FailureNote failure={failure} alert />}
    </Dialog>
  );
}
