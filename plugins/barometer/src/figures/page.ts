import { eq } from "drizzle-orm";
import type { JobCtx } from "../barometer-ctx.ts";
import { pages } from "../schema.ts";
import { causesOf } from "./causes.ts";
import { forecastFor, headlineOf, heatOf, shareOf, themesOf, trendOf } from "./compare.ts";
import { type Look, lookOf } from "./look.ts";
import { type Dataset, stampOf } from "./released.ts";

const parts = {
  headline: headlineOf,
  trend: trendOf,
  forecast: forecastFor,
  heat: heatOf,
  themes: themesOf,
  causes: causesOf,
  repeat: (look: Look) => shareOf(look, "repeat"),
  joint: (look: Look) => shareOf(look, "joint"),
  onTime: (look: Look) => shareOf(look, "onTime"),
  satisfied: (look: Look) => shareOf(look, "satisfied"),
};
type Parts = typeof parts;
type PartName = keyof Parts;

/** What the page says by released figures, the same for whoever may see it. A part that cannot be made is left out. */
export type ReleasedPage = { readonly [N in PartName]?: Awaited<ReturnType<Parts[N]>> };

const READ = ["registration", "answer", "conclusion", "together", "root-cause/petitions"] as const satisfies Dataset[];

async function makePage(look: Look): Promise<ReleasedPage> {
  const made = await Promise.all(
    Object.entries(parts).map(async ([name, make]) => {
      try {
        return [[name, await make(look)] as const];
      } catch {
        // asked for alone it fails as itself, and is counted with the module's health
        return [];
      }
    }),
  );
  return Object.fromEntries(made.flat());
}

async function keptRow(ctx: JobCtx) {
  const [kept] = await ctx.db.select().from(pages).where(eq(pages.unitId, ctx.unit.id));
  return kept;
}

/**
 * The page of the call's unit: the kept one where everything it was made from is as it was, else made now, and kept where it is
 * whole. The stamp is taken before anything is made: what is released meanwhile makes it out of date already.
 */
export async function pageOf(ctx: JobCtx): Promise<ReleasedPage> {
  const [stamp, kept] = await Promise.all([stampOf(ctx, READ), keptRow(ctx)]);
  if (kept?.stamp === stamp) return kept.page;
  const page = await makePage(lookOf(ctx));
  if (Object.keys(page).length < Object.keys(parts).length) return page;
  const row = { stamp, page };
  await ctx.db
    .insert(pages)
    .values({ unitId: ctx.unit.id, ...row })
    .onConflictDoUpdate({ target: pages.unitId, set: row });
  return page;
}
