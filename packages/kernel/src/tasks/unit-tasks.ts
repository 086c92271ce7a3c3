import { DoorstepError } from "@doorstep/contracts";
import { type Actor, holdsRoleAt, mayAt } from "../actor.ts";
import { inChange, ledgerActorOf } from "../change.ts";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { notify } from "../notifications/notify.ts";
import { loadActor } from "../people/load-actor.ts";
import { unitAndAncestors } from "../pipeline/unit-facts.ts";
import type { Ending, NewTask } from "./task-acts.ts";

interface UnitTask {
  readonly unit_id: string;
  readonly person_id: string;
  readonly made_by: string | null;
}

/** The unit in force with those above it. @throws DoorstepError `unit.notFound` */
async function unitOf(k: Kernel, unitId: string): Promise<{ readonly path: readonly string[]; readonly zone: string }> {
  const units = await unitAndAncestors(k.pool, unitId);
  const [unit] = units;
  if (!unit) throw new DoorstepError("unit.notFound");
  return { path: units.map((one) => one.id), zone: unit.timeZone };
}

/**
 * Work of a unit that belongs to no petition. Only somebody with a desk there is given it.
 *
 * @param by - `null`: the module's own repeated work at that unit
 * @throws DoorstepError `forbidden`, `task.personCannot`, `task.past`, `unit.notFound`
 */
export async function makeUnitTask(
  k: Kernel,
  by: Actor | null,
  on: { readonly unitId: string; readonly key: string },
  task: NewTask,
): Promise<{ readonly taskId: string }> {
  const { path, zone } = await unitOf(k, on.unitId);
  if (by && !mayAt(by, "desk.use", path)) throw new DoorstepError("forbidden");
  const person = await loadActor(k, task.personId, k.now());
  if (!person || !mayAt(person, "desk.use", path)) throw new DoorstepError("task.personCannot");
  if (task.dueOn < localDateOf(k.now().toISOString(), zone)) throw new DoorstepError("task.past");
  const key = `${task.pluginId}:${on.unitId}:${on.key}`;
  const made = await inChange(k, by ? ledgerActorOf(by) : "system", async ({ client, at, by: who, newId }) => {
    const taskId = newId();
    const { rowCount } = await client.query(
      `insert into kernel.tasks (id, unit_id, plugin_id, title_zh, title_en, text, person_id, due_on, made_by, made_at, key)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (key) do nothing`,
      [
        taskId,
        on.unitId,
        task.pluginId,
        task.title["zh-CN"],
        task.title.en,
        task.text,
        task.personId,
        task.dueOn,
        by?.personId ?? null,
        at,
        key,
      ],
    );
    if (rowCount === 0) return null;
    const facts = { task: taskId, module: task.pluginId, person: task.personId, dueOn: task.dueOn };
    await recordFact(client, { stream: on.unitId, at, type: "task.made", actor: who, facts });
    return taskId;
  });
  if (made) await notify(k, [task.personId], { kind: "task", caseId: null, key: made, params: { dueOn: task.dueOn } });
  const { rows } = await k.pool.query<{ id: string }>("select id from kernel.tasks where key = $1", [key]);
  return { taskId: rows[0]?.id ?? "" };
}

/**
 * @param by - `null`: the module that gave it
 * @throws DoorstepError `task.notFound`, also for one that is not his to end
 */
export async function endUnitTask(k: Kernel, by: Actor | null, ending: Ending): Promise<void> {
  await inChange(k, by ? ledgerActorOf(by) : "system", async ({ client, at, by: who }) => {
    const { rows } = await client.query<UnitTask>(
      `update kernel.tasks set state = $3, result = $4, ended_by = $2, ended_at = $5
        where id = $1 and case_id is null and state = 'open' and ($2::uuid is null or person_id = $2 or made_by = $2)
        returning unit_id, person_id, made_by`,
      [ending.taskId, by?.personId ?? null, ending.done ? "done" : "dropped", ending.result, at],
    );
    const [row] = rows;
    if (!row) throw new DoorstepError("task.notFound");
    const facts = { task: ending.taskId, done: ending.done };
    await recordFact(client, { stream: row.unit_id, at, type: "task.ended", actor: who, facts });
  });
}

/** All open work of a unit that somebody had goes to another. @returns how much */
export async function handUnitTasksOn(k: Kernel, by: Actor, fromId: string, toId: string): Promise<number> {
  const to = await loadActor(k, toId, k.now());
  const { rows } = await k.pool.query<{ id: string; unit_id: string }>(
    "select id, unit_id from kernel.tasks where person_id = $1 and case_id is null and state = 'open' order by id",
    [fromId],
  );
  let done = 0;
  for (const task of rows) {
    const { path } = await unitOf(k, task.unit_id);
    if (!holdsRoleAt(by, ["officer"], path) || !to || !mayAt(to, "desk.use", path)) continue;
    await inChange(k, ledgerActorOf(by), async ({ client, at, by: who }) => {
      await client.query("update kernel.tasks set person_id = $2 where id = $1 and state = 'open'", [task.id, toId]);
      const facts = { task: task.id, fromPerson: fromId, person: toId };
      await recordFact(client, { stream: task.unit_id, at, type: "task.handedOn", actor: who, facts });
    });
    done += 1;
  }
  return done;
}
