import {
  type Acted,
  type answerAssistInput,
  type askAssistInput,
  DoorstepError,
  type endAssistInput,
} from "@doorstep/contracts";
import type { z } from "zod";
import { holdsRoleAt } from "../actor.ts";
import { notAccusation } from "../life-cycle/guards.ts";
import { assistedStates, assistPatch, isOpenAssist, type LoadedAssist } from "../life-cycle/loaded-assist.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import { guard } from "../life-cycle/rule.ts";
import { startClock } from "../pipeline/clock-changes.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import type { UnitFacts } from "../pipeline/unit-facts.ts";
import { acted, personOf } from "./acted.ts";
import { places, shelterOf } from "./reveal.ts";
import { destinationRefusals, livingUnit } from "./route.ts";

type Typed<S extends z.ZodType> = Omit<z.output<S>, "caseId" | "version" | "key">;

const assisted = guard("assist.none", "SPEC:6(3)", (c) => c.assists.some(isOpenAssist));
const lead: SideAct["who"] = [
  { role: "officer", at: "holder" },
  { role: "handler", at: "case" },
];
const side = (act: string, entry: SideAct["entry"], who: SideAct["who"], more: Partial<SideAct>): SideAct => ({
  act,
  from: assistedStates,
  to: "same",
  who,
  guards: [notAccusation],
  clocks: [],
  entry,
  ...more,
});

const asking = side("askAssist", "assist.asked", lead, { clocks: [{ do: "start", role: "assignedReport" }] });
const answering = side(
  "answerAssist",
  "assist.answered",
  [
    { role: "officer", at: "assist" },
    { role: "handler", at: "assist" },
  ],
  { guards: [notAccusation, assisted], clocks: [{ do: "stop", role: "assignedReport" }] },
);
const ending = side("endAssist", "assist.ended", lead, {
  guards: [notAccusation, assisted],
  clocks: [{ do: "stop", role: "assignedReport" }],
});
export const assistActs = [asking, answering, ending] as const;

const openIn = (c: LoadedCase, id: string): LoadedAssist => {
  const found = c.assists.find((a) => a.id === id && isOpenAssist(a));
  if (!found) throw new DoorstepError("assist.notFound");
  return found;
};

/** Whether somebody answers for the unit that was asked. */
export const answersFor = (party: ActingParty, a: LoadedAssist): boolean =>
  party.kind === "person" && holdsRoleAt(party.actor, ["officer", "handler"], a.path);

/**
 * The holder stays responsible and asks another unit what that one alone knows or can do: it sees the case until it has
 * answered, by a date of its own [SPEC 6.3].
 */
export const askAssist: Command<Typed<typeof askAssistInput>, Acted> = {
  act: asking,
  prepare: (k, _c, i) => livingUnit(k, i.unitId),
  checks: (c, _s, i, _party, prepared) => [
    ...destinationRefusals(c, prepared as readonly UnitFacts[]),
    ...(c.assists.some((a) => a.unitId === i.unitId && isOpenAssist(a)) ? [{ code: "assist.open" }] : []),
  ],
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const to = prepared as readonly [UnitFacts, ...UnitFacts[]];
    const [unit] = to;
    const [id, clockId] = [k.newId(), k.newId()];
    const clock = startClock(k, c, s, "assignedReport", { ownAmount: i.days, id: clockId });
    if (!clock) throw new Error("the pack knows no clock for an assigned report");
    return {
      result: acted(c),
      facts: { assist: id, toUnit: unit.id, days: i.days },
      ownAmount: { assignedReport: i.days },
      ownId: { assignedReport: clockId },
      assistPaths: [...c.assists.filter(isOpenAssist).map((a) => a.path), to.map((u) => u.id)],
      rows: {
        assists: [
          {
            id,
            case_id: c.id,
            unit_id: unit.id,
            lead_unit_id: c.holderUnitId,
            clock_id: clockId,
            question: shelterOf(k.keys, c).protect(places.assist(id, "question"), i.question),
            due_on: clock.dueOn,
            asked_at: s.now.toISOString(),
            asked_by: personOf(party),
          },
        ],
      },
    };
  },
};

/** Paths of the units that still assist once this one does not. */
const othersIn = (c: LoadedCase, assist: LoadedAssist): readonly (readonly string[])[] =>
  c.assists.filter((a) => isOpenAssist(a) && a.id !== assist.id).map((a) => a.path);

/** The unit reports; what it found out is the holder's to use, and it sees the case no more. */
export const answerAssist: Command<Typed<typeof answerAssistInput>, Acted> = {
  act: answering,
  checks: (c, _s, i, party) => (answersFor(party, openIn(c, i.assistId)) ? [] : [{ code: "assist.notFound" }]),
  decide(k, loaded, s, i, party) {
    const assist = openIn(loaded.case, i.assistId);
    const c = loaded.case;
    const { protect } = shelterOf(k.keys, c);
    return {
      result: acted(c),
      facts: { assist: assist.id, unit: assist.unitId },
      only: assist.clockId,
      assistPaths: othersIn(c, assist),
      rows: {
        assist_patch: [
          assistPatch(assist, {
            report: protect(places.assist(assist.id, "report"), i.report),
            answered_at: s.now.toISOString(),
            answered_by: personOf(party),
          }),
        ],
      },
    };
  },
};

/** The holder needs it no more, and says why. */
export const endAssist: Command<Typed<typeof endAssistInput>, Acted> = {
  act: ending,
  checks(c, _s, i) {
    openIn(c, i.assistId);
    return [];
  },
  decide(k, loaded, s, i, party) {
    const assist = openIn(loaded.case, i.assistId);
    const c = loaded.case;
    const { protect } = shelterOf(k.keys, c);
    return {
      result: acted(c),
      facts: { assist: assist.id, ofUnit: assist.unitId },
      only: assist.clockId,
      assistPaths: othersIn(c, assist),
      rows: {
        assist_patch: [
          assistPatch(assist, {
            ended_at: s.now.toISOString(),
            ended_by: personOf(party),
            reason: protect(places.assist(assist.id, "reason"), i.reason),
          }),
        ],
      },
    };
  },
};
