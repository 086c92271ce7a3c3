import type { similarCase, similarInput } from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { searchCases } from "./search-cases.ts";

const MOST = 5;

/** Petitions that may be about the same matter, among those the clerk may see; a person decides [SPEC §6(7)]. */
export async function similarCases(
  k: Kernel,
  actor: Actor,
  input: z.output<typeof similarInput>,
): Promise<z.output<typeof similarCase>[]> {
  if (input.title.trim().length < 2) return [];
  const found = await searchCases(k, actor, { q: input.title, limit: MOST, cursor: undefined });
  return found.items.map(({ caseId, caseNo, title, state, receivedAt }) => ({
    caseId,
    caseNo,
    title,
    state,
    receivedAt,
  }));
}
