import { createStore, del, get, set, type UseStore } from "idb-keyval";
import type { DraftDisk, Filing } from "./filing-store.ts";

const KEY = "filing";
let opened: UseStore | undefined;

function store(): UseStore {
  opened ??= createStore("doorstep-online-petition", "drafts");
  return opened;
}

/** Drafts in the browser's own database, on this device only; files are kept with them. */
export const draftDisk: DraftDisk = {
  read: async () => await get<Filing>(KEY, store()),
  write: async (filing) => await set(KEY, filing, store()),
  clear: async () => await del(KEY, store()),
};
