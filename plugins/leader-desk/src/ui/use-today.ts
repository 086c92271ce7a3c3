import { useKernel, useQuery } from "@doorstep/sdk/ui";
import { useLeaderDesk } from "./words.ts";

/** What waits for the reader's signature, as his desk has it. */
export function useApprovals() {
  const kernel = useKernel();
  return useQuery(kernel.cases.list.queryOptions({ view: "toApprove", limit: 20 }, { staleTime: 0 }));
}

/** What he has promised or was given to do. */
export function useTasks() {
  const kernel = useKernel();
  return useQuery(kernel.tasks.list.queryOptions({}, { staleTime: 0 }));
}

/** The petitions he has taken. */
export function useMine() {
  const { rpc } = useLeaderDesk();
  return useQuery(rpc.mine.queryOptions(undefined, { staleTime: 0 }));
}
