const MINUTE_MS = 60_000;

interface Timed {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly slotMinutes: number;
}

/** How many visitors a day has time for. */
export const slotsOf = ({ startsAt, endsAt, slotMinutes }: Timed): number =>
  Math.floor((Date.parse(endsAt) - Date.parse(startsAt)) / (slotMinutes * MINUTE_MS));

/** When a visitor is received. */
export const slotAt = ({ startsAt, slotMinutes }: Timed, no: number): string =>
  new Date(Date.parse(startsAt) + no * slotMinutes * MINUTE_MS).toISOString();
