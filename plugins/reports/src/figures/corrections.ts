import { dayOf, type ReleasedFigures, type Text } from "@doorstep/sdk";

/** A month of a dataset that was released again, since more came to light. */
export interface Correction {
  readonly dataset: string;
  readonly title: Text;
  readonly month: string;
  /** 2 and more */
  readonly number: number;
  /** local day */
  readonly on: string;
}

interface Read {
  readonly dataset: string;
  readonly title: Text;
  readonly figures: readonly ReleasedFigures[];
}

/** Corrections among what a report was made of, by their months: it is to show them as such. */
export function correctionsIn(read: readonly Read[], zone: string): readonly Correction[] {
  const found = new Map<string, Correction>();
  for (const { dataset, title, figures } of read)
    for (const { month, number, releasedAt } of figures)
      if (number > 1) found.set(`${dataset} ${month}`, { dataset, title, month, number, on: dayOf(releasedAt, zone) });
  return [...found.values()].toSorted((a, b) => a.month.localeCompare(b.month));
}
