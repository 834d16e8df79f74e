// Bringing a spreadsheet into the study: chosen, looked at, then made the levels of a factor. It is one step for undo.
import { type ReactNode, useState } from "react";
import type { Acting } from "../../components/act.ts";
import { commands, type DataChoices } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";
import { DataDialog } from "./data/dialog.tsx";
import type { Editor } from "./editor.ts";

/** The command is no hook, whatever its name. */
const takeData = commands.useData;

interface Bringing {
  /** Asks for a spreadsheet for the factor at this place, or for a new one. */
  bring: (factor: number | null) => void;
  dialog: ReactNode;
}

export function useBringing({ id, study, change, flush }: Editor, act: Acting): Bringing {
  const [chosen, setChosen] = useState<{ data: string; factor: number | null } | null>(null);
  const bring = (factor: number | null) =>
    void act.run(async () => {
      const data = await unwrap(commands.chooseData());
      if (data !== null) setChosen({ data, factor });
    });
  const use = async (data: string, choices: DataChoices, factor: number | null, name: string) => {
    // The app takes the rows into what it has kept.
    if (!(await flush())) return;
    const view = await unwrap(takeData(id, data, choices, factor, name));
    change("did-data", view.study);
    setChosen(null);
  };
  return {
    bring,
    dialog: chosen && (
      <DataDialog
        key={chosen.data}
        data={chosen.data}
        factors={study.factors}
        factor={chosen.factor}
        onUse={(choices, factor, name) => use(chosen.data, choices, factor, name)}
        onClose={() => setChosen(null)}
      />
    ),
  };
}
