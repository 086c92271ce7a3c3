import { DoorstepError } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { audiencesOf, isOwn, reachesAsStaff } from "../notifications/may-be-told.ts";
import { loadActor } from "../people/load-actor.ts";
import { tellLive } from "./tell-live.ts";

/** Who says nothing for this long has gone; a screen says it every 20 s. */
const STALE_MS = 45_000;

interface Saying {
  readonly caseId: string;
  readonly tab: string;
  readonly doing: "reading" | "editing" | "left";
}
interface Present {
  readonly name: string;
  readonly editing: boolean;
}

/** @returns whether anything is another than before, so that the others are told */
async function write(k: Kernel, actor: Actor, s: Saying): Promise<boolean> {
  const key = [s.caseId, actor.personId, s.tab];
  if (s.doing === "left") {
    const { rowCount } = await k.pool.query(
      "delete from kernel.presence where case_id = $1 and person_id = $2 and tab = $3",
      key,
    );
    return rowCount === 1;
  }
  const now = k.now();
  const { rows } = await k.pool.query<{ changed: boolean }>(
    `with before as (select editing, until from kernel.presence where case_id = $1 and person_id = $2 and tab = $3)
     insert into kernel.presence (case_id, person_id, tab, editing, until) values ($1, $2, $3, $4, $5)
     on conflict (case_id, person_id, tab) do update set editing = excluded.editing, until = excluded.until
     returning not exists (select from before where editing = $4 and until > $6) as changed`,
    [...key, s.doing === "editing", new Date(now.getTime() + STALE_MS), now],
  );
  return rows[0]?.changed ?? false;
}

/** Others who are at it and may see it at this moment; somebody recused meanwhile is not there. */
async function others(k: Kernel, actor: Actor, caseId: string): Promise<readonly Present[]> {
  const { rows } = await k.pool.query<{ person_id: string; editing: boolean }>(
    `select person_id, bool_or(editing) as editing from kernel.presence
      where case_id = $1 and person_id <> $2 and until > $3 group by person_id order by min(until) limit 20`,
    [caseId, actor.personId, k.now()],
  );
  const audience = (await audiencesOf(k.pool, [caseId])).get(caseId);
  if (!audience) return [];
  const found = await Promise.all(
    rows.map(async (r) => ({ editing: r.editing, other: await loadActor(k, r.person_id, k.now()) })),
  );
  return found.flatMap(({ editing, other }) =>
    other && reachesAsStaff(other, audience) ? [{ name: other.name, editing }] : [],
  );
}

/**
 * Says that a screen has the case open, is being written in, or was left, and answers who else is there. It holds nobody
 * back: whoever acts on an older state is told so by the act itself.
 *
 * @throws DoorstepError `case.notFound` where he does not see the case by his duties
 */
export async function present(k: Kernel, actor: Actor, saying: Saying): Promise<Present[]> {
  const audience = (await audiencesOf(k.pool, [saying.caseId])).get(saying.caseId);
  if (!audience || !reachesAsStaff(actor, audience) || isOwn(actor, audience)) throw new DoorstepError("case.notFound");
  if (await write(k, actor, saying)) await tellLive(k, { presence: [saying.caseId] });
  return [...(await others(k, actor, saying.caseId))];
}
