// The factors, each a sheet whose rows are its levels.
import { FolderOpen, Plus } from "lucide-react";
import { useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { Labelled, NameInput } from "../../components/inputs.tsx";
import { MoreMenu } from "../../components/menu.tsx";
import { Sheet } from "../../components/sheet/sheet.tsx";
import { useText } from "../../i18n/text.tsx";
import type { Factor, Study } from "../../ipc/bindings.ts";
import { Trials } from "./design.tsx";
import { useEditor } from "./editor.ts";
import styles from "./factors.module.css";
import { Part } from "./part.tsx";
import { ProblemsAt } from "./problems.tsx";
import { changeTable, factorLabel, free, nameFrom, renameFactor, withFactor } from "./templates.ts";

/** Names that are not of the researcher's choosing yet, and follow the label. */
const MADE_UP = /^factor(_\d+)?$/;
/** Templates name these themselves. */
const RESERVED = ["trial", "answer_sheet"];

function otherNames(study: Study, at?: number): string[] {
  return [...study.factors.filter((_, index) => index !== at).map((factor) => factor.name), ...RESERVED];
}

/** A label given; the name for templates follows it until it has one of its own. */
function relabel(study: Study, at: number, label: string): Study {
  const factor = study.factors[at];
  if (!factor) return study;
  const others = otherNames(study, at);
  const follows = MADE_UP.test(factor.name) || factor.name === nameFrom(factor.label, others, "factor");
  const labelled = withFactor(study, at, { ...factor, label });
  return follows ? renameFactor(labelled, at, nameFrom(label, others, "factor")) : labelled;
}

function FactorNames({ factor, at }: { factor: Factor; at: number }) {
  const { t } = useText();
  const { study, frozen, change } = useEditor();
  return (
    <div className={styles.names}>
      <Labelled label={t("factor-label")}>
        <NameInput
          label={t("factor-label")}
          value={factor.label}
          placeholder={factor.name}
          readOnly={frozen}
          onChange={(label) => change("did-factor-name", relabel(study, at, label.trim()))}
          data-path={`factors/${at}/label`}
          data-testid="factor-label"
        />
      </Labelled>
      <Labelled label={t("factor-name")}>
        <NameInput
          mono
          label={t("factor-name")}
          value={factor.name}
          readOnly={frozen}
          onChange={(name) =>
            change(
              "did-factor-name",
              renameFactor(study, at, nameFrom(name, otherNames(study, at), factor.name)),
            )
          }
          data-path={`factors/${at}/name`}
          data-testid="factor-name"
        />
      </Labelled>
    </div>
  );
}

function FactorPanel({ factor, at, onBring }: { factor: Factor; at: number; onBring: () => void }) {
  const { t } = useText();
  const { study, frozen, change } = useEditor();
  const remove = () =>
    change("did-factor-remove", { ...study, factors: study.factors.filter((_, index) => index !== at) });
  return (
    <div className={styles.panel} data-path={`factors/${at}`}>
      <div className={styles.line}>
        <FactorNames factor={factor} at={at} />
        {!frozen && (
          <span className={styles.acts}>
            <MoreMenu
              small
              label={t("factor-more", { name: factorLabel(factor) })}
              acts={[
                { id: "replace-data", label: t("factor-replace"), onAction: onBring },
                { id: "remove-factor", label: t("factor-remove"), danger: true, onAction: remove },
              ]}
            />
          </span>
        )}
      </div>
      <Sheet
        label={factorLabel(factor)}
        columns={factor.columns}
        rows={factor.levels}
        readOnly={frozen}
        onChange={(next, did) => change(did, (now) => changeTable(now, at, next.columns, next.rows))}
        data-testid={`sheet-${factor.name}`}
      />
    </div>
  );
}

function NoFactors({ onType, onBring }: { onType: () => void; onBring: () => void }) {
  const { t } = useText();
  return (
    <div className={styles.none}>
      <Button onClick={onBring} data-testid="bring-data">
        <Icon of={FolderOpen} />
        {t("factor-bring")}
      </Button>
      <Button onClick={onType} data-testid="type-data">
        <Icon of={Plus} />
        {t("factor-type")}
      </Button>
    </div>
  );
}

function FactorTabs({ onAdd, onBring }: { onAdd: () => void; onBring: () => void }) {
  const { t } = useText();
  const { study, frozen } = useEditor();
  const { factors } = study;
  return (
    <div className={styles.tabs}>
      <TabList aria-label={t("part-data")} className={styles.list as string}>
        {factors.map((factor, index) => (
          <Tab
            // biome-ignore lint/suspicious/noArrayIndexKey: a factor is known by its place; its name changes
            key={index}
            id={String(index)}
            className={styles.tab as string}
            data-testid={`factor-${index}`}
            data-path={`factors/${index}`}
          >
            {factorLabel(factor)} <small>{factor.levels.length}</small>
          </Tab>
        ))}
      </TabList>
      {!frozen && (
        <>
          <Button small look="quiet" onClick={onAdd} data-testid="add-factor">
            <Icon of={Plus} small />
            {t("factor-add")}
          </Button>
          <Button small look="quiet" onClick={onBring} data-testid="bring-data">
            <Icon of={FolderOpen} small />
            {t("factor-bring")}
          </Button>
        </>
      )}
    </div>
  );
}

interface Props {
  whole: boolean;
  /** Asks for a spreadsheet: the levels of the factor at this place, or of a new one. */
  onBring: (factor: number | null) => void;
}

export function Factors({ whole, onBring }: Props) {
  const { study, frozen, change } = useEditor();
  const [chosen, setChosen] = useState(0);
  const { factors } = study;
  const at = Math.min(chosen, Math.max(0, factors.length - 1));
  const add = () => {
    const name = free("factor", otherNames(study));
    const columns = ["id", "name"];
    change("did-factor-add", {
      ...study,
      factors: [...factors, { name, label: "", columns, levels: [] }],
    });
    setChosen(factors.length);
  };
  if (factors.length === 0) {
    return (
      <Part name="data" whole={whole}>
        {!frozen && <NoFactors onType={add} onBring={() => onBring(null)} />}
        <ProblemsAt paths={["factors"]} />
      </Part>
    );
  }
  const tabs = <FactorTabs onAdd={add} onBring={() => onBring(null)} />;
  return (
    <Tabs selectedKey={String(at)} onSelectionChange={(key) => setChosen(Number(key))}>
      <Part
        name="data"
        whole={whole}
        tools={
          whole && (
            <>
              {tabs}
              <span className={styles.right}>
                <Trials />
              </span>
            </>
          )
        }
      >
        {!whole && tabs}
        {factors.map((factor, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a factor is known by its place; its name changes
          <TabPanel key={index} id={String(index)} className={styles.tabPanel as string}>
            <FactorPanel factor={factor} at={index} onBring={() => onBring(index)} />
          </TabPanel>
        ))}
        <ProblemsAt paths={["factors"]} />
      </Part>
    </Tabs>
  );
}
