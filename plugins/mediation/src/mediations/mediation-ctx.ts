import { type CaseBrief, DoorstepError, dayOf, type Id, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import { and, eq } from "drizzle-orm";
import type { plugin } from "../plugin.ts";
import { refuse } from "../refusals.ts";
import { mediations } from "../schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type MediationCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type Mediation = typeof mediations.$inferSelect;

/** The code of the petitioner's consent, and of the kernel's mark. */
export const MEDIATION = "mediation";

/** @throws DoorstepError `unauthorized` */
export function meOf(ctx: MediationCtx): Id {
  if (!ctx.user) throw new DoorstepError("unauthorized");
  return ctx.user.id;
}

export const todayOf = ({ now, unit }: Pick<JobCtx, "now" | "unit">): string => dayOf(now, unit.timeZone);

/** The petition as the asker may see it; accusations are nobody's here. */
export async function seen(ctx: MediationCtx, caseId: Id): Promise<CaseBrief | null> {
  const found = await ctx.cases.get(caseId);
  return found?.category === "accusation" ? null : found;
}

/** The platform opens a mediation only then (T13): whoever asks or is asked before or later does so for nothing. */
export const mayBegin = ({ state }: Pick<CaseBrief, "state">): boolean =>
  state === "accepted" || state === "inHandling";

/** The unit and all above it. */
export async function pathOf(ctx: JobCtx, unitId: Id): Promise<Id[]> {
  return [unitId, ...(await ctx.units.above(unitId)).map((one) => one.id)];
}

/** Whether a row is of the call's unit or of one that is below it today: its path begins with whose it is, and goes on as the units stood then. */
export const isHere = async (ctx: JobCtx, [unitId = ""]: readonly Id[]): Promise<boolean> =>
  (await pathOf(ctx, unitId)).includes(ctx.unit.id);

/** One that the call's unit conducts, at a petition the asker may see. @throws refusal `notFound` */
export async function conducted(ctx: MediationCtx, mediationId: Id): Promise<Mediation> {
  const [found] = await ctx.db.select().from(mediations).where(eq(mediations.id, mediationId));
  if (!(found && (await isHere(ctx, found.path)) && (await seen(ctx, found.caseId)))) throw refuse("notFound");
  return found;
}

/** One that the asker leads and that has begun. @throws refusal `notFound` */
export async function led(ctx: MediationCtx, mediationId: Id): Promise<Mediation> {
  const [found] = await ctx.db
    .select()
    .from(mediations)
    .where(and(eq(mediations.id, mediationId), eq(mediations.mediatorId, meOf(ctx))));
  if (!found || found.state === "offered") throw refuse("notFound");
  return found;
}

/** A side goes on no more: the mediator neither. */
export const hasLeft = (one: Mediation): boolean => one.petitionerLeft || one.otherAnswer !== "yes";

/** Changes one that nobody has moved on meanwhile. @throws refusal `state` */
export async function move(db: JobCtx["db"], one: Mediation, to: Partial<Mediation>): Promise<void> {
  const moved = await db
    .update(mediations)
    .set(to)
    .where(
      and(
        eq(mediations.id, one.id),
        eq(mediations.state, one.state),
        eq(mediations.otherAnswer, one.otherAnswer),
        eq(mediations.mediatorId, one.mediatorId),
        eq(mediations.petitionerLeft, one.petitionerLeft),
      ),
    )
    .returning({ id: mediations.id });
  if (moved.length === 0) throw refuse("state");
}

/** Runs what belongs together as one piece. */
export const atOnce = <T>(ctx: JobCtx, work: (db: JobCtx["db"]) => Promise<T>): Promise<T> =>
  ctx.db.transaction((tx) => work(tx as unknown as JobCtx["db"]));
