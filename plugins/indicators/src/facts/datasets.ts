import { categories, intakeChannels, type Text } from "@doorstep/sdk";
import type { DatasetRow, DatasetSpec } from "@doorstep/sdk/server";
import { sql } from "drizzle-orm";
import type { JobCtx } from "../indicators-ctx.ts";
import { cells, progress } from "../schema.ts";
import { movements } from "./movements.ts";
import { categoryTexts, channelTexts, dimensionTexts, markTexts, thingTexts } from "./texts.ts";
import { type Thing, things } from "./things.ts";

/** What has no category yet, or came by nobody knows which way. */
export const NONE = "none";

const dimensions = {
  category: { title: dimensionTexts.category, values: pick([...categories, NONE], categoryTexts) },
  channel: { title: dimensionTexts.channel, values: pick([...intakeChannels, NONE], channelTexts) },
};

function pick<K extends string>(keys: readonly K[], texts: Readonly<Record<K, Text>>): Readonly<Record<K, Text>> {
  return Object.fromEntries(keys.map((key) => [key, texts[key]])) as Record<K, Text>;
}

interface Alike {
  readonly unit_id: string;
  readonly category: string;
  readonly channel: string;
  readonly marks: string[];
  readonly count: number;
}

/** Whether everything that happened by the end of the month was read. */
async function isWhole(ctx: JobCtx, month: string): Promise<boolean> {
  const [known] = await ctx.db.select({ until: progress.wholeUntil }).from(progress);
  // a day more, for units whose day ends later
  const until = known?.until ? new Date(Date.parse(known.until) - 86_400_000).toISOString() : "";
  return until.slice(0, 7) > month;
}

async function rowsOf(ctx: JobCtx, thing: Thing, month: string): Promise<readonly DatasetRow[]> {
  const { rows } = await ctx.db.execute<Alike & Record<string, unknown>>(
    sql`select unit_id, category, channel, marks, count from ${cells}
         where thing = ${thing} and month = ${`${month}-01`}::date and count <> 0`,
  );
  return rows.map(({ unit_id: unitId, category, channel, marks, count }) => ({
    ...{ unitId, count, values: { category, channel } },
    measures: Object.fromEntries(things[thing].map((mark) => [mark, marks.includes(mark) ? count : 0])),
  }));
}

const datasetOf = (thing: Thing) => ({
  ...{ title: thingTexts[thing], dimensions, measures: pick(things[thing], markTexts) },
  live: async (ctx: JobCtx, { month }: Parameters<DatasetSpec["live"]>[1]) =>
    (await isWhole(ctx, month)) ? await rowsOf(ctx, thing, month) : null,
});

/** The same, once everything of the month was read. */
const whenWhole = <
  D extends { readonly live: (ctx: JobCtx, asked: { readonly month: string }) => Promise<readonly DatasetRow[]> },
>(
  dataset: D,
) => ({
  ...dataset,
  live: async (ctx: JobCtx, asked: { readonly month: string }) =>
    (await isWhole(ctx, asked.month)) ? await dataset.live(ctx, asked) : null,
});

/** What the platform releases by month: one dataset for each thing that is counted, and what moves. */
export const datasets = {
  registration: datasetOf("registration"),
  acceptance: datasetOf("acceptance"),
  conclusion: datasetOf("conclusion"),
  due: datasetOf("due"),
  answer: datasetOf("answer"),
  commitment: datasetOf("commitment"),
  review: datasetOf("review"),
  assignment: datasetOf("assignment"),
  resolution: datasetOf("resolution"),
  suggestion: datasetOf("suggestion"),
  charge: datasetOf("charge"),
  forwarding: whenWhole(movements.forwarding),
  cameBack: whenWhole(movements.cameBack),
  sentBack: whenWhole(movements.sentBack),
  decision: whenWhole(movements.decision),
  together: whenWhole(movements.together),
} satisfies Record<Thing, unknown> & Record<keyof typeof movements, unknown>;
