import { cheapestFirst } from "./cheapest-first.ts";

/** An edge of a table seen as a flow: its amount, and whether somebody who reads the release knows it. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
  /** what everybody knows it to be at least while it is hidden */
  least: number;
  hidden: boolean;
}

/** By how much an edge may be moved along, or back. */
const room = (edge: Edge, along: boolean, moved: number): number =>
  along ? Number.POSITIVE_INFINITY : edge.amount + moved - edge.least;

/** Hiding a large number costs more than hiding a small one, and using what is hidden already nearly nothing. */
const costOf = (edge: Edge, moved: ReadonlyMap<number, number>, n: number): number =>
  edge.hidden || moved.has(n) ? 0.001 : 1 + Math.log2(1 + edge.amount);

interface Step {
  readonly edge: number;
  readonly along: boolean;
}

interface Reached {
  readonly cost: number;
  readonly by: Step | null;
}

interface Round {
  readonly from: number;
  readonly to: number;
  readonly without: number;
  /** so far, by edge; absent: nothing */
  readonly moved: Map<number, number>;
}

export interface Network {
  readonly edges: readonly Edge[];
  /**
   * Makes an edge uncertain by so much, upwards or downwards, hiding others where there is no other way. Amounts that keep all
   * sums are moved round circles of hidden edges only. Where it cannot be, nothing is hidden.
   *
   * @returns whether it is
   */
  loosen(edge: number, by: number, upwards: boolean): boolean;
}

export function createNetwork(size: number, edges: readonly Edge[]): Network {
  const touching = Array.from({ length: size }, (): Step[] => []);
  for (const [n, edge] of edges.entries()) {
    touching[edge.from]?.push({ edge: n, along: true });
    touching[edge.to]?.push({ edge: n, along: false });
  }
  const endOf = ({ edge, along }: Step): number => (along ? edges[edge]?.to : edges[edge]?.from) ?? 0;
  const startOf = ({ edge, along }: Step): number => (along ? edges[edge]?.from : edges[edge]?.to) ?? 0;

  const passable = (step: Step, { without, moved }: Round): boolean => {
    const edge = edges[step.edge];
    return edge !== undefined && step.edge !== without && room(edge, step.along, moved.get(step.edge) ?? 0) >= 1;
  };
  /** The cheapest way that has room (Dijkstra), as far as it had to be looked for. */
  const cheapest = (round: Round): ReadonlyMap<number, Reached> => {
    const best = new Map<number, Reached>([[round.from, { cost: 0, by: null }]]);
    const queue = cheapestFirst();
    queue.push(round.from, 0);
    const costTo = (point: number): number => best.get(point)?.cost ?? Number.POSITIVE_INFINITY;
    for (let next = queue.pop(); next !== undefined && next.point !== round.to; next = queue.pop()) {
      if (next.cost > costTo(next.point)) continue;
      for (const by of touching[next.point] ?? []) {
        const cost = next.cost + costOf(edges[by.edge] as Edge, round.moved, by.edge);
        const end = endOf(by);
        if (cost >= costTo(end) || !passable(by, round)) continue;
        best.set(end, { cost, by });
        queue.push(end, cost);
      }
    }
    return best;
  };
  const wayOf = (round: Round): readonly Step[] | null => {
    const best = cheapest(round);
    const way: Step[] = [];
    for (let point = round.to; point !== round.from; ) {
      const by = best.get(point)?.by;
      if (!by) return null;
      way.push(by);
      point = startOf(by);
    }
    return way;
  };
  const move = (way: readonly Step[], left: number, round: Round): number => {
    const { moved } = round;
    const rooms = way.map(({ edge, along }) => room(edges[edge] as Edge, along, moved.get(edge) ?? 0));
    const amount = Math.min(left, ...rooms);
    for (const { edge, along } of way) moved.set(edge, (moved.get(edge) ?? 0) + (along ? amount : -amount));
    return amount;
  };
  return {
    edges,
    loosen: (n, by, upwards) => {
      const { from, to } = edges[n] as Edge;
      const moved = new Map<number, number>();
      const round = { from: upwards ? to : from, to: upwards ? from : to, without: n, moved };
      for (let left = by; left > 0; ) {
        const way = wayOf(round);
        if (!way) return false;
        left -= move(way, left, round);
      }
      for (const edge of moved.keys()) (edges[edge] as Edge).hidden = true;
      return true;
    },
  };
}
