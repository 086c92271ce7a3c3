type Facts = Readonly<Record<string, unknown>>;

/** What an entry changed, field by field. */
export interface Change {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Facts that hold a change by themselves: what was, and what is. */
const pairs: readonly (readonly [string, string, string])[] = [
  ["was", "choice", "choice"],
  ["wasLock", "lock", "lock"],
  ["from", "to", "to"],
  ["fromUnit", "unit", "unit"],
];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Before and after: as the entry itself says it, else against the last entry about the same thing. */
export function changesOf(facts: Facts, earlier: Facts | undefined): readonly Change[] {
  const said = pairs
    .filter(([was, is]) => was in facts && is in facts)
    .map(([was, is, field]) => ({ field, before: facts[was], after: facts[is] }));
  if (said.length > 0) return said.filter((change) => !same(change.before, change.after));
  if (!earlier) return [];
  return [...new Set([...Object.keys(earlier), ...Object.keys(facts)])]
    .filter((field) => !same(earlier[field], facts[field]))
    .map((field) => ({ field, before: earlier[field], after: facts[field] }));
}
