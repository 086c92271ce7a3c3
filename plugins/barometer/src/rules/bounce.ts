import type { Id } from "@doorstep/sdk";
import type { Counts } from "./history.ts";
import { type Finding, spikeIn } from "./spike.ts";

/** Two units between which petitions go to and fro. */
export interface Pair extends Finding {
  /** which hands them on and gets them back */
  readonly fromId: Id;
  /** which sends them back */
  readonly toId: Id;
}

/** The two ends of a pair count nearly the same petitions. */
const ALIKE = 0.6;

type ById = ReadonlyMap<Id, Counts>;
type Risen = Finding & { readonly unitId: Id };

const risenIn = (counts: ById): readonly Risen[] =>
  [...counts].flatMap(([unitId, of]) => {
    const found = spikeIn(of, []);
    return found ? [{ unitId, ...found }] : [];
  });

/**
 * Pairs of units under the same one: at the first more than usual came back after it was handed on, at the second as much more
 * was sent back, in the same month. Each unit is named once, with the one whose number is most like its own.
 *
 * @param cameBack - petitions that came back from a unit beside it, by unit
 * @param sentBack - petitions that were sent back to a unit beside it, by unit
 */
export function bouncePairsIn(cameBack: ById, sentBack: ById): readonly Pair[] {
  const to = risenIn(sentBack);
  const pairs = risenIn(cameBack).flatMap((one) =>
    to.flatMap((other) => {
      const alike = Math.min(one.actual, other.actual) / Math.max(one.actual, other.actual);
      return one.unitId !== other.unitId && alike >= ALIKE
        ? [
            {
              alike,
              fromId: one.unitId,
              toId: other.unitId,
              actual: Math.min(one.actual, other.actual),
              expected: one.expected,
            },
          ]
        : [];
    }),
  );
  const named = new Set<Id>();
  return pairs
    .toSorted((a, b) => b.alike - a.alike || b.actual - a.actual)
    .flatMap(({ alike: _, ...pair }) => {
      if (named.has(pair.fromId) || named.has(pair.toId)) return [];
      named.add(pair.fromId).add(pair.toId);
      return [pair];
    });
}
