import { dayOf, type Id } from "@doorstep/sdk";
import { type EventLog, type LoggedEvent, toOcel, toXes } from "../formats/event-log.ts";
import type { LookCtx } from "../process-ctx.ts";
import { type Looked, type OwnStep, type OwnTrace, seenWays } from "./look.ts";

export const logFormats = ["xes", "ocel"] as const;
export type LogFormat = (typeof logFormats)[number];

const written = {
  xes: { write: toXes, end: "xes", type: "application/xml" },
  ocel: { write: toOcel, end: "jsonocel", type: "application/json" },
} as const;

/** Whether a petitioner has an account is nobody's business outside. */
const sides: Readonly<Record<OwnStep["by"], LoggedEvent["by"]>> = {
  person: "office",
  petitioner: "petitioner",
  anonymous: "petitioner",
  system: "system",
};

async function codesOf(ctx: LookCtx, ways: readonly OwnTrace[]): Promise<ReadonlyMap<Id, string>> {
  const ids = new Set(ways.flatMap((way) => way.steps.flatMap(({ unitId }) => (unitId ? [unitId] : []))));
  const units = await Promise.all([...ids].map((id) => ctx.units.get(id)));
  return new Map(units.flatMap((unit) => (unit ? [[unit.id, unit.code]] : [])));
}

/** The petitions the asker may open as an event log, numbered anew in each, so that no number leads back to a case. */
export async function exportLog(ctx: LookCtx, looked: Looked, format: LogFormat) {
  const ways = await seenWays(ctx, looked);
  const codes = await codesOf(ctx, ways);
  const log: EventLog = {
    cases: ways.map((way, n) => ({
      id: `petition ${n + 1}`,
      events: way.steps.map(({ code, at, by, unitId }) => ({
        activity: code,
        at: new Date(at).toISOString(),
        by: sides[by],
        unit: (unitId && codes.get(unitId)) ?? null,
      })),
    })),
  };
  const { write, end, type } = written[format];
  ctx.log.info("an event log was exported", { by: ctx.user?.id ?? "", format, cases: log.cases.length });
  const { from, to } = looked;
  return { fileName: `events-${from}-${to}-${dayOf(ctx.now, ctx.unit.timeZone)}.${end}`, type, text: write(log) };
}
