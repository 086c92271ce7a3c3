import {
  type Acted,
  type DutyReached,
  type dutyReportInput,
  type flagUrgentInput,
  type Role,
  states,
} from "@doorstep/contracts";
import type { z } from "zod";
import { acted, personOf } from "../cases/acted.ts";
import { noteRow } from "../cases/note-row.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { guard, type Who } from "../life-cycle/rule.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { isOpen } from "../pipeline/rows.ts";
import type { LoadedDuty } from "./loaded-duty.ts";

/** Nobody has said "I take it" for so long: the next one is paged [DC]. */
export const ANSWER_MS = 10 * 60_000;

/** Roles that read what is confidential at a unit, and so can act on danger there. */
export const dutyRoles: readonly Role[] = [
  "officer",
  "signer",
  "chargeLeader",
  "handler",
  "reviewer",
  "supervisor",
  "custodian",
];
const organ: Who = { role: "discipline", at: "organ" };
const onDuty: readonly Who[] = [
  ...dutyRoles.flatMap((role): Who[] => [
    { role, at: "holder" },
    { role, at: "above" },
  ]),
  organ,
];
const system: readonly Who[] = [{ role: "system", at: "anywhere" }];

const stage = (id: string, holds: (d: LoadedDuty) => boolean) =>
  guard(id, "R22:25", (c) => c.duty !== null && holds(c.duty));
const raised = stage("duty.none", () => true);
const untaken = stage("duty.taken", (d) => d.takenAt === null);
const taken = stage("duty.notTaken", (d) => d.takenAt !== null);
const unphoned = stage("duty.phonedAlready", (d) => d.phonedAt === null);
const unreported = stage("duty.reported", (d) => d.reportedAt === null);

const side = (act: string, entry: SideAct["entry"], more: Partial<SideAct>): SideAct => ({
  act,
  from: states,
  to: "same",
  who: onDuty,
  guards: [],
  clocks: [],
  entry,
  ...more,
});

/** The paging of a case as it begins; the first page is due at once. */
export const raisedRow = (caseId: string, at: string): object => ({
  case_id: caseId,
  raised_at: at,
  step: 0,
  next_at: at,
  reached: [],
});

const changed = (c: LoadedCase, change: object): { readonly duty_patch: readonly object[] } => ({
  duty_patch: [{ ...c.duty?.row, ...change }],
});

/** Danger that shows only later: everything that a petition flagged when it was filed gets, from now on. */
export const flagUrgent: Command<Omit<z.output<typeof flagUrgentInput>, "caseId" | "version" | "key">, Acted> = {
  act: side("flagUrgent", "duty.flagged", {
    from: states.filter(isOpen),
    who: [
      { role: "clerk", at: "holder" },
      { role: "officer", at: "holder" },
      { role: "handler", at: "holder" },
      { role: "officer", at: "above" },
      organ,
    ],
    guards: [guard("duty.flagged", "R22:25", (c) => c.duty === null)],
    clocks: [
      { do: "start", role: "urgentPhone" },
      { do: "start", role: "urgentWritten" },
    ],
  }),
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const at = s.now.toISOString();
    return {
      result: acted(c),
      facts: {},
      patch: { urgentSafety: true, severity: "urgent" },
      rows: {
        duty_pages: [raisedRow(c.id, at)],
        messages: [noteRow(k, c, { at, text: i.reason, visibility: "internal", party })],
      },
    };
  },
};

/** The system's own record of whom it has paged, and when it will page the next one. */
export const recordPaged: Command<{ readonly people: readonly string[] }, { readonly ok: true }> = {
  act: side("pageDuty", "duty.paged", { who: system, guards: [raised, untaken] }),
  decide(_k, loaded, s, i) {
    const c = loaded.case;
    const step = (c.duty?.step ?? 0) + 1;
    const none = i.people.length === 0;
    return {
      result: { ok: true },
      facts: { step, paged: [...i.people] },
      rows: changed(c, {
        step: none ? c.duty?.step : step,
        next_at: new Date(s.now.getTime() + ANSWER_MS).toISOString(),
        nobody_since: none ? (c.duty?.nobodySince ?? s.now.toISOString()) : null,
      }),
    };
  },
};

/** "I take it": from then on nobody else is paged. */
export const takeDuty: Command<object, { readonly ok: true }> = {
  act: side("takeDuty", "duty.taken", { guards: [raised, unreported, untaken] }),
  decide(_k, loaded, s, _i, party) {
    const c = loaded.case;
    return {
      result: { ok: true },
      facts: { step: c.duty?.step ?? 0 },
      rows: changed(c, {
        taken_at: s.now.toISOString(),
        taken_by: personOf(party),
        next_at: null,
        nobody_since: null,
      }),
    };
  },
};

const withReached = (c: LoadedCase, more: readonly DutyReached[]): readonly string[] => [
  ...new Set([...(c.duty?.reached ?? []), ...more]),
];

/** Within the hour, by phone: whom he has reached [SPEC §5 K23]. */
export const phonedDuty: Command<{ readonly reached: readonly DutyReached[] }, { readonly ok: true }> = {
  act: side("phonedDuty", "duty.phoned", {
    guards: [raised, unreported, taken, unphoned],
    clocks: [{ do: "stop", role: "urgentPhone" }],
  }),
  decide(_k, loaded, s, i, party) {
    const c = loaded.case;
    return {
      result: { ok: true },
      facts: { reached: [...i.reached] },
      rows: changed(c, {
        phoned_at: s.now.toISOString(),
        phoned_by: personOf(party),
        reached: withReached(c, i.reached),
      }),
    };
  },
};

/** Within two hours, in writing: who was reached and what was done; K23 is over. */
export const reportDuty: Command<Omit<z.output<typeof dutyReportInput>, "caseId" | "key">, { readonly ok: true }> = {
  act: side("reportDuty", "duty.reported", {
    guards: [raised, unreported, taken],
    clocks: [
      { do: "stop", role: "urgentPhone" },
      { do: "stop", role: "urgentWritten" },
    ],
  }),
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const at = s.now.toISOString();
    return {
      result: { ok: true },
      facts: { reached: [...i.reached] },
      rows: changed(c, {
        reported_at: at,
        reported_by: personOf(party),
        reached: withReached(c, i.reached),
        report: shelterOf(k.keys, c).protect(places.duty(c.id), i.text),
      }),
    };
  },
};
