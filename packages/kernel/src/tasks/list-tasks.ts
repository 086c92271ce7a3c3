import { DoorstepError, type TaskItem } from "@doorstep/contracts";
import { type Actor, holdsRoleAt } from "../actor.ts";
import { assertMaySee } from "../cases/read-case.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import { audiencesOf, reachesAsStaff } from "../notifications/may-be-told.ts";
import { COVERED_NOW } from "../pipeline/load-case.ts";
import { coverFor } from "../redaction/circle.ts";

/** Nobody has so much to do that a page would not hold it; what is left comes when these are done. */
const MOST = 200;

interface Row {
  readonly id: string;
  readonly case_id: string | null;
  readonly case_no: string | null;
  readonly case_title: string | null;
  readonly organ_id: string | null;
  readonly covered: readonly { readonly id: string; readonly words: string }[] | null;
  readonly unit_id: string;
  readonly path: readonly string[];
  readonly unit_zh: string;
  readonly unit_en: string;
  readonly time_zone: string;
  readonly plugin_id: string;
  readonly title_zh: string;
  readonly title_en: string;
  readonly text: string;
  readonly person_id: string;
  readonly person: string;
  readonly active: boolean;
  readonly due_on: string;
  readonly state: "open" | "done" | "dropped";
}

const COLUMNS = `t.id, t.case_id, c.case_no, c.title as case_title, c.organ_id, t.unit_id, u.path, u.name_zh as unit_zh, u.name_en as unit_en,
  u.time_zone, t.plugin_id, t.title_zh, t.title_en, t.text, t.person_id, p.name as person, p.active, t.due_on::text, t.state,
  (select jsonb_agg(jsonb_build_object('id', x.id, 'words', x.words)) from kernel.redactions x where x.case_id = c.id and ${COVERED_NOW}) as covered
  from kernel.tasks t join kernel.people p on p.id = t.person_id join kernel.units u on u.id = t.unit_id
  left join kernel.cases c on c.id = t.case_id`;

/** Those of petitions he sees now; a task does not open a petition. */
async function visible(k: Kernel, actor: Actor, rows: readonly Row[]): Promise<readonly Row[]> {
  const audiences = await audiencesOf(k.pool, [...new Set(rows.flatMap((row) => row.case_id ?? []))]);
  return rows.filter((row) => {
    if (row.case_id === null) return true;
    const audience = audiences.get(row.case_id);
    return audience !== undefined && reachesAsStaff(actor, audience);
  });
}

/** As a list goes out of the house: what is covered is covered here for everybody. */
const coverOfRow = (k: Kernel, row: Row): ((place: string, stored: string) => string) => {
  if (row.case_id === null) return (_place, stored) => stored;
  const c = { id: row.case_id, organId: row.organ_id, redactions: row.covered ?? [] };
  const { reveal } = shelterOf(k.keys, c);
  const cover = coverFor(k, c);
  return (place, stored) => cover(reveal(place, stored));
};

function itemOf(k: Kernel, actor: Actor, row: Row): TaskItem {
  const said = coverOfRow(k, row);
  return {
    taskId: row.id,
    text: said(places.task(row.id, "text"), row.text),
    dueOn: row.due_on,
    late: row.due_on < localDateOf(k.now().toISOString(), row.time_zone),
    unit: { "zh-CN": row.unit_zh, en: row.unit_en },
    module: { "zh-CN": row.title_zh, en: row.title_en },
    case:
      row.case_id === null
        ? null
        : {
            id: row.case_id,
            caseNo: row.case_no ?? "",
            title: said(places.case(row.case_id, "title"), row.case_title ?? ""),
          },
    leftBy: row.person_id === actor.personId ? null : row.person,
  };
}

/** What somebody has to do, nearest day first; and for officers what lies with somebody who has left. */
export async function listTasks(k: Kernel, actor: Actor): Promise<TaskItem[]> {
  const { rows } = await k.pool.query<Row>(
    `select ${COLUMNS} where t.state = 'open' and (t.person_id = $1 or not p.active) order by t.due_on, t.id limit $2`,
    [actor.personId, MOST],
  );
  const mine = rows.filter(
    (row) => row.person_id === actor.personId || holdsRoleAt(actor, ["officer"], row.path.toReversed()),
  );
  return (await visible(k, actor, mine)).map((row) => itemOf(k, actor, row));
}

/** A task as its module sees it: never who has it, but whether that is the asker. */
export interface ModuleTask {
  readonly taskId: string;
  readonly caseId: string | null;
  readonly text: string;
  readonly dueOn: string;
  readonly state: "open" | "done" | "dropped";
  readonly mine: boolean;
}

/**
 * Tasks of one module: those of a petition the asker may see, or all of his own.
 *
 * @throws DoorstepError `case.notFound`
 */
export async function tasksOfModule(
  k: Kernel,
  actor: Actor,
  pluginId: string,
  caseId: string | null,
): Promise<readonly ModuleTask[]> {
  if (caseId !== null) await assertMaySee(k, actor, caseId);
  // two texts: one that decides between the columns for each row finds none of them by its index
  const whose = caseId === null ? "t.person_id" : "t.case_id";
  const { rows } = await k.pool.query<Row & { readonly confidentiality: number | null }>(
    `select c.confidentiality, ${COLUMNS} where t.plugin_id = $1 and ${whose} = $2 order by t.due_on, t.id limit $3`,
    [pluginId, caseId ?? actor.personId, MOST],
  );
  const open = rows.filter((row) => row.confidentiality !== 3);
  return (await visible(k, actor, open)).map((row) => ({
    taskId: row.id,
    caseId: row.case_id,
    text: coverOfRow(k, row)(places.task(row.id, "text"), row.text),
    dueOn: row.due_on,
    state: row.state,
    mine: row.person_id === actor.personId,
  }));
}

/** The petition a task belongs to; `null` for the work of a unit. @throws DoorstepError `task.notFound` */
export async function caseOfTask(k: Kernel, taskId: string): Promise<string | null> {
  const { rows } = await k.pool.query<{ case_id: string | null }>("select case_id from kernel.tasks where id = $1", [
    taskId,
  ]);
  const [row] = rows;
  if (!row) throw new DoorstepError("task.notFound");
  return row.case_id;
}

/** Whether a task is of this module. */
export async function taskIsOf(k: Kernel, taskId: string, pluginId: string): Promise<boolean> {
  const { rowCount } = await k.pool.query("select from kernel.tasks where id = $1 and plugin_id = $2", [
    taskId,
    pluginId,
  ]);
  return rowCount === 1;
}
