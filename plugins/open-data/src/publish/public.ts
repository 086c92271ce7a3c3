import type { Id, Text } from "@doorstep/sdk";
import { and, asc, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { Content } from "../content.ts";
import { type FileFormat, write } from "../formats.ts";
import type { PublishCtx } from "../publish-ctx.ts";
import { refuse } from "../refusals.ts";
import { publications } from "../schema.ts";

const said = (path: readonly string[]) =>
  sql<Text>`${publications.content} #> array[${sql.join([...path], sql`, `)}]::text[]`;

/** What is published, each series by its newest version, with the house's time zone: whoever reads it is at home anywhere. */
export async function published(ctx: Pick<PublishCtx, "db" | "unit">) {
  const rows = await ctx.db
    .selectDistinctOn([publications.seriesId], {
      ...{ seriesId: publications.seriesId, version: publications.version, publishedAt: publications.publishedAt },
      ...{ from: publications.from, to: publications.to },
      ...{ title: said(["about", "title"]), module: said(["about", "module"]), unit: said(["unit", "name"]) },
    })
    .from(publications)
    .where(isNotNull(publications.content))
    .orderBy(asc(publications.seriesId), desc(publications.version));
  const { timeZone } = ctx.unit;
  return rows.toSorted((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1)).map((row) => ({ ...row, timeZone }));
}

async function versionsOf(ctx: PublishCtx, seriesId: Id) {
  const { version, from, to, publishedAt, withdrawnAt, why } = publications;
  return await ctx.db
    .select({ version, from, to, publishedAt, withdrawnAt, why })
    .from(publications)
    .where(eq(publications.seriesId, seriesId))
    .orderBy(desc(version));
}

interface Wanted {
  readonly seriesId: Id;
  /** absent: the newest that stands */
  readonly version?: number | undefined;
}

/** One version, or the newest, as it stands; undefined where it was withdrawn. */
export async function standing(ctx: Pick<PublishCtx, "db">, { seriesId, version }: Wanted) {
  const [found] = await ctx.db
    .select()
    .from(publications)
    .where(
      and(
        eq(publications.seriesId, seriesId),
        isNotNull(publications.content),
        version === undefined ? undefined : eq(publications.version, version),
      ),
    )
    .orderBy(desc(publications.version))
    .limit(1);
  return found?.content ? { ...found, content: found.content } : undefined;
}

/** One version with its figures; `null` where none of the series stands any more, or where that one was withdrawn. */
export async function onePublication(ctx: PublishCtx, wanted: Wanted) {
  const versions = await versionsOf(ctx, wanted.seriesId);
  if (versions.length === 0) throw refuse("notFound");
  const found = await standing(ctx, wanted);
  const shown: { version: number; from: string; to: string; publishedAt: string; content: Content } | null = found
    ? {
        ...{ version: found.version, from: found.from, to: found.to },
        publishedAt: found.publishedAt,
        content: found.content,
      }
    : null;
  return { versions, shown, timeZone: ctx.unit.timeZone };
}

/** The same as a file. */
export async function publicFile(ctx: PublishCtx, wanted: Wanted, format: FileFormat) {
  const found = await standing(ctx, wanted);
  if (!found) throw refuse("notFound");
  return write({ ...found, format });
}
