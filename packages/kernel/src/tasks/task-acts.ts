import { type Acted, DoorstepError, states, type Text } from "@doorstep/contracts";
import { moduleParts } from "../case-data/module-parts.ts";
import { acted, personOf } from "../cases/acted.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import { openToModules } from "../life-cycle/guards.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import { seesAsStaff } from "../notifications/may-be-told.ts";
import { loadActor } from "../people/load-actor.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";

/** A task as it is given: one person, one day. */
export interface NewTask {
  readonly pluginId: string;
  readonly title: Text;
  readonly text: string;
  readonly personId: string;
  readonly dueOn: string;
}

export interface Ending {
  readonly taskId: string;
  readonly done: boolean;
  readonly result: string;
}

export interface TaskRow {
  readonly id: string;
  readonly person_id: string;
  readonly made_by: string | null;
  readonly state: "open" | "done" | "dropped";
  readonly text: string;
  readonly result: string;
}

/** An act beside the life cycle, possible in every state. */
export const side = (
  act: string,
  entry: SideAct["entry"],
  who: SideAct["who"],
  guards: SideAct["guards"],
): SideAct => ({
  act,
  from: states,
  to: "same",
  who,
  guards,
  clocks: [],
  entry,
});

/** Whoever sees the case may have a task in it. */
const anywhere: SideAct["who"] = [
  ...moduleParts,
  ...(["custodian", "officeHead", "talkOfficer", "dutyHelper", "analyst", "auditor"] as const).flatMap((role) => [
    { role, at: "holder" as const },
    { role, at: "above" as const },
  ]),
  ...(["clerk", "handler", "signer", "mediator"] as const).map((role) => ({ role, at: "above" as const })),
  { role: "officer", at: "assist" },
  { role: "handler", at: "assist" },
  { role: "discipline", at: "organ" },
];

/** Whether the person is here and may know of the case: nobody else is given work in it. */
export async function mayHaveWork(k: Kernel, c: LoadedCase, personId: string): Promise<boolean> {
  const actor = await loadActor(k, personId, k.now());
  return actor !== undefined && (await seesAsStaff(k, [actor], c.id)).has(actor);
}

export const makeTask: Command<NewTask, { readonly taskId: string }> = {
  act: side("makeTask", "task.made", [...moduleParts, { role: "system", at: "anywhere" }], [openToModules]),
  prepare: (k, c, i) => mayHaveWork(k, c, i.personId),
  checks: (_c, s, i, _party, prepared) => [
    ...(prepared === true ? [] : [{ code: "task.personCannot" }]),
    ...(i.dueOn < s.today ? [{ code: "task.past" }] : []),
  ],
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const id = k.newId();
    return {
      result: { taskId: id },
      facts: { task: id, module: i.pluginId, person: i.personId, dueOn: i.dueOn },
      heard: { task: id },
      rows: {
        tasks: [
          {
            id,
            case_id: c.id,
            unit_id: c.holderUnitId,
            plugin_id: i.pluginId,
            title_zh: i.title["zh-CN"],
            title_en: i.title.en,
            text: shelterOf(k.keys, c).protect(places.task(id, "text"), i.text),
            person_id: i.personId,
            due_on: i.dueOn,
            made_by: personOf(party),
            made_at: s.now.toISOString(),
            state: "open",
            result: "",
          },
        ],
      },
    };
  },
};

const openTask = async (k: Kernel, c: LoadedCase, taskId: string): Promise<TaskRow> => {
  const { rows } = await k.pool.query<TaskRow>(
    "select id, person_id, made_by, state, text, result from kernel.tasks where id = $1 and case_id = $2 and state = 'open'",
    [taskId, c.id],
  );
  const [row] = rows;
  if (!row) throw new DoorstepError("task.notFound");
  return row;
};

const isAmong = (party: ActingParty, people: readonly (string | null)[]): boolean =>
  party.kind === "person" && people.includes(party.actor.personId);

/** Done, or needed no more: said by whoever has it, or whoever gave it; or taken back by the module it comes from. */
export const endTask: Command<Ending, Acted> = {
  act: side("endTask", "task.ended", [...anywhere, { role: "system", at: "anywhere" }], []),
  prepare: (k, c, i) => openTask(k, c, i.taskId),
  checks(_c, _s, _i, party, prepared) {
    const { person_id, made_by } = prepared as TaskRow;
    return party.kind === "system" || isAmong(party, [person_id, made_by]) ? [] : [{ code: "task.notYours" }];
  },
  decide(k, loaded, s, i, party, prepared) {
    const { id, text } = prepared as TaskRow;
    const c = loaded.case;
    return {
      result: acted(c),
      facts: { task: id, done: i.done },
      heard: { task: id },
      rows: {
        task_patch: [
          {
            id,
            person_id: (prepared as TaskRow).person_id,
            text,
            state: i.done ? "done" : "dropped",
            result: shelterOf(k.keys, c).protect(places.task(id, "result"), i.result),
            ended_by: personOf(party),
            ended_at: s.now.toISOString(),
          },
        ],
      },
    };
  },
};

/** Somebody else has it from now on; whoever had it may have left. */
export const handTaskOn: Command<{ readonly taskId: string; readonly toPersonId: string }, Acted> = {
  act: side(
    "handTaskOn",
    "task.handedOn",
    [
      { role: "officer", at: "holder" },
      { role: "officer", at: "above" },
      { role: "discipline", at: "organ" },
    ],
    [],
  ),
  prepare: async (k, c, i) => ({ task: await openTask(k, c, i.taskId), may: await mayHaveWork(k, c, i.toPersonId) }),
  checks: (_c, _s, _i, _party, prepared) =>
    (prepared as { readonly may: boolean }).may ? [] : [{ code: "task.personCannot" }],
  decide(_k, loaded, _s, i, _party, prepared) {
    const { task } = prepared as { readonly task: TaskRow };
    return {
      result: acted(loaded.case),
      facts: { task: task.id, fromPerson: task.person_id, person: i.toPersonId },
      heard: { task: task.id },
      rows: {
        task_patch: [
          { ...task, person_id: i.toPersonId, state: "open", ended_by: null, ended_at: null, result: task.result },
        ],
      },
    };
  },
};
