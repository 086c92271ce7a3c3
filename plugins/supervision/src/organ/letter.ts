import type { Text } from "@doorstep/sdk";
import type { Clearing } from "./records.ts";

/**
 * The letter that is handed to somebody who was accused without ground: that it was looked into and found so, and what he may
 * ask for. Not what was said, nor when, by which way, or by whom; nothing in it comes from the accusation.
 */
export const clearingLetter = (
  { respondent, finding }: Pick<Clearing, "respondent" | "finding">,
  organ: Text,
): Text => ({
  "zh-CN": `${respondent}同志：\n经核查，反映您的问题不属实（${finding.number}，${finding.on}）。您可以向我部门提出，希望在哪个范围（单位）内予以澄清；我部门将在该范围内书面澄清，并告知您日期。您也可以不提出。\n请不要打听、追查反映人。打击报复的，依规依纪依法严肃处理。\n${organ["zh-CN"]}`,
  en: `To ${respondent}:\nWhat was reported of you was looked into and is unfounded (${finding.number}, ${finding.on}). You may tell us in which circle (unit) you wish this to be made clear; we do so there in writing and tell you the day. You need not ask for it.\nDo not try to find out who reported it. Reprisal is dealt with by law and discipline.\n${organ.en}`,
});
