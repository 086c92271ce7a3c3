const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const LONGEST_MS = 366 * UNIT_MS.d;

/** `30m`, `6h`, `1d` in milliseconds; `undefined` for what is no length from a minute to a year. */
export function intervalMs(every: string): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,5})([mhd])$/.exec(every) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  const ms = Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
  return ms <= LONGEST_MS ? ms : undefined;
}

/** The next turn after `now`, at the distance from the one that was due: days stay at their hour. */
export function nextTurn(due: Date, everyMs: number, now: Date): Date {
  const missed = Math.max(0, Math.floor((now.getTime() - due.getTime()) / everyMs));
  return new Date(due.getTime() + (missed + 1) * everyMs);
}
