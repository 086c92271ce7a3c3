import type { CaseEventType } from "@doorstep/sdk";
import { and, asc, count, eq, max, sql } from "drizzle-orm";
import type { WebhookCtx } from "./deliver.ts";
import { deliveries } from "./schema.ts";

/** How many parked ones are listed. */
const SHOWN = 100;

export interface Receiver {
  readonly address: string;
  readonly waiting: number;
  readonly parked: number;
  /** instant of the last one that was taken */
  readonly sentAt: string | null;
}

export interface ParkedDelivery {
  readonly no: number;
  readonly type: CaseEventType;
  /** instant of the event */
  readonly at: string;
  readonly address: string;
  readonly attempts: number;
  readonly error: string | null;
}

/** How it stands with the unit's receivers, and what could not be delivered. */
export async function overview(ctx: WebhookCtx): Promise<{
  readonly receivers: readonly Receiver[];
  readonly parked: readonly ParkedDelivery[];
  readonly hasSecret: boolean;
}> {
  const mine = eq(deliveries.unitId, ctx.unit.id);
  const sums = await ctx.db
    .select({
      address: deliveries.address,
      waiting: count(sql`case when ${deliveries.state} = 'waiting' then 1 end`),
      parked: count(sql`case when ${deliveries.state} = 'parked' then 1 end`),
      sentAt: max(sql<string>`case when ${deliveries.state} = 'sent' then ${deliveries.nextAt} end`),
    })
    .from(deliveries)
    .where(mine)
    .groupBy(deliveries.address);
  const parked = await ctx.db
    .select()
    .from(deliveries)
    .where(and(mine, eq(deliveries.state, "parked")))
    .orderBy(asc(deliveries.no))
    .limit(SHOWN);
  return {
    hasSecret: ctx.settings.secret !== "",
    receivers: ctx.settings.addresses.map((address) => {
      const sum = sums.find((one) => one.address === address);
      const sentAt = sum?.sentAt;
      return {
        address,
        waiting: sum?.waiting ?? 0,
        parked: sum?.parked ?? 0,
        sentAt: sentAt ? new Date(sentAt).toISOString() : null,
      };
    }),
    parked: parked.map(({ no, event: { type, at }, address, attempts, error }) => {
      return { no, type, at, address, attempts, error };
    }),
  };
}

/** Parked ones, or one of them, go out with the next turn. @returns how many */
export async function again(ctx: WebhookCtx, no: number | null): Promise<{ readonly count: number }> {
  const found = await ctx.db
    .update(deliveries)
    .set({ state: "waiting", attempts: 0, nextAt: ctx.now })
    .where(
      and(
        eq(deliveries.unitId, ctx.unit.id),
        eq(deliveries.state, "parked"),
        no === null ? undefined : eq(deliveries.no, no),
      ),
    )
    .returning({ no: deliveries.no });
  return { count: found.length };
}
