import type { QueueItem } from "@doorstep/contracts";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { kernel } from "../../shell/rpc.ts";
import type { QueueFilter } from "../place.ts";
import { arrivals, rowsOf } from "./arrivals.ts";

const PAGE = 50;
const LOOK_EVERY_MS = 60_000;
const noRows: readonly QueueItem[] = [];

/** What the kernel's list is asked for; an address without words is a list, with words a search. */
export function listInputOf(filter: QueueFilter) {
  return {
    view: filter.view,
    ...(filter.unit && { unitId: filter.unit }),
    ...(filter.category && { category: filter.category }),
    ...(filter.channel && { channel: filter.channel }),
    limit: PAGE,
  };
}

/** The rows of a filter. They stay as they were loaded; what came since is only counted, until the reader asks for it. */
export function useQueue(filter: QueueFilter) {
  const queries = useQueryClient();
  const searching = filter.q !== undefined;
  const list = useInfiniteQuery({
    ...kernel.cases.list.infiniteQueryOptions(listInputOf(filter), {
      getNextPageParam: (last) => last.nextCursor,
      staleTime: LOOK_EVERY_MS,
    }),
    enabled: !searching,
  });
  const search = useInfiniteQuery({
    ...kernel.cases.search.infiniteQueryOptions(
      { q: filter.q ?? "-", limit: PAGE },
      { getNextPageParam: (last) => last.nextCursor, staleTime: LOOK_EVERY_MS },
    ),
    enabled: searching,
  });
  const shown = searching ? search : list;
  const probe = useQuery(
    kernel.cases.list.queryOptions(listInputOf(filter), {
      enabled: !searching && list.isSuccess,
      refetchInterval: LOOK_EVERY_MS,
    }),
  );

  const pages = shown.data?.pages;
  const rows = useMemo(() => (pages ? rowsOf(pages) : noRows), [pages]);
  const arrived = useMemo(
    () => (searching ? [] : arrivals(rows, probe.data?.items ?? noRows)),
    [searching, rows, probe.data],
  );

  return {
    rows,
    arrived,
    loading: shown.isPending,
    error: shown.error,
    more: shown.hasNextPage && !shown.isFetchingNextPage ? () => void shown.fetchNextPage() : undefined,
    retry: () => void shown.refetch(),
    showArrived: () => void queries.invalidateQueries({ queryKey: kernel.cases.list.pathKey() }),
  };
}
