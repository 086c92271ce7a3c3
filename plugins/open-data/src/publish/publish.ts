import { isDeepStrictEqual } from "node:util";
import type { Id } from "@doorstep/sdk";
import { and, desc, eq, isNull } from "drizzle-orm";
import type { PublishCtx } from "../publish-ctx.ts";
import { refuse } from "../refusals.ts";
import { publications } from "../schema.ts";
import { type Chosen, collect } from "./collect.ts";

const ofSeries = (ctx: PublishCtx, dataset: string) =>
  and(eq(publications.unitId, ctx.unit.id), eq(publications.dataset, dataset));

/** Publishes what stands released now as the next version. @throws DoorstepError */
export async function publish(ctx: PublishCtx, chosen: Chosen): Promise<{ readonly version: number }> {
  const content = await collect(ctx, chosen);
  const [last] = await ctx.db
    .select()
    .from(publications)
    .where(ofSeries(ctx, chosen.dataset))
    .orderBy(desc(publications.version))
    .limit(1);
  // what comes back from the database has the same keys in another order
  if (last?.content && isDeepStrictEqual(last.content, JSON.parse(JSON.stringify(content)))) throw refuse("same");
  const id = ctx.newId();
  const version = (last?.version ?? 0) + 1;
  const made = await ctx.db
    .insert(publications)
    .values({
      ...{ id, version, content, seriesId: last?.seriesId ?? id, unitId: ctx.unit.id },
      ...{ dataset: chosen.dataset, from: chosen.from, to: chosen.to },
      ...{ publishedAt: ctx.now, byPerson: ctx.user?.id ?? "" },
    })
    .onConflictDoNothing()
    .returning({ id: publications.id });
  // somebody else pressed in the same moment
  if (made.length === 0) throw refuse("same");
  return { version };
}

/** Takes a version back for good: its figures are deleted here, that it was there and why it is gone stays to be read. */
export async function withdraw(ctx: PublishCtx, id: Id, why: string): Promise<void> {
  const gone = await ctx.db
    .update(publications)
    .set({ content: null, withdrawnAt: ctx.now, why })
    .where(and(eq(publications.id, id), eq(publications.unitId, ctx.unit.id), isNull(publications.withdrawnAt)))
    .returning({ id: publications.id });
  if (gone.length === 0) throw refuse("notFound");
}

/** The datasets the unit can publish, each with its versions, the newest first. */
export async function choices(ctx: PublishCtx) {
  const { id, seriesId, dataset, version, from, to, publishedAt, withdrawnAt, why } = publications;
  const all = await ctx.db
    .select({ ...{ id, seriesId, dataset, version, from, to }, ...{ publishedAt, withdrawnAt, why } })
    .from(publications)
    .where(eq(publications.unitId, ctx.unit.id))
    .orderBy(desc(publications.version));
  const known = await ctx.datasets.list();
  return known.map(({ dataset: name, title, module }) => ({
    ...{ dataset: name, title, module },
    versions: all.filter((one) => one.dataset === name),
  }));
}
