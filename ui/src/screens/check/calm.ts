// Choosing a fix checks the file again. A check that takes no time must not make the page jump.
import { useEffect, useState } from "react";
import type { CheckState, ReportView } from "../../ipc/bindings.ts";

/** Milliseconds of checking before the page shows it, when it has a report to show until then. */
const PATIENCE = 300;

/** The check as shown, and the last report, which stays in sight while the file is checked again. */
export function useCalm(check: CheckState | undefined): {
  check: CheckState | undefined;
  report?: ReportView;
} {
  const [last, setLast] = useState<CheckState & { state: "done" }>();
  const [slow, setSlow] = useState(false);
  const running = check?.state === "running";
  if (check?.state === "done" && check !== last) setLast(check);
  useEffect(() => {
    if (!running) {
      setSlow(false);
      return;
    }
    const timer = setTimeout(() => setSlow(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [running]);
  if (check?.state === "done") return { check, report: check.report };
  if (running) return { check: last && !slow ? last : check, report: last?.report };
  return { check };
}
