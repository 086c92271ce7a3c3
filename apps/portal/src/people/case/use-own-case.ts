import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useLive } from "../../live/use-live.ts";
import { kernel } from "../../shell/rpc.ts";

/** The case in the address (`/my/<id>`), or the one whose code was posted from this browser (`/t/case`). */
export function useOwnCaseKey(): { readonly caseId?: string } {
  const { caseId } = useParams({ strict: false });
  return caseId === undefined ? {} : { caseId };
}

/** Where the pages of this case stand. */
export function useCasePaths(): {
  readonly home: string;
  readonly rate: string;
  readonly review: string;
  readonly data: string;
  readonly act: (name: string) => string;
} {
  const { caseId } = useOwnCaseKey();
  const root = caseId === undefined ? "/t" : `/my/${caseId}`;
  return {
    home: caseId === undefined ? "/t/case" : root,
    rate: `${root}/rate`,
    review: `${root}/review`,
    data: `${root}/data`,
    act: (name) => `${root}/act/${name}`,
  };
}

export function useOwnCase() {
  const key = useOwnCaseKey();
  const queries = useQueryClient();
  const found = useQuery(kernel.intake.case.queryOptions(key));
  const caseId = found.data?.caseId;
  useLive((news) => {
    if (caseId !== undefined && (news.all || news.own.includes(caseId)))
      void queries.invalidateQueries({ queryKey: kernel.intake.case.pathKey() });
  });
  return found;
}
