import { addDays, type Id } from "@doorstep/sdk";
import { and, eq } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import { seats } from "../schema.ts";
import { write } from "./call.ts";
import {
  atOnce,
  conducted,
  dayIn,
  HEARING,
  type Hearing,
  type HearingCtx,
  type JobCtx,
  seatsOf,
  todayOf,
} from "./hearing-ctx.ts";

interface Replacement {
  /** who leaves, or has left since the petitioner asked for it */
  readonly leaverId: Id;
  readonly personId: Id;
  /** into the file, read inside only */
  readonly why: string;
}

/** Whether the parties can still be told in time who sits on the panel; later it is called anew. */
export const isTimeToReplace = (ctx: JobCtx, { state, hearingOn }: Hearing): boolean =>
  state === "called" && hearingOn !== null && addDays(todayOf(ctx), ctx.settings.noticeDays) <= hearingOn;

/**
 * Somebody else takes the place of whoever leaves the panel; the kernel checks him like the others. While the notice is not
 * signed it names him; afterwards the petitioner reads it on his page, and may ask that he leaves as well.
 *
 * @throws refusal `notFound`, `state`, `replaceLate`, `notHere`, `onPanel`; DoorstepError `act.refused` with
 * `hearing.investigates`, `recusal.standsOut`
 */
export async function replace(ctx: HearingCtx, hearingId: Id, { leaverId, personId, why }: Replacement): Promise<void> {
  const one = await conducted(ctx, hearingId);
  const panel = await seatsOf(ctx, hearingId);
  const leaver = panel.find((seat) => seat.personId === leaverId);
  if (!leaver) throw refuse("notFound");
  const joined = panel.find((seat) => seat.replaces === leaverId);
  if (joined?.personId === personId) return;
  if (one.state !== "called" || joined) throw refuse("state");
  if (!isTimeToReplace(ctx, one)) throw refuse("replaceLate");
  if (panel.some((seat) => seat.personId === personId)) throw refuse("onPanel");
  const [person] = await ctx.people.ofUnit({ ids: [personId] });
  if (!person) throw refuse("notHere");
  await ctx.procedures.seat(one.caseId, HEARING, {
    ...{ personIds: [personId], key: `${hearingId}-${leaverId}` },
    note: `听证组成员调整：${leaver.name}由${person.name}接替。原因：${why}`,
  });
  await atOnce(ctx, async (db) => {
    // where the chair himself leaves, his place is the chair's
    const left = { left: true, chair: false } as const;
    await db
      .update(seats)
      .set(left)
      .where(and(eq(seats.hearingId, hearingId), eq(seats.personId, leaverId)));
    await db
      .insert(seats)
      .values({ hearingId, personId, name: person.name, chair: leaver.chair, replaces: leaverId })
      .onConflictDoNothing();
  });
  if (one.noticedOn === null) await write(ctx, one);
  else
    await ctx.thread.write(one.caseId, {
      to: "petitioner",
      text: `${dayIn(one, "zh-CN")}的听证，${leaver.name}不再参加听证组，由${person.name}接替。您可以在本页“听证”里申请回避。\n${leaver.name} has left the panel of the hearing of ${dayIn(one, "en")}; ${person.name} takes the place. Under Hearing on this page you may ask that somebody leaves it.`,
    });
  const params = { on: one.hearingOn ?? "" };
  await ctx.notify.tell({ to: { people: [personId] }, news: "yours", params, key: `yours-${hearingId}-${personId}` });
}
