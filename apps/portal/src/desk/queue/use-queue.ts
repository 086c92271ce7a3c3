import type { QueueItem } from "@doorstep/contracts";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useLive } from "../../live/use-live.ts";
import { kernel } from "../../shell/rpc.ts";
import type { QueueFilter } from "../place.ts";
import { arrivals, rowsOf } from "./arrivals.ts";

const PAGE = 50;
const LOOK_EVERY_MS = 60_000;
const noRows: readonly QueueItem[] = [];
const noMarks: ReadonlySet<string> = new Set();

/** What the kernel's list is asked for; an address without words is a list, with words a search. */
export function listInputOf(filter: QueueFilter) {
  return {
    view: filter.view,
    ...(filter.unit && { unitId: filter.unit }),
    ...(filter.category && { category: filter.category }),
    ...(filter.channel && { channel: filter.channel }),
    ...(filter.order && { order: filter.order }),
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

  // What somebody has changed keeps its place; the row only says so until the list is loaded anew.
  const [changed, setChanged] = useState(noMarks);
  const [fresh, setFresh] = useState(noMarks);
  useLive((news) => {
    if (!news.all && news.cases.length === 0) return;
    setChanged((before) => new Set([...before, ...news.cases]));
    if (!searching) void probe.refetch();
  });

  const pages = shown.data?.pages;
  const rows = useMemo(() => (pages ? rowsOf(pages) : noRows), [pages]);
  const arrived = useMemo(
    () => (searching ? [] : arrivals(rows, probe.data?.items ?? noRows)),
    [searching, rows, probe.data],
  );

  return {
    rows,
    arrived,
    changed,
    fresh,
    loading: shown.isPending,
    error: shown.error,
    more: shown.hasNextPage && !shown.isFetchingNextPage ? () => void shown.fetchNextPage() : undefined,
    retry: () => void shown.refetch(),
    showArrived: () => {
      setFresh(new Set(arrived));
      setChanged(noMarks);
      void queries.invalidateQueries({ queryKey: kernel.cases.list.pathKey() });
    },
  };
}
