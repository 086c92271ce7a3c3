import { DoorstepError, type ModuleClockEnd, type Text } from "@doorstep/contracts";
import { moduleParts } from "../case-data/module-parts.ts";
import { personOf } from "../cases/acted.ts";
import { dueDate } from "../clocks/due-date.ts";
import type { Kernel } from "../kernel.ts";
import { openToModules } from "../life-cycle/guards.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { side } from "../tasks/task-acts.ts";

/** A period as its module declares it. */
export interface ModuleClock {
  readonly pluginId: string;
  readonly title: Text;
  readonly code: string;
  readonly name: Text;
  readonly why: Text;
  readonly amount: number;
  readonly unit: "day" | "workday";
  readonly atEnd: ModuleClockEnd;
}

export interface ModuleClockRow {
  readonly id: string;
  readonly plugin_id: string;
  readonly code: string;
  readonly state: "running" | "passed" | "stopped";
  readonly amount: number;
  readonly unit: "day" | "workday";
  readonly start_on: string;
  readonly due_on: string;
  readonly due_at: Date;
  readonly calendar: string;
}

export const CLOCK_COLUMNS = "id, plugin_id, code, state, amount, unit, start_on::text, due_on::text, due_at, calendar";

type Counted = Pick<ModuleClock, "amount" | "unit"> & { readonly start_on: string };

/** By the newest calendar of whoever holds the petition, as for every period that is no right of the petitioner. */
export function counted(k: Pick<Kernel, "rules">, c: LoadedCase, clock: Counted) {
  const calendar = k.rules.newestCalendar(k.rules.calendar(c.calendar).region, c.holderPath);
  const none = { "zh-CN": "", en: "" };
  const rule = {
    ...{ ref: "module", pack: "", source: "", basis: none, standing: "design" as const, startedBy: none },
    ...{ amount: clock.amount, unit: clock.unit },
  };
  const due = dueDate(rule, { startedAt: clock.start_on, timeZone: c.timeZone, calendar });
  return { due_on: due.dueOn, due_at: due.dueAt, calendar: due.explain.calendar, provisional: due.provisional };
}

const heard = (pluginId: string, code: string) => ({ module: pluginId, code });
const system: SideAct["who"] = [{ role: "system", at: "anywhere" }];

const runningOf = async (k: Kernel, c: LoadedCase, pluginId: string, code: string) => {
  const { rows } = await k.pool.query<ModuleClockRow>(
    `select ${CLOCK_COLUMNS} from kernel.module_clocks
      where case_id = $1 and plugin_id = $2 and code = $3 and state = 'running'`,
    [c.id, pluginId, code],
  );
  return rows[0];
};

/** Counts from a day on. One of a code runs at a time. */
export const startModuleClock: Command<ModuleClock & { readonly from: string | null }, { readonly dueOn: string }> = {
  act: side("startModuleClock", "moduleClock.started", [...moduleParts, ...system], [openToModules]),
  prepare: (k, c, i) => runningOf(k, c, i.pluginId, i.code),
  checks: (_c, _s, _i, _party, running) =>
    running === undefined ? [] : [{ code: "moduleClock.running", params: { due: (running as ModuleClockRow).due_on } }],
  decide(k, loaded, s, i, party) {
    const id = k.newId();
    const c = loaded.case;
    const { pluginId, code, amount, unit } = i;
    const start_on = i.from ?? s.today;
    const due = counted(k, c, { amount, unit, start_on });
    const row = {
      ...{ id, case_id: c.id, plugin_id: pluginId, code, state: "running", amount, unit, start_on },
      ...due,
      ...{ title_zh: i.title["zh-CN"], title_en: i.title.en },
      ...{ name_zh: i.name["zh-CN"], name_en: i.name.en, why_zh: i.why["zh-CN"], why_en: i.why.en },
      ...{ at_end: i.atEnd, started_by: personOf(party), started_at: s.now.toISOString() },
    };
    return {
      result: { dueOn: due.due_on },
      facts: { ...heard(pluginId, code), clock: id, startOn: start_on, dueOn: due.due_on },
      heard: heard(pluginId, code),
      rows: { module_clocks: [row] },
    };
  },
};

const patchOf = (row: ModuleClockRow, change: object): object => ({
  ...{ id: row.id, state: row.state, due_on: row.due_on, due_at: row.due_at, calendar: row.calendar },
  ...{ provisional: false, ended_by: null, ended_at: null },
  ...change,
});

/** It is needed no more. */
export const stopModuleClock: Command<{ readonly pluginId: string; readonly code: string }, { readonly ok: true }> = {
  act: side("stopModuleClock", "moduleClock.stopped", [...moduleParts, ...system], [openToModules]),
  prepare: (k, c, i) => runningOf(k, c, i.pluginId, i.code),
  checks: (_c, _s, _i, _party, running) => (running === undefined ? [{ code: "moduleClock.notRunning" }] : []),
  decide(_k, _loaded, s, i, party, prepared) {
    const row = prepared as ModuleClockRow;
    const ended = { state: "stopped", ended_by: personOf(party), ended_at: s.now.toISOString() };
    return {
      result: { ok: true },
      facts: { ...heard(i.pluginId, i.code), clock: row.id },
      heard: heard(i.pluginId, i.code),
      rows: { module_clock_patch: [patchOf(row, ended)] },
    };
  },
};

const byId = async (k: Kernel, c: LoadedCase, clockId: string): Promise<ModuleClockRow> => {
  const { rows } = await k.pool.query<ModuleClockRow>(
    `select ${CLOCK_COLUMNS} from kernel.module_clocks where id = $1 and case_id = $2 and state = 'running'`,
    [clockId, c.id],
  );
  const [row] = rows;
  if (!row) throw new DoorstepError("moduleClock.notRunning");
  return row;
};

interface Ending {
  readonly clockId: string;
}

const ends = (passed: boolean): Command<Ending, { readonly ok: true }> => ({
  act: side(passed ? "passModuleClock" : "dropModuleClock", `moduleClock.${passed ? "passed" : "stopped"}`, system, []),
  prepare: (k, c, i) => byId(k, c, i.clockId),
  decide(_k, _loaded, s, _i, _party, prepared) {
    const row = prepared as ModuleClockRow;
    return {
      result: { ok: true },
      facts: { ...heard(row.plugin_id, row.code), clock: row.id, dueOn: row.due_on },
      heard: heard(row.plugin_id, row.code),
      rows: {
        module_clock_patch: [patchOf(row, { state: passed ? "passed" : "stopped", ended_at: s.now.toISOString() })],
      },
    };
  },
});

/** Its day has come. */
export const passModuleClock = ends(true);
/** Nobody is left for whom it would run. */
export const dropModuleClock = ends(false);

/** Counted anew once the holidays are announced. */
export const recountModuleClock: Command<{ readonly clockId: string }, { readonly dueOn: string }> = {
  act: side("recountModuleClock", "moduleClock.recounted", system, []),
  prepare: (k, c, i) => byId(k, c, i.clockId),
  decide(k, loaded, _s, _i, _party, prepared) {
    const row = prepared as ModuleClockRow;
    const due = counted(k, loaded.case, row);
    return {
      result: { dueOn: due.due_on },
      facts: { ...heard(row.plugin_id, row.code), clock: row.id, dueOn: due.due_on },
      heard: heard(row.plugin_id, row.code),
      rows: { module_clock_patch: [patchOf(row, due)] },
    };
  },
};
