import { useKernel, useQuery, useQueryClient } from "@doorstep/sdk/ui";
import { usePrint } from "./words.ts";

export interface WaitingLetter {
  readonly noticeId: string;
  readonly caseId: string;
  readonly caseNo: string;
  readonly version: number;
  readonly title: string;
  readonly name: string;
  readonly number: string;
  readonly sealedAt: string;
  readonly dueOn: string | null;
  readonly printedAt: string | null;
}

const MOST = 100;

/** Sealed replies that nobody has handed over, as the kernel shows them to whoever asks; the longest sealed first. */
export function useWaitingLetters() {
  const { rpc, language, unit } = usePrint();
  const kernel = useKernel();
  const client = useQueryClient();
  return useQuery({
    queryKey: ["notify-print", "waiting", unit?.id, language],
    staleTime: 0,
    queryFn: async (): Promise<{ readonly letters: readonly WaitingLetter[]; readonly more: boolean }> => {
      const now = { staleTime: 0 };
      const found = await client.fetchQuery(kernel.cases.list.queryOptions({ view: "toDeliver", limit: MOST }, now));
      const caseIds = found.items.map((one) => one.caseId);
      if (caseIds.length === 0) return { letters: [], more: false };
      const prints = await client.fetchQuery(rpc.printedOf.queryOptions({ caseIds }, now));
      const printed = new Map(prints.map((one) => [one.noticeId, one.printedAt]));
      const letters: WaitingLetter[] = [];
      for (const { caseId, caseNo, version, title, dueOn } of found.items) {
        const all = await client.fetchQuery(kernel.notices.list.queryOptions({ caseId }, now));
        for (const one of all)
          if (one.state === "sealed" && one.sealedAt !== null && (one.code === "D14" || one.code === "D16"))
            letters.push({
              ...{ noticeId: one.id, caseId, caseNo, version, title, dueOn },
              ...{ name: one.name[language], number: one.number ?? "", sealedAt: one.sealedAt },
              printedAt: printed.get(one.id) ?? null,
            });
      }
      return {
        letters: letters.toSorted((a, b) => a.sealedAt.localeCompare(b.sealedAt)),
        more: found.nextCursor !== null,
      };
    },
  });
}
