// Files dragged over the window. The shell takes them in; the page only goes to what came of it.
import { useEffect, useState } from "react";
import { go } from "../route.ts";
import { commands, events, type Failure } from "./bindings.ts";
import { failureOf, unwrap } from "./client.ts";

/** Shows new drafts: the one that came, or the list when several came. */
export async function showDrafts(ids: string[]): Promise<void> {
  const [first] = ids;
  if (first === undefined) return;
  await unwrap(commands.setGreeted());
  go(ids.length === 1 ? { page: "check", id: first } : { page: "home" });
}

export function useDrops() {
  const [over, setOver] = useState(false);
  const [files, setFiles] = useState(0);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    const dropping = events.dropping.listen(({ payload }) => {
      setOver(payload.over);
      setFiles(payload.files);
    });
    const dropped = events.dropped.listen(({ payload }) => {
      setOver(false);
      setFailure(payload.failure);
      showDrafts(payload.drafts).catch((thrown: unknown) => setFailure(failureOf(thrown)));
    });
    return () => {
      for (const listening of [dropping, dropped]) void listening.then((stop) => stop());
    };
  }, []);
  return { over, files, failure, clear: () => setFailure(null) };
}
