import { DoorstepError } from "@doorstep/sdk";
import { eq } from "drizzle-orm";
import { visits } from "../schema.ts";
import { type VisitCtx, visitOf } from "./visit-ctx.ts";

/** A talk that is going on. @throws DoorstepError `record.notFound`, `record.state` */
export async function readTalk(ctx: VisitCtx, visitId: string) {
  const visit = await visitOf(ctx, visitId);
  if (visit.state !== "talking") throw new DoorstepError("record.state");
  const { no, room, safety, urgent, headcount, representatives, companions } = visit;
  return { visitId, no, room, safety, urgent, headcount, representatives, companions };
}

/** How somebody was received, for whoever sees the petition. */
export async function visitOfCase(ctx: VisitCtx, caseId: string) {
  if ((await ctx.cases.get(caseId)) === null) throw new DoorstepError("case.notFound");
  const [visit] = await ctx.db.select().from(visits).where(eq(visits.caseId, caseId));
  if (!visit) return null;
  const { day, no, room, headcount, representatives, companions, calledAt, endedAt, confirmed } = visit;
  return { day, no, room, headcount, representatives, companions, calledAt, endedAt, confirmed };
}
