import { DoorstepError, type Id, type Plugin, type PluginSpec, type Text } from "@doorstep/sdk";
import type { RequestCtx } from "@doorstep/sdk/server";
import { and, asc, count, eq, inArray, isNull } from "drizzle-orm";
import type { plugin } from "../plugin.ts";
import { refuse } from "../refusals.ts";
import { answers } from "../schema.ts";
import type { Topic } from "./topics.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
type HelpCtx = RequestCtx<SpecOf<typeof plugin>>;

/** One question with its answer, as it is written. */
export interface Written {
  readonly id: Id;
  /** 0 of a new one; else the version that was read */
  readonly version: number;
  readonly topic: Topic;
  readonly question: Text;
  readonly answer: Text;
  /** empty: nowhere else */
  readonly elsewhere: Text;
  readonly timeLimit: Text;
  readonly source: string;
}

/** So many of one unit at once. */
export const MOST = 200;

type Row = typeof answers.$inferSelect;

const contentOf = (w: Written) => ({
  topic: w.topic,
  questionZh: w.question["zh-CN"],
  questionEn: w.question.en,
  answerZh: w.answer["zh-CN"],
  answerEn: w.answer.en,
  elsewhereZh: w.elsewhere["zh-CN"],
  elsewhereEn: w.elsewhere.en,
  timeLimitZh: w.timeLimit["zh-CN"],
  timeLimitEn: w.timeLimit.en,
  source: w.source,
});

const writtenOf = (row: Row): Written => ({
  id: row.id,
  version: row.version,
  topic: row.topic,
  question: { "zh-CN": row.questionZh, en: row.questionEn },
  answer: { "zh-CN": row.answerZh, en: row.answerEn },
  elsewhere: { "zh-CN": row.elsewhereZh, en: row.elsewhereEn },
  timeLimit: { "zh-CN": row.timeLimitZh, en: row.timeLimitEn },
  source: row.source,
});

/**
 * What the call's unit and those above it answer, the nearest unit first. For everybody: it says nothing of any petition or
 * person, and who reads it is not noted.
 */
export async function answersHere(ctx: HelpCtx) {
  const units = [ctx.unit, ...(await ctx.units.above(ctx.unit.id))];
  const near = new Map(units.map((unit, distance) => [unit.id, { distance, name: unit.name }]));
  const rows = await ctx.db
    .select()
    .from(answers)
    .where(and(inArray(answers.unitId, [...near.keys()]), isNull(answers.endedAt)))
    .orderBy(asc(answers.at), asc(answers.id));
  return rows
    .map((row) => ({ ...writtenOf(row), own: row.unitId === ctx.unit.id, unit: near.get(row.unitId), at: row.at }))
    .sort((a, b) => (a.unit?.distance ?? 0) - (b.unit?.distance ?? 0))
    .map(({ unit, ...one }) => ({ ...one, by: unit?.name ?? ctx.unit.name }));
}

/**
 * Writes or changes an answer of the call's unit; the same press again changes nothing.
 *
 * @throws refusal `changed`, `full`
 */
export async function save(ctx: HelpCtx, written: Written): Promise<void> {
  const byPerson = personOf(ctx);
  const content = contentOf(written);
  const own = and(eq(answers.id, written.id), eq(answers.unitId, ctx.unit.id), isNull(answers.endedAt));
  const stamp = { version: written.version + 1, at: ctx.now, byPerson };
  const [before] = await ctx.db.select().from(answers).where(own);
  if (before?.version === stamp.version && isSame(before, content)) return;
  if (written.version === 0) {
    await assertRoom(ctx);
    const made = await ctx.db
      .insert(answers)
      .values({ id: written.id, unitId: ctx.unit.id, ...content, ...stamp })
      .onConflictDoNothing()
      .returning({ id: answers.id });
    if (made.length === 0) throw refuse("changed");
    return;
  }
  const changed = await ctx.db
    .update(answers)
    .set({ ...content, ...stamp })
    .where(and(own, eq(answers.version, written.version)))
    .returning({ id: answers.id });
  if (changed.length === 0) throw refuse("changed");
}

/** Takes an answer of the call's unit out; one that is out already stays so. */
export async function takeOut(ctx: HelpCtx, id: Id): Promise<void> {
  personOf(ctx);
  await ctx.db
    .update(answers)
    .set({ endedAt: ctx.now })
    .where(and(eq(answers.id, id), eq(answers.unitId, ctx.unit.id), isNull(answers.endedAt)));
}

const isSame = (row: Row, content: ReturnType<typeof contentOf>): boolean =>
  (Object.keys(content) as (keyof typeof content)[]).every((field) => row[field] === content[field]);

async function assertRoom(ctx: HelpCtx): Promise<void> {
  const [found] = await ctx.db
    .select({ n: count() })
    .from(answers)
    .where(and(eq(answers.unitId, ctx.unit.id), isNull(answers.endedAt)));
  if ((found?.n ?? 0) >= MOST) throw refuse("full");
}

function personOf(ctx: HelpCtx): Id {
  if (!ctx.user) throw new DoorstepError("unauthorized");
  return ctx.user.id;
}
