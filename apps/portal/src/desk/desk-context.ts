import type { SessionMe } from "@doorstep/contracts";
import { createContext, use } from "react";
import type { DeskPlace } from "./place.ts";
import type { DraftStore } from "./shared/draft-store.ts";

export interface DeskValue {
  readonly me: NonNullable<SessionMe>;
  readonly place: DeskPlace;
  readonly go: (place: DeskPlace, how?: { readonly replace?: boolean }) => void;
  readonly drafts: DraftStore;
}

export const DeskContext = createContext<DeskValue | undefined>(undefined);

/** Who works here, where he is, and how to go elsewhere. */
export function useDesk(): DeskValue {
  const value = use(DeskContext);
  if (!value) throw new Error("useDesk needs a DeskRoot above it");
  return value;
}
