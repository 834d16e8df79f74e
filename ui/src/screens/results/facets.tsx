// Filters with the number of rows that each would show: every status, also those with none.
import { Icon } from "../../components/icon.tsx";
import { STATUSES } from "../../components/sum.tsx";
import { useText } from "../../i18n/text.tsx";
import type { Look, Status, ViewHandle } from "../../ipc/bindings.ts";
import { STATUS_ICONS } from "./columns.tsx";
import styles from "./results.module.css";

interface Props {
  handle: ViewHandle | undefined;
  chosen: Status[];
  onChoose: (status: Status[]) => void;
  looks: Look[];
  onLook: (looks: Look[]) => void;
}

/** What is asked of studies only. */
const OF_STUDIES: Look[] = ["missing-cells", "edited-cells"];

export function Facets({ handle, chosen, onChoose, looks, onLook }: Props) {
  const { t, format } = useText();
  const countOf = (status: Status) => handle?.by_status.find((one) => one.status === status)?.count ?? 0;
  const all = handle?.by_status.reduce((sum, one) => sum + one.count, 0) ?? 0;
  return (
    <aside className={styles.facets} aria-label={t("results-facets")} data-region tabIndex={-1}>
      <h2>{t("results-state")}</h2>
      <button
        type="button"
        className={styles.facet}
        aria-pressed={chosen.length === 0}
        data-testid="facet-all"
        onClick={() => onChoose([])}
      >
        <span>{t("results-all")}</span>
        <span>{format.count(all)}</span>
      </button>
      {STATUSES.map((status) => {
        const [icon, tone] = STATUS_ICONS[status];
        const on = chosen.includes(status);
        return (
          <button
            key={status}
            type="button"
            className={styles.facet}
            aria-pressed={on}
            data-testid={`facet-${status}`}
            onClick={() => onChoose(on ? chosen.filter((one) => one !== status) : [...chosen, status])}
          >
            <span>
              <Icon of={icon} small className={tone} /> {t(`status-${status}`)}
            </span>
            <span>{format.count(countOf(status))}</span>
          </button>
        );
      })}
      <h2>{t("job-worth-a-look")}</h2>
      {handle?.by_look
        .filter(({ look }) => handle.study !== null || !OF_STUDIES.includes(look))
        .map(({ look, count }) => {
          const on = looks.includes(look);
          return (
            <button
              key={look}
              type="button"
              className={styles.facet}
              aria-pressed={on}
              data-testid={`facet-${look}`}
              onClick={() => onLook(on ? looks.filter((one) => one !== look) : [...looks, look])}
            >
              <span>{t(`look-${look}`)}</span>
              <span>{format.count(count)}</span>
            </button>
          );
        })}
    </aside>
  );
}
