import { type CaseView, DoorstepError, type handOverInput, type handOverOutput } from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { execute, maySee } from "../pipeline/execute.ts";
import { type Loaded, loadCase } from "../pipeline/load-case.ts";
import { reassignHandler } from "./handling.ts";

type Input = z.output<typeof handOverInput>;
type Output = z.output<typeof handOverOutput>;

/** At most so many a press; the next press goes on with the rest. */
const AT_ONCE = 500;

async function handledBy(k: Kernel, actor: Actor, personId: string): Promise<readonly Loaded[]> {
  const { rows } = await k.pool.query<{ id: string }>(
    `select id from kernel.cases where handler_id = $1 and status = 'inHandling' order by received_at, id limit ${AT_ONCE}`,
    [personId],
  );
  const found: Loaded[] = [];
  for (const { id } of rows) {
    const loaded = await loadCase(k.pool, id, "", "");
    // what the asker may not see is neither handed over nor counted
    if (loaded && maySee({ kind: "person", actor }, loaded.case, loaded.audience)) found.push(loaded);
  }
  return found;
}

const codesOf = (error: DoorstepError): string[] =>
  error.reasons.length > 0 ? error.reasons.map((reason) => reason.code) : [error.code];

/**
 * Names another handler in every case that the first one still handles, each by the rules of that act: what a rule
 * refuses (a conflict, a missing role) stays where it is and is named.
 */
export async function handOverHandler(k: Kernel, actor: Actor, input: Input): Promise<Output> {
  const mine = await handledBy(k, actor, input.fromPersonId);
  const refused: { caseNo: CaseView["caseNo"]; codes: string[] }[] = [];
  let done = 0;
  if (input.dryRun) return { total: mine.length, done, refused };
  for (const { case: c } of mine) {
    const on = { caseId: c.id, key: `${input.key}:${c.id}`, party: { kind: "person", actor } } as const;
    try {
      await execute(k, reassignHandler, on, { handlerId: input.toPersonId, plan: input.why, heardOn: null });
      done += 1;
    } catch (error) {
      if (!(error instanceof DoorstepError)) throw error;
      refused.push({ caseNo: c.caseNo, codes: codesOf(error) });
    }
  }
  return { total: mine.length, done, refused };
}
