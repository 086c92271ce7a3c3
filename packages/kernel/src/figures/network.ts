import { cheapestFirst } from "./cheapest-first.ts";

/** An edge of a table seen as a flow: its amount, and whether somebody who reads the release knows it. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
  /** what everybody knows it to be at least while it is hidden */
  readonly least: number;
  readonly hidden: boolean;
}

/** What it costs to use an edge that is hidden already: nearly nothing. */
const HIDDEN = 0.001;
/** Hiding a large number costs more than hiding a small one. */
const costOf = ({ hidden, amount }: Edge): number => (hidden ? HIDDEN : 1 + Math.log2(1 + amount));

interface Round {
  readonly from: number;
  readonly to: number;
  readonly without: number;
}

export interface Network {
  /**
   * Makes an edge uncertain by so much, upwards or downwards, hiding others where there is no other way. Amounts that keep all
   * sums are moved round circles of hidden edges only. Where it cannot be, nothing is hidden.
   *
   * @returns whether it is
   */
  loosen(edge: number, by: number, upwards: boolean): boolean;
  /** Hides an edge of which nobody knows any more that there is anything. */
  blank(edge: number): void;
  isHidden(edge: number): boolean;
  /** What an edge carries, and what everybody knows it to be at least while it is hidden. */
  amountOf(edge: number): { readonly amount: number; readonly least: number };
}

/**
 * The table as numbers side by side: a large house is searched a hundred thousand times. A step is an edge and a way: twice its
 * number along, one more back.
 */
export function createNetwork(size: number, edges: readonly Edge[]): Network {
  const of = (numbers: Float64Array | Int32Array | Uint8Array, n: number): number => numbers[n] as number;
  const column = (value: (edge: Edge) => number): Float64Array => Float64Array.from(edges, value);
  const amounts = column((edge) => edge.amount);
  const least = column((edge) => edge.least);
  const costs = column(costOf);
  const hidden = Uint8Array.from(edges, (edge) => (edge.hidden ? 1 : 0));
  const starts = new Int32Array(2 * edges.length);
  const firstAt = new Int32Array(size + 1);
  for (const [n, { from, to }] of edges.entries()) {
    starts[2 * n] = from;
    starts[2 * n + 1] = to;
    firstAt[from + 1] = of(firstAt, from + 1) + 1;
    firstAt[to + 1] = of(firstAt, to + 1) + 1;
  }
  for (let n = 1; n <= size; n++) firstAt[n] = of(firstAt, n) + of(firstAt, n - 1);
  /** by point, one point after the other: the steps that leave it */
  const steps = new Int32Array(2 * edges.length);
  const filled = firstAt.slice();
  for (let step = 0; step < steps.length; step++) {
    const start = of(starts, step);
    steps[of(filled, start)] = step;
    filled[start] = of(filled, start) + 1;
  }
  const endOf = (step: number): number => of(starts, step ^ 1);

  // of the search that runs: the cheapest way to each point it has come to
  const costTo = new Float64Array(size);
  const stepTo = new Int32Array(size);
  const seenIn = new Float64Array(size);
  let search = 0;
  const queue = cheapestFirst();
  // of the round that runs: how much was moved along each edge so far
  const moved = new Float64Array(edges.length);
  const movedIn = new Float64Array(edges.length);
  let rounds = 0;
  const isMoved = (edge: number): boolean => of(movedIn, edge) === rounds;
  const movedBy = (edge: number): number => (isMoved(edge) ? of(moved, edge) : 0);
  /** By how much an edge may be moved along, or back. */
  const room = (step: number): number => {
    if ((step & 1) === 0) return Number.POSITIVE_INFINITY;
    const edge = step >> 1;
    return of(amounts, edge) + movedBy(edge) - of(least, edge);
  };

  const reach = (point: number, cost: number, step: number): void => {
    seenIn[point] = search;
    costTo[point] = cost;
    stepTo[point] = step;
    queue.push(point, cost);
  };
  const visit = (point: number, cost: number, without: number): void => {
    const end = of(firstAt, point + 1);
    for (let n = of(firstAt, point); n < end; n++) {
      const step = of(steps, n);
      const edge = step >> 1;
      const next = cost + (isMoved(edge) ? HIDDEN : of(costs, edge));
      const at = endOf(step);
      if (of(seenIn, at) === search && next >= of(costTo, at)) continue;
      if (edge !== without && room(step) >= 1) reach(at, next, step);
    }
  };
  /** The cheapest way that has room (Dijkstra), from its end back to its beginning; as far as it had to be looked for. */
  const wayOf = ({ from, to, without }: Round): readonly number[] | null => {
    search += 1;
    queue.clear();
    reach(from, 0, -1);
    let point = queue.pop();
    for (; point >= 0 && point !== to; point = queue.pop())
      if (queue.cost <= of(costTo, point)) visit(point, queue.cost, without);
    if (point < 0) return null;
    const way: number[] = [];
    for (let step = of(stepTo, point); point !== from; step = of(stepTo, point)) {
      way.push(step);
      point = of(starts, step);
    }
    return way;
  };
  const move = (way: readonly number[], left: number): number => {
    const amount = Math.min(left, ...way.map(room));
    for (const step of way) {
      const edge = step >> 1;
      moved[edge] = movedBy(edge) + ((step & 1) === 0 ? amount : -amount);
      movedIn[edge] = rounds;
    }
    return amount;
  };
  // by step: by how much its edge was seen to move that way, with others that are hidden
  const loosened = new Float64Array(2 * edges.length);
  const note = (step: number, by: number): void => {
    if (by > of(loosened, step)) loosened[step] = by;
  };
  const hide = (edge: number): void => {
    hidden[edge] = 1;
    costs[edge] = HIDDEN;
  };
  /** Moves so much in all, by as many ways as it takes. @returns the edges of these; `null` where there is no room for it */
  const moveAll = (round: Round, by: number): readonly number[] | null => {
    rounds += 1;
    const used: number[] = [];
    for (let left = by; left > 0; ) {
      const way = wayOf(round);
      if (!way) return null;
      left -= move(way, left);
      for (const step of way) used.push(step >> 1);
    }
    return used;
  };
  return {
    loosen: (n, by, upwards) => {
      const wanted = 2 * n + (upwards ? 0 : 1);
      // what was moved for another edge has moved this one as well, over hidden edges alone: nothing more is to be hidden
      if (by <= of(loosened, wanted)) return true;
      const used = moveAll({ from: of(starts, wanted ^ 1), to: of(starts, wanted), without: n }, by);
      if (!used) return false;
      for (const edge of used) {
        hide(edge);
        const amount = of(moved, edge);
        note(amount > 0 ? 2 * edge : 2 * edge + 1, Math.abs(amount));
      }
      if (hidden[n] === 1) note(wanted, by);
      return true;
    },
    blank: (edge) => {
      hide(edge);
      least[edge] = 0;
    },
    isHidden: (edge) => hidden[edge] === 1,
    amountOf: (edge) => ({ amount: of(amounts, edge), least: of(least, edge) }),
  };
}
