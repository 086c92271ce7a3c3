import type { Id, Text } from "@doorstep/sdk";
import { and, asc, desc, eq, isNull } from "drizzle-orm";
import { lastStep } from "../matters/last-step.ts";
import { type JobCtx, type Matter, matterOf, meOf, together, type WatchCtx } from "../matters/matter-ctx.ts";
import { refuse } from "../refusals.ts";
import { circularReaders, circulars } from "../schema.ts";
import { lettersShown, tellSigner } from "./unit-letters.ts";

const MOST = 100;

async function unitsAround(
  ctx: WatchCtx,
  matter: Matter,
): Promise<readonly { readonly id: Id; readonly name: Text }[]> {
  const below = await ctx.units.children(ctx.unit.id);
  const concerned = below.some((one) => one.id === matter.unitId) ? null : await ctx.units.get(matter.unitId);
  return [...below, ...(concerned ? [concerned] : [])].map(({ id, name }) => ({ id, name }));
}

/** The units right below the one that supervises, and the one that is supervised: of these the circle is chosen. */
export async function circleOf(ctx: WatchCtx, matterId: Id) {
  const matter = await matterOf(ctx, matterId, "above");
  const units = await unitsAround(ctx, matter);
  return units.map(({ id, name }) => ({ id, name, concerned: id === matter.unitId }));
}

interface Circular {
  readonly circularId: Id;
  readonly title: string;
  readonly words: string;
  readonly units: readonly Id[];
}

interface Reader {
  readonly unitId: Id;
  readonly letterId: Id | null;
}

/** To each unit but the one that sends it as a letter of its own. @throws DoorstepError `notice.glyphMissing` */
async function writeTo(ctx: WatchCtx, unitId: Id, { title, words }: Circular): Promise<Reader> {
  if (unitId === ctx.unit.id) return { unitId, letterId: null };
  const letterId = ctx.newId();
  await ctx.letters.toUnit({ letterId, toUnit: unitId, template: "circular", data: { title, words } });
  return { unitId, letterId };
}

async function withdrawAll(ctx: WatchCtx, readers: readonly Reader[]): Promise<void> {
  for (const { letterId } of readers) if (letterId) await ctx.letters.withdraw(letterId);
}

/** Letters of the circulars of a matter. */
export async function circularLetters(ctx: WatchCtx, matterId: Id): Promise<readonly Id[]> {
  const rows = await ctx.db
    .select({ letterId: circularReaders.letterId })
    .from(circularReaders)
    .innerJoin(circulars, eq(circulars.id, circularReaders.circularId))
    .where(eq(circulars.matterId, matterId))
    .orderBy(asc(circularReaders.unitId));
  return rows.flatMap((row) => row.letterId ?? []);
}

/** Sends a circular to the units of its circle, the one concerned among them. The same id is sent once. @throws refusal `state`, `circle` */
export async function circulate(ctx: WatchCtx, matterId: Id, given: Circular): Promise<void> {
  const matter = await matterOf(ctx, matterId, "above");
  const { circularId: id, title, words, units } = given;
  const [before] = await ctx.db.select().from(circulars).where(eq(circulars.id, id));
  if (before?.matterId === matterId) return;
  const step = await lastStep(ctx, matterId);
  if (step?.rung !== "circular" || before) throw refuse("state");
  const circle = new Set(units);
  const allowed = new Set((await unitsAround(ctx, matter)).map((one) => one.id));
  if (!circle.has(matter.unitId) || [...circle].some((unitId) => !allowed.has(unitId))) throw refuse("circle");
  const readers: Reader[] = [];
  try {
    for (const unitId of circle) readers.push(await writeTo(ctx, unitId, given));
    await keep(ctx, { id, matterId, stepId: step.id, unitId: ctx.unit.id, title, words }, readers);
  } catch (error) {
    await withdrawAll(ctx, readers);
    throw error;
  }
  const [first] = readers.flatMap((one) => one.letterId ?? []);
  if (first) await tellSigner(ctx, first);
}

async function keep(
  ctx: WatchCtx,
  circular: Pick<typeof circulars.$inferInsert, "id" | "matterId" | "stepId" | "unitId" | "title" | "words">,
  readers: readonly Reader[],
): Promise<void> {
  await together(ctx, async (tx) => {
    const sent = { sentBy: meOf(ctx), sentAt: ctx.now };
    const [made] = await tx.db
      .insert(circulars)
      .values({ ...circular, ...sent })
      .onConflictDoNothing()
      .returning({ id: circulars.id });
    if (!made) throw refuse("state");
    await tx.db.insert(circularReaders).values(readers.map((one) => ({ circularId: circular.id, ...one })));
  });
}

const instant = (at: string | null): string | null => at && new Date(at).toISOString();

/** Those of a matter with who has confirmed, and when. */
export async function circularsOf(ctx: WatchCtx, matterId: Id) {
  const rows = await ctx.db.select().from(circulars).where(eq(circulars.matterId, matterId));
  return await Promise.all(
    rows.map(async ({ id, stepId, title, words, sentAt }) => {
      const readers = await ctx.db.select().from(circularReaders).where(eq(circularReaders.circularId, id));
      const units = await Promise.all(
        readers.map(async ({ unitId, readAt }) => ({
          unit: (await ctx.units.get(unitId))?.name ?? null,
          readAt: instant(readAt),
        })),
      );
      return { circularId: id, stepId, title, words, sentAt: instant(sentAt) ?? "", units };
    }),
  );
}

/** What has come in for the unit: its words and from whom, nothing of the petition. */
export async function circularsHere(ctx: WatchCtx) {
  const rows = await ctx.db
    .select({ one: circulars, readAt: circularReaders.readAt, letterId: circularReaders.letterId })
    .from(circularReaders)
    .innerJoin(circulars, eq(circulars.id, circularReaders.circularId))
    .where(eq(circularReaders.unitId, ctx.unit.id))
    .orderBy(desc(circulars.sentAt))
    .limit(MOST);
  return await Promise.all(
    rows.map(async ({ one: { id, title, words, sentAt, unitId }, readAt, letterId }) => ({
      ...{ circularId: id, title, words, sentAt: instant(sentAt) ?? "", readAt: instant(readAt) },
      from: (await ctx.units.get(unitId))?.name ?? null,
      letters: await lettersShown(ctx, letterId ? [letterId] : []),
    })),
  );
}

/** The unit has read it; the first who says so stands for the unit. @throws refusal `circular` */
export async function confirmRead(ctx: WatchCtx, circularId: Id): Promise<void> {
  const here = and(eq(circularReaders.circularId, circularId), eq(circularReaders.unitId, ctx.unit.id));
  const [known] = await ctx.db.select().from(circularReaders).where(here);
  if (!known) throw refuse("circular");
  await ctx.db
    .update(circularReaders)
    .set({ readBy: meOf(ctx), readAt: ctx.now })
    .where(and(here, isNull(circularReaders.readAt)));
}

/** Each unit is told once of what has come in for it. */
export async function tellOfCirculars(ctx: JobCtx): Promise<void> {
  const unread = await ctx.db
    .select({ id: circularReaders.circularId })
    .from(circularReaders)
    .where(and(eq(circularReaders.unitId, ctx.unit.id), isNull(circularReaders.readAt)));
  for (const { id } of unread)
    await ctx.notify.tell({ to: ["officer", "signer"], news: "circular", key: `circular-${id}` });
}
