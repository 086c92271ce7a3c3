import type { Id } from "@doorstep/sdk";
import { and, eq } from "drizzle-orm";
import type { Vote } from "../kinds.ts";
import { refuse } from "../refusals.ts";
import { attendants, hearings, seats } from "../schema.ts";
import {
  atOnce,
  conducted,
  HEARING,
  type Hearing,
  type HearingCtx,
  move,
  mySeat,
  seatsOf,
  todayOf,
} from "./hearing-ctx.ts";
import { type Attendant, attendantsOf } from "./record.ts";

/** Each of the panel who was there votes, and may think again until it is concluded. @throws refusal `notFound`, `state` */
export async function vote(ctx: HearingCtx, hearingId: Id, how: Vote): Promise<void> {
  const { one, seat } = await mySeat(ctx, hearingId);
  const there = (await attendantsOf(ctx, hearingId)).some((each) => each.personId === seat.personId);
  if (one.state !== "heard" || !there) throw refuse("state");
  await ctx.db
    .update(seats)
    .set({ vote: how })
    .where(and(eq(seats.hearingId, hearingId), eq(seats.personId, seat.personId)));
}

const isSettled = (one: Attendant): boolean => one.signedAt !== null || one.declined !== null;

/** The chair concludes once all have signed or it is noted why not, and all have voted. @throws refusal `notFound`, `state`, `unsigned`, `votes` */
export async function conclude(ctx: HearingCtx, hearingId: Id, conclusion: string): Promise<void> {
  const { one, seat } = await mySeat(ctx, hearingId);
  if (!seat.chair) throw refuse("notFound");
  if (one.state === "concluded" && one.conclusion === conclusion) return;
  if (one.state !== "heard") throw refuse("state");
  const there = await attendantsOf(ctx, hearingId);
  if (!there.every(isSettled)) throw refuse("unsigned");
  const ids = there.flatMap((each) => (each.kind === "panel" && each.personId !== null ? [each.personId] : []));
  const cast = (await seatsOf(ctx, hearingId)).filter((each) => ids.includes(each.personId)).map((each) => each.vote);
  if (cast.includes(null)) throw refuse("votes");
  const votesFor = cast.filter((each) => each === "for").length;
  const counted = { votesFor, votesAgainst: cast.length - votesFor, concludedOn: todayOf(ctx) };
  await move(ctx.db, one, { state: "concluded", conclusion, ...counted });
}

/** The longest message that the file takes in one piece. */
const PIECE = 9_000;

const TOLD =
  "听证已有结论，请在本页“听证”里查看。\nThe hearing has come to its conclusion; read it under Hearing on this page.";

const signedLine = (each: Attendant): string => {
  const who = each.part ?? (each.kind === "petitioner" ? "来信人 Petitioner" : "听证组成员 Panel");
  const how = each.signedAt === null ? `未签字 Not signed: ${each.declined}` : "已核对签字 Read and signed";
  return `${who}：${how}${each.correction === null ? "" : `；更正 Correction: ${each.correction}`}`;
};

/** The signatures are handed over to the file with the record; then the module keeps none. */
async function intoTheFile(ctx: HearingCtx, one: Hearing, there: readonly Attendant[]): Promise<void> {
  const fileIds: Id[] = [];
  for (const [at, { fileId }] of there.entries()) {
    const png = fileId === null ? null : await ctx.files.get(fileId);
    if (png) fileIds.push(await ctx.thread.attach({ name: `听证笔录签字${at + 1}.png`, bytes: png }));
  }
  const text = `听证笔录 Record of the hearing ${one.hearingOn}\n${one.record}\n\n${there.map(signedLine).join("\n")}`;
  const pieces = text.match(new RegExp(`.{1,${PIECE}}`, "gsu")) ?? [];
  for (const [at, piece] of pieces.entries())
    await ctx.thread.write(one.caseId, { to: "inside", text: piece, ...(at === 0 && { fileIds }) });
}

/**
 * The unit takes the conclusion up: record, signatures and conclusion go into the file, the petition is marked no more, and the
 * petitioner is told.
 * Pressed again it does nothing.
 *
 * @throws refusal `notFound`, `state`
 */
export async function takeUp(ctx: HearingCtx, hearingId: Id): Promise<void> {
  await conducted(ctx, hearingId);
  await atOnce(ctx, async (db) => {
    // one at a time, so that two who press write it into the file once
    const [one] = await db.select().from(hearings).where(eq(hearings.id, hearingId)).for("update");
    if (one?.state === "closed") return;
    if (one?.state !== "concluded") throw refuse("state");
    const there = await attendantsOf(ctx, hearingId);
    await intoTheFile(ctx, one, there);
    if (await ctx.procedures.runs(one.caseId, HEARING))
      await ctx.procedures.close(one.caseId, HEARING, {
        note: `听证结论（赞成${one.votesFor}票，反对${one.votesAgainst}票） Conclusion (${one.votesFor} for, ${one.votesAgainst} against): ${one.conclusion}`,
      });
    await ctx.thread.write(one.caseId, { to: "petitioner", text: TOLD });
    await move(db, one, { state: "closed" });
    await db.update(attendants).set({ fileId: null }).where(eq(attendants.hearingId, hearingId));
    for (const { fileId } of there) if (fileId !== null) await ctx.files.remove(fileId);
  });
}
