import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { kernel } from "./rpc.ts";
import { useSession } from "./session.ts";

const STORED = "doorstep.unit";
const waiting = new Set<() => void>();

/** Remembers the unit whose notice board brought the reader here, for this tab. */
export function rememberUnitCode(code: string): void {
  if (sessionStorage.getItem(STORED) === code) return;
  sessionStorage.setItem(STORED, code);
  for (const tell of waiting) tell();
}

function subscribe(tell: () => void): () => void {
  waiting.add(tell);
  return () => waiting.delete(tell);
}

/** The code from the notice board, if the reader came by one. */
export function useUnitCode(): string | undefined {
  return useSyncExternalStore(subscribe, () => sessionStorage.getItem(STORED)) ?? undefined;
}

/** What is switched on at the reader's unit: that of the notice board, else his own, else the root. */
export function useRegistry() {
  const unitCode = useUnitCode();
  const session = useSession();
  const unitId = unitCode === undefined ? session.data?.unit?.id : undefined;
  return useQuery(
    kernel.registry.forUnit.queryOptions(
      { ...(unitCode === undefined ? {} : { unitCode }), ...(unitId === undefined ? {} : { unitId }) },
      { staleTime: 60_000, placeholderData: (before) => before },
    ),
  );
}

/** What is switched on at a unit. */
export const useRegistryOf = (unitId: string) =>
  useQuery(kernel.registry.forUnit.queryOptions({ unitId }, { staleTime: 60_000 }));
