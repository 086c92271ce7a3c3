/** What is to be visited next, the cheapest first (a binary heap). */
export interface CheapestFirst {
  push(point: number, cost: number): void;
  /** @returns the point; -1 where nothing is left */
  pop(): number;
  /** of the point that was taken last */
  readonly cost: number;
  clear(): void;
}

const twice = (numbers: Float64Array): Float64Array => {
  const more = new Float64Array(2 * numbers.length);
  more.set(numbers);
  return more;
};

/** Numbers lie side by side and the heap is used again and again: searches by the thousand make nothing that has to be cleared away. */
export function cheapestFirst(): CheapestFirst {
  let points: Float64Array = new Float64Array(64);
  let costs: Float64Array = new Float64Array(64);
  let size = 0;
  let taken = 0;
  const at = (numbers: Float64Array, n: number): number => numbers[n] as number;
  const put = (n: number, point: number, cost: number): void => {
    points[n] = point;
    costs[n] = cost;
  };
  /** Lets the last one down from the top until it costs no more than those below it. */
  const sink = (point: number, cost: number): void => {
    let n = 0;
    for (let left = 1; left < size; left = 2 * n + 1) {
      const least = left + 1 < size && at(costs, left + 1) < at(costs, left) ? left + 1 : left;
      if (at(costs, least) >= cost) break;
      put(n, at(points, least), at(costs, least));
      n = least;
    }
    put(n, point, cost);
  };
  return {
    push: (point, cost) => {
      if (size === points.length) [points, costs] = [twice(points), twice(costs)];
      let n = size;
      size += 1;
      for (let above = (n - 1) >> 1; n > 0 && cost < at(costs, above); above = (n - 1) >> 1) {
        put(n, at(points, above), at(costs, above));
        n = above;
      }
      put(n, point, cost);
    },
    pop: () => {
      if (size === 0) return -1;
      const first = at(points, 0);
      taken = at(costs, 0);
      size -= 1;
      if (size > 0) sink(at(points, size), at(costs, size));
      return first;
    },
    get cost() {
      return taken;
    },
    clear: () => {
      size = 0;
    },
  };
}
