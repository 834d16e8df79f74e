// An act of the user: runs a command, keeps its failure until the next try, and says whether it is under way.
import { useState } from "react";
import type { Failure } from "../ipc/bindings.ts";
import { failureOf } from "../ipc/client.ts";

export interface Acting {
  run: (work: () => Promise<unknown>) => Promise<void>;
  busy: boolean;
  failure: Failure | null;
  clear: () => void;
}

export function useAct(): Acting {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  return {
    busy,
    failure,
    clear: () => setFailure(null),
    run: async (work) => {
      setBusy(true);
      setFailure(null);
      await work().catch((thrown: unknown) => setFailure(failureOf(thrown)));
      setBusy(false);
    },
  };
}
