import { DoorstepError, type Id } from "@doorstep/sdk";
import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { atOnce, type BoxCtx, dayAt, type Suggestion, suggestionOf, wordsOf } from "../box-ctx.ts";
import { type otherPurposes, SHOWN_FROM } from "../outcomes.ts";
import { refuse } from "../refusals.ts";
import { suggestions, supports } from "../schema.ts";
import { keyOf, notePassedOn, noteStudied, release } from "./note.ts";

const CHANNEL = "suggestion-box/box";
const waiting = inArray(suggestions.state, ["new", "shown"]);

/** Puts it on the board, with names and places left out as needed. @throws refusal `notFound`, `notAgreed`, `state` */
export async function show(
  ctx: BoxCtx,
  id: Id,
  as: { readonly title: string; readonly text: string } | null,
): Promise<void> {
  const one = await suggestionOf(ctx, id);
  if (as && !one.mayShow) throw refuse("notAgreed");
  const board = as
    ? { state: "shown" as const, boardTitle: as.title, boardText: as.text }
    : { state: "new" as const, boardTitle: null, boardText: null, supports: 0 };
  await atOnce(ctx, async (db) => {
    const moved = await db
      .update(suggestions)
      .set(board)
      .where(and(eq(suggestions.id, id), waiting, isNull(suggestions.leadId)))
      .returning({ id: suggestions.id });
    if (moved.length === 0) throw refuse("state");
    if (!as) await db.delete(supports).where(eq(supports.suggestionId, id));
  });
}

/** Takes them out of everybody else's hands; pressed again after a broken line it goes on. */
async function claim(
  ctx: BoxCtx,
  { id: leadId, unitId }: Suggestion,
  ids: readonly Id[],
  claimedAs: "study" | "passOn",
): Promise<Suggestion[]> {
  return atOnce(ctx, async (db) => {
    const claimed = await db
      .update(suggestions)
      .set({
        leadId,
        // what was begun before is what may be filed by now
        claimedAs: sql`coalesce(${suggestions.claimedAs}, ${claimedAs})`,
        claimedAt: sql`coalesce(${suggestions.claimedAt}, ${ctx.now})`,
      })
      .where(
        and(
          eq(suggestions.unitId, unitId),
          inArray(suggestions.id, [...ids]),
          waiting,
          or(isNull(suggestions.leadId), eq(suggestions.leadId, leadId)),
        ),
      )
      .returning();
    if (claimed.length < ids.length) throw refuse("state");
    return claimed;
  });
}

type Filing = Omit<
  Parameters<BoxCtx["intake"]["fileFor"]>[0],
  "key" | "channel" | "unitId" | "via" | "anonymity" | "petitioner"
>;

/** Files it for whoever wrote the first of them: with his name, or without. */
async function fileFor(ctx: BoxCtx, lead: Suggestion, filing: Filing) {
  const { person, locale } = await wordsOf(ctx, lead);
  try {
    return await ctx.intake.fileFor({
      ...{ ...filing, locale, key: keyOf(lead.id), unitId: lead.unitId, channel: CHANNEL, via: "online" },
      ...(person ? { anonymity: "named", petitioner: person } : { anonymity: "anonymous" }),
    });
  } catch (error) {
    // it was filed before, as something else or with other words: that is noted soon
    if (error instanceof DoorstepError && error.code === "key.reused") throw refuse("state");
    await release(ctx, lead.id);
    throw error;
  }
}

export interface Study {
  readonly id: Id;
  readonly withIds: readonly Id[];
  readonly title: string;
  readonly body: string;
}

/**
 * Makes one petition of it and of others like it, to be studied and answered within the period of suggestions. It counts
 * from the day of the oldest. Whoever wrote the first follows the petition itself.
 *
 * @throws refusal `notFound`, `state`, and what `fileFor` throws
 */
export async function study(ctx: BoxCtx, { id, withIds, title, body }: Study): Promise<{ readonly caseNo: string }> {
  const first = await suggestionOf(ctx, id);
  const together = await claim(ctx, first, [...new Set([id, ...withIds])], "study");
  const lead = together.find((one) => one.id === id);
  if (!lead) throw refuse("state");
  const days = together.map((one) => dayAt(ctx, one.at)).sort();
  const count = together.reduce((all, one) => all + one.supports, 0);
  const { caseId, caseNo, returnCode } = await fileFor(ctx, lead, {
    ...{ purpose: "suggest", title, body: count >= SHOWN_FROM ? `${body}\n\n附议 Supported by: ${count}` : body },
    ...(days[0] !== undefined && { receivedOn: days[0] }),
  });
  if (caseId !== null) await noteStudied(ctx, id, { caseId, returnCode });
  return { caseNo };
}

export interface PassingOn {
  readonly id: Id;
  readonly purpose: (typeof otherPurposes)[number];
  readonly concernsLeader: boolean;
  readonly urgentSafety: boolean;
}

/**
 * What is no suggestion becomes a petition of its own, word for word as it was written, an accusation that of its organ. The
 * box keeps neither words nor name nor which petition it is: only the code, until whoever wrote it has fetched it.
 *
 * @throws refusal `notFound`, `state`, and what `fileFor` throws
 */
export async function passOn(ctx: BoxCtx, { id, ...as }: PassingOn): Promise<void> {
  const [one] = await claim(ctx, await suggestionOf(ctx, id), [id], "passOn");
  if (!one) throw refuse("state");
  const { title, body } = await wordsOf(ctx, one);
  const { returnCode } = await fileFor(ctx, one, { ...as, title, body, receivedOn: dayAt(ctx, one.at) });
  await notePassedOn(ctx, one, returnCode);
}
