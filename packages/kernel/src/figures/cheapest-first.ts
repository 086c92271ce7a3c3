/** What is to be visited next, the cheapest first (a binary heap). */
export interface CheapestFirst {
  push(point: number, cost: number): void;
  pop(): { readonly point: number; readonly cost: number } | undefined;
}

export function cheapestFirst(): CheapestFirst {
  const heap: { readonly point: number; readonly cost: number }[] = [];
  const costAt = (n: number): number => heap[n]?.cost ?? Number.POSITIVE_INFINITY;
  const swap = (a: number, b: number): void => {
    const [x, y] = [heap[a], heap[b]];
    if (x && y) [heap[a], heap[b]] = [y, x];
  };
  const sink = (): void => {
    for (let n = 0; ; ) {
      const [left, right] = [2 * n + 1, 2 * n + 2];
      const least = costAt(right) < costAt(left) ? right : left;
      if (costAt(least) >= costAt(n)) return;
      swap(n, least);
      n = least;
    }
  };
  return {
    push: (point, cost) => {
      let n = heap.push({ point, cost }) - 1;
      for (let above = (n - 1) >> 1; n > 0 && costAt(n) < costAt(above); above = (n - 1) >> 1) {
        swap(n, above);
        n = above;
      }
    },
    pop: () => {
      const [first] = heap;
      const last = heap.pop();
      if (heap.length > 0 && last) {
        heap[0] = last;
        sink();
      }
      return first;
    },
  };
}
