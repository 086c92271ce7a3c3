import fc from "fast-check";
import { expect, test } from "vitest";
import { type Lattice, type Shown, SMALLEST_SHOWN, sumOf, treeOf } from "./lattice.ts";
import { suppress } from "./suppress.ts";

const K = SMALLEST_SHOWN;
/** Numbers of the attacker's sums, modulo a prime so that they stay exact. */
const PRIME = 1_000_003n;
type Sum = ReadonlyMap<number, bigint>;

const inverse = (of: bigint): bigint => {
  let [result, base] = [1n, of];
  for (let power = PRIME - 2n; power > 0n; power >>= 1n) {
    if (power & 1n) result = (result * base) % PRIME;
    base = (base * base) % PRIME;
  }
  return result;
};

/** Everything that can be had from some sums by adding and subtracting them, however often. */
class Reach {
  readonly #rows = new Map<number, Sum>();

  #rest(sum: Sum): Map<number, bigint> {
    const rest = new Map(sum);
    for (;;) {
      const at = [...rest.keys()].find((one) => this.#rows.has(one));
      const row = at === undefined ? undefined : this.#rows.get(at);
      if (at === undefined || !row) return rest;
      const times = rest.get(at) ?? 0n;
      for (const [key, value] of row) {
        const left = (((rest.get(key) ?? 0n) - times * value) % PRIME) + PRIME;
        if (left % PRIME === 0n) rest.delete(key);
        else rest.set(key, left % PRIME);
      }
    }
  }

  add(sum: Sum): void {
    const rest = this.#rest(sum);
    const [first] = rest;
    if (!first) return;
    const [pivot, value] = first;
    const by = inverse(value);
    const row = new Map([...rest].map(([key, one]) => [key, (one * by) % PRIME]));
    for (const [at, other] of this.#rows) {
      const times = other.get(pivot);
      if (times === undefined) continue;
      const next = new Map(other);
      for (const [key, one] of row) {
        const left = ((((next.get(key) ?? 0n) - times * one) % PRIME) + PRIME) % PRIME;
        if (left === 0n) next.delete(key);
        else next.set(key, left);
      }
      this.#rows.set(at, next);
    }
    this.#rows.set(pivot, row);
  }

  has(sum: Sum): boolean {
    return this.#rest(sum).size === 0;
  }
}

interface House {
  readonly parent: readonly (number | null)[];
  /** by leaf: who counts, each with a category and a way in */
  readonly months: readonly (readonly (readonly [leaf: number, category: number, channel: number])[])[];
}

const CATEGORIES = 4;
const CHANNELS = 2;

/** One attribute by which everything is told apart. */
interface Told {
  readonly name: string;
  readonly values: number;
  readonly of: (category: number, channel: number) => number;
  /** what it lies within, as everybody knows */
  readonly within?: string;
}
const apart: readonly Told[] = [
  { name: "category", values: CATEGORIES, of: (category) => category },
  { name: "channel", values: CHANNELS, of: (_, channel) => channel },
];
/** Measures that hold of one and the same: a petition that speaks of two things is in both. */
const overlapping: readonly Told[] = [
  { name: "+pay", values: 2, of: (category) => category % 2 },
  { name: "+rated", values: 2, of: (category) => Number(category < 2) },
  // nearly all who rated
  {
    name: "+content",
    values: 2,
    of: (category, channel) => Number(category < 2 || category * channel === 2),
    within: "+rated",
  },
  { name: "channel", values: CHANNELS, of: (_, channel) => channel },
];

/** A house of three levels: units with their own leaf wherever others are below them. */
const houses = (atLeast: number) =>
  fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }).chain((below) => {
    const parent: (number | null)[] = [null, 0];
    for (const count of below) {
      const unit = parent.push(0) - 1;
      if (count > 0) for (let n = 0; n <= count; n++) parent.push(unit);
    }
    const leaves = parent.flatMap((_, node) => (parent.includes(node) ? [] : [node]));
    const one = fc.tuple(
      fc.constantFrom(...leaves),
      fc.integer({ min: 0, max: CATEGORIES - 1 }),
      fc.integer({ min: 0, max: CHANNELS - 1 }),
    );
    // what changes afterwards: some are taken out, others come in
    const later = fc.tuple(fc.array(one, { maxLength: 12 }), fc.integer({ min: 0, max: 8 }));
    return fc
      .tuple(fc.array(one, { minLength: atLeast, maxLength: 90 }), fc.array(later, { maxLength: 2 }))
      .map(([first, changes]): House => {
        const months = [first];
        for (const [more, out] of changes) months.push([...(months.at(-1) ?? []).slice(out), ...more]);
        return { parent, months };
      });
  });

const isBelow = (parent: House["parent"], node: number, above: number): boolean => {
  for (let at: number | null = node; at !== null; at = parent[at] ?? null) if (at === above) return true;
  return false;
};

/** What lies between a measure and the one it lies within: shown nowhere, and found by whoever subtracts the one from the other. */
const between = (told: readonly Told[]): readonly Told[] =>
  told.flatMap(({ name, of, within }) => {
    const whole = told.find((one) => one.name === within);
    if (!whole) return [];
    // 0 holds
    const isBetween = (category: number, channel: number) =>
      of(category, channel) === 1 && whole.of(category, channel) === 0;
    return [
      {
        name: `${name} in ${whole.name}`,
        values: 1,
        of: (...at: readonly [number, number]) => (isBetween(...at) ? 0 : 1),
      },
    ];
  });

/** Each cell of the lattice with the leaves, categories and channels that make it up. */
function cellsOf(
  { parent }: House,
  told: readonly Told[],
): readonly { read: (of: Shown) => number | null; sum: Sum }[] {
  const all = parent.flatMap((_, leaf) => (parent.includes(leaf) ? [] : [leaf]));
  const sumWhere = (node: number, fits: (category: number, channel: number) => boolean): Sum =>
    new Map(
      all
        .filter((leaf) => isBelow(parent, leaf, node))
        .flatMap((leaf) =>
          Array.from({ length: CATEGORIES * CHANNELS }, (_, n) => n)
            .filter((n) => fits(n % CATEGORIES, Math.floor(n / CATEGORIES)))
            .map((n) => [leaf * CATEGORIES * CHANNELS + n, 1n] as const),
        ),
    );
  return parent.flatMap((_, node) => [
    { read: (of: Shown) => of.totals[node] ?? null, sum: sumWhere(node, () => true) },
    ...told.flatMap(({ values, of: toldBy }, n) =>
      Array.from({ length: values }, (__, value) => ({
        read: (of: Shown) => of.attributes[n]?.counts[node]?.[value] ?? null,
        sum: sumWhere(node, (category, channel) => toldBy(category, channel) === value),
      })),
    ),
  ]);
}

function latticeOf({ parent }: House, told: readonly Told[], things: House["months"][number]): Lattice {
  const at = (node: number) => things.filter(([leaf]) => isBelow(parent, leaf, node));
  const attribute = ({ name, values: count, of }: Told) => {
    const values = Array.from({ length: count }, (_, n) => n);
    const counts = parent.map((_, node) =>
      values.map((value) => at(node).filter(([, category, channel]) => of(category, channel) === value).length),
    );
    return { name, values: values.map(String), counts };
  };
  const within = told.flatMap(({ name, within: whole }) => (whole === undefined ? [] : [[name, whole] as const]));
  return { totals: parent.map((_, node) => at(node).length), attributes: told.map(attribute), within };
}

/** What stands in a release beside what stood in those before it. */
function expectNoSmallChange(said: number | null, before: readonly (number | null)[]): void {
  if (before.includes(null)) expect(said).toBeNull();
  if (said === null) return;
  for (const then of before) expect(said === then || Math.abs(said - (then ?? 0)) >= K).toBe(true);
}

/** @returns how many cells are shown, and how many are not */
async function expectSafe(house: House, told: readonly Told[]): Promise<readonly [seen: number, hidden: number]> {
  const cells = cellsOf(house, told);
  const hiddenCells = cellsOf(house, between(told)).filter((_, n) => n % (between(told).length + 1) > 0);
  const releases: Shown[] = [];
  let seen = 0;
  for (const things of house.months) {
    const month = latticeOf(house, told, things);
    const shown = await suppress(treeOf(house.parent), month, releases);
    const reach = new Reach();
    for (const { read, sum } of cells) if (read(shown) !== null) reach.add(sum);
    const isSmall = (real: number | null): boolean => real !== null && real > 0 && real < K;
    for (const { read, sum } of cells) {
      const [real, said] = [read(month), read(shown)];
      expect(said ?? real).toBe(real);
      expect(isSmall(real) && reach.has(sum)).toBe(false);
      expectNoSmallChange(said, releases.map(read));
    }
    const real = latticeOf(house, between(told), things);
    for (const { read, sum } of hiddenCells) expect(isSmall(read(real)) && reach.has(sum)).toBe(false);
    seen += cells.filter(({ read }) => read(shown) !== null).length;
    releases.push(shown);
  }
  return [seen, cells.length * releases.length - seen];
}

test.each([
  ["told apart by what each has one of", apart, 120, 0],
  ["told apart by what one may have several of", overlapping, 60, 50],
])(
  "whoever adds and subtracts all that was ever shown, %s, finds no small cell and no small change",
  async (_what, told, numRuns, atLeast) => {
    const found: (readonly [number, number])[] = [];
    await fc.assert(
      fc.asyncProperty(houses(atLeast), async (house) => {
        found.push(await expectSafe(house, told));
      }),
      { numRuns, seed: 5 },
    );
    expect(sumOf(found.map(([seen]) => seen))).toBeGreaterThan(1_000);
    expect(sumOf(found.map(([, hidden]) => hidden))).toBeGreaterThan(1_000);
  },
);
