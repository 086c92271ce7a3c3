import { beforeAll, describe, expect, test } from "vitest";
import { type Lattice, type Shown, sumOf, treeOf } from "./lattice.ts";
import { suppress } from "./suppress.ts";

/** Brigade 0 with its own leaf 1, units 2 and 3. */
const tree = treeOf([null, 0, 0, 0]);

/** From the leaves' values: one attribute with the values a, b, c. */
function monthOf(own: readonly number[], first: readonly number[], second: readonly number[]): Lattice {
  const leaves = [own, first, second];
  const root = [0, 1, 2].map((value) => sumOf(leaves.map((leaf) => leaf[value] ?? 0)));
  const counts = [root, ...leaves];
  return { totals: counts.map(sumOf), attributes: [{ name: "x", values: ["a", "b", "c"], counts }] };
}

/** Every way to lay `left` things into `places`. */
function* layings(left: number, places: number): Generator<readonly number[]> {
  if (places === 1) {
    yield [left];
    return;
  }
  for (let here = 0; here <= left; here++) for (const rest of layings(left - here, places - 1)) yield [here, ...rest];
}

const cellsOf = ({ totals, attributes }: Shown): readonly (number | null)[] => [
  ...totals,
  ...attributes.flatMap(({ counts }) => counts.flat()),
];

/**
 * What somebody can say of each hidden cell who has all the time in the world: he tries every table there is. A hidden cell is
 * not zero unless everything in its row is hidden with it.
 */
function rangesOf(shown: Shown): readonly { least: number; most: number }[] {
  const cells = cellsOf(shown);
  const ranges = cells.map(() => ({ least: Number.POSITIVE_INFINITY, most: -1 }));
  const [all] = shown.totals;
  const isRowHidden = (node: number) => shown.attributes[0]?.counts[node]?.every((one) => one === null) === true;
  const partsHidden = shown.totals.slice(1).every((one) => one === null);
  const zeroAllowed = [
    ...shown.totals.map((_, node) => node > 0 && partsHidden),
    ...shown.totals.flatMap((_, node) => [0, 1, 2].map(() => isRowHidden(node))),
  ];
  for (const laid of layings(all ?? 0, 9)) {
    const table = cellsOf(monthOf(laid.slice(0, 3), laid.slice(3, 6), laid.slice(6)));
    const fits = cells.every((one, n) => (one === null ? zeroAllowed[n] || table[n] !== 0 : one === table[n]));
    if (!fits) continue;
    for (const [n, range] of ranges.entries()) {
      range.least = Math.min(range.least, table[n] ?? 0);
      range.most = Math.max(range.most, table[n] ?? 0);
    }
  }
  return ranges;
}

const K = 3;

async function expectSafe(month: Lattice): Promise<Shown> {
  const shown = await suppress(tree, month, [], K);
  if (shown.totals[0] === null) {
    expect(cellsOf(shown).every((one) => one === null)).toBe(true);
    return shown;
  }
  const ranges = rangesOf(shown);
  for (const [n, real] of cellsOf(month).entries()) {
    const said = cellsOf(shown)[n] ?? null;
    expect(said === null || said === real).toBe(true);
    if (real === null || real === 0 || real >= K) continue;
    expect([month, said, ranges[n]]).toEqual([month, null, expect.anything()]);
    expect([month, shown, n, (ranges[n]?.most ?? 0) > real && (ranges[n]?.most ?? 0) >= K]).toEqual([
      month,
      shown,
      n,
      true,
    ]);
  }
  return shown;
}

describe("nobody who tries every table there is finds a small cell", () => {
  test("of the brigade's and two units' months of up to nine petitions, one after another", async () => {
    const from = (seed: number) => () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed;
    };
    const next = from(11);
    let told = 0;
    for (let n = 0; n < 60; n++) {
      const laid = Array.from({ length: 9 }, () => 0);
      for (let one = 0; one < 3 + (n % 7); one++) laid[next() % 9] = (laid[next() % 9] ?? 0) + 1;
      const shown = await expectSafe(monthOf(laid.slice(0, 3), laid.slice(3, 6), laid.slice(6)));
      told += cellsOf(shown).filter((one) => one !== null && one > 0).length;
    }
    // and it says something at all
    expect(told).toBeGreaterThan(80);
  });

  test("where each of the brigade's parts has one", async () => {
    expect((await expectSafe(monthOf([1, 0, 0], [1, 0, 0], [1, 0, 0]))).totals).toEqual([3, null, null, null]);
  });

  test("where one small unit would come out by subtraction, the smallest other is hidden with it", async () => {
    expect((await expectSafe(monthOf([0, 0, 0], [1, 0, 0], [2, 1, 3]))).totals).toEqual([7, 0, null, null]);
  });
});

test("large numbers and zeros are shown as they are", async () => {
  const month = monthOf([5, 6, 0], [7, 8, 9], [10, 0, 12]);
  expect(await suppress(tree, month)).toEqual(month);
});

test("of a month with fewer than five nothing is shown, and of a month with none all of it", async () => {
  expect(cellsOf(await suppress(tree, monthOf([1, 1, 0], [1, 0, 0], [1, 0, 0]))).every((one) => one === null)).toBe(
    true,
  );
  const none = monthOf([0, 0, 0], [0, 0, 0], [0, 0, 0]);
  expect(await suppress(tree, none)).toEqual(none);
});

describe("a correction", () => {
  const first = monthOf([5, 6, 0], [7, 8, 9], [10, 0, 12]);
  let said: Shown;
  beforeAll(async () => {
    said = await suppress(tree, first);
  });

  test("by fewer than five changes nothing that could be told from what was said before", async () => {
    const now = await suppress(tree, monthOf([5, 6, 0], [7, 8, 9], [10, 0, 13]), [said]);
    expect(cellsOf(now).every((one) => one === null)).toBe(true);
  });

  test("shows what changed by five or more, and what did not change", async () => {
    const moved = monthOf([5, 6, 0], [7, 8, 9], [10, 0, 17]);
    expect(await suppress(tree, moved, [said])).toEqual(moved);
  });

  test("hides a shift of fewer than five between two categories, with what it could be computed from", async () => {
    const [shifted] = (await suppress(tree, monthOf([5, 6, 0], [7, 8, 9], [12, 0, 10]), [said])).attributes;
    expect(shifted?.counts[3]?.[0]).toBeNull();
    expect(shifted?.counts[3]?.[2]).toBeNull();
    expect(shifted?.counts[0]?.[0]).toBeNull();
  });

  test("never shows what was hidden before", async () => {
    const before = await suppress(tree, monthOf([5, 6, 0], [7, 8, 9], [10, 2, 12]));
    const now = await suppress(tree, monthOf([5, 6, 0], [7, 8, 9], [10, 8, 12]), [before]);
    for (const [n, one] of cellsOf(before).entries()) if (one === null) expect(cellsOf(now)[n]).toBeNull();
  });
});
