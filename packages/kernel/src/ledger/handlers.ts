import { DoorstepError } from "@doorstep/contracts";
import { type Actor, mayAt } from "../actor.ts";
import { inChange, ledgerActorOf } from "../change.ts";
import type { Handlers } from "../handlers.ts";
import { type RequestContext, signedIn } from "../request-context.ts";
import { auditEntry, auditRows } from "./audit.ts";
import { chainState, checkChain } from "./check-chain.ts";
import { recordExport } from "./record-export.ts";

const MOST_EXPORTED = 10_000;

/** The whole ledger concerns the whole house: it is read at the root. */
async function atRoot(ctx: RequestContext): Promise<{ readonly actor: Actor; readonly zone: string }> {
  const actor = signedIn(ctx);
  const { rows } = await ctx.kernel.pool.query<{ id: string; zone: string }>(
    `select id, time_zone as zone from kernel.units where parent_id is null order by id limit 1`,
  );
  const [root] = rows;
  if (!root || !mayAt(actor, "ledger.read", [root.id])) throw new DoorstepError("forbidden");
  return { actor, zone: root.zone };
}

export const ledgerHandlers: Handlers["ledger"] = {
  async page(ctx, { cursor, limit, ...filter }) {
    const { zone } = await atRoot(ctx);
    const page = await auditRows(ctx.kernel, filter, { zone, limit, after: cursor });
    return { ...page, items: [...page.items] };
  },
  async entry(ctx, input) {
    await atRoot(ctx);
    return auditEntry(ctx.kernel, input);
  },
  async state(ctx) {
    await atRoot(ctx);
    return chainState(ctx.kernel);
  },
  async verify(ctx) {
    await atRoot(ctx);
    return checkChain(ctx.kernel);
  },
  async export(ctx, { reason, ...filter }) {
    const { actor, zone } = await atRoot(ctx);
    const { items, nextCursor } = await auditRows(ctx.kernel, filter, { zone, limit: MOST_EXPORTED });
    await inChange(ctx.kernel, ledgerActorOf(actor), (change) =>
      recordExport(change, actor.personId, { what: "ledger", count: items.length, reason }),
    );
    return { items: [...items], complete: nextCursor === null };
  },
};
