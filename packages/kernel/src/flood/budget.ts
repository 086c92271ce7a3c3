/** What may come in by the public pages within ten minutes before the fence goes up; sizes are text and files. */
export interface FilingBudget {
  readonly perUnit: number;
  readonly inAll: number;
  readonly bytesPerUnit: number;
  readonly bytesInAll: number;
}

const MB = 1_024 * 1_024;
/** A petition with photographs and a scan. */
const USUAL_BYTES = 5 * MB;

/** The budget for so many petitions in ten minutes, each of a generous usual size. */
export const filingBudget = (perUnit: number, inAll: number): FilingBudget => ({
  perUnit,
  inAll,
  bytesPerUnit: perUnit * USUAL_BYTES,
  bytesInAll: inAll * USUAL_BYTES,
});

/** Far above what one unit's people ever write in ten minutes, and a whole division's. */
export const usualBudget = filingBudget(60, 600);

export interface Arrived {
  readonly count: number;
  readonly bytes: number;
}

/** How often the fullest budget is used up; below 1 nobody notices that there is a fence. */
export const loadOf = (budget: FilingBudget, unit: Arrived, all: Arrived): number =>
  Math.max(
    unit.count / budget.perUnit,
    all.count / budget.inAll,
    unit.bytes / budget.bytesPerUnit,
    all.bytes / budget.bytesInAll,
  );

/** From here on a person lets petitions through. */
const QUARANTINE_FROM = 4;
const LEAST_BITS = 4;
const MOST_BITS = 11;

/** Leading zero bits asked for: each doubling of the load doubles the work twice, up to seconds on a slow phone. */
export const bitsFor = (load: number): number =>
  load < 1 ? 0 : Math.min(MOST_BITS, LEAST_BITS + Math.floor(2 * Math.log2(load)));

export const isFlood = (load: number): boolean => load >= QUARANTINE_FROM;
