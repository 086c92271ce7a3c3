import type { Actor } from "../actor.ts";
import { assertMayAt } from "../actor-scope.ts";
import { type Change, inChange, ledgerActorOf } from "../change.ts";
import type { Handlers } from "../handlers.ts";
import { type RequestContext, signedIn } from "../request-context.ts";
import { type Reader, unitPath } from "../units/unit-path.ts";
import { addWord, endWord, readThemes } from "./theme-words.ts";

async function assertKeeps(reader: Reader, actor: Actor, unitId: string): Promise<void> {
  const path = await unitPath(reader, unitId);
  assertMayAt(actor, "units.read", path, "unit.notFound");
  assertMayAt(actor, "topics.manage", path);
}

/** A change by somebody who keeps the unit's words, and the words as they stand afterwards. */
function changed(
  ctx: RequestContext,
  unitId: string,
  work: (change: Change, personId: string) => Promise<void>,
): ReturnType<typeof readThemes> {
  const actor = signedIn(ctx);
  return inChange(ctx.kernel, ledgerActorOf(actor), async (change) => {
    await assertKeeps(change.client, actor, unitId);
    await work(change, actor.personId);
    return readThemes(change.client, unitId);
  });
}

export const themesHandlers: Handlers["themes"] = {
  async list(ctx, { unitId }) {
    await assertKeeps(ctx.kernel.pool, signedIn(ctx), unitId);
    return readThemes(ctx.kernel.pool, unitId);
  },
  add: (ctx, input) => changed(ctx, input.unitId, (change, personId) => addWord(change, personId, input)),
  end: (ctx, input) => changed(ctx, input.unitId, (change, personId) => endWord(change, personId, input)),
};
