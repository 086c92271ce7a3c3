import type { DutyPage, DutyReached } from "@doorstep/contracts";
import { type Actor, holdsRoleAt } from "../actor.ts";
import { MAY_SEE, maySeeValues } from "../audience/visible.ts";
import { assertMaySee, recordRead } from "../cases/read-case.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import { dutyRoles } from "./acts.ts";

const dueOf = (ref: string): string => `(select k.due_at from kernel.clocks k where k.case_id = d.case_id
    and k.code = 'K23' and k.explain->>'rule' = '${ref}' and k.state in ('running', 'breached') order by k.started_at desc limit 1)`;

const PAGES = `select d.*, c.case_no, c.organ_id, c.confidentiality, u.name_zh, u.name_en, u.path,
    ${dueOf("K23")} as phone_by, ${dueOf("K23.written")} as written_by, p.name as taken_name,
    exists (select from kernel.notifications n where n.recipient = $4 and n.kind = 'duty' and n.case_id = d.case_id) as paged_me
  from kernel.duty_pages d join kernel.cases c on c.id = d.case_id join kernel.units u on u.id = c.holder_unit_id
  left join kernel.people p on p.id = d.taken_by`;

const MOST = 50;

// biome-ignore lint/suspicious/noExplicitAny: the statement's own shape, mapped field by field below.
type Raw = Record<string, any>;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

function shown(k: Kernel, actor: Actor, r: Raw, report: string | null): DutyPage {
  const acts =
    r.confidentiality === 3
      ? actor.reach.some((reach) => reach.key === r.organ_id)
      : holdsRoleAt(actor, dutyRoles, r.path.toReversed());
  return {
    caseId: r.case_id,
    caseNo: r.case_no,
    unit: { "zh-CN": r.name_zh, en: r.name_en },
    raisedAt: r.raised_at.toISOString(),
    phoneBy: iso(r.phone_by),
    writtenBy: iso(r.written_by),
    pagedMe: r.paged_me,
    takenBy: r.taken_name,
    takenAt: iso(r.taken_at),
    phonedAt: iso(r.phoned_at),
    reportedAt: iso(r.reported_at),
    reached: r.reached as DutyReached[],
    report:
      report === null
        ? null
        : shelterOf(k.keys, { id: r.case_id, organId: r.organ_id }).reveal(places.duty(r.case_id), report),
    mayAct: acts,
  };
}

/** Urgent petitions that wait for this person or for people like him; the one predicate is asked of each. */
export async function openPages(k: Kernel, actor: Actor): Promise<DutyPage[]> {
  const [, ...may] = maySeeValues(actor, "");
  const { rows } = await k.pool.query<Raw>(
    `${PAGES} where $1::uuid is null and d.reported_at is null and exists (${MAY_SEE.replaceAll("$1", "d.case_id")})
      order by d.raised_at desc limit ${MOST}`,
    [null, ...may],
  );
  return rows.map((r) => shown(k, actor, r, null)).filter((p) => p.pagedMe || p.mayAct);
}

/** The paging of one case with what was reported; `null` where nobody was in danger. @throws DoorstepError `case.notFound` */
export async function pageOf(k: Kernel, actor: Actor, caseId: string): Promise<DutyPage | null> {
  await assertMaySee(k, actor, caseId);
  const { rows } = await k.pool.query<Raw>(`${PAGES.replaceAll("$4", "$2")} where d.case_id = $1`, [
    caseId,
    actor.personId,
  ]);
  const [row] = rows;
  if (!row) return null;
  if (row.report !== null) await recordRead(k, actor, { id: caseId, confidentiality: row.confidentiality });
  return shown(k, actor, row, row.report);
}
