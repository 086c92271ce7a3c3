import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { keptHere } from "./kept.ts";
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

/** The unit of a phone that keeps the pages, where nothing else has brought the reader here. */
export function rememberKeptUnit(code: string): void {
  if (sessionStorage.getItem(STORED) === null) rememberUnitCode(code);
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
      {
        staleTime: 60_000,
        placeholderData: (before) => before,
        // Without a network a phone that keeps the pages goes by what was on at its unit when they were kept.
        initialData: () => {
          const kept = keptHere();
          return kept && kept.unitCode === unitCode && unitId === undefined ? kept.registry : undefined;
        },
        initialDataUpdatedAt: 0,
      },
    ),
  );
}

/** What is switched on at a unit. */
export const useRegistryOf = (unitId: string) =>
  useQuery(kernel.registry.forUnit.queryOptions({ unitId }, { staleTime: 60_000 }));
