import { type CalendarDay, DoorstepError, type trialInput } from "@doorstep/contracts";
import type { z } from "zod";
import { dayNumber, isoDate } from "../calendars/local-days.ts";
import type { WorkCalendar } from "../calendars/work-calendar.ts";
import { dueDate } from "../clocks/due-date.ts";
import { explainText } from "../clocks/explain-sentence.ts";
import { localDateOf } from "../clocks/local-time.ts";
import { type ResolvedRule, ruleFor } from "../clocks/policy-rules.ts";
import { signalsOf } from "../clocks/signals.ts";
import type { Kernel } from "../kernel.ts";
import { nameOfRef } from "./policy-table.ts";
import type { UnitInView } from "./unit-in-view.ts";

type Line = z.output<typeof trialInput>["lines"][number];

/** @throws DoorstepError `pack.unknownClock`, `trial.notByDays`, `extension.tooLong`, `trial.noPause` */
function ruleOfLine(k: Pick<Kernel, "rules">, { unit, today }: UnitInView, line: Line): ResolvedRule {
  const clock = line.ref;
  const pack = k.rules.packFor(unit.policyPack, line.startOn);
  const rule = ruleFor(pack, k.rules.shortened(unit.path, line.startOn > today ? line.startOn : today), clock);
  if (!rule) throw new DoorstepError("pack.unknownClock", { clock });
  if (rule.unit === "hour" || rule.direction === "before") throw new DoorstepError("trial.notByDays", { clock });
  const max = rule.extensionDays ?? 0;
  if (line.extensionDays > max) throw new DoorstepError("extension.tooLong", { max });
  if (line.excluded.length > 0 && !rule.pauseAllowed) throw new DoorstepError("trial.noPause", { clock });
  return rule;
}

/** Days of the span that are not what their weekday says. */
const markedDays = (k: Pick<Kernel, "rules">, calendar: WorkCalendar, from: string, to: string): CalendarDay[] => {
  const named = new Map(k.rules.announced(calendar.region).days.map((d) => [d.date, d.name]));
  const days: CalendarDay[] = [];
  for (let day = dayNumber(from); day <= dayNumber(to); day++) {
    const kind = calendar.work.has(day) ? "work" : calendar.off.has(day) ? "off" : null;
    const date = isoDate(day);
    if (kind) days.push({ date, kind, name: named.get(date) ?? { "zh-CN": "单位安排", en: "Set by a unit" } });
  }
  return days;
};

/** Tries periods out with the very rules, calendar and arithmetic that clocks use. */
export function tryOut(k: Pick<Kernel, "rules">, at: UnitInView, lines: readonly Line[]) {
  const { unit } = at;
  const newest = k.rules.newestCalendar(unit.calendarRegion, unit.path);
  const tried = lines.map((line) => {
    const rule = ruleOfLine(k, at, line);
    const due = dueDate(rule, {
      startedAt: line.startOn,
      timeZone: unit.timeZone,
      calendar: rule.petitionerRight ? k.rules.announcedFor(newest.id) : newest,
      ...(line.extensionDays > 0 && { extension: line.extensionDays }),
      ...(line.excluded.length > 0 && { excluded: line.excluded }),
      ...(line.ownAmount !== undefined && { ownAmount: line.ownAmount }),
      ...(line.ownDate !== undefined && { ownDate: line.ownDate }),
    });
    const signals = signalsOf({ ...due, startedAt: line.startOn, timeZone: unit.timeZone, ...rule });
    return {
      ref: line.ref,
      name: nameOfRef(line.ref),
      explain: due.explain,
      sentence: explainText(due.explain),
      signals: signals.map((s) => ({ signal: s.kind, on: localDateOf(s.at, unit.timeZone) })),
    };
  });
  const starts = tried.map((t) => t.explain.start).sort();
  const ends = tried.map((t) => t.explain.due).sort();
  return { lines: tried, days: markedDays(k, newest, starts[0] ?? at.today, ends.at(-1) ?? at.today) };
}
