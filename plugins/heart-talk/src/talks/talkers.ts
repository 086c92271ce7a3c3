import { and, eq, inArray } from "drizzle-orm";
import { introductions, talks } from "../schema.ts";
import { meOf, type TalkCtx } from "../talk-ctx.ts";

/** Who may be asked for a talk, each with how he introduces himself; nearest first. */
export async function talkers(ctx: TalkCtx) {
  const people = (await ctx.people.holding("talkOfficer")).filter((one) => one.id !== meOf(ctx));
  if (people.length === 0) return [];
  const ids = people.map((one) => one.id);
  const said = await ctx.db.select().from(introductions).where(inArray(introductions.personId, ids));
  const words = new Map(said.map((one) => [one.personId, one.words]));
  return people.map((one) => ({ ...one, words: words.get(one.id) ?? "" }));
}

/** Of those who may be asked, whoever has the fewest talks to hold; of two the nearest. `null` where nobody may. */
export async function freest(ctx: TalkCtx): Promise<string | null> {
  const all = await talkers(ctx);
  if (all.length === 0) return null;
  const ids = all.map((one) => one.id);
  const running = await ctx.db
    .select({ talkerId: talks.talkerId, personId: talks.personId })
    .from(talks)
    .where(and(inArray(talks.talkerId, ids), inArray(talks.state, ["asked", "offered", "fixed"])));
  // with whom a talk is open already another one cannot be
  const open = new Set(running.filter((one) => one.personId === meOf(ctx)).map((one) => one.talkerId));
  const load = (id: string) => running.filter((one) => one.talkerId === id).length;
  const free = ids.filter((id) => !open.has(id));
  return free.toSorted((a, b) => load(a) - load(b))[0] ?? ids[0] ?? null;
}

export async function ownWords(ctx: TalkCtx): Promise<string> {
  const [found] = await ctx.db
    .select()
    .from(introductions)
    .where(eq(introductions.personId, meOf(ctx)));
  return found?.words ?? "";
}

/** A talk officer says in a few words who he is; empty takes them back. */
export async function introduce(ctx: TalkCtx, words: string): Promise<void> {
  const personId = meOf(ctx);
  if (words === "") await ctx.db.delete(introductions).where(eq(introductions.personId, personId));
  else
    await ctx.db
      .insert(introductions)
      .values({ personId, words })
      .onConflictDoUpdate({ target: introductions.personId, set: { words } });
}
