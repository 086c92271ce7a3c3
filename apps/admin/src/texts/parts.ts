import type { TextSubject, UnitTexts } from "@doorstep/contracts";

export type Part = keyof UnitTexts;

const letterParts: readonly Part[] = ["opening", "closing", "contact", "plain"];
const privacyParts: readonly Part[] = ["body"];

/** What can be worded of a subject, in the order of the page. */
export const partsOf = (subject: TextSubject): readonly Part[] => (subject === "privacy" ? privacyParts : letterParts);

/** What stands in the fields: `<part>.<language>`. */
export type Written = Readonly<Record<string, string>>;

/** The texts of the fields; a part left empty in both languages is left out, one empty in one of them is `half`. */
export function textsOf(
  parts: readonly Part[],
  written: Written,
): { readonly texts: UnitTexts; readonly half: boolean } {
  const texts: Partial<Record<Part, { "zh-CN": string; en: string }>> = {};
  let half = false;
  for (const part of parts) {
    const zh = (written[`${part}.zh-CN`] ?? "").trim();
    const en = (written[`${part}.en`] ?? "").trim();
    if (zh && en) texts[part] = { "zh-CN": zh, en };
    else if (zh || en) half = true;
  }
  return { texts, half };
}
