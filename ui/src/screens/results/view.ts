// A view: the positions that fit a search and a filter, kept in Rust; the page asks for rows by place.
import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import {
  commands,
  type ResultsOf,
  type RowView,
  type ViewFilter,
  type ViewHandle,
} from "../../ipc/bindings.ts";
import { keys, unwrap } from "../../ipc/client.ts";

/** Rows fetched at once. */
const PAGE = 100;

export function useView(of: ResultsOf, filter: ViewFilter) {
  const view = useQuery({
    queryKey: keys.view(of, filter),
    queryFn: () => unwrap(commands.openView(of, filter)),
    // The former view stays until the next is there; then it is closed.
    placeholderData: (previous: ViewHandle | undefined) => previous,
    gcTime: 0,
  });
  const open = view.data?.view;
  useEffect(() => {
    if (open === undefined) return;
    return () => void commands.closeView(open);
  }, [open]);
  return view;
}

/** The view that was shown before this one. */
function useFormer(view: number | undefined): number | undefined {
  const [seen, setSeen] = useState({ view, former: undefined as number | undefined });
  if (view !== undefined && view !== seen.view) setSeen({ view, former: seen.view });
  return seen.former;
}

/**
 * The rows of the pages that are in sight, by place. When results have changed, the former rows stay until the new ones
 * are there: what is open for one of them, and has the focus, stays open.
 */
export function useRows(
  handle: ViewHandle | undefined,
  first: number,
  last: number,
): (place: number) => RowView | undefined {
  const client = useQueryClient();
  const former = useFormer(handle?.view);
  const from = Math.floor(first / PAGE);
  const to = Math.floor(Math.max(first, last) / PAGE);
  const pages =
    handle === undefined || handle.rows === 0
      ? []
      : Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const results = useQueries({
    queries: pages.map((page) => ({
      queryKey: keys.rows(handle?.view ?? 0, page),
      queryFn: () => unwrap(commands.viewRows(handle?.view ?? 0, page * PAGE, PAGE)),
      placeholderData: () =>
        former === undefined ? undefined : client.getQueryData<RowView[]>(keys.rows(former, page)),
      gcTime: 30_000,
    })),
  });
  return (place) => results[Math.floor(place / PAGE) - from]?.data?.[place % PAGE];
}
