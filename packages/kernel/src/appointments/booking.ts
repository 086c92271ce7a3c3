import { hash } from "node:crypto";
import { DoorstepError, type Text } from "@doorstep/contracts";

/** A meeting as it is booked; people of the house, each once. */
export interface Booking {
  readonly pluginId: string;
  readonly title: Text;
  readonly place: string;
  /** `null`: no room that could be taken, such as a call */
  readonly room: string | null;
  readonly people: readonly string[];
  /** instants */
  readonly startsAt: string;
  readonly endsAt: string;
}

const LONGEST_MS = 24 * 3_600_000;

/** A room of a unit by its name, as something that can be taken. */
const roomId = (unitId: string, room: string): string => {
  const h = hash("sha256", `room\0${unitId}\0${room.normalize("NFKC").trim().toLowerCase()}`, "hex");
  return [h.slice(0, 8), h.slice(8, 12), `8${h.slice(13, 16)}`, `8${h.slice(17, 20)}`, h.slice(20, 32)].join("-");
};

/** What is taken for as long as it lasts: the people, and the room; in one order, since each is waited for. */
export const claimsOf = (id: string, unitId: string, b: Booking): readonly Readonly<Record<string, string>>[] =>
  [...new Set([...b.people, ...(b.room === null ? [] : [roomId(unitId, b.room)])])].toSorted().map((resource) => ({
    appointment_id: id,
    resource,
    starts_at: b.startsAt,
    ends_at: b.endsAt,
  }));

/** @throws DoorstepError `appointment.time` for what is over, has no length, or lasts longer than a day */
export function assertTime(b: Pick<Booking, "startsAt" | "endsAt">, now: Date): void {
  const [from, to] = [Date.parse(b.startsAt), Date.parse(b.endsAt)];
  if (!(from >= now.getTime() && to > from && to - from <= LONGEST_MS)) throw new DoorstepError("appointment.time");
}

/** Somebody or the room is taken at that time. */
export const isTaken = (error: unknown): boolean => {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return code === "23P01" && constraint === "appointment_taken";
};
