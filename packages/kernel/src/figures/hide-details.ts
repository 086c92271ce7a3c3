import { type Attribute, changedEnough, type Shown, sumOf, type Tree } from "./lattice.ts";
import { createNetwork, type Edge, type Network } from "./network.ts";

interface Details {
  readonly tree: Tree;
  /** nodes whose total is shown */
  readonly shown: readonly boolean[];
  readonly totals: readonly number[];
  readonly attribute: Attribute<number>;
  /** what it lies within */
  readonly wholes: readonly Attribute<number>[];
  /** the same of earlier releases of the month */
  readonly earlier: readonly Attribute<number | null>[];
  readonly k: number;
}

interface Cell {
  readonly node: number;
  readonly value: number;
  readonly edge: number;
  /** what is not divided any further, or is hidden: shown nowhere, but computed by whoever knows the others */
  readonly rest: boolean;
}

/** Of an attribute that lies within another: where it holds. */
const YES = 0;

const countAt = (attribute: Attribute<number>, node: number, value: number): number =>
  attribute.counts[node]?.[value] ?? 0;

const shownAt = (attribute: Attribute<number | null>, node: number, value: number): number | null =>
  attribute.counts[node]?.[value] ?? null;

/**
 * How many lie between a cell and what it lies within, as somebody knows who subtracts the one from the other; 0 where there are none
 * or enough.
 */
function fewBetween(details: Details, { node, value, rest }: Omit<Cell, "edge">): number {
  const amountOf = (attribute: Attribute<number>): number =>
    (rest ? restOf({ ...details, attribute }, node, value) : countAt(attribute, node, value)) ?? 0;
  const { attribute, wholes, k } = details;
  if (value !== YES) return 0;
  const between = wholes
    .map(amountOf)
    .filter((whole) => whole >= k)
    .map((whole) => whole - amountOf(attribute));
  return Math.min(...between.filter((one) => one > 0), k) % k;
}

/** Whether a cell may stand there as it is, as far as it alone is concerned. */
function isPlain(details: Details, node: number, value: number): boolean {
  const { attribute, earlier, k } = details;
  if (fewBetween(details, { node, value, rest: false }) > 0) return false;
  const amount = countAt(attribute, node, value);
  const before = earlier.map((one) => shownAt(one, node, value));
  const known = before.filter((one) => one !== null);
  return (amount === 0 || amount >= k) && known.length === before.length && changedEnough(amount, known, k);
}

/** What a node has of a value beside the children that are shown; absent where these are all of it. */
function restOf({ tree, shown, attribute }: Details, node: number, value: number): number | undefined {
  const parts = tree.children[node] ?? [];
  const told = parts.filter((child) => shown[child]);
  if (parts.length > 0 && told.length === parts.length) return undefined;
  return countAt(attribute, node, value) - sumOf(told.map((child) => countAt(attribute, child, value)));
}

/**
 * The table of nodes and values as a flow: from all of them each value runs down the tree, and ends at what is not divided any
 * further, where the values of a unit come together to a total that is known.
 */
function networkOf(details: Details): { network: Network; cells: readonly Cell[] } {
  const { tree, shown, totals, attribute } = details;
  const { values } = attribute;
  const nodes = totals.flatMap((total, node) => (shown[node] && total > 0 ? [node] : []));
  const placeOf = new Map(nodes.map((node, n) => [node, 1 + n * (values.length + 1)]));
  const place = (node: number, value: number): number => (placeOf.get(node) ?? 0) + value;
  const edges: Edge[] = [];
  const cells: Cell[] = [];
  const add = (cell: Omit<Cell, "edge">, edge: Edge): void => {
    cells.push({ ...cell, edge: edges.length });
    edges.push(edge);
  };
  for (const node of nodes) {
    const above = tree.parent[node] ?? null;
    for (const value of values.keys()) {
      const amount = countAt(attribute, node, value);
      const to = place(node, value);
      const hidden = !isPlain(details, node, value);
      const from = above === null ? 0 : place(above, value);
      add({ node, value, rest: false }, { from, to, amount, least: Math.min(amount, 1), hidden });
      const rest = restOf(details, node, value);
      if (rest === undefined) continue;
      const total = place(node, values.length);
      add({ node, value, rest: true }, { from: to, to: total, amount: rest, least: 0, hidden: true });
    }
  }
  return { network: createNetwork(1 + nodes.length * (values.length + 1), edges), cells };
}

/** Whether a cell is, or is made, uncertain enough. */
function isProtected(details: Details, network: Network, cell: Cell): boolean {
  const { earlier, k } = details;
  const { node, value, edge, rest } = cell;
  const { amount, least } = network.amountOf(edge);
  const few = fewBetween(details, cell);
  // so few between the two: there may be enough, and there may be one
  const apart = (by: number, upwards: boolean): boolean => by <= 0 || network.loosen(edge, by, upwards);
  if (few > 0 && !(apart(Math.min(amount - least, k - few), false) && apart(few - 1, true))) return false;
  const known = rest ? [] : earlier.map((one) => shownAt(one, node, value)).filter((one) => one !== null);
  const isSmall = amount > 0 && amount < k;
  if (!isSmall && changedEnough(amount, known, k)) return true;
  const down = rest || network.loosen(edge, Math.min(amount - least, k), false);
  return down && (!isSmall || network.loosen(edge, k - amount, true));
}

const withBelow = (tree: Tree, node: number): readonly number[] => [
  node,
  ...(tree.children[node] ?? []).flatMap((child) => withBelow(tree, child)),
];

/** Sees to each cell; where one cannot be protected all of its row is hidden with those below it. @returns the network then */
async function protectAll(
  details: Details,
  pause: () => Promise<void>,
): Promise<{ network: Network; cells: readonly Cell[] }> {
  const { tree } = details;
  const { network, cells } = networkOf(details);
  const cellsAt = Map.groupBy(cells, (cell) => cell.node);
  const blank = new Set<number>();
  const hideRow = (node: number): readonly Cell[] => {
    blank.add(node);
    const row = cellsAt.get(node) ?? [];
    for (const { edge, rest } of row) if (!rest) network.blank(edge);
    return row;
  };
  // what was seen to stays so: from here on more is hidden, and nothing less
  const left = [...cells];
  for (let cell = left.pop(); cell !== undefined; cell = left.pop()) {
    await pause();
    if (isProtected(details, network, cell)) continue;
    let node: number | null = cell.node;
    while (node !== null && blank.has(node)) node = tree.parent[node] ?? null;
    if (node === null) throw new Error("a row of which nothing is shown cannot be found out");
    // of these even more must be possible now
    left.push(cell, ...withBelow(tree, node).flatMap(hideRow));
  }
  return { network, cells };
}

/**
 * What is shown of an attribute: for each small cell there are other tables with the same sums in which it is `k` or more, and
 * in which it is as little as can be. Where a unit's cells cannot be protected one by one, all of its row is hidden.
 */
export async function hideDetails(details: Details, pause: () => Promise<void>): Promise<Shown["attributes"][number]> {
  const { shown, totals, attribute, earlier } = details;
  const { network, cells } = await protectAll(details, pause);
  const isHidden = ({ edge, rest }: Cell): boolean => !rest && network.isHidden(edge);
  const hidden = new Set(cells.filter(isHidden).map((c) => `${c.node} ${c.value}`));
  const cellOf = (node: number, value: number): number | null => {
    if (!shown[node] || hidden.has(`${node} ${value}`)) return null;
    if (earlier.some((one) => shownAt(one, node, value) === null)) return null;
    return countAt(attribute, node, value);
  };
  const { name, values } = attribute;
  return { name, values, counts: totals.map((_, node) => values.map((__, value) => cellOf(node, value))) };
}
