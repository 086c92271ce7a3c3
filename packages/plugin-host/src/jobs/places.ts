/** Places for work that people are not waiting for. */
export interface Places {
  /** Waits for a place. @returns how it is left; a second time does nothing */
  enter(): Promise<() => void>;
}

/**
 * Lets only so many be at work at once, in the order in which they came. Whoever takes longer than `mostMs` goes on without a place:
 * what hangs keeps nobody waiting.
 */
export function createPlaces(count: number, mostMs: number): Places {
  let free = count;
  const waiting: (() => void)[] = [];
  const pass = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return {
    enter: async () => {
      if (free > 0) free -= 1;
      else await new Promise<void>((admit) => waiting.push(admit));
      let isIn = true;
      const leave = (): void => {
        clearTimeout(timer);
        if (isIn) pass();
        isIn = false;
      };
      const timer = setTimeout(leave, mostMs);
      return leave;
    },
  };
}
