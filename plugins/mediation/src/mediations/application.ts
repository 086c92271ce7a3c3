import type { Id } from "@doorstep/sdk";
import { and, desc, eq } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import { applications } from "../schema.ts";
import { isHere, type MediationCtx, mayBegin, pathOf, seen } from "./mediation-ctx.ts";
import { openAt } from "./read.ts";

/** The petition of whoever asks, by his account or by his return code. @throws refusal `notFound` */
export async function ownCase(ctx: MediationCtx, caseId: Id) {
  const own = await ctx.cases.own(caseId);
  if (!own || own.category === "accusation") throw refuse("notFound");
  return own;
}

interface Application {
  readonly applicationId: Id;
  readonly caseId: Id;
  readonly dispute: string;
}

/**
 * The petitioner asks for mediation himself [PM:17], while it could begin; whoever handles the petition offers it, or says why
 * not. The same id asks once.
 *
 * @throws refusal `notFound`, `askNow`, `state`, `applied`
 */
export async function askFor(ctx: MediationCtx, { applicationId, caseId, dispute }: Application): Promise<void> {
  const { state, holder } = await ownCase(ctx, caseId);
  if (!mayBegin({ state })) throw refuse("askNow");
  if ((await openAt(ctx, caseId)) !== null) throw refuse("state");
  await ctx.db
    .insert(applications)
    .values({ id: applicationId, caseId, path: await pathOf(ctx, holder.id), dispute, askedAt: ctx.now })
    .onConflictDoNothing();
  const [open] = await ctx.db
    .select({ id: applications.id })
    .from(applications)
    .where(and(eq(applications.caseId, caseId), eq(applications.state, "open")));
  if (open && open.id !== applicationId) throw refuse("applied");
}

/** The newest one at a petition. */
export async function newestApplication(ctx: MediationCtx, caseId: Id) {
  const [found] = await ctx.db
    .select({
      ...{ applicationId: applications.id, dispute: applications.dispute, askedAt: applications.askedAt },
      ...{ state: applications.state, answer: applications.answer, path: applications.path },
    })
    .from(applications)
    .where(eq(applications.caseId, caseId))
    .orderBy(desc(applications.askedAt), desc(applications.id))
    .limit(1);
  return found ?? null;
}

/** Nothing is offered, and the petitioner reads why. @throws refusal `notFound`, `state` */
export async function decline(ctx: MediationCtx, applicationId: Id, answer: string): Promise<void> {
  const [found] = await ctx.db.select().from(applications).where(eq(applications.id, applicationId));
  if (!(found && (await isHere(ctx, found.path)) && (await seen(ctx, found.caseId)))) throw refuse("notFound");
  const moved = await ctx.db
    .update(applications)
    .set({ state: "declined", answer, told: true })
    .where(and(eq(applications.id, applicationId), eq(applications.state, "open")))
    .returning({ id: applications.id });
  if (moved.length === 0) throw refuse("state");
}

/** What the desk reads of it, where it waits for an answer. */
export async function openApplication(ctx: MediationCtx, caseId: Id) {
  if (!(await seen(ctx, caseId))) return null;
  const found = await newestApplication(ctx, caseId);
  if (found?.state !== "open") return null;
  const { applicationId, dispute, askedAt, path } = found;
  return { applicationId, dispute, askedAt, mayAnswer: ctx.can("conduct") && (await isHere(ctx, path)) };
}
