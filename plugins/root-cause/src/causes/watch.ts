import { addDays, type Id } from "@doorstep/sdk";
import { and, eq, inArray, isNotNull, isNull, lt, lte, or } from "drizzle-orm";
import { REMIND_DAYS } from "../codes.ts";
import { spansOf } from "../figures/months.ts";
import { countsOf } from "../figures/released.ts";
import { verify } from "../figures/verify.ts";
import { asks, causes, links, rounds } from "../schema.ts";
import { type Cause, type JobCtx, move, roundOf, todayOf, together } from "./cause-ctx.ts";
import { giveAsked, giveFix } from "./give-tasks.ts";

const HEADS = ["officeHead", "officer"] as const;

/** Where the months after a fix were released: it held, or the next round begins, or a person has to judge. */
async function verifyOne(ctx: JobCtx, cause: Cause): Promise<void> {
  const round = await roundOf(ctx, cause);
  if (!round?.doneOn) return;
  const [above] = await ctx.units.above(ctx.unit.id);
  const counts = await countsOf(ctx, cause.unitId, cause.subject);
  const larger = above ? await countsOf(ctx, above.id, cause.subject) : counts;
  const found = verify(counts, larger, spansOf(round.decidedOn, round.doneOn, ctx.settings.months));
  if (!found) return;
  const to = {
    fell: { state: "closed" as const, endedAt: ctx.now },
    notFell: { state: "open" as const, round: cause.round + 1 },
    unclear: { state: "judging" as const },
  }[found.verdict];
  await together(ctx, async (tx) => {
    await move(tx, cause, to);
    await tx.db
      .update(rounds)
      .set({ ...found, verifiedAt: ctx.now })
      .where(and(eq(rounds.causeId, cause.id), eq(rounds.no, round.no)));
  });
  const news = found.verdict === "unclear" ? "judge" : found.verdict;
  await ctx.notify.tell({ to: HEADS, news, key: `verified-${cause.id}-${round.no}` });
}

/** Who has not answered, or not done, is reminded, and once more each week. */
async function remind(ctx: JobCtx): Promise<void> {
  const today = todayOf(ctx);
  const again = addDays(today, -REMIND_DAYS);
  const lateAsks = await ctx.db
    .update(asks)
    .set({ remindedOn: today })
    .where(
      and(
        ...[eq(asks.unitId, ctx.unit.id), isNull(asks.answeredAt), lt(asks.dueOn, today)],
        or(isNull(asks.remindedOn), lte(asks.remindedOn, again)),
      ),
    )
    .returning({ id: asks.id });
  for (const { id } of lateAsks) await ctx.notify.tell({ to: HEADS, news: "askLate", key: `late-${id}-${today}` });
  const late = await ctx.db
    .select({ id: causes.id, no: rounds.no })
    .from(rounds)
    .innerJoin(causes, and(eq(causes.id, rounds.causeId), eq(causes.round, rounds.no)))
    .where(
      and(
        ...[eq(rounds.ownerUnit, ctx.unit.id), eq(causes.state, "fixing"), lt(rounds.dueOn, today)],
        or(isNull(rounds.remindedOn), lte(rounds.remindedOn, again)),
      ),
    );
  for (const { id, no } of late) {
    await ctx.db
      .update(rounds)
      .set({ remindedOn: today })
      .where(and(eq(rounds.causeId, id), eq(rounds.no, no)));
    await ctx.notify.tell({ to: HEADS, news: "fixLate", key: `late-${id}-${no}-${today}` });
  }
}

/** What other units answered is told to the unit that asked, once. */
async function tellAnswered(ctx: JobCtx): Promise<void> {
  const answered = await ctx.db
    .select({ id: asks.id })
    .from(asks)
    .innerJoin(causes, eq(causes.id, asks.causeId))
    .where(and(eq(causes.unitId, ctx.unit.id), isNotNull(asks.answeredAt), lt(asks.answeredAt, ctx.now)));
  for (const { id } of answered) await ctx.notify.tell({ to: HEADS, news: "answered", key: `answered-${id}` });
}

/** Looks once a day through what waits at one unit. */
export async function watch(ctx: JobCtx): Promise<void> {
  const mine = await ctx.db
    .select()
    .from(causes)
    .where(and(eq(causes.unitId, ctx.unit.id), eq(causes.state, "checking")));
  for (const cause of mine) await verifyOne(ctx, cause);
  const toFix = await ctx.db
    .select({ cause: causes })
    .from(causes)
    .innerJoin(rounds, and(eq(causes.id, rounds.causeId), eq(causes.round, rounds.no)))
    .where(and(eq(rounds.ownerUnit, ctx.unit.id), eq(causes.state, "fixing"), isNull(rounds.taskId)));
  for (const { cause } of toFix) await giveFix(ctx, cause);
  await giveAsked(ctx);
  await remind(ctx);
  await tellAnswered(ctx);
}

/** A destroyed file leaves its causes, but is linked with none. */
export async function forgetCase(ctx: JobCtx, caseId: Id): Promise<void> {
  await ctx.db.delete(links).where(eq(links.caseId, caseId));
  await ctx.db.update(causes).set({ originId: null }).where(eq(causes.originId, caseId));
}

/** What has become an accusation since is linked with nothing here. */
export async function forgetSealed(ctx: JobCtx): Promise<void> {
  const kept = await ctx.db.selectDistinct({ caseId: links.caseId }).from(links);
  const ids = kept.map((one) => one.caseId);
  const heard = new Set(await ctx.events.heard(ids));
  const gone = ids.filter((one) => !heard.has(one));
  if (gone.length === 0) return;
  await ctx.db.delete(links).where(inArray(links.caseId, gone));
  await ctx.db.update(causes).set({ originId: null }).where(inArray(causes.originId, gone));
}
