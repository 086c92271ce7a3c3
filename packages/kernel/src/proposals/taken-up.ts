import type { Kernel } from "../kernel.ts";
import type { LoadedCase, LoadedProposal } from "../life-cycle/loaded-case.ts";
import { decision } from "./two-person.ts";

const PREFIX = "suggest:";

/** Under this name a suggested act stands among the proposals of a case. */
export const suggested = (act: string): string => PREFIX + act;
export const isSuggestion = (p: Pick<LoadedProposal, "act">): boolean => p.act.startsWith(PREFIX);
export const suggestedAct = (p: Pick<LoadedProposal, "act">): string => p.act.slice(PREFIX.length);

/** What was suggested and is now done waits no more. */
export const takenUp = (
  k: Pick<Kernel, "keys">,
  c: LoadedCase,
  act: string,
  by: { readonly at: string; readonly me: string | null },
): readonly object[] =>
  c.proposals
    .filter((p) => p.act === suggested(act))
    .map((p) => decision(k, c, { id: p.id, reason: "", ...by }, "confirmed"));
