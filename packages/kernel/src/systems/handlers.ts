import type { SystemView } from "@doorstep/contracts";
import { type Change, inChange, ledgerActorOf } from "../change.ts";
import type { Handlers } from "../handlers.ts";
import { type RequestContext, signedIn } from "../request-context.ts";
import { addSystem, confirmSystem, endSystem, issueToken, revokeToken } from "./change-systems.ts";
import { readSystems } from "./read-systems.ts";

/** A change, and all systems as they stand afterwards. */
function changed<T>(
  ctx: RequestContext,
  work: (change: Change, by: string) => Promise<T>,
): Promise<{ readonly made: T; readonly systems: SystemView[] }> {
  const actor = signedIn(ctx);
  return inChange(ctx.kernel, ledgerActorOf(actor), async (change) => ({
    made: await work(change, actor.personId),
    systems: await readSystems(change.client, change.at, actor.personId),
  }));
}

export const systemsHandlers: Handlers["systems"] = {
  list: (ctx) => readSystems(ctx.kernel.pool, ctx.kernel.now(), signedIn(ctx).personId),
  add: async (ctx, input) => (await changed(ctx, (change, by) => addSystem(change, by, input))).systems,
  confirm: async (ctx, { systemId }) =>
    (await changed(ctx, (change, by) => confirmSystem(change, by, systemId))).systems,
  end: async (ctx, { systemId, why }) =>
    (await changed(ctx, (change, by) => endSystem(change, by, systemId, why))).systems,
  async issueToken(ctx, { systemId, until }) {
    const { made, systems } = await changed(ctx, (change, by) => issueToken(change, by, systemId, until));
    return { token: made, systems };
  },
  revokeToken: async (ctx, { tokenId }) => (await changed(ctx, (change) => revokeToken(change, tokenId))).systems,
};
