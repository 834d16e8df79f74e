// A batch that was sent by other means becomes a job: one of those at the service, or any by its id.
import { useId, useState } from "react";
import { useAct } from "../../components/act.ts";
import { Button, buttonClass } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import fields from "../../components/field.module.css";
import { Checkbox, Pick, SearchField, TextInput } from "../../components/field.tsx";
import { FailureNote } from "../../components/note.tsx";
import table from "../../components/table.module.css";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { type AdoptableView, commands } from "../../ipc/bindings.ts";
import { failureOf, unwrap } from "../../ipc/client.ts";
import { useAdoptable } from "../../ipc/queries.ts";
import { go, href } from "../../route.ts";
import { type Destination, useDestinations } from "../check/destinations.ts";
import styles from "./jobs.module.css";

/** So many are taken in at a glance; more can be searched. */
const FEW = 8;

function Unknown() {
  const { t } = useText();
  return (
    <span className="faint" title={t("not-told")}>
      —<span className="sr">{t("not-told")}</span>
    </span>
  );
}

interface RowProps {
  batch: AdoptableView;
  group: string;
  chosen: boolean;
  onChoose: () => void;
}

function BatchRow({ batch, group, chosen, onChoose }: RowProps) {
  const { t, format } = useText();
  const labelId = useId();
  return (
    <tr data-testid={`batch-${batch.id}`} className={batch.job === null ? undefined : "quiet"}>
      <td>
        {batch.job === null && (
          <input
            type="radio"
            className={fields.radio}
            name={group}
            aria-labelledby={labelId}
            checked={chosen}
            onChange={onChoose}
            data-testid={`choose-${batch.id}`}
          />
        )}
      </td>
      <td>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the choice beside it does the same for the keyboard */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: likewise */}
        <div id={labelId} onClick={batch.job === null ? onChoose : undefined}>
          {batch.name && (
            <div className="cut" title={batch.name}>
              {batch.name}
            </div>
          )}
          <div className="mono cut" title={batch.id}>
            {batch.id}
          </div>
        </div>
      </td>
      <td className="cut" title={batch.model ?? undefined}>
        {batch.model ?? <Unknown />}
      </td>
      <td>
        {batch.job === null ? (
          <span className="cut" title={batch.status}>
            {batch.status}
          </span>
        ) : (
          <a href={href({ page: "job", id: batch.job })}>
            {t("adopt-is-job")} <span className="sr">{batch.name ?? batch.id}</span>
          </a>
        )}
      </td>
      <td className="num">{batch.requests === null ? <Unknown /> : format.count(batch.requests)}</td>
      <td className="num">{batch.created_at === null ? <Unknown /> : format.short(batch.created_at)}</td>
    </tr>
  );
}

interface BatchesProps {
  batches: AdoptableView[];
  service: string;
  value: string;
  onChoose: (id: string) => void;
}

function Batches({ batches, service, value, onChoose }: BatchesProps) {
  const { t } = useText();
  const group = useId();
  const [search, setSearch] = useState("");
  const needle = search.trim().toLowerCase();
  const found = batches.filter((batch) =>
    [batch.id, batch.name, batch.model].some((words) => words?.toLowerCase().includes(needle)),
  );
  return (
    <div className={styles.batches}>
      {batches.length > FEW && (
        <SearchField
          small
          label={t("adopt-search")}
          value={search}
          onChange={setSearch}
          data-testid="batches-search"
        />
      )}
      {found.length === 0 ? (
        <p className="quiet" role="status">
          {t("adopt-not-found", { search: search.trim() })}
        </p>
      ) : (
        <div className={styles.scroll}>
          <table className={table.table} aria-label={t("adopt-batches", { service })}>
            <colgroup>
              <col className={styles.colChoice} />
              <col />
              <col className={styles.colModel} />
              <col className={styles.colStatus} />
              <col className={styles.colRequests} />
              <col className={styles.colCreated} />
            </colgroup>
            <thead>
              <tr>
                <th scope="col">
                  <span className="sr">{t("connections-acts")}</span>
                </th>
                <th scope="col">{t("adopt-batch")}</th>
                <th scope="col">{t("model-name")}</th>
                <th scope="col">{t("list-state")}</th>
                <th scope="col" className="num">
                  {t("list-requests")}
                </th>
                <th scope="col" className="num">
                  {t("adopt-created")}
                </th>
              </tr>
            </thead>
            <tbody>
              {found.map((batch) => (
                <BatchRow
                  key={batch.id}
                  batch={batch}
                  group={group}
                  chosen={batch.id === value}
                  onChoose={() => onChoose(batch.id)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

/** What the service lists: asked for, failed, nothing, or the list. */
function Listed({
  from,
  value,
  onChoose,
}: {
  from: Destination;
  value: string;
  onChoose: (id: string) => void;
}) {
  const { t } = useText();
  const service = from.name;
  const adoptable = useAdoptable(from.id);
  if (adoptable.error) {
    return <FailureNote failure={failureOf(adoptable.error)} tone="warn" next={t("adopt-by-id")} />;
  }
  if (!adoptable.data || adoptable.data.length === 0) {
    return (
      <p className="quiet" role="status">
        <Phrases>{adoptable.data ? t("adopt-none", { service }) : t("adopt-asking", { service })}</Phrases>
      </p>
    );
  }
  return <Batches batches={adoptable.data} service={service} value={value} onChoose={onChoose} />;
}

export function AdoptDialog({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const destinations = useDestinations().filter((one) => !one.practice);
  const act = useAct();
  const [chosen, setChosen] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  const [withRequests, setWithRequests] = useState(false);
  const from =
    destinations.find((one) => one.id === chosen) ??
    (destinations.length === 1 ? destinations[0] : undefined);
  const batch = typed.trim();
  const ready = from !== undefined && batch !== "";
  const adopt = () => {
    if (!ready || act.busy) return;
    void act.run(async () => {
      const job = await unwrap(commands.adopt(from.id, batch, withRequests));
      // `null`: the dialog of the system was dismissed, and this one stays.
      if (job === null) return;
      onClose();
      go({ page: "job", id: job });
    });
  };
  return (
    <Dialog
      title={t("adopt-title")}
      wide
      onClose={onClose}
      held={act.busy}
      data-testid="adopt-dialog"
      actions={
        <>
          <Button onClick={onClose}>{t("cancel-dialog")}</Button>
          <Button look="primary" blocked={!ready || act.busy} onClick={adopt} data-testid="adopt-confirm">
            {act.busy ? t("adopt-busy") : withRequests ? t("adopt-confirm-file") : t("adopt-confirm")}
          </Button>
        </>
      }
    >
      <p className="read quiet">
        <Phrases>{t("adopt-about")}</Phrases>
      </p>
      {destinations.length === 0 ? (
        <p>
          {t("adopt-no-connection")}{" "}
          <a className={buttonClass("quiet")} href={href({ page: "connections" })}>
            {t("job-to-connections")}
          </a>
        </p>
      ) : (
        <>
          <Pick
            label={t("adopt-from")}
            value={from?.id ?? null}
            options={destinations.map((one) => ({
              value: one.id,
              label: one.name,
              remark: one.keyMissing ? t("check-key-none") : "",
              testid: `adopt-from-${one.id}`,
            }))}
            onChange={(id) => {
              setChosen(id);
              setTyped("");
              act.clear();
            }}
          />
          {from && <Listed key={from.id} from={from} value={batch} onChoose={setTyped} />}
          <TextInput
            label={t("adopt-id")}
            value={typed}
            onChange={setTyped}
            help={t("adopt-id-about")}
            data-testid="adopt-id"
          />
          <Checkbox
            checked={withRequests}
            onChange={setWithRequests}
            help={t("adopt-with-requests-about")}
            data-testid="adopt-with-requests"
          >
            {t("adopt-with-requests")}
          </Checkbox>
        </>
      )}
      {act.failure && <FailureNote failure={act.failure} alert />}
    </Dialog>
  );
}
