import { addDays, type Id } from "@doorstep/sdk";
import { and, asc, desc, eq, ne } from "drizzle-orm";
import { type TalkKind, visitDays } from "../kinds.ts";
import { refuse } from "../refusals.ts";
import { mediations, talks, visits } from "../schema.ts";
import { atOnce, hasLeft, led, type MediationCtx, meOf, move, todayOf } from "./mediation-ctx.ts";
import { announced } from "./meetings.ts";

const MOST = 100;

/** Those the asker leads or has led, the nearest end first. He sees the dispute, and nothing of the petition. */
export async function ledByMe(ctx: MediationCtx) {
  return await ctx.db
    .select({
      ...{ mediationId: mediations.id, tier: mediations.tier, dispute: mediations.dispute, state: mediations.state },
      untilOn: mediations.untilOn,
    })
    .from(mediations)
    .where(and(eq(mediations.mediatorId, meOf(ctx)), ne(mediations.state, "offered")))
    .orderBy(desc(mediations.untilOn), asc(mediations.id))
    .limit(MOST);
}

export async function oneLed(ctx: MediationCtx, mediationId: Id) {
  const one = await led(ctx, mediationId);
  const { id, tier, dispute, state, untilOn, terms, performOn, settledOn } = one;
  const said = await ctx.db
    .select({ talkId: talks.id, kind: talks.kind, heldOn: talks.heldOn, words: talks.words })
    .from(talks)
    .where(eq(talks.mediationId, id))
    .orderBy(asc(talks.heldOn), asc(talks.writtenAt), asc(talks.id));
  const shown = { mediationId, tier, dispute, state, untilOn, left: hasLeft(one), terms, performOn, settledOn };
  return { ...shown, talks: said, meetings: await announced(ctx, id) };
}

/** Goes on only while both sides wish it. @throws refusal `notFound`, `state` */
async function running(ctx: MediationCtx, mediationId: Id) {
  const one = await led(ctx, mediationId);
  if (one.state !== "running" || hasLeft(one)) throw refuse("state");
  return one;
}

interface Talk {
  readonly talkId: Id;
  readonly kind: TalkKind;
  readonly heldOn: string;
  readonly words: string;
}

/** Notes a talk with one side or with both, or a proposal. The same id is written once. @throws refusal `notFound`, `state`, `heldOn` */
export async function note(ctx: MediationCtx, mediationId: Id, { talkId, ...talk }: Talk): Promise<void> {
  const one = await running(ctx, mediationId);
  if (talk.heldOn > todayOf(ctx)) throw refuse("heldOn");
  await ctx.db
    .insert(talks)
    .values({ id: talkId, mediationId: one.id, ...talk, writtenAt: ctx.now })
    .onConflictDoNothing();
}

/**
 * Both sides have signed: what was agreed on and by when it is done. The visits are fixed with it.
 *
 * @throws refusal `notFound`, `state`, `joint`, `performOn`
 */
export async function settle(ctx: MediationCtx, mediationId: Id, terms: string, performOn: string): Promise<void> {
  const one = await running(ctx, mediationId);
  const today = todayOf(ctx);
  if (performOn < today) throw refuse("performOn");
  const together = await ctx.db
    .select({ id: talks.id })
    .from(talks)
    .where(and(eq(talks.mediationId, one.id), eq(talks.kind, "joint")))
    .limit(1);
  if (together.length === 0) throw refuse("joint");
  await atOnce(ctx, async (db) => {
    await move(db, one, { state: "settled", terms, performOn, settledOn: today });
    await db
      .insert(visits)
      .values(visitDays.map((days) => ({ id: ctx.newId(), mediationId: one.id, dueOn: addDays(today, days) })));
  });
}
