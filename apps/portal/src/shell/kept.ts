import type { Registry } from "@doorstep/sdk/ui-host";

/** Where it lies in the browser's storage; only on a device whose owner asked for it. */
export const KEPT = "doorstep.kept";

/** What the pages need to start without a network: the unit and what is on there, as anybody is told. */
export interface KeptRegistry {
  readonly unitCode: string | undefined;
  readonly registry: Registry;
}

export function keptHere(): KeptRegistry | undefined {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "") as KeptRegistry;
  } catch {
    return undefined;
  }
}
