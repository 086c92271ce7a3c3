import type { Id } from "@doorstep/sdk";
import { percentile } from "../percentile.ts";

/** What is counted of a record. */
export interface CountedRecord {
  readonly unitId: Id;
  readonly receivedOn: string;
  readonly endedOn: string | null;
  readonly topic: string | null;
  /** whether the register says who came */
  readonly isNamed: boolean;
  /** whether the same petitioner had come before */
  readonly isRepeat: boolean;
}

/** In how many days a record is counted as ended [R22:34 gives 60 for petitions]. */
export const TERMS = [15, 30, 60] as const;

export interface Within {
  readonly term: number;
  readonly count: number;
}

/** The figures of some records. */
export interface Figures {
  readonly count: number;
  /** with a day of answer or of closing; by these all that follows is counted */
  readonly ended: number;
  /** days from receipt to the end; `null` where none has ended */
  readonly median: number | null;
  readonly ninetieth: number | null;
  readonly within: readonly Within[];
  /** of which the register says who came */
  readonly named: number;
  readonly repeats: number;
}

/** What is counted together: a unit, a month, a topic. */
export interface Group extends Figures {
  /** `null`: the register states none */
  readonly key: string | null;
}

const daysOf = ({ receivedOn, endedOn }: CountedRecord): readonly number[] =>
  endedOn === null ? [] : [Math.round((Date.parse(endedOn) - Date.parse(receivedOn)) / 86_400_000)];

export function figuresOf(records: readonly CountedRecord[]): Figures {
  const days = records.flatMap(daysOf).toSorted((a, b) => a - b);
  return {
    count: records.length,
    ended: days.length,
    median: days.length === 0 ? null : percentile(days, 0.5),
    ninetieth: days.length === 0 ? null : percentile(days, 0.9),
    within: TERMS.map((term) => ({ term, count: days.filter((one) => one <= term).length })),
    named: records.filter((one) => one.isNamed).length,
    repeats: records.filter((one) => one.isRepeat).length,
  };
}

/** By what the records have in common, the most frequent first. */
export const groupsBy = (
  records: readonly CountedRecord[],
  keyOf: (record: CountedRecord) => string | null,
): readonly Group[] =>
  [...Map.groupBy(records, keyOf)]
    .map(([key, own]) => ({ key, ...figuresOf(own) }))
    .toSorted((a, b) => b.count - a.count || (a.key ?? "").localeCompare(b.key ?? ""));
