import { type Attribute, type Lattice, type Tree, treeOf } from "./lattice.ts";

/** A unit as a release knows it. */
export interface Placed {
  readonly unitId: string;
  readonly parentId: string | null;
}

/** So many at a unit that have the same values. */
export interface FigureRow {
  readonly unitId: string;
  readonly count: number;
  /** the value of each dimension */
  readonly values: Readonly<Record<string, string>>;
  /** how many of them each measure holds of */
  readonly measures: Readonly<Record<string, number>>;
}

/** What a dataset counts, beside the units. */
export interface FigureShape {
  /** with every value there can be */
  readonly dimensions: Readonly<Record<string, readonly string[]>>;
  readonly measures: readonly string[];
}

export interface TreeNode extends Placed {
  readonly own: boolean;
}

/** One topmost unit and all below it. */
export interface MonthTree {
  readonly tree: Tree;
  readonly nodes: readonly TreeNode[];
}

/** Of what a measure does not hold. */
const NOT = "no";
/** The attribute by which a measure is kept; no dimension is named so. */
export const measureName = (measure: string): string => `+${measure}`;

function nodesBelow(unit: Placed, childrenOf: ReadonlyMap<string | null, readonly Placed[]>): readonly TreeNode[] {
  const children = childrenOf.get(unit.unitId) ?? [];
  return [
    { ...unit, own: false },
    ...(children.length > 0 ? [{ ...unit, own: true }] : []),
    ...children.flatMap((child) => nodesBelow(child, childrenOf)),
  ];
}

/** The units as trees, one for each topmost unit: no figure adds up several of these. */
export function monthTrees(units: readonly Placed[]): readonly MonthTree[] {
  const childrenOf = Map.groupBy(units, (unit) => unit.parentId);
  return (childrenOf.get(null) ?? []).map((root) => {
    const nodes = nodesBelow(root, childrenOf);
    const placeOf = new Map(nodes.flatMap((node, n) => (node.own ? [] : [[node.unitId, n] as const])));
    const above = ({ own, unitId, parentId }: TreeNode): number | null =>
      placeOf.get(own ? unitId : (parentId ?? "")) ?? null;
    return { tree: treeOf(nodes.map(above)), nodes };
  });
}

/**
 * Which measures hold only where another does, as far as it can be told: by rows of which each measure holds throughout or not at all.
 * Where it only happens to be so, a little more is hidden.
 */
function nestedIn(rows: readonly FigureRow[], { measures }: FigureShape): NonNullable<Lattice["within"]> {
  const holds = ({ measures: of }: FigureRow, measure: string): number => of[measure] ?? 0;
  const isSorted = rows.every((row) => measures.every((measure) => [0, row.count].includes(holds(row, measure))));
  if (!isSorted) return [];
  const some = measures.filter((measure) => rows.some((row) => holds(row, measure) > 0));
  return some.flatMap((part) =>
    some
      .filter((whole) => whole !== part && rows.every((row) => holds(row, part) <= holds(row, whole)))
      .map((whole) => [measureName(part), measureName(whole)] as const),
  );
}

/** Adds up what was counted, each unit with all below it. */
export function latticeOf({ tree, nodes }: MonthTree, rows: readonly FigureRow[], shape: FigureShape): Lattice {
  const leafOf = new Map<string, number>();
  for (const [n, { unitId }] of nodes.entries()) if ((tree.children[n] ?? []).length === 0) leafOf.set(unitId, n);
  const countBy = (amount: (row: FigureRow) => number): readonly number[] => {
    const counts = nodes.map(() => 0);
    for (const row of rows) {
      let node = leafOf.get(row.unitId) ?? null;
      for (; node !== null; node = tree.parent[node] ?? null) counts[node] = (counts[node] ?? 0) + amount(row);
    }
    return counts;
  };
  const attribute = (name: string, values: readonly string[], of: (row: FigureRow, value: string) => number) => {
    const columns = values.map((value) => countBy((row) => of(row, value)));
    return { name, values, counts: nodes.map((_, node) => columns.map((column) => column[node] ?? 0)) };
  };
  const dimensions = Object.entries(shape.dimensions).map(
    ([name, values]): Attribute<number> =>
      attribute(name, values, (row, value) => (row.values[name] === value ? row.count : 0)),
  );
  const measures = shape.measures.map(
    (measure): Attribute<number> =>
      attribute(measureName(measure), ["yes", NOT], ({ count, measures: { [measure]: yes = 0 } }, value) =>
        value === NOT ? count - yes : yes,
      ),
  );
  return {
    ...{ totals: countBy((row) => row.count), attributes: [...dimensions, ...measures] },
    within: nestedIn(rows, shape),
  };
}

/** Whether two releases say the same wherever the later one says anything. */
export const saysNothingNew = (before: Lattice<number | null>, now: Lattice<number | null>): boolean => {
  const numbersOf = ({ totals, attributes }: Lattice<number | null>) => [
    ...totals,
    ...attributes.flatMap(({ counts }) => counts.flat()),
  ];
  const then = numbersOf(before);
  return numbersOf(now).every((one, n) => one === null || one === then[n]);
};
