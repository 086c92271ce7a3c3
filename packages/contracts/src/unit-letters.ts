import { z } from "zod";
import { caseNo, id, instant, page, pageInput, text, version } from "./ids.ts";
import { letterDoc } from "./letter.ts";
import { bilingual, locale } from "./text.ts";

/** `toSign`: waits for somebody who signs. `sentBack`: whoever signs wants it otherwise. */
export const unitLetterStates = ["toSign", "sentBack", "issued"] as const;

/** What may be done with it by whoever asks. */
export const unitLetterSteps = ["sign", "sendBack", "confirm", "askHold", "askLift", "decideHold", "dropHold"] as const;

const unit = z.object({ id, name: bilingual });

/** A letter from one unit to another, of a petition or of none. */
export const unitLetterItem = z.object({
  letterId: id,
  title: bilingual,
  from: unit,
  to: unit,
  /** the petition it belongs to */
  case: z.object({ id, caseNo }).nullable(),
  /** the module it comes from */
  module: z.string(),
  state: z.enum(unitLetterStates),
  /** of what was written: whoever signs names the one he has read */
  version,
  number: z.string().nullable(),
  draftedAt: instant,
  /** `null`: by the module's own repeated work */
  draftedBy: z.string().nullable(),
  sentBackReason: z.string(),
  issuedAt: instant.nullable(),
  signedBy: z.string().nullable(),
  /** that the unit it is for has it */
  receivedAt: instant.nullable(),
  receivedBy: z.string().nullable(),
  /** a legal hold: its words are not destroyed after their term */
  held: z.boolean(),
  /** that it be held, or held no more, was asked by one of the unit it is from, and waits for another; for that unit alone */
  holdAsked: z.object({ on: z.boolean(), by: z.string(), at: instant, reason: z.string() }).nullable(),
  steps: z.array(z.enum(unitLetterSteps)),
});
export type UnitLetterItem = z.infer<typeof unitLetterItem>;

/** `toSign`: waits for the asker's signature. `received`: for a unit of his. `sent`: of a unit of his, signed or not. */
export const unitLetterLists = ["toSign", "received", "sent"] as const;

export const listUnitLettersInput = z.object({ list: z.enum(unitLetterLists), ...pageInput });
export const unitLetterPage = page(unitLetterItem);
export const byUnitLetter = z.object({ letterId: id });
export const readUnitLetter = z.object({ item: unitLetterItem, doc: letterDoc });
export const unitLetterPdfInput = byUnitLetter.extend({ locale });
export const signUnitLetterInput = byUnitLetter.extend({ readVersion: version });
export const sendBackUnitLetterInput = signUnitLetterInput.extend({ reason: text(1_000, 2) });
export const holdUnitLetterInput = byUnitLetter.extend({ on: z.boolean(), reason: text(300, 2) });
/** `on`: what was asked, as the second person has read it */
export const decideHoldUnitLetterInput = byUnitLetter.extend({ on: z.boolean(), confirm: z.boolean() });
