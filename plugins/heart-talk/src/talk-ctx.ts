import { DoorstepError, dayOf, type Id, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import { and, eq } from "drizzle-orm";
import type { plugin } from "./plugin.ts";
import { refuse } from "./refusals.ts";
import { talks } from "./schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type TalkCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type TalkRow = typeof talks.$inferSelect;

/** Which of the two somebody is. */
export type Side = "talker" | "person";

/** @throws DoorstepError `unauthorized` */
export function meOf(ctx: TalkCtx): Id {
  if (!ctx.user) throw new DoorstepError("unauthorized");
  return ctx.user.id;
}

export const todayOf = (ctx: Pick<TalkCtx, "now" | "unit">): string => dayOf(ctx.now, ctx.unit.timeZone);

export const sideOf = (ctx: TalkCtx, talk: TalkRow): Side => (talk.talkerId === meOf(ctx) ? "talker" : "person");

/** A talk that is the asker's own, as one of the two or as a given one of them; for everybody else there is none. */
export async function talkOf(ctx: TalkCtx, talkId: Id, as?: Side): Promise<TalkRow> {
  const me = meOf(ctx);
  const [talk] = await ctx.db.select().from(talks).where(eq(talks.id, talkId));
  const isMine = talk && (talk.talkerId === me || talk.personId === me);
  if (!isMine || (as && sideOf(ctx, talk) !== as)) throw refuse("notFound");
  return talk;
}

/** Does all of it or nothing. */
export const together = <T>(ctx: TalkCtx, work: (ctx: TalkCtx) => Promise<T>): Promise<T> =>
  ctx.db.transaction((tx) => work({ ...ctx, db: tx as unknown as TalkCtx["db"] }));

/** Changes a talk that nobody has moved on meanwhile. */
export async function change(ctx: TalkCtx, talk: TalkRow, to: Partial<TalkRow>): Promise<void> {
  const changed = await ctx.db
    .update(talks)
    .set({ ...to, changedAt: ctx.now })
    .where(
      and(
        eq(talks.id, talk.id),
        eq(talks.state, talk.state),
        eq(talks.noteNo, talk.noteNo),
        eq(talks.talkerId, talk.talkerId),
      ),
    )
    .returning({ id: talks.id });
  if (changed.length === 0) throw refuse("state");
}

/** Whether a statement failed because two people have a talk open already. */
export const isSecondOpen = (error: unknown): boolean => {
  const { constraint } = ((error as { cause?: unknown }).cause ?? error) as { readonly constraint?: unknown };
  return constraint === "talks_open";
};

/** @throws refusal for somebody who is not of the unit */
export async function assertOfUnit(ctx: TalkCtx, personId: Id): Promise<void> {
  const found = await ctx.people.ofUnit({ ids: [personId] });
  if (found.length === 0) throw refuse("person");
}
