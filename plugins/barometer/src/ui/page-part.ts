import { useQuery } from "@doorstep/sdk/ui";
import { useBarometer } from "./words.ts";

/** What a part of the page goes by: how the question for it went. */
interface Asked<T> {
  readonly data: T | undefined;
  readonly isError: boolean;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

function useReleasedPage() {
  const { rpc } = useBarometer();
  return useQuery(rpc.page.queryOptions(undefined, { staleTime: 0 }));
}
type Page = NonNullable<ReturnType<typeof useReleasedPage>["data"]>;
type Part<N extends keyof Page> = Exclude<Page[N], undefined>;

/**
 * A part of the page, which is asked for once as a whole. What it has left out is asked for alone (`alone` are the options of that
 * question), so that it fails, and is tried again, alone.
 */
export function usePagePart<N extends keyof Page>(name: N) {
  const page = useReleasedPage();
  const part: Page[N] | undefined = page.data?.[name];
  const isLeftOut = page.data !== undefined && part === undefined;
  const whole: Asked<Part<N>> = {
    ...{ data: part as Part<N> | undefined, isError: page.isError, error: page.error },
    refetch: () => page.refetch(),
  };
  return {
    alone: { staleTime: 0, enabled: isLeftOut },
    or: (alone: Asked<Part<N>>): Asked<Part<N>> => (isLeftOut ? alone : whole),
  };
}
