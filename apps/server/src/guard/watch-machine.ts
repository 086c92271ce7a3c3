import type { Halt } from "@doorstep/kernel";

/** What is looked at; tests give their own. */
export interface Machine {
  /** bytes that are free where the data lie; `null`: unknown, as for a database elsewhere */
  readonly freeBytes: () => Promise<number | null>;
  /** the clock on the wall, in ms */
  readonly wall: () => number;
  /** a clock that nobody can set, in ms since any instant */
  readonly steady: () => number;
}

export interface Watch {
  /** why nothing new may be written now */
  halted(): Halt | null;
  look(): Promise<void>;
}

/** What PostgreSQL needs to finish what is under way: its log comes in files of 16 MB. */
const LEAST_FREE = 256 * 1_024 * 1_024;
/** Taken up again only with some more, so that it does not flicker. */
const ENOUGH_FREE = LEAST_FREE * 1.25;
/** Clocks are corrected by seconds; one that moves by minutes at once was wrong before or is now. */
const MOST_DRIFT_MS = 300_000;

/**
 * Watches the machine under the house. A full disk loses what is being written; a clock that jumped would let every period
 * pass, or date an act before the one it follows. In both cases nothing new is taken until it is well again.
 *
 * @param newest the latest instant that was written down before this start, in ms
 */
export function watchMachine(machine: Machine, newest: number | null): Watch {
  const began = machine.wall() - machine.steady();
  let isFull = false;
  const isWrong = (): boolean => {
    const wall = machine.wall();
    const drift = wall - machine.steady() - began;
    return Math.abs(drift) > MOST_DRIFT_MS || (newest !== null && wall < newest - MOST_DRIFT_MS);
  };
  return {
    halted: () => (isFull ? "service.full" : isWrong() ? "service.clock" : null),
    async look() {
      const free = await machine.freeBytes();
      if (free !== null) isFull = free < (isFull ? ENOUGH_FREE : LEAST_FREE);
    },
  };
}
