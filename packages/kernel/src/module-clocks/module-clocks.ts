import type { ModuleClockView } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { assertInReach, type InName, partyOf } from "../case-data/open-to-module.ts";
import { assertMaySee } from "../cases/read-case.ts";
import { dateText } from "../clocks/explain-sentence.ts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";
import {
  CLOCK_COLUMNS,
  type ModuleClock,
  type ModuleClockRow,
  startModuleClock,
  stopModuleClock,
} from "./clock-acts.ts";

/**
 * Starts a period of a module beside a petition; from a day, or from today.
 *
 * @throws DoorstepError `case.notFound`, `forbidden`; `act.refused` with `moduleClock.running` or `module.sealed`
 */
export async function startClockOfModule(
  k: Kernel,
  name: InName,
  on: { readonly caseId: string; readonly from: string | null },
  clock: ModuleClock,
): Promise<{ readonly dueOn: string }> {
  await assertInReach(k, name, on.caseId);
  const act = { caseId: on.caseId, key: k.newId(), party: partyOf(name) };
  return await execute(k, startModuleClock, act, { ...clock, from: on.from });
}

/**
 * Stops it before its day.
 *
 * @throws DoorstepError `case.notFound`, `forbidden`; `act.refused` with `moduleClock.notRunning` or `module.sealed`
 */
export async function stopClockOfModule(
  k: Kernel,
  name: InName,
  caseId: string,
  which: { readonly pluginId: string; readonly code: string },
): Promise<void> {
  await assertInReach(k, name, caseId);
  await execute(k, stopModuleClock, { caseId, key: k.newId(), party: partyOf(name) }, which);
}

/** A period as its module reads it. */
export interface OwnModuleClock {
  readonly code: string;
  readonly state: "running" | "passed" | "stopped";
  readonly startedOn: string;
  readonly dueOn: string;
}

/**
 * Those of one module at a petition, oldest first; none of an accusation.
 *
 * @throws DoorstepError `case.notFound`
 */
export async function clocksOfModule(
  k: Kernel,
  name: InName,
  caseId: string,
  pluginId: string,
): Promise<readonly OwnModuleClock[]> {
  await assertInReach(k, name, caseId);
  const { rows } = await k.pool.query<ModuleClockRow>(
    `select ${CLOCK_COLUMNS} from kernel.module_clocks m
      where case_id = $1 and plugin_id = $2 and exists (select from kernel.cases c where c.id = $1 and c.confidentiality < 3)
      order by started_at, id`,
    [caseId, pluginId],
  );
  return rows.map((row) => ({ code: row.code, state: row.state, startedOn: row.start_on, dueOn: row.due_on }));
}

interface Shown extends ModuleClockRow {
  readonly title_zh: string;
  readonly title_en: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly why_zh: string;
  readonly why_en: string;
  readonly provisional: boolean;
  readonly holder: string;
}

const lengths = {
  day: { zh: "日", en: "day" },
  workday: { zh: "个工作日", en: "working day" },
} as const;

function sentenceOf(row: Shown): ModuleClockView["sentence"] {
  const { amount } = row;
  const unit = lengths[row.unit];
  return {
    "zh-CN": `自${dateText(row.start_on, "zh-CN")}次日起算${amount}${unit.zh}，至${dateText(row.due_on, "zh-CN")}止。${row.why_zh}`,
    en: `${amount} ${unit.en}${amount === 1 ? "" : "s"} from the day after ${dateText(row.start_on, "en")}, ends on ${dateText(row.due_on, "en")}. ${row.why_en}`,
  };
}

/**
 * Periods of all modules at a case, for the desk; what has ended is history, whatever became of its module.
 *
 * @throws DoorstepError `case.notFound`
 */
export async function readModuleClocks(k: Kernel, actor: Actor, caseId: string): Promise<ModuleClockView[]> {
  await assertMaySee(k, actor, caseId);
  const { rows } = await k.pool.query<Shown>(
    `select m.${CLOCK_COLUMNS.replaceAll(", ", ", m.")}, m.title_zh, m.title_en, m.name_zh, m.name_en, m.why_zh, m.why_en, m.provisional,
        kernel.heir(c.holder_unit_id) as holder
      from kernel.module_clocks m join kernel.cases c on c.id = m.case_id where m.case_id = $1 order by m.state <> 'running', m.due_on, m.id`,
    [caseId],
  );
  const shown: ModuleClockView[] = [];
  for (const row of rows) {
    const isOn = row.state === "running" && (await k.modules.isOn(row.plugin_id, row.holder));
    shown.push({
      id: row.id,
      module: { "zh-CN": row.title_zh, en: row.title_en },
      name: { "zh-CN": row.name_zh, en: row.name_en },
      // where its module is off it will not be followed up
      state: row.state === "running" && !isOn ? "stopped" : row.state,
      startedOn: row.start_on,
      dueOn: row.due_on,
      provisional: row.provisional,
      sentence: sentenceOf(row),
    });
  }
  return shown;
}
