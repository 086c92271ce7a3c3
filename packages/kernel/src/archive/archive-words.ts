import type { archivePurposes, Text } from "@doorstep/contracts";

const w = (zh: string, en: string): Text => ({ "zh-CN": zh, en });

export const purposeWords: Readonly<Record<(typeof archivePurposes)[number], Text>> = {
  filing: w("归档", "for the archive"),
  review: w("复查、复核", "for a review"),
  superior: w("报上级", "for the superior unit"),
  court: w("提供给司法、监察机关", "for a court or a supervisory organ"),
};
