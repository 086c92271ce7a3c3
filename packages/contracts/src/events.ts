import { z } from "zod";
import { clockCode } from "./clock.ts";
import { id, localDate } from "./ids.ts";
import { backlogReasons, chargeOutcomes, type EventType, eventTypes, ratings, states } from "./names.ts";

/**
 * What of a petition's life modules can hear. Who stands out of it, who was treated worse for it, who opened it and who
 * may speak for whom is not among it.
 */
const heard = [
  "appointment",
  "assignment",
  "assist",
  "backlog",
  "case",
  "charge",
  "clock",
  "commitment",
  "consent",
  "hearing",
  "mediation",
  "moduleClock",
  "moduleLetter",
  "notice",
  "proposal",
  "rating",
  "supervision",
  "task",
] as const;

export type CaseEventType = Extract<EventType, `${(typeof heard)[number]}.${string}`> | "retention.destroyed";

export const isCaseEventType = (type: string): type is CaseEventType =>
  type === "retention.destroyed" || (heard as readonly string[]).includes(type.split(".")[0] ?? "");

/** Events of a petition that modules can hear of. */
export const caseEventTypes: readonly CaseEventType[] = eventTypes.filter(isCaseEventType);

const state = z.enum(states);
const moved = z.object({
  /** `null`: it was not there before */
  from: state.nullable().default(null),
  to: state,
  /** such as `register` or `accept` */
  act: z.string(),
});
const signalled = z.object({ clock: id, code: clockCode, signal: z.string(), dueOn: localDate });
/** A period, a consent or a letter that belongs to a module: whose it is, and which. */
const ofModule = moved.extend({ module: z.string(), code: z.string() });
/** Which task: a module keeps the ids of its own. */
const ofTask = moved.extend({ task: id });
const gone = z.object({ class: z.enum(["caseFile"]) });

const others = {
  "backlog.entered": moved.extend({ reasons: z.array(z.enum(backlogReasons)).default([]) }),
  "charge.ended": moved.extend({ outcome: z.enum(chargeOutcomes).nullable().default(null) }),
  /** what was found out later is never mediated: whether a mediation that ran was stopped by it */
  "case.topicMarked": moved.extend({ stopped: z.enum(["mediation"]).nullable().default(null) }),
  "clock.warning": signalled,
  "clock.breached": signalled,
  "consent.asked": ofModule,
  "consent.given": ofModule,
  "consent.refused": ofModule,
  "consent.withdrawn": ofModule,
  "consent.dropped": ofModule,
  "moduleLetter.drafted": ofModule,
  "moduleLetter.issued": ofModule,
  "moduleLetter.sentBack": ofModule,
  "moduleClock.started": ofModule,
  "moduleClock.passed": ofModule,
  "moduleClock.stopped": ofModule,
  "moduleClock.recounted": ofModule,
  /** what the petitioner said of whoever handled it; never who he is */
  "rating.given": moved.extend({ rated: z.enum(ratings).nullable().default(null) }),
  "retention.destroyed": gone,
  "task.made": ofTask,
  "task.ended": ofTask,
  "task.handedOn": ofTask,
} as const;

export type CaseEventFacts<E extends CaseEventType> = z.output<
  E extends keyof typeof others ? (typeof others)[E] : typeof moved
>;

/** What an event says beside the ids: codes and days, never a word of the petition. @throws ZodError */
export function eventFacts<E extends CaseEventType>(type: E, payload: unknown): CaseEventFacts<E> {
  const facts: z.ZodType = Object.hasOwn(others, type) ? others[type as keyof typeof others] : moved;
  return facts.parse(payload) as CaseEventFacts<E>;
}
