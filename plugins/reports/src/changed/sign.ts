import { dayOf } from "@doorstep/sdk";
import { and, desc, eq } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import type { ReadCtx } from "../reports-ctx.ts";
import { changed } from "../schema.ts";

/** As many as a report reads back; older ones stay in the table. */
const SHOWN = 20;

/** What was signed about a year at the call's unit, the newest version first. */
export async function changedIn(ctx: ReadCtx, year: number) {
  return await ctx.db
    .select({
      ...{ id: changed.id, version: changed.version, words: changed.words },
      ...{ signer: changed.signer, signedOn: changed.signedOn },
    })
    .from(changed)
    .where(and(eq(changed.unitId, ctx.unit.id), eq(changed.year, year)))
    .orderBy(desc(changed.version))
    .limit(SHOWN);
}

interface Signing {
  readonly id: string;
  readonly year: number;
  /** the version that was read before, 0 where there was none */
  readonly after: number;
  readonly words: string;
}

/** Signs a version after the one that was read. A second press does nothing. @throws refusal `changedMeanwhile` */
export async function sign(ctx: ReadCtx, { id, year, after, words }: Signing): Promise<void> {
  const user = ctx.user;
  if (!user) throw refuse("notFound");
  const signedOn = dayOf(ctx.now, ctx.unit.timeZone);
  await ctx.db
    .insert(changed)
    .values({
      ...{ id, unitId: ctx.unit.id, year, version: after + 1, words },
      ...{ signedBy: user.id, signer: user.name, signedOn },
    })
    .onConflictDoNothing();
  const [kept] = await changedIn(ctx, year);
  if (!kept || kept.version < after + 1) throw refuse("changedMeanwhile");
  const [own] = await ctx.db
    .select({ id: changed.id })
    .from(changed)
    .where(and(eq(changed.unitId, ctx.unit.id), eq(changed.id, id)));
  if (!own) throw refuse("changedMeanwhile");
}
