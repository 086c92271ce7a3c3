export interface DemandDraft {
  readonly text: string;
  readonly desiredOutcome: string;
}

const MAX_DEMANDS = 20;
const MAX_LENGTH = 2_000;

/** "1." "（一）" "一、" "①" "第一，" at the beginning of a line or sentence: how people number what they ask for. */
const NUMBERED =
  /(?:^|[\n。；;！!：:])\s*(?:第[一二三四五六七八九十]+[，,、：:]|[（(][一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十]{1,2}[、.．]|\d{1,2}[、.．)）](?!\d)|[①-⑳])\s*/gu;

const clean = (part: string): string => part.replace(/\s+/gu, " ").trim().slice(0, MAX_LENGTH);

/**
 * Proposes the demands of a text: its numbered points, else its paragraphs. A person reads and changes them; the
 * registered text itself stays as it is.
 */
export function proposeDemands(body: string, desiredOutcome: string): readonly DemandDraft[] {
  const points = body.split(NUMBERED);
  // What stands before the first number is the story, not a demand.
  const numbered = points.slice(1).map(clean).filter(Boolean);
  const source = numbered.length >= 2 ? numbered : [clean(body)];
  const single = source.length === 1 ? clean(desiredOutcome) : "";
  return source.slice(0, MAX_DEMANDS).map((text) => ({ text, desiredOutcome: single }));
}

/** Splits one demand where the cursor stands; an empty half is not a demand. */
export function splitAt(demands: readonly DemandDraft[], index: number, position: number): readonly DemandDraft[] {
  const demand = demands[index];
  if (!demand) return demands;
  const [before, after] = [clean(demand.text.slice(0, position)), clean(demand.text.slice(position))];
  if (!before || !after) return demands;
  return [
    ...demands.slice(0, index),
    { ...demand, text: before },
    { text: after, desiredOutcome: "" },
    ...demands.slice(index + 1),
  ];
}

/** What is sent: demands without words are left out. */
export const filled = (demands: readonly DemandDraft[]): readonly DemandDraft[] =>
  demands
    .map((demand) => ({ text: demand.text.trim(), desiredOutcome: demand.desiredOutcome.trim() }))
    .filter((demand) => demand.text !== "");
