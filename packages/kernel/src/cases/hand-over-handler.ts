import { type CaseView, DoorstepError, type handOverInput, type handOverOutput } from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { canonical } from "../ledger/canonical.ts";
import { apply } from "../pipeline/apply.ts";
import { execute, logKeyOf, maySee } from "../pipeline/execute.ts";
import { inputHash, type Loaded, loadCase } from "../pipeline/load-case.ts";
import { countTasksOf, handTasksOn } from "../tasks/hand-tasks-on.ts";
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

/** What would be handed over, as far as the asker sees it. */
export const previewHandOver = async (
  k: Kernel,
  actor: Actor,
  personId: string,
): Promise<{ total: number; tasks: number }> => ({
  total: (await handledBy(k, actor, personId)).length,
  tasks: await countTasksOf(k, actor, personId),
});

async function earlierResult(k: Kernel, actor: string, key: string, hashed: string): Promise<Output | null> {
  const { rows } = await k.pool.query<{ result: Output; input: string }>(
    "select result, encode(input_hash, 'hex') as input from kernel.command_log where actor = $1 and key = $2",
    [actor, key],
  );
  if (rows[0] && rows[0].input !== hashed) throw new DoorstepError("key.reused");
  return rows[0]?.result ?? null;
}

/**
 * Names another handler in every case that the first one still handles, each by the rules of that act: what a rule
 * refuses (a conflict, a missing role) stays where it is and is named. The same key gives the same answer.
 *
 * @throws DoorstepError `handOver.nothing`, `key.reused`
 */
export async function handOverHandler(k: Kernel, actor: Actor, input: Input): Promise<Output> {
  const { key, ...typed } = input;
  const me = `person:${actor.personId}`;
  const logKey = logKeyOf(k, key);
  const hashed = inputHash("handOver", canonical(typed));
  const earlier = await earlierResult(k, me, logKey, hashed);
  if (earlier) return earlier;
  const mine = await handledBy(k, actor, input.fromPersonId);
  if (mine.length + (await countTasksOf(k, actor, input.fromPersonId)) === 0)
    throw new DoorstepError("handOver.nothing");
  const refused: { caseNo: CaseView["caseNo"]; codes: string[] }[] = [];
  let done = 0;
  for (const { case: c } of mine) {
    const on = { caseId: c.id, key: `${key}:${c.id}`, party: { kind: "person", actor } } as const;
    try {
      await execute(k, reassignHandler, on, { handlerId: input.toPersonId, plan: input.why, heardOn: null });
      done += 1;
    } catch (error) {
      if (!(error instanceof DoorstepError)) throw error;
      refused.push({ caseNo: c.caseNo, codes: codesOf(error) });
    }
  }
  const tasks = await handTasksOn(k, actor, input.fromPersonId, input.toPersonId);
  const result = { total: mine.length, done, refused, tasks };
  const log = {
    actor: me,
    key: logKey,
    command: "handOver",
    input_hash: `\\x${hashed}`,
    result,
    at: k.now().toISOString(),
  };
  await apply(k.pool, { command_log: [log] });
  return result;
}
