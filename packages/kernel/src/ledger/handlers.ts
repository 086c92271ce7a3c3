import { DoorstepError } from "@doorstep/contracts";
import { mayAt } from "../actor.ts";
import type { Handlers } from "../handlers.ts";
import { readCursor } from "../queue/list-cases.ts";
import { type RequestContext, signedIn } from "../request-context.ts";
import { verifyLedger } from "./verify-ledger.ts";

/** The whole ledger concerns the whole house: it is read at the root. */
async function assertAtRoot(ctx: RequestContext): Promise<void> {
  const { rows } = await ctx.kernel.pool.query<{ id: string }>(
    "select id from kernel.units where parent_id is null order by id limit 1",
  );
  if (
    !mayAt(
      signedIn(ctx),
      "ledger.read",
      rows.map((r) => r.id),
    )
  )
    throw new DoorstepError("forbidden");
}

export const ledgerHandlers: Handlers["ledger"] = {
  async page(ctx, input) {
    await assertAtRoot(ctx);
    const cursor = readCursor(input.cursor);
    const { rows } = await ctx.kernel.pool.query<{
      stream: string;
      seq: number;
      at: Date;
      type: string;
      actor: string;
      facts: Record<string, unknown>;
      hash: string;
    }>(
      `select stream, seq, at, type, actor, (body::jsonb)->'facts' as facts, encode(hash, 'hex') as hash from kernel.ledger
        where ($1::uuid is null or stream = $1) and ($2::text is null or type = $2)
          and ($3::timestamptz is null or (at, stream) < ($3, $4::uuid))
        order by at desc, stream desc, seq desc limit $5`,
      [input.stream ?? null, input.type ?? null, cursor?.[0] ?? null, cursor?.[1] ?? null, input.limit + 1],
    );
    const shown = rows.slice(0, input.limit);
    const last = shown.at(-1);
    return {
      items: shown.map((r) => ({ ...r, at: r.at.toISOString() })),
      nextCursor:
        rows.length > input.limit && last
          ? Buffer.from(JSON.stringify([last.at.toISOString(), last.stream])).toString("base64url")
          : null,
    };
  },
  async verify(ctx) {
    await assertAtRoot(ctx);
    return verifyLedger(ctx.kernel);
  },
};
