import { addDays, type Id, type Text } from "@doorstep/sdk";
import { and, desc, eq, inArray, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { lettersShown, tellSigner } from "../followups/unit-letters.ts";
import { type JobCtx, meOf, todayOf, type WatchCtx } from "../matters/matter-ctx.ts";
import { refuse } from "../refusals.ts";
import { recommendations } from "../schema.ts";
import { ANSWER_DAYS, type Outcome, type RecommendationKind } from "./kinds.ts";

const MOST = 100;
type Recommendation = typeof recommendations.$inferSelect;

/** Units above the call's, beside it and right below it. */
export async function recipients(ctx: WatchCtx): Promise<readonly { readonly id: Id; readonly name: Text }[]> {
  const above = await ctx.units.above(ctx.unit.id);
  const beside = above[0] ? await ctx.units.children(above[0].id) : [];
  const all = [...(await ctx.units.children(ctx.unit.id)), ...beside, ...above];
  return all.filter((one) => one.id !== ctx.unit.id).map(({ id, name }) => ({ id, name }));
}

interface Given {
  readonly recommendationId: Id;
  readonly toUnit: Id;
  readonly kind: RecommendationKind;
  readonly words: string;
  readonly evidence: string;
}

/** Recommends something to a unit, which has thirty days to answer [K20]. The same id is sent once. @throws refusal `recommendTo` */
export async function recommend(ctx: WatchCtx, { recommendationId: id, ...given }: Given): Promise<void> {
  if (!(await recipients(ctx)).some((one) => one.id === given.toUnit)) throw refuse("recommendTo");
  const [before] = await ctx.db.select().from(recommendations).where(eq(recommendations.id, id));
  if (before) return;
  const dueOn = addDays(todayOf(ctx), ANSWER_DAYS);
  const { kind, words, evidence, toUnit } = given;
  await ctx.letters.toUnit({
    letterId: id,
    toUnit,
    template: "recommendation",
    data: { kind, words, evidence, dueOn },
  });
  const [reportsTo] = await ctx.units.above(given.toUnit);
  const above = (await ctx.units.above(ctx.unit.id)).map((one) => one.id);
  await ctx.db
    .insert(recommendations)
    .values({
      ...{ id, unitId: ctx.unit.id, path: [ctx.unit.id, ...above], reportsTo: reportsTo?.id ?? null, ...given },
      ...{ sentBy: meOf(ctx), sentAt: ctx.now, dueOn },
    })
    .onConflictDoNothing();
  await tellSigner(ctx, id);
}

/**
 * The unit answers in writing whether it adopts it, and where not, why.
 *
 * @throws refusal `recommendation`, `reason`; `answered` where it was answered otherwise
 */
export async function respond(
  ctx: WatchCtx,
  id: Id,
  { outcome, reason }: { readonly outcome: Outcome; readonly reason: string },
): Promise<void> {
  if (outcome !== "adopted" && reason === "") throw refuse("reason");
  const here = and(eq(recommendations.id, id), eq(recommendations.toUnit, ctx.unit.id));
  const [written] = await ctx.db
    .update(recommendations)
    .set({ outcome, reason, answeredBy: meOf(ctx), answeredAt: ctx.now, answeredOn: todayOf(ctx) })
    .where(and(here, isNull(recommendations.outcome)))
    .returning({ id: recommendations.id });
  if (written) return;
  const [known] = await ctx.db.select().from(recommendations).where(here);
  if (!known) throw refuse("recommendation");
  if (known.outcome !== outcome || known.reason !== reason) throw refuse("answered");
}

async function shown(ctx: WatchCtx, rows: readonly Recommendation[]) {
  const ids = [...new Set(rows.flatMap((row) => [row.unitId, row.toUnit]))];
  const units = await Promise.all(ids.map((id) => ctx.units.get(id)));
  const names = new Map(units.flatMap((unit) => (unit ? [[unit.id, unit.name] as const] : [])));
  const letters = await lettersShown(
    ctx,
    rows.map((row) => row.id),
  );
  const today = todayOf(ctx);
  return rows.map((row) => ({
    letters: letters.filter((one) => one.letterId === row.id),
    ...{ recommendationId: row.id, kind: row.kind, words: row.words, evidence: row.evidence, dueOn: row.dueOn },
    ...{ from: names.get(row.unitId) ?? null, to: names.get(row.toUnit) ?? null },
    ...{ outcome: row.outcome, reason: row.reason, answeredOn: row.answeredOn },
    isLate: row.outcome === null && row.dueOn < today,
  }));
}

const openFirst = [sql`${recommendations.answeredAt} desc nulls first`, desc(recommendations.sentAt)];

/** What the unit and those below it have recommended: what waits for an answer first. */
export async function sent(ctx: WatchCtx) {
  const rows = await ctx.db
    .select()
    .from(recommendations)
    .where(inArray(recommendations.unitId, await ctx.units.within(ctx.unit.id)))
    .orderBy(...openFirst)
    .limit(MOST);
  return await shown(ctx, rows);
}

/** What was recommended to the unit itself. */
export async function received(ctx: WatchCtx) {
  const rows = await ctx.db
    .select()
    .from(recommendations)
    .where(eq(recommendations.toUnit, ctx.unit.id))
    .orderBy(...openFirst)
    .limit(MOST);
  return await shown(ctx, rows);
}

/** Tells the unit what came in, whoever recommended it what was answered, and the unit above what was not. Each once. */
export async function tellOfRecommendations(ctx: JobCtx): Promise<void> {
  const { unit } = ctx;
  const isOpen = isNull(recommendations.outcome);
  const rows = await ctx.db
    .select()
    .from(recommendations)
    .where(
      or(
        and(eq(recommendations.toUnit, unit.id), isOpen),
        and(eq(recommendations.unitId, unit.id), isNotNull(recommendations.outcome)),
        and(eq(recommendations.reportsTo, unit.id), isOpen, lt(recommendations.dueOn, todayOf(ctx))),
      ),
    );
  for (const { id, toUnit, unitId, reportsTo, dueOn, outcome } of rows) {
    if (outcome === null && toUnit === unit.id)
      await ctx.notify.tell({
        ...{ to: ["officer", "signer"], news: "recommended", params: { on: dueOn }, key: `recommended-${id}` },
      });
    if (outcome !== null && unitId === unit.id)
      await ctx.notify.tell({ to: ["supervisor"], news: "recommendAnswered", key: `recommend-answered-${id}` });
    if (outcome === null && reportsTo === unit.id && dueOn < todayOf(ctx))
      await ctx.notify.tell({
        ...{ to: ["chargeLeader", "supervisor"], news: "recommendLate", key: `recommend-late-${id}` },
      });
  }
}
