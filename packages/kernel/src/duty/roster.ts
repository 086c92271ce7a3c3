import {
  DoorstepError,
  type DutyRoster,
  type dutyRosterInput,
  type Role,
  type saveShiftInput,
} from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import { holdsAt } from "../actor-scope.ts";
import { addDays } from "../calendars/local-days.ts";
import type { Change } from "../change.ts";
import { endOfLocalDay, instantOfLocal } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { isLiveGrant } from "../units/living.ts";
import { lockLivingUnit } from "../units/lock-units.ts";
import type { Reader } from "../units/unit-path.ts";
import { dutyRoles } from "./acts.ts";
import { rungsOf } from "./ladder.ts";

const MOST_MS = 31 * 86_400_000;
const MOST_PEOPLE = 200;

interface Span {
  readonly from: number;
  readonly until: number;
}

/** What of the span no shift covers. */
export function gapsOf(whole: Span, shifts: readonly Span[]): readonly Span[] {
  const gaps: Span[] = [];
  let at = whole.from;
  for (const shift of shifts.toSorted((a, b) => a.from - b.from)) {
    if (shift.from > at) gaps.push({ from: at, until: Math.min(shift.from, whole.until) });
    at = Math.max(at, shift.until);
    if (at >= whole.until) return gaps;
  }
  return [...gaps, { from: at, until: whole.until }];
}

/** People who see the petitions of the unit, or those of its discipline organ: somebody else could do nothing. */
async function candidatesOf(reader: Reader, unitId: string, now: Date): Promise<{ id: string; name: string }[]> {
  const atUnit: readonly Role[] = ["discipline"];
  const { rows } = await reader.query<{ id: string; name: string }>(
    `select distinct p.id, p.name from kernel.units u
       join kernel.role_grants g on g.unit_id = any (u.path)
        and (g.role = any ($2::text[]) and (g.subtree or g.unit_id = u.id) or g.role = any ($4::text[]) and g.unit_id = u.id)
       join kernel.units gu on gu.id = g.unit_id join kernel.people p on p.id = g.person_id and p.active
      where u.id = $1 and ${isLiveGrant("g", "gu", "$3")} order by p.name, p.id limit ${MOST_PEOPLE}`,
    [unitId, dutyRoles, now, atUnit],
  );
  return rows;
}

interface ShiftRow {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly from: Date;
  readonly until: Date;
}

/** The roster of some days, its gaps, and who stands in there. */
export async function readRoster(
  k: Kernel,
  actor: Actor,
  path: readonly string[],
  input: z.output<typeof dutyRosterInput>,
): Promise<DutyRoster> {
  const zone = await k.pool.query<{ zone: string }>("select time_zone as zone from kernel.units where id = $1", [
    input.unitId,
  ]);
  const timeZone = zone.rows[0]?.zone ?? "UTC";
  const from = Date.parse(endOfLocalDay(addDays(input.from, -1), timeZone)) + 1;
  const until = Date.parse(endOfLocalDay(addDays(input.from, input.days - 1), timeZone)) + 1;
  const [{ rows }, candidates, rungs] = await Promise.all([
    k.pool.query<ShiftRow>(
      `select s.id, s.person_id as "personId", p.name, s.from_at as "from", s.until_at as "until"
         from kernel.duty_shifts s join kernel.people p on p.id = s.person_id
        where s.unit_id = $1 and s.removed_at is null and s.until_at > $2 and s.from_at < $3 order by s.from_at, s.id`,
      [input.unitId, new Date(from), new Date(until)],
    ),
    candidatesOf(k.pool, input.unitId, k.now()),
    rungsOf(k, input.unitId),
  ]);
  const onRoster = new Set(rows.map((r) => r.personId));
  const standing = [...new Set(rungs.flatMap((r) => r.people))].filter((p) => !onRoster.has(p)).slice(0, 10);
  const names = await k.pool.query<{ id: string; name: string }>(
    "select p.id, p.name from unnest($1::uuid[]) with ordinality x(id, n) join kernel.people p on p.id = x.id order by x.n",
    [standing],
  );
  const iso = (ms: number): string => new Date(ms).toISOString();
  return {
    timeZone,
    shifts: rows.map((r) => ({
      id: r.id,
      person: { id: r.personId, name: r.name },
      from: r.from.toISOString(),
      until: r.until.toISOString(),
    })),
    gaps: gapsOf(
      { from, until },
      rows.map((r) => ({ from: r.from.getTime(), until: r.until.getTime() })),
    ).map((g) => ({ from: iso(g.from), until: iso(g.until) })),
    fallback: names.rows,
    candidates,
    manageable: holdsAt(actor, "units.manage", path),
  };
}

async function removeShift(change: Change, unitId: string, shiftId: string): Promise<void> {
  const { rowCount } = await change.client.query(
    "update kernel.duty_shifts set removed_at = $3 where id = $1 and unit_id = $2 and removed_at is null",
    [shiftId, unitId, change.at],
  );
  if (rowCount !== 1) throw new DoorstepError("duty.noShift");
}

const record = (change: Change, unitId: string, facts: Readonly<Record<string, string>>): Promise<void> =>
  recordFact(change.client, {
    stream: unitId,
    at: change.at,
    type: "unit.changed",
    actor: change.by,
    facts: { ...facts },
  });

/**
 * Puts somebody on duty, in the place of another shift where one is named.
 *
 * @throws DoorstepError `duty.cannotSee`, `duty.times`, `duty.noShift`, `unit.notFound`, `unit.retired`
 */
export async function saveShift(change: Change, actor: Actor, input: z.output<typeof saveShiftInput>): Promise<void> {
  const unit = await lockLivingUnit(change, input.unitId);
  const from = instantOfLocal(input.from, unit.timeZone);
  const until = instantOfLocal(input.until, unit.timeZone);
  if (until <= from || until - from > MOST_MS) throw new DoorstepError("duty.times");
  const able = await candidatesOf(change.client, unit.id, change.at);
  if (!able.some((p) => p.id === input.personId)) throw new DoorstepError("duty.cannotSee");
  if (input.replaces) await removeShift(change, unit.id, input.replaces);
  const shift = change.newId();
  await change.client.query(
    `insert into kernel.duty_shifts (id, unit_id, person_id, from_at, until_at, made_by, made_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [shift, unit.id, input.personId, new Date(from), new Date(until), actor.personId, change.at],
  );
  await record(change, unit.id, { act: "dutySet", shift, person: input.personId });
}

/** Takes a shift off the roster. @throws DoorstepError `duty.noShift` */
export async function endShift(change: Change, input: { readonly unitId: string; readonly shiftId: string }) {
  const unit = await lockLivingUnit(change, input.unitId);
  await removeShift(change, unit.id, input.shiftId);
  await record(change, unit.id, { act: "dutyRemoved", shift: input.shiftId });
}
