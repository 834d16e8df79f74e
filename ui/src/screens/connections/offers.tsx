// What can still be connected: the usual services, more of them, and one of one's own.
import { Plus } from "lucide-react";
import { useId, useState } from "react";
import { SearchField } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import type { ServiceView } from "../../ipc/bindings.ts";
import { useConnections, useServices } from "../../ipc/queries.ts";
import styles from "./connections.module.css";
import { isLong, isOwn, serviceNote, useServiceGroups } from "./services.ts";

type Add = (provider: string) => void;

function Group({ title, services, onAdd }: { title?: string; services: ServiceView[]; onAdd: Add }) {
  const text = useText();
  const titleId = useId();
  if (services.length === 0) return null;
  return (
    <>
      {title && <h3 id={titleId}>{title}</h3>}
      <ul aria-labelledby={title && titleId}>
        {services.map((service) => (
          <li key={service.provider}>
            <button
              type="button"
              data-testid={`offer-${service.provider}`}
              onClick={() => onAdd(service.provider)}
            >
              <Icon of={Plus} />
              <span>{isOwn(service) ? text.t("connections-offer-custom") : service.name}</span>
              <small>{serviceNote(text, service)}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

export function Offers({ onAdd }: { onAdd: Add }) {
  const { t } = useText();
  const [search, setSearch] = useState("");
  const connections = useConnections().data ?? [];
  const open = (useServices().data ?? []).filter(
    (service) =>
      service.provider !== "practice" &&
      (isOwn(service) || !connections.some((connection) => connection.provider === service.provider)),
  );
  const groups = useServiceGroups(open, search);
  if (open.length === 0) return null;
  return (
    <section className={styles.offers}>
      <div className={`row ${styles.offersHead}`}>
        <h2 className="grow">{t("connections-offers")}</h2>
        {isLong(open) && (
          <SearchField
            small
            label={t("connections-search")}
            value={search}
            onChange={setSearch}
            data-testid="offers-search"
          />
        )}
      </div>
      {groups.none && (
        <p className="read quiet" role="status">
          <Phrases>{t("connections-search-none", { search: search.trim() })}</Phrases>
        </p>
      )}
      <Group services={groups.usual} onAdd={onAdd} />
      <Group title={t("connections-more")} services={groups.more} onAdd={onAdd} />
      <Group title={t("connections-own")} services={groups.own} onAdd={onAdd} />
    </section>
  );
}
