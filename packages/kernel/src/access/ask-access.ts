import { type AccessState, type askAccessInput, DoorstepError, type OwnAccess } from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import { MAY_SEE, maySeeValues } from "../audience/visible.ts";
import { caseIdOf } from "../cases/read-case.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import { recordAccess } from "../ledger/record-access.ts";
import { loadCase } from "../pipeline/load-case.ts";
import { accessRules, mayAsk, mayBeOpened, type Standing } from "./access-rules.ts";
import { openAccess } from "./open-access.ts";

/** So many a day: more would be trying out numbers. */
const MOST_A_DAY = 10;
const DAY_MS = 86_400_000;
/** After this time a request that nobody confirmed is refused: like one for a number that stands for nothing. */
export const WAITS_MS = 3 * DAY_MS;

/** Where the asker belongs and serves: asked in the same way whatever the number stands for. */
export async function standingOf(k: Pick<Kernel, "pool">, actor: Actor): Promise<Standing> {
  const units = [...new Set([actor.unitId, ...actor.grants.map((g) => g.unitId)])];
  const { rows } = await k.pool.query<{ path: string[] }>("select path from kernel.units where id = any ($1::uuid[])", [
    units,
  ]);
  return {
    personId: actor.personId,
    ownKey: actor.ownKey,
    paths: rows.map((r) => r.path.toReversed()),
    roles: actor.grants.map((g) => g.role),
  };
}

async function assertNotTooMany(k: Kernel, actor: Actor): Promise<void> {
  const { rows } = await k.pool.query<{ n: number }>(
    "select count(*)::int as n from kernel.accesses where person_id = $1 and asked_at > $2",
    [actor.personId, new Date(k.now().getTime() - DAY_MS)],
  );
  if ((rows[0]?.n ?? 0) >= MOST_A_DAY) throw new DoorstepError("access.tooMany", { most: MOST_A_DAY });
}

const settings = async (k: Pick<Kernel, "pool">): Promise<number> =>
  (await k.pool.query<{ hours: number }>("select hours from kernel.access_settings")).rows[0]?.hours ?? 8;

/** For how many hours a case is opened at most. */
export const readAccessSettings = async (k: Pick<Kernel, "pool">): Promise<{ hours: number }> => ({
  hours: await settings(k),
});

/** A request is taken whatever the number stands for; that it is granted is the only thing it tells [SPEC §8]. */
export async function askAccess(k: Kernel, actor: Actor, input: z.output<typeof askAccessInput>): Promise<OwnAccess> {
  if (!mayAsk(actor)) throw new DoorstepError("forbidden");
  await assertNotTooMany(k, actor);
  const caseNo = input.caseNo.trim().toUpperCase();
  const caseId = await caseIdOf(k, caseNo);
  const seen = await k.pool.query({ name: "may_see", text: MAY_SEE, values: [...maySeeValues(actor, caseId)] });
  if (seen.rows.length > 0) throw new DoorstepError("access.notNeeded");
  const [loaded, standing, most] = await Promise.all([
    loadCase(k.pool, caseId, "", ""),
    standingOf(k, actor),
    settings(k),
  ]);
  const id = k.newId();
  const hours = Math.min(input.hours ?? most, most);
  const reason = shelterOf(k.keys, { id: caseId, organId: loaded?.case.organId ?? null }).protect(
    places.access(id),
    input.reason,
  );
  await recordAccess(k, { type: "access.asked", actor: `person:${actor.personId}`, facts: { access: id, hours } });
  await k.pool.query(
    `insert into kernel.accesses (id, person_id, case_no, case_id, reason, hours, asked_at, state)
     values ($1, $2, $3, $4, $5, $6, $7, 'asked')`,
    [id, actor.personId, caseNo, loaded?.case.id ?? null, reason, hours, k.now()],
  );
  const asked: OwnAccess = { id, caseNo, askedAt: k.now().toISOString(), state: "waiting", until: null };
  const c = loaded?.case;
  if (!c || accessRules[c.confidentiality].second !== null || !mayBeOpened(c, standing)) return asked;
  const opening = { id, personId: actor.personId, hours, confirmedBy: null, tellAfter: false };
  return { ...asked, state: "granted", ...(await openAccess(k, c.id, opening)) };
}

interface OwnRow {
  readonly id: string;
  readonly case_no: string;
  readonly asked_at: Date;
  readonly state: "asked" | "granted" | "declined" | "ended";
  readonly until: Date | null;
}

/** A refusal is told only when its time has passed: before, it would say that somebody found a case to refuse. */
function shownState(row: OwnRow, now: Date): AccessState {
  if (row.state === "ended" || (row.state === "granted" && (row.until ?? now) <= now)) return "over";
  if (row.state === "granted") return "granted";
  return row.asked_at.getTime() + WAITS_MS > now.getTime() ? "waiting" : "notGranted";
}

/** What somebody has asked for lately, for himself. */
export async function ownAccesses(k: Kernel, actor: Actor): Promise<OwnAccess[]> {
  const { rows } = await k.pool.query<OwnRow>(
    "select id, case_no, asked_at, state, until from kernel.accesses where person_id = $1 order by asked_at desc, id desc limit 50",
    [actor.personId],
  );
  return rows.map((row) => {
    const state = shownState(row, k.now());
    const opened = state === "granted" || state === "over";
    return {
      id: row.id,
      caseNo: row.case_no,
      askedAt: row.asked_at.toISOString(),
      state,
      until: opened ? (row.until?.toISOString() ?? null) : null,
    };
  });
}
