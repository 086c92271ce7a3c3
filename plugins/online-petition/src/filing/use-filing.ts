import { useEffect, useSyncExternalStore } from "react";
import { draftDisk } from "./draft-disk.ts";
import { createFilingStore, type Filing } from "./filing-store.ts";

const SAVE_AFTER_MS = 400;
let timer: ReturnType<typeof setTimeout> | undefined;

/** The petition being written in this tab: six pages with addresses of their own write into it. */
export const filingStore = createFilingStore({
  disk: draftDisk,
  newKey: () => crypto.randomUUID(),
  now: () => new Date().toISOString(),
  later: (act) => {
    clearTimeout(timer);
    timer = setTimeout(act, SAVE_AFTER_MS);
  },
});

/** The petition, and whether an earlier draft has been looked for. */
export function useFiling(): { readonly filing: Filing; readonly ready: boolean } {
  const filing = useSyncExternalStore(filingStore.subscribe, filingStore.get);
  const ready = useSyncExternalStore(filingStore.subscribe, filingStore.ready);
  useEffect(() => {
    void filingStore.load();
  }, []);
  return { filing, ready };
}
