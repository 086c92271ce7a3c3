import { DoorstepError, type ModuleClockEnd } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { tellFromModule } from "../notifications/tell-from-module.ts";
import { type Command, execute } from "../pipeline/execute.ts";
import { dropModuleClock, passModuleClock, recountModuleClock } from "./clock-acts.ts";

const PAGE = 200;

interface Due {
  readonly id: string;
  readonly case_id: string;
  readonly plugin_id: string;
  readonly at_end: ModuleClockEnd;
  readonly holder: string;
  readonly sealed: boolean;
  readonly due_at: Date;
}

const DUE = `select m.id, m.case_id, m.plugin_id, m.at_end, m.due_at, kernel.heir(c.holder_unit_id) as holder, c.confidentiality = 3 as sealed
    from kernel.module_clocks m join kernel.cases c on c.id = m.case_id
   where m.state = 'running' and m.due_at <= $1 and (m.due_at, m.id) > ($2::timestamptz, $3::uuid) order by m.due_at, m.id limit ${PAGE}`;

async function attempt(k: Kernel, on: { readonly case_id: string }, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    // the next round finds it again
    if (!(error instanceof DoorstepError))
      k.log.error("a module's period could not be ended", {
        case: on.case_id,
        error: (error as { code?: string }).code ?? (error as Error).name,
      });
    return false;
  }
}

const done = <I>(k: Kernel, command: Command<I, unknown>, due: Pick<Due, "id" | "case_id">, key: string, i: I) =>
  execute(k, command, { caseId: due.case_id, key: `${key}:${due.id}`, party: { kind: "system" } }, i);

/** Telling comes first: each is told once, however often it is tried. */
async function end(k: Kernel, due: Due): Promise<void> {
  const { id, plugin_id: pluginId, holder } = due;
  const passed = !due.sealed && (await k.modules.isOn(pluginId, holder));
  if (passed) {
    const { to, words } = due.at_end;
    const news = { pluginId, caseId: due.case_id, unitId: holder, to, key: `clock:${id}`, text: words };
    await tellFromModule(k, { unitId: holder }, news);
  }
  await done(k, passed ? passModuleClock : dropModuleClock, due, "moduleClock", { clockId: id });
}

/** Dates beyond the announced holidays, once more is announced. */
async function recount(k: Kernel): Promise<void> {
  const { rows } = await k.pool.query<{ id: string; case_id: string; calendar: string }>(
    "select id, case_id, calendar from kernel.module_clocks where provisional and state = 'running' order by case_id, id",
  );
  for (const row of rows) {
    const old = k.rules.calendar(row.calendar);
    const newest = k.rules.newestCalendar(old.region, []);
    if (newest.officialUntil <= old.officialUntil) continue;
    await attempt(k, row, () => done(k, recountModuleClock, row, `recount:${newest.id}`, { clockId: row.id }));
  }
}

/**
 * Ends the periods of modules whose day has come: whoever the module names is told, the module hears of it. Where it is off
 * by then, or the petition has become an accusation, nobody is told.
 *
 * @returns how many ended
 */
export async function sweepModuleClocks(k: Kernel): Promise<number> {
  await recount(k);
  let ended = 0;
  let after: readonly [Date | string, string] = ["-infinity", "00000000-0000-0000-0000-000000000000"];
  for (;;) {
    const { rows } = await k.pool.query<Due>({ name: "module_clocks_due", text: DUE, values: [k.now(), ...after] });
    for (const due of rows) if (await attempt(k, due, () => end(k, due))) ended += 1;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return ended;
    after = [last.due_at, last.id];
  }
}
