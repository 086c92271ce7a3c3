import { DoorstepError } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { recountedBy, startedRule } from "../pipeline/clock-changes.ts";
import { type Command, execute, type SideAct } from "../pipeline/execute.ts";
import type { ClockRow, Loaded } from "../pipeline/load-case.ts";
import { freshRules } from "../rules/fresh-rules.ts";
import { openStates } from "../rules/running-cases.ts";

const PAGE = 200;
const system = { kind: "system" } as const;

/** Provisional dates by a calendar that knows less than the newest one of its region. */
const outdated = (k: Pick<Kernel, "rules">, name: string): boolean => {
  const calendar = k.rules.calendar(name);
  return k.rules.newestCalendar(calendar.region, []).officialUntil > calendar.officialUntil;
};

const waiting = (k: Pick<Kernel, "rules">, loaded: Loaded): readonly ClockRow[] =>
  loaded.clockRows.filter(
    (r) => r.provisional === true && ["running", "paused"].includes(r.state) && outdated(k, String(r.calendar)),
  );

const recounting: SideAct = {
  act: "recountDates",
  from: [...openStates, "final", "diverted", "guided", "merged", "notReaccepted", "withdrawn"],
  to: "same",
  who: [{ role: "system", at: "anywhere" }],
  guards: [],
  clocks: [],
  entry: "clock.recounted",
};

/** The dates of one case that could not be final, counted anew from their start by the holidays that are known now. */
const recountDates: Command<{ readonly calendar: string }, { readonly clocks: number }> = {
  act: recounting,
  decide(k, loaded, s, i) {
    const moving = { because: "calendar", mayEndPast: false } as const;
    const recounted = waiting(k, loaded).map((row) => {
      const rule = startedRule(s.pack, row);
      return rule ? recountedBy(k, loaded.case, s, rule, row, moving) : row;
    });
    return {
      result: { clocks: recounted.length },
      facts: { calendar: i.calendar, clocks: recounted.length },
      recounted,
    };
  },
};

async function recountOne(k: Kernel, caseId: string, calendar: string): Promise<number> {
  try {
    const on = { caseId, key: `calendar:${calendar}:${caseId}`, party: system };
    return (await execute(k, recountDates, on, { calendar })).clocks;
  } catch (error) {
    // the next round finds it again
    if (error instanceof DoorstepError) return 0;
    k.log.error("dates could not be counted anew", {
      case: caseId,
      error: (error as { code?: string }).code ?? (error as Error).name,
    });
    return 0;
  }
}

/**
 * A year was announced, by hand or with a module: dates that lay beyond the announced days are counted anew, case by
 * case, with an entry and a new sentence. A right of the petitioner never becomes shorter.
 *
 * @returns how many clocks were counted anew
 */
export async function recountProvisional(k: Kernel): Promise<number> {
  await freshRules(k);
  const named = await k.pool.query<{ calendar: string }>(
    "select distinct calendar from kernel.clocks where provisional and state in ('running', 'paused')",
  );
  const old = named.rows.map((r) => r.calendar).filter((name) => outdated(k, name));
  if (old.length === 0) return 0;
  let done = 0;
  const known = [...new Set(old.map((name) => k.rules.announced(k.rules.calendar(name).region).id))].join(",");
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const { rows } = await k.pool.query<{ id: string }>(
      `select distinct case_id as id from kernel.clocks where provisional and state in ('running', 'paused')
         and calendar = any($1::text[]) and case_id > $2 order by case_id limit ${PAGE}`,
      [old, after],
    );
    for (const { id } of rows) done += await recountOne(k, id, known);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return done;
    after = last.id;
  }
}
