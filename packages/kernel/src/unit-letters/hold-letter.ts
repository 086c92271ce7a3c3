import { DoorstepError, type decideHoldUnitLetterInput, type holdUnitLetterInput } from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import { inChange, ledgerActorOf } from "../change.ts";
import type { Kernel } from "../kernel.ts";
import { lockLetter, noteLetter } from "./change-letter.ts";
import { type LetterRow, letterFor, mayAskHold, mayDecideHold } from "./letter-row.ts";

/**
 * Somebody of the unit that wrote it asks that a letter of no petition be kept beyond its term, or no more; nothing changes until
 * another person has confirmed. What is so already, or was asked already, stays as it is.
 *
 * @throws DoorstepError `notice.notFound`, also where its words were destroyed; `forbidden`; `proposal.waiting` where the other was asked
 */
export async function askHold(
  k: Kernel,
  actor: Actor,
  { letterId, on, reason }: z.output<typeof holdUnitLetterInput>,
): Promise<LetterRow> {
  await letterFor(k, actor, letterId);
  await inChange(k, ledgerActorOf(actor), async (change) => {
    const letter = await lockLetter(change, letterId);
    if (!mayAskHold(actor, letter)) throw new DoorstepError("forbidden");
    const asked = on ? "hold" : "lift";
    if (letter.hold_asked !== null && letter.hold_asked !== asked) throw new DoorstepError("proposal.waiting");
    if (letter.hold_asked !== null || letter.held === on) return;
    await change.client.query(
      "update kernel.unit_letters set hold_asked = $2, hold_by = $3, hold_at = $4, hold_reason = $5 where id = $1",
      [letterId, asked, actor.personId, change.at, reason],
    );
  });
  return await letterFor(k, actor, letterId);
}

/** @returns whether there is something to decide: pressed again, it is done already @throws as `decideHold` */
function isToDecide(actor: Actor, letter: LetterRow, on: boolean, confirm: boolean): boolean {
  const isOwn = letter.hold_by === actor.personId;
  if (!(isOwn || mayDecideHold(actor, letter))) throw new DoorstepError("forbidden");
  if (letter.hold_asked === null && confirm && letter.held === on) return false;
  if (letter.hold_asked !== (on ? "hold" : "lift")) throw new DoorstepError("proposal.notFound");
  if (isOwn && confirm) throw new DoorstepError("proposal.samePerson");
  return true;
}

/**
 * Another person sets what was asked, or either of the two lets it be; a hold stands in the letter's chain, with who asked.
 *
 * @throws DoorstepError `notice.notFound`, `forbidden`, `proposal.notFound` where nothing or something else was asked, `proposal.samePerson`
 */
export async function decideHold(
  k: Kernel,
  actor: Actor,
  { letterId, on, confirm }: z.output<typeof decideHoldUnitLetterInput>,
): Promise<LetterRow> {
  await letterFor(k, actor, letterId);
  await inChange(k, ledgerActorOf(actor), async (change) => {
    const letter = await lockLetter(change, letterId);
    if (!isToDecide(actor, letter, on, confirm)) return;
    await change.client.query(
      `update kernel.unit_letters set held = $2, hold_asked = null, hold_by = null, hold_at = null, hold_reason = '' where id = $1`,
      [letterId, confirm ? on : letter.held],
    );
    if (confirm)
      await noteLetter(change, on ? "unitLetter.held" : "unitLetter.holdLifted", letter, { asked: letter.hold_by });
  });
  return await letterFor(k, actor, letterId);
}
