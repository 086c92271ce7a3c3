import { addDays, type Id } from "@doorstep/sdk";
import { and, eq, gte, inArray, isNotNull, or } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import { matters, openStates } from "../schema.ts";
import { followUp } from "./ask.ts";
import { channelTexts } from "./channels.ts";
import { lastStep, type Step } from "./last-step.ts";
import { type JobCtx, type Matter, meOf, todayOf, together, type WatchCtx } from "./matter-ctx.ts";
import { addReason, pathOf } from "./raise.ts";

/** So long after its end a unit is still told of it, should the daily work have been down. */
const TOLD_FOR_DAYS = 30;

interface Silent {
  /** The warning that is handed over; the same is taken once. */
  readonly warningId: Id;
  readonly aboutUnit: Id;
  readonly channel: string;
  readonly why: string;
}

/**
 * Takes over that a way in of a unit went quiet [SPEC 12.1]: a matter that belongs to no petition. Where one of that unit and
 * channel is open already, its reason is added there.
 *
 * @throws refusal `silentWhere`, `state`
 */
export async function raiseSilent(ctx: WatchCtx, { warningId, aboutUnit, channel, why }: Silent): Promise<Id> {
  const path = (await ctx.units.get(aboutUnit)) ? await pathOf(ctx, aboutUnit) : [];
  if (!path.includes(ctx.unit.id) || !Object.hasOwn(channelTexts, channel)) throw refuse("silentWhere");
  return await together(ctx, async (tx) => {
    const id = tx.newId();
    const fresh = { id, aboutId: id, unitId: aboutUnit, path, channel, askedFrom: ctx.unit.id, openedAt: ctx.now };
    await tx.db
      .insert(matters)
      .values({ ...fresh, state: "raised" })
      .onConflictDoNothing();
    const [open] = await tx.db
      .select()
      .from(matters)
      .where(and(eq(matters.unitId, aboutUnit), eq(matters.channel, channel), inArray(matters.state, openStates)));
    if (!open) throw refuse("state");
    const reason = { code: "silentChannel", at: ctx.now, eventId: warningId, raisedBy: meOf(ctx), why } as const;
    const holds = await addReason(tx, open.id, reason);
    // Handed over before: the matter that has it may have ended since, and is not opened again.
    if (holds !== open.id && open.id === id) await tx.db.delete(matters).where(eq(matters.id, id));
    return holds;
  });
}

const ofSilent = isNotNull(matters.channel);

async function tellUnit(ctx: JobCtx, matter: Matter, last: Step): Promise<void> {
  const to = ["officer", "signer"] as const;
  if (matter.state === "asked")
    await ctx.notify.tell({ to, news: "silent", params: { on: last.dueOn }, key: `asked-${last.id}` });
  else if (matter.state === "closed") await ctx.notify.tell({ to, news: "closed", key: `closed-${last.id}` });
  else if (last.sentBack !== null) await ctx.notify.tell({ to, news: "sentBack", key: `sentBack-${last.id}` });
}

async function tellAbove(ctx: JobCtx, matter: Matter, last: Step): Promise<void> {
  if (matter.state === "answered")
    await ctx.notify.tell({ to: ["supervisor"], news: "answered", key: `answered-${last.id}` });
  if (matter.state === "asked" && last.rung === "second" && last.givenBy === null)
    await ctx.notify.tell({ to: ["chargeLeader"], news: "second", key: `second-${matter.id}` });
}

/**
 * The daily work at matters of no petition, which have no period of the platform: what was not answered in time is urged again,
 * and either side is told once of what the other did.
 */
export async function followSilent(ctx: JobCtx): Promise<void> {
  const since = `${addDays(todayOf(ctx), -TOLD_FOR_DAYS)}T00:00:00Z`;
  const found = await ctx.db
    .select()
    .from(matters)
    .where(
      and(
        ofSilent,
        or(eq(matters.unitId, ctx.unit.id), eq(matters.askedFrom, ctx.unit.id)),
        or(inArray(matters.state, openStates), gte(matters.endedAt, since)),
      ),
    );
  for (const matter of found) {
    if (matter.unitId === ctx.unit.id) await followUp(ctx, matter);
    const last = await lastStep(ctx, matter.id);
    if (!last) continue;
    if (matter.unitId === ctx.unit.id) await tellUnit(ctx, matter, last);
    if (matter.askedFrom === ctx.unit.id) await tellAbove(ctx, matter, last);
  }
}
