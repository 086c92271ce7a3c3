/** One way of doing something, called again and again. */
export type Work = (n: number) => Promise<unknown>;

export interface Measured {
  /** median milliseconds of one call */
  readonly median: number;
  readonly p95: number;
}

export interface Rounds {
  readonly warmUp: number;
  readonly rounds: number;
  readonly perRound: number;
}

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;

/**
 * Times several ways side by side: after a warm-up they take turns in rounds, so that whatever disturbs the machine
 * disturbs all of them. A ratio of two medians of one call of this is fair; single milliseconds are not.
 */
export async function sideBySide<K extends string>(
  ways: Readonly<Record<K, Work>>,
  { warmUp, rounds, perRound }: Rounds,
): Promise<Readonly<Record<K, Measured>>> {
  const names = Object.keys(ways) as K[];
  const times = new Map<K, number[]>(names.map((name) => [name, []]));
  let n = 0;
  for (const name of names) for (let i = 0; i < warmUp; i++) await ways[name](n++);
  for (let round = 0; round < rounds; round++) {
    // each round begins with another one
    const order = [...names.slice(round % names.length), ...names.slice(0, round % names.length)];
    for (const name of order)
      for (let i = 0; i < perRound; i++) {
        const since = performance.now();
        await ways[name](n++);
        times.get(name)?.push(performance.now() - since);
      }
  }
  const measured = names.map((name) => {
    const sorted = (times.get(name) ?? []).toSorted((a, b) => a - b);
    return [name, { median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) }] as const;
  });
  return Object.fromEntries(measured) as Record<K, Measured>;
}
