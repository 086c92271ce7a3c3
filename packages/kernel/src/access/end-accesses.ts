import { DoorstepError } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { closeAccess } from "./open-access.ts";

interface Row {
  readonly id: string;
  readonly case_id: string;
  readonly level: number;
  readonly decided_by: string | null;
  readonly decided_at: Date;
  readonly until: Date;
  readonly tell_after: boolean;
}

const OVER =
  "select id, case_id, level, decided_by, decided_at, until, tell_after from kernel.accesses where state = 'granted'";
const PAGE = 200;

const close = (k: Kernel, row: Row, early: boolean) =>
  closeAccess(k, row.case_id, {
    id: row.id,
    level: row.level,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at.toISOString(),
    until: row.until.toISOString(),
    tellAfter: row.tell_after,
    early,
  });

/** By the system: nobody could read by it any more since its hour; now its row goes, and the petitioner may be told. */
export async function endAccesses(k: Kernel): Promise<number> {
  const { rows } = await k.pool.query<Row>(`${OVER} and until <= $1 order by until limit ${PAGE}`, [k.now()]);
  for (const row of rows) await close(k, row, false);
  return rows.length;
}

/** Whoever holds it gives it back before its hour. @throws DoorstepError `access.notFound` */
export async function endOwnAccess(k: Kernel, actor: Actor, id: string): Promise<{ readonly ok: true }> {
  const { rows } = await k.pool.query<Row>(`${OVER} and id = $1 and person_id = $2 and until > $3`, [
    id,
    actor.personId,
    k.now(),
  ]);
  if (!rows[0]) throw new DoorstepError("access.notFound");
  return close(k, rows[0], true);
}
