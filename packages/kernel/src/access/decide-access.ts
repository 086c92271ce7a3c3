import { DoorstepError, type decideAccessInput, type WaitingAccess } from "@doorstep/contracts";
import type { z } from "zod";
import { type Actor, holdsRoleAt } from "../actor.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import { recordAccess } from "../ledger/record-access.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { loadActor } from "../people/load-actor.ts";
import { loadCase } from "../pipeline/load-case.ts";
import { mayBeOpened, mayConfirm } from "./access-rules.ts";
import { standingOf, WAITS_MS } from "./ask-access.ts";
import { openAccess } from "./open-access.ts";

interface Row {
  readonly id: string;
  readonly person_id: string;
  readonly person: string;
  readonly zh: string;
  readonly en: string;
  readonly case_no: string;
  readonly case_id: string | null;
  readonly organ_id: string | null;
  readonly reason: string;
  readonly hours: number;
  readonly asked_at: Date;
  readonly asker_path: readonly string[];
  readonly organ_path: readonly string[] | null;
}

const WAITING = `select a.id, a.person_id, p.name as person, u.name_zh as zh, u.name_en as en, a.case_no, a.case_id, c.organ_id,
    a.reason, a.hours, a.asked_at, u.path as asker_path, o.path as organ_path
  from kernel.accesses a join kernel.people p on p.id = a.person_id join kernel.units u on u.id = p.unit_id
    left join kernel.cases c on c.id = a.case_id and c.confidentiality = 3
    left join kernel.offices f on f.id = c.organ_id left join kernel.units o on o.id = f.unit_id
  where a.state = 'asked' and a.asked_at > $1 and a.person_id <> $2`;

const toRoot = (path: readonly string[]): readonly string[] => path.toReversed();

/** Whose it is to look at: the organ above the one that has the case; of a number that stands for none, the asker's. */
const isFor = (actor: Actor, row: Row): boolean =>
  row.organ_path
    ? mayConfirm(actor, toRoot(row.organ_path))
    : holdsRoleAt(actor, ["discipline"], toRoot(row.asker_path));

async function waiting(k: Kernel, actor: Actor, id?: string): Promise<readonly Row[]> {
  const since = new Date(k.now().getTime() - WAITS_MS);
  const { rows } = await k.pool.query<Row>(
    `${WAITING}${id ? " and a.id = $3" : ""} order by a.asked_at, a.id limit 200`,
    [since, actor.personId, ...(id ? [id] : [])],
  );
  return rows.filter((row) => isFor(actor, row));
}

/** The case that is asked for, where this very person could be let in. */
async function openable(k: Kernel, row: Row): Promise<LoadedCase | null> {
  if (row.case_id === null || row.organ_path === null) return null;
  const [loaded, asker] = await Promise.all([
    loadCase(k.pool, row.case_id, "", ""),
    loadActor(k, row.person_id, k.now()),
  ]);
  if (!loaded || !asker) return null;
  return mayBeOpened(loaded.case, await standingOf(k, asker)) ? loaded.case : null;
}

/** Requests that wait for this second person: he sees whether there is such a case. */
export async function waitingAccesses(k: Kernel, actor: Actor): Promise<WaitingAccess[]> {
  const rows = await waiting(k, actor);
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      person: row.person,
      unit: { "zh-CN": row.zh, en: row.en },
      caseNo: row.case_no,
      reason: shelterOf(k.keys, { id: row.case_id ?? "", organId: row.organ_id }).reveal(
        places.access(row.id),
        row.reason,
      ),
      hours: row.hours,
      askedAt: row.asked_at.toISOString(),
      found: (await openable(k, row)) !== null,
    })),
  );
}

/**
 * The second person confirms or refuses. Refused, the asker learns it no sooner than of a number that stands for nothing.
 *
 * @throws DoorstepError `access.notFound`, `access.nothing`
 */
export async function decideAccess(
  k: Kernel,
  actor: Actor,
  input: z.output<typeof decideAccessInput>,
): Promise<{ readonly ok: true }> {
  const [row] = await waiting(k, actor, input.id);
  if (!row) throw new DoorstepError("access.notFound");
  if (!input.confirm) {
    await recordAccess(k, { type: "access.declined", actor: `person:${actor.personId}`, facts: { access: row.id } });
    await k.pool.query(
      "update kernel.accesses set state = 'declined', decided_by = $2, decided_at = $3 where id = $1 and state = 'asked'",
      [row.id, actor.personId, k.now()],
    );
    return { ok: true };
  }
  const c = await openable(k, row);
  if (!c) throw new DoorstepError("access.nothing");
  await openAccess(k, c.id, {
    id: row.id,
    personId: row.person_id,
    hours: row.hours,
    confirmedBy: actor.personId,
    tellAfter: input.tellAfter,
  });
  return { ok: true };
}
