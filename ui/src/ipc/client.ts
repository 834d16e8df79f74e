// From the generated commands to React Query: results that throw, keys, and what an event makes stale.
import { QueryClient } from "@tanstack/react-query";
import { events, type Failure, type ResultsOf, type Stale, type ViewFilter } from "./bindings.ts";

type Result<T> = { status: "ok"; data: T } | { status: "error"; error: Failure };

/** A failure as something that can be thrown; the sentence is looked up where it is shown. */
class Failed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** The data of a command, or its failure thrown. */
export async function unwrap<T>(result: Promise<Result<T>>): Promise<T> {
  const answer = await result;
  if (answer.status === "error") throw new Failed(answer.error);
  return answer.data;
}

/** Whatever was thrown, as a failure that has a sentence. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failed) return thrown.failure;
  return { code: "internal", args: {}, detail: thrown instanceof Error ? thrown.message : String(thrown) };
}

export const keys = {
  settings: ["settings"],
  services: ["services"],
  connections: ["connections"],
  keychain: ["keychain"],
  drafts: ["drafts"],
  draft: (id: string) => ["draft", id],
  jobs: (search: string) => ["jobs", search],
  job: (id: string) => ["job", id],
  timeline: (id: string) => ["timeline", id],
  view: (of: ResultsOf, filter: ViewFilter) => ["view", of, filter],
  rows: (view: number, page: number) => ["rows", view, page],
  row: (job: string, position: number) => ["row", job, position],
  draftLine: (id: string, line: number) => ["draft-line", id, line],
  studies: (search: string) => ["studies", search],
  study: (id: string) => ["study", id],
  studyRequests: (id: string) => ["study-request", id],
  studyRequest: (id: string, model: number, position: number) => ["study-request", id, model, position],
  models: (connection: string) => ["models", connection],
  adoptable: (connection: string) => ["adoptable", connection],
} as const;

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The truth changes only by our own commands and by events, never by time.
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
}

function staleKeys(stale: Stale): readonly unknown[][] {
  switch (stale.what) {
    case "jobs":
    case "ended":
      return [["jobs"], ["job"], ["timeline"]];
    case "job":
      return [
        ["jobs"],
        ["job", stale.id],
        ["timeline", stale.id],
        ["view", { of: "job", id: stale.id }],
        ["view", { of: "study" }],
        ["row", stale.id],
      ];
    case "drafts":
      return [["drafts"], ["draft"]];
    case "draft":
      return [["drafts"], ["draft", stale.id]];
    case "connections":
      return [["connections"], ["keychain"], ["models"], ["study"]];
    case "studies":
      return [["studies"], ["study"]];
    case "study":
      return [["studies"], ["study", stale.id], ["study-request", stale.id]];
    case "settings":
      return [["settings"]];
    case "export":
      return [];
  }
}

/** Rows that the running export has written; events carry nothing else. */
export type ExportWatch = (rows: number) => void;
const exportWatches = new Set<ExportWatch>();

export function watchExport(watch: ExportWatch): () => void {
  exportWatches.add(watch);
  return () => exportWatches.delete(watch);
}

/**
 * An answer that is under way may be older than the event, and React Query does not ask again for a first answer:
 * what is under way is called off before.
 */
async function askAgain(client: QueryClient, queryKey: readonly unknown[]): Promise<void> {
  await client.cancelQueries({ queryKey });
  await client.invalidateQueries({ queryKey });
}

/** Asks again for whatever an event calls stale. Returns how to stop listening. */
export function listenForChanges(client: QueryClient): () => void {
  const stop = events.changed.listen(({ payload }) => {
    if (payload.what === "export") for (const watch of exportWatches) watch(payload.rows);
    for (const queryKey of staleKeys(payload)) void askAgain(client, queryKey);
  });
  return () => void stop.then((unlisten) => unlisten());
}
