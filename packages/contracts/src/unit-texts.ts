import { z } from "zod";
import { id, instant, localDate } from "./ids.ts";
import { contentHash, type LetterTemplate, letterTemplates, letterWording } from "./letter.ts";
import { bilingual, locale } from "./text.ts";

/** What a unit can word itself: its privacy notice, and what stands around the facts of each letter. */
export const textSubjects = ["privacy", ...letterTemplates] as readonly ("privacy" | LetterTemplate)[];
export const textSubject = z.enum(textSubjects);
export type TextSubject = (typeof textSubjects)[number];

/** The privacy notice has a `body`, a letter the parts of its wording; at least one of them says something. */
export const unitTexts = letterWording.extend({ body: bilingual.optional() });
export type UnitTexts = z.infer<typeof unitTexts>;

const unitTextStates = ["draft", "approved", "refused"] as const;

export const draftTextInput = z.object({ unitId: id, subject: textSubject, texts: unitTexts, validFrom: localDate });

export const previewTextInput = z.object({
  unitId: id,
  subject: z.enum(letterTemplates),
  texts: letterWording,
  /** a face that is tried out; without it, that of the unit */
  font: contentHash.optional(),
  locale,
});

const version = z.object({ version: z.number().int(), texts: unitTexts, validFrom: localDate });

export const unitTextView = z.object({
  /** what holds today, and whose it is; `null` where the words of the platform stand */
  inForce: version.extend({ unit: bilingual, inherited: z.boolean() }).nullable(),
  /** the unit's own versions, newest first */
  versions: z.array(
    version.extend({
      id,
      state: z.enum(unitTextStates),
      draftedBy: z.string(),
      draftedAt: instant,
      decidedBy: z.string().nullable(),
      decidedAt: instant.nullable(),
      /** the reader may approve or refuse it: somebody else drafted it */
      mayDecide: z.boolean(),
    }),
  ),
});
export type UnitTextView = z.infer<typeof unitTextView>;

export const privacyNotice = z.object({
  unit: bilingual,
  version: z.number().int(),
  validFrom: localDate,
  body: bilingual,
});

/** A face that somebody sent in: checked, not yet used by anybody. */
export const sentFont = z.object({
  font: contentHash,
  name: z.string(),
  size: z.number().int(),
  characters: z.number().int(),
});
export type SentFont = z.infer<typeof sentFont>;

/** `font: null` gives the unit back what is used above it. `licensed`: its use in the unit's letters is paid for or free. */
export const chooseFontInput = z.object({ unitId: id, font: contentHash.nullable(), licensed: z.boolean() });

const usedFont = z.object({ font: contentHash, name: z.string(), since: localDate });

export const unitFontView = z.object({
  /** what letters are set in today, and whose it is; `null`: the face of the platform */
  inForce: usedFont.extend({ unit: bilingual, inherited: z.boolean() }).nullable(),
  /** the unit's own choices, newest first */
  choices: z.array(
    z.object({
      font: contentHash.nullable(),
      name: z.string().nullable(),
      since: localDate,
      chosenBy: z.string(),
      chosenAt: instant,
    }),
  ),
});
export type UnitFontView = z.infer<typeof unitFontView>;
