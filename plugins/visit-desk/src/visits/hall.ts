import { DoorstepError, type NamedPerson } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { visits } from "../schema.ts";
import { roomsOf, todayAt, type Visit, type VisitCtx, visitOf } from "./visit-ctx.ts";

export interface Arrival {
  readonly visitId: string;
  readonly safety: boolean;
  readonly urgent: boolean;
  readonly headcount: number;
  readonly representatives: number;
  readonly companions: number;
}

/** A joint visit speaks by so many and no more [R22:20]. */
function assertRepresentatives(ctx: VisitCtx, asked: Pick<Arrival, "headcount" | "representatives">): void {
  const most = Math.min(ctx.settings.representatives, asked.headcount);
  if (asked.representatives > most)
    throw refusal("representatives", {
      "zh-CN": `同一事项多人来访，最多推选${most}名代表，请先推选代表，其余的人在大厅等候。`,
      en: `A joint visit speaks by ${most} representatives at most. Let them choose; the others wait in the hall.`,
    });
}

/** Gives the next number of the day; two at once get one each, and the same arrival again keeps its own. */
export async function arrive(ctx: VisitCtx, arrival: Arrival): Promise<{ readonly no: number }> {
  assertRepresentatives(ctx, arrival);
  const { visitId: id, ...what } = arrival;
  const day = todayAt(ctx);
  for (;;) {
    const [next] = await ctx.db
      .select({ no: sql<number>`coalesce(max(${visits.no}), 0) + 1` })
      .from(visits)
      .where(and(eq(visits.unitId, ctx.unit.id), eq(visits.day, day)));
    const row = {
      id,
      unitId: ctx.unit.id,
      day,
      no: next?.no ?? 1,
      state: "waiting",
      staff: [],
      arrivedAt: ctx.now,
    } as const;
    const made = await ctx.db
      .insert(visits)
      .values({ ...row, ...what, staff: [] })
      .onConflictDoNothing()
      .returning({ no: visits.no });
    if (made[0]) return made[0];
    const [known] = await ctx.db.select().from(visits).where(eq(visits.id, id));
    if (known?.unitId === ctx.unit.id) return { no: known.no };
    if (known) throw new DoorstepError("record.notFound");
  }
}

/** Danger goes before everything, then what cannot wait, then the numbers in their order. */
const inTurn = [desc(visits.safety), desc(visits.urgent), visits.no];

/** Who waits and who is being heard today, and what became of those who were, as far as the reader may see it. */
export async function hallToday(ctx: VisitCtx) {
  const today = and(eq(visits.unitId, ctx.unit.id), eq(visits.day, todayAt(ctx)));
  const present = await ctx.db
    .select()
    .from(visits)
    .where(and(today, inArray(visits.state, ["waiting", "talking"])))
    .orderBy(...inTurn);
  const over = await ctx.db
    .select()
    .from(visits)
    .where(and(today, eq(visits.state, "over")))
    .orderBy(desc(visits.endedAt));
  const heard = await Promise.all(
    over.map(async ({ id, no, caseId }) => {
      const petition = caseId === null ? null : await ctx.cases.get(caseId);
      return petition ? [{ visitId: id, no, caseNo: petition.caseNo, title: petition.title }] : [];
    }),
  );
  const shown = (one: Visit) => ({
    visitId: one.id,
    no: one.no,
    safety: one.safety,
    urgent: one.urgent,
    headcount: one.headcount,
    representatives: one.representatives,
    companions: one.companions,
    arrivedAt: one.arrivedAt,
    room: one.room,
    mine: ctx.user !== null && one.staff.includes(ctx.user.id),
  });
  return {
    waiting: present.filter((one) => one.state === "waiting").map(shown),
    talking: present.filter((one) => one.state === "talking").map(shown),
    heard: heard.flat(),
    rooms: roomsOf(ctx),
  };
}

/** Who can be the second of staff: whoever receives visitors over this unit, but the one who asks. */
export async function colleagues(ctx: VisitCtx): Promise<readonly NamedPerson[]> {
  const found = await Promise.all((["clerk", "officer"] as const).map((role) => ctx.people.holding(role)));
  const byId = new Map(found.flat().map((person) => [person.id, person]));
  return [...byId.values()].filter((person) => person.id !== ctx.user?.id);
}

const MINUTE_MS = 60_000;
/** A talk that begins now begins a moment after it was asked for. */
const AT_ONCE_MS = 10_000;

/**
 * Calls a number into a room, with two of staff; the room and both people are taken as long as a talk lasts.
 *
 * @throws DoorstepError `record.state`, `appointment.taken`, `appointment.personCannot`; `module.refused`
 */
export async function callIn(
  ctx: VisitCtx,
  { visitId, room, secondId }: { readonly visitId: string; readonly room: string; readonly secondId: string },
): Promise<void> {
  const visit = await visitOf(ctx, visitId);
  if (visit.state !== "waiting") throw new DoorstepError("record.state");
  if (!roomsOf(ctx).includes(room)) throw new DoorstepError("input.invalid");
  const first = ctx.user?.id ?? "";
  if (secondId === first)
    throw refusal("twoOfStaff", {
      "zh-CN": "接谈须有两名工作人员在场，请另选一人。",
      en: "Two of staff take part in a talk. Choose somebody beside yourself.",
    });
  const begins = Date.parse(ctx.now) + AT_ONCE_MS;
  const appointmentId = await ctx.appointments.book({
    place: room,
    room,
    people: [first, secondId],
    startsAt: new Date(begins).toISOString(),
    endsAt: new Date(begins + ctx.settings.talkMinutes * MINUTE_MS).toISOString(),
    key: `${visitId}-${room}-${secondId}-${begins}`,
  });
  const called = await ctx.db
    .update(visits)
    .set({ state: "talking", room, staff: [first, secondId], appointmentId, calledAt: ctx.now })
    .where(and(eq(visits.id, visitId), eq(visits.state, "waiting")))
    .returning({ id: visits.id });
  if (called.length > 0) return;
  await ctx.appointments.cancel(appointmentId);
  throw new DoorstepError("record.state");
}

/** What is found out while somebody waits: danger and haste move him forward. */
export async function moveForward(
  ctx: VisitCtx,
  { visitId, ...how }: { readonly visitId: string; readonly safety: boolean; readonly urgent: boolean },
): Promise<void> {
  const visit = await visitOf(ctx, visitId);
  if (visit.state !== "waiting") throw new DoorstepError("record.state");
  await ctx.db.update(visits).set(how).where(eq(visits.id, visitId));
}

/** Gives the room and the people free again. What is over by the clock is free without it. */
export async function freeRoom(ctx: VisitCtx, { appointmentId }: Visit): Promise<void> {
  if (appointmentId === null) return;
  await ctx.appointments.cancel(appointmentId).catch((error: unknown) => {
    if (!(error instanceof DoorstepError && error.code === "appointment.notFound")) throw error;
  });
}

/** Whoever waits or talks has gone without anything to register. */
export async function leave(ctx: VisitCtx, visitId: string): Promise<void> {
  const visit = await visitOf(ctx, visitId);
  if (visit.state === "over") throw new DoorstepError("record.state");
  await ctx.db.update(visits).set({ state: "over", endedAt: ctx.now }).where(eq(visits.id, visitId));
  await freeRoom(ctx, visit);
}
