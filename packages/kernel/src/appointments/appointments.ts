import { calendarFile, DoorstepError } from "@doorstep/contracts";
import { type Actor, mayAt } from "../actor.ts";
import { assertInReach } from "../case-data/open-to-module.ts";
import { assertMaySee } from "../cases/read-case.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import { inChange, ledgerActorOf } from "../change.ts";
import type { Kernel } from "../kernel.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { loadActor } from "../people/load-actor.ts";
import { execute } from "../pipeline/execute.ts";
import { COVERED_NOW } from "../pipeline/load-case.ts";
import { unitAndAncestors } from "../pipeline/unit-facts.ts";
import { coverFor } from "../redaction/circle.ts";
import { bookAppointment, cancelAppointment } from "./appointment-acts.ts";
import { assertTime, type Booking, claimsOf, isTaken } from "./booking.ts";

export interface Booked {
  /** `null`: the module's own repeated work at the unit */
  readonly by: Actor | null;
  readonly unitId: string;
  readonly caseId: string | null;
  /** the same key books nothing twice */
  readonly key: string;
}

async function pathOf(k: Kernel, unitId: string): Promise<readonly string[]> {
  const units = await unitAndAncestors(k.pool, unitId);
  if (units.length === 0) throw new DoorstepError("unit.notFound");
  return units.map((one) => one.id);
}

async function bookForUnit(k: Kernel, on: Booked, b: Booking): Promise<string> {
  const path = await pathOf(k, on.unitId);
  if (on.by && !mayAt(on.by, "desk.use", path)) throw new DoorstepError("forbidden");
  assertTime(b, k.now());
  const people = await Promise.all(b.people.map((id) => loadActor(k, id, k.now())));
  if (!people.every((one) => one && mayAt(one, "desk.use", path))) throw new DoorstepError("appointment.personCannot");
  const key = `${b.pluginId}:${on.unitId}:${on.key}`;
  return await inChange(k, on.by ? ledgerActorOf(on.by) : "system", async ({ client, at, by, newId }) => {
    const id = newId();
    const made = await client.query(
      `insert into kernel.appointments (id, unit_id, plugin_id, title_zh, title_en, place, people, starts_at, ends_at, made_by, made_at, key)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (key) do nothing`,
      [
        id,
        on.unitId,
        b.pluginId,
        b.title["zh-CN"],
        b.title.en,
        b.place,
        b.people,
        b.startsAt,
        b.endsAt,
        on.by?.personId ?? null,
        at,
        key,
      ],
    );
    if (made.rowCount === 0) {
      const { rows } = await client.query<{ id: string }>("select id from kernel.appointments where key = $1", [key]);
      return rows[0]?.id ?? "";
    }
    await client.query(
      `insert into kernel.appointment_claims select * from jsonb_to_recordset($1::jsonb)
         as c(appointment_id uuid, resource uuid, starts_at timestamptz, ends_at timestamptz)`,
      [JSON.stringify(claimsOf(id, on.unitId, b))],
    );
    const facts = { appointment: id, module: b.pluginId, people: [...b.people], startsAt: b.startsAt };
    await recordFact(client, { stream: on.unitId, at, type: "appointment.booked", actor: by, facts });
    return id;
  });
}

/**
 * Books people, and a room, for a time. Two at once: one has it, the other is told that it is taken.
 *
 * @throws DoorstepError `appointment.taken`, `appointment.time`, `appointment.personCannot`, `case.notFound`, `forbidden`;
 * `act.refused` with some of these
 */
export async function book(k: Kernel, on: Booked, b: Booking): Promise<string> {
  try {
    if (on.caseId === null) return await bookForUnit(k, on, b);
    await assertInReach(k, on, on.caseId);
    const party = on.by ? ({ kind: "person", actor: on.by } as const) : ({ kind: "system" } as const);
    const key = `${b.pluginId}:${on.key}`;
    return (await execute(k, bookAppointment, { caseId: on.caseId, key, party }, b)).appointmentId;
  } catch (error) {
    if (isTaken(error)) throw new DoorstepError("appointment.taken");
    throw error;
  }
}

interface Row {
  readonly id: string;
  readonly case_id: string | null;
  readonly organ_id: string | null;
  readonly covered: readonly { readonly id: string; readonly words: string }[] | null;
  readonly unit_id: string;
  readonly title_zh: string;
  readonly title_en: string;
  readonly place: string;
  readonly people: readonly string[];
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly made_by: string | null;
  readonly cancelled_at: Date | null;
}

/** A meeting as its module sees it. */
export interface Meeting {
  readonly appointmentId: string;
  readonly caseId: string | null;
  readonly place: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly cancelled: boolean;
  /** whether the asker is to be there */
  readonly mine: boolean;
}

const MOST = 200;

/**
 * Meetings of one module: those of a petition the asker may see, or of a unit's own work from now on.
 *
 * @throws DoorstepError `case.notFound`, `forbidden`
 */
export async function meetingsOf(
  k: Kernel,
  actor: Actor,
  of: { readonly pluginId: string; readonly caseId: string | null; readonly unitId: string },
): Promise<readonly Meeting[]> {
  if (of.caseId !== null) await assertMaySee(k, actor, of.caseId);
  else if (!mayAt(actor, "desk.use", await pathOf(k, of.unitId))) throw new DoorstepError("forbidden");
  const { rows } = await k.pool.query<Row & { readonly level: number | null }>(
    `select a.*, c.organ_id, c.confidentiality as level,
        (select jsonb_agg(jsonb_build_object('id', x.id, 'words', x.words)) from kernel.redactions x where x.case_id = c.id and ${COVERED_NOW}) as covered
      from kernel.appointments a left join kernel.cases c on c.id = a.case_id
      where a.plugin_id = $1 and case when $2::uuid is null then a.case_id is null and a.unit_id = $3 and a.ends_at >= $4
        else a.case_id = $2 end order by a.starts_at, a.id limit ${MOST}`,
    [of.pluginId, of.caseId, of.unitId, k.now()],
  );
  return rows
    .filter((row) => row.level !== 3)
    .map((row) => ({
      appointmentId: row.id,
      caseId: row.case_id,
      place: placeOf(k, row),
      startsAt: row.starts_at.toISOString(),
      endsAt: row.ends_at.toISOString(),
      cancelled: row.cancelled_at !== null,
      mine: row.people.includes(actor.personId),
    }));
}

/** As a list goes out of the house: what is covered is covered here for everybody. */
function placeOf(k: Kernel, row: Row): string {
  if (row.case_id === null) return row.place;
  const c = { id: row.case_id, organId: row.organ_id, redactions: row.covered ?? [] };
  return coverFor(k, c)(shelterOf(k.keys, c).reveal(places.appointment(row.id), row.place));
}

/**
 * It does not take place. Of a petition by those who have a part in it, of a unit's work by whoever booked it or was to be there.
 *
 * @throws DoorstepError `appointment.notFound`, also for one of another module
 */
export async function cancel(
  k: Kernel,
  name: Pick<Booked, "by" | "unitId">,
  pluginId: string,
  appointmentId: string,
): Promise<void> {
  const { rows } = await k.pool.query<Row>("select * from kernel.appointments where id = $1 and plugin_id = $2", [
    appointmentId,
    pluginId,
  ]);
  const [row] = rows;
  if (!row) throw new DoorstepError("appointment.notFound");
  if (row.case_id !== null) {
    const party = name.by ? ({ kind: "person", actor: name.by } as const) : ({ kind: "system" } as const);
    const on = { caseId: row.case_id, key: k.newId(), party };
    try {
      await assertInReach(k, name, row.case_id);
      await execute(k, cancelAppointment, on, { appointmentId });
    } catch (error) {
      if (error instanceof DoorstepError && error.code === "case.notFound")
        throw new DoorstepError("appointment.notFound");
      throw error;
    }
    return;
  }
  if (!(await mayCancel(k, name, row))) throw new DoorstepError("appointment.notFound");
  await inChange(k, name.by ? ledgerActorOf(name.by) : "system", async ({ client, at, by }) => {
    const { rowCount } = await client.query(
      "update kernel.appointments set cancelled_by = $2, cancelled_at = $3 where id = $1 and cancelled_at is null",
      [appointmentId, name.by?.personId ?? null, at],
    );
    if (rowCount === 0) throw new DoorstepError("appointment.notFound");
    await client.query("delete from kernel.appointment_claims where appointment_id = $1", [appointmentId]);
    const facts = { appointment: appointmentId };
    await recordFact(client, { stream: row.unit_id, at, type: "appointment.cancelled", actor: by, facts });
  });
}

/** Whoever made it or is to be there; in repeated work the module itself, where the unit is in line with the meeting's. */
async function mayCancel(k: Kernel, { by, unitId }: Pick<Booked, "by" | "unitId">, row: Row): Promise<boolean> {
  if (by) return row.made_by === by.personId || row.people.includes(by.personId);
  return (await pathOf(k, unitId)).includes(row.unit_id) || (await pathOf(k, row.unit_id)).includes(unitId);
}

/**
 * One meeting as a calendar file, for whoever sees it.
 *
 * @throws DoorstepError `appointment.notFound`
 */
export async function calendarOf(k: Kernel, actor: Actor, pluginId: string, appointmentId: string): Promise<string> {
  const { rows } = await k.pool.query<Pick<Row, "case_id" | "unit_id" | "title_zh" | "title_en">>(
    "select case_id, unit_id, title_zh, title_en from kernel.appointments where id = $1 and plugin_id = $2",
    [appointmentId, pluginId],
  );
  const [row] = rows;
  const of = row && { pluginId, caseId: row.case_id, unitId: row.unit_id };
  const seen = of ? await meetingsOf(k, actor, of).catch(hidden) : [];
  const one = seen.find((each) => each.appointmentId === appointmentId);
  if (!row || !one) throw new DoorstepError("appointment.notFound");
  const title = { "zh-CN": row.title_zh, en: row.title_en };
  return calendarFile({ ...one, id: appointmentId, title }, k.now());
}

/** Of a petition that is not for him there is no meeting. */
const hidden = (error: unknown): readonly Meeting[] => {
  if (error instanceof DoorstepError) return [];
  throw error;
};
