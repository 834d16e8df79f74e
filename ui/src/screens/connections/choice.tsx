// Which service a new connection goes to: one choice in three groups, in a list of limited height.
import { useState } from "react";
import { Pick, SearchField } from "../../components/field.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import type { ServiceView } from "../../ipc/bindings.ts";
import styles from "./connections.module.css";
import { isLong, isOwn, serviceNote, useServiceGroups } from "./services.ts";

interface Props {
  services: ServiceView[];
  value: string;
  onChange: (provider: string) => void;
}

export function ServiceChoice({ services, value, onChange }: Props) {
  const text = useText();
  const { t } = text;
  const [search, setSearch] = useState("");
  const { usual, more, own, none } = useServiceGroups(services, search);
  const group = (label: string, some: ServiceView[]) =>
    some.length > 0 && (
      <Pick
        label={label}
        value={value}
        options={some.map((one) => ({
          value: one.provider,
          label: isOwn(one) ? t("connections-offer-custom") : one.name,
          remark: serviceNote(text, one),
          testid: `service-${one.provider}`,
        }))}
        onChange={onChange}
      />
    );
  return (
    <div className={styles.choice}>
      {isLong(services) && (
        <SearchField
          label={t("connections-search")}
          value={search}
          onChange={setSearch}
          data-testid="services-search"
        />
      )}
      <div className={styles.choices}>
        {group(t("connect-service"), usual)}
        {none && (
          <p className="xs quiet" role="status">
            <Phrases>{t("connections-search-none", { search: search.trim() })}</Phrases>
          </p>
        )}
        {group(t("connections-more"), more)}
        {group(t("connections-own"), own)}
      </div>
    </div>
  );
}
