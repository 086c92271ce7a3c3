/** An edge of a table seen as a flow: its amount, and whether somebody who reads the release knows it. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
  /** what everybody knows it to be at least while it is hidden */
  readonly least: number;
  hidden: boolean;
}

/** By how much an edge may be moved along, or back. */
const room = (edge: Edge, along: boolean, moved: number): number =>
  along ? Number.POSITIVE_INFINITY : edge.amount + moved - edge.least;

/** Hiding a large number costs more than hiding a small one, and using what is hidden already nearly nothing. */
const costOf = (edge: Edge): number => (edge.hidden ? 0.001 : 1 + Math.log2(1 + edge.amount));

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
  /** so far, by edge */
  readonly moved: readonly number[];
}

export interface Network {
  readonly edges: readonly Edge[];
  /**
   * Makes an edge uncertain by so much, upwards or downwards, hiding others where there is no other way. Amounts that keep all
   * sums are moved round circles of hidden edges only.
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
    return edge !== undefined && step.edge !== without && room(edge, step.along, moved[step.edge] ?? 0) >= 1;
  };
  /** The cheapest way to each point that has room (Bellman and Ford, by a queue). */
  const cheapest = (round: Round): ReadonlyMap<number, Reached> => {
    const best = new Map<number, Reached>([[round.from, { cost: 0, by: null }]]);
    const queue = [round.from];
    const costTo = (step: Step): number => best.get(endOf(step))?.cost ?? Number.POSITIVE_INFINITY;
    const reach = (by: Step, cost: number): void => {
      best.set(endOf(by), { cost, by });
      if (endOf(by) !== round.to) queue.push(endOf(by));
    };
    for (let point = queue.shift(); point !== undefined; point = queue.shift()) {
      const cost = best.get(point)?.cost ?? 0;
      for (const step of (touching[point] ?? []).filter((one) => passable(one, round))) {
        const next = cost + costOf(edges[step.edge] as Edge);
        if (next < costTo(step)) reach(step, next);
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
  const move = (way: readonly Step[], left: number, moved: number[]): number => {
    const rooms = way.map(({ edge, along }) => room(edges[edge] as Edge, along, moved[edge] ?? 0));
    const amount = Math.min(left, ...rooms);
    for (const { edge, along } of way) {
      (edges[edge] as Edge).hidden = true;
      moved[edge] = (moved[edge] ?? 0) + (along ? amount : -amount);
    }
    return amount;
  };
  return {
    edges,
    loosen: (n, by, upwards) => {
      const { from, to } = edges[n] as Edge;
      const moved = edges.map(() => 0);
      const round = { from: upwards ? to : from, to: upwards ? from : to, without: n, moved };
      for (let left = by; left > 0; ) {
        const way = wayOf(round);
        if (!way) return false;
        left -= move(way, left, moved);
      }
      return true;
    },
  };
}
