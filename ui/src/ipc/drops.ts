// Files dragged over the window. The shell takes them in; the page only goes to what came of it.
import { useEffect, useState } from "react";
import { go } from "../route.ts";
import { commands, type Dropped, events, type Failure } from "./bindings.ts";
import { failureOf, unwrap } from "./client.ts";

/** Shows what came of files: the one draft or study, or the list when several came. */
export async function showTaken(drafts: string[], studies: string[]): Promise<void> {
  const [draft] = drafts;
  const [study] = studies;
  if (draft === undefined && study === undefined) return;
  await unwrap(commands.setGreeted());
  if (drafts.length + studies.length > 1) go({ page: "home" });
  else if (draft !== undefined) go({ page: "check", id: draft });
  else if (study !== undefined) go({ page: "study", id: study, step: "data" });
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
    const take = ({ drafts, studies, failure: refused }: Dropped) => {
      setFailure(refused);
      showTaken(drafts, studies).catch((thrown: unknown) => setFailure(failureOf(thrown)));
    };
    const dropped = events.dropped.listen(({ payload }) => {
      setOver(false);
      take(payload);
    });
    // What the system opened the window with. Only now does somebody listen for what comes of it.
    unwrap(commands.givenFiles()).then(take, (thrown: unknown) => setFailure(failureOf(thrown)));
    return () => {
      for (const listening of [dropping, dropped]) void listening.then((stop) => stop());
    };
  }, []);
  return { over, files, failure, clear: () => setFailure(null) };
}
