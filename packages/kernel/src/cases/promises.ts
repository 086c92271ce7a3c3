import {
  type Acted,
  type answerNewDateInput,
  type askNewDateInput,
  DoorstepError,
  type Mark,
  type promiseInput,
  type reportDoneInput,
  type signOffInput,
} from "@doorstep/contracts";
import type { z } from "zod";
import type { Kernel } from "../kernel.ts";
import { newDateAsked, somethingOpen, somethingReported } from "../life-cycle/guards.ts";
import type { LoadedCase, LoadedCommitment } from "../life-cycle/loaded-case.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import type { Refusal } from "../life-cycle/rule.ts";
import { transitionOf } from "../life-cycle/table.ts";
import { type Issuer, issued, issuerOf } from "../notices/issue.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { acted, personOf } from "./acted.ts";
import { places, shelterOf } from "./reveal.ts";

type Typed<S extends z.ZodType> = Omit<z.output<S>, "caseId" | "version" | "key">;

/** Something promised, before it has an id and a clock. */
export interface NewPromise {
  readonly demandId: string | null;
  readonly text: string;
  readonly owner: string;
  readonly dueOn: string;
}

/** What is answered is not mediated any more. */
const withMark = (c: LoadedCase): readonly Mark[] => [
  ...c.marks.filter((m) => m !== "fulfilling" && m !== "inMediation"),
  "fulfilling",
];
const isOpen = (p: Pick<LoadedCommitment, "state">): boolean => p.state === "open" || p.state === "reported";

/** Rows and clocks of new promises: each is watched by a clock of its own until it is signed off [R22:32]. */
export function promised(
  k: Kernel,
  c: LoadedCase,
  unitId: string,
  at: string,
  by: string | null,
  what: readonly NewPromise[],
) {
  const { protect } = shelterOf(k.keys, c);
  const made = what.map((p) => ({ ...p, id: k.newId(), clockId: k.newId() }));
  return {
    ids: made.map((p) => p.id),
    /** for the ledger: each promise with its own day */
    dates: Object.fromEntries(made.map((p) => [p.id, p.dueOn])),
    ownDates: { commitment: made.map((p) => ({ id: p.clockId, on: p.dueOn })) },
    ...(made.length > 0 && { marks: withMark(c) }),
    rows: made.map((p) => ({
      id: p.id,
      case_id: c.id,
      demand_id: p.demandId,
      unit_id: unitId,
      clock_id: p.clockId,
      text: protect(places.commitment(p.id, "text"), p.text),
      owner: protect(places.commitment(p.id, "owner"), p.owner),
      due_on: p.dueOn,
      state: "open",
      made_at: at,
      made_by: by,
    })),
  };
}

/** A promise with what an act changes of it, as the columns of its row. */
const patchOf = (p: LoadedCommitment, change: object): object => ({
  id: p.id,
  clock_id: p.clockId,
  due_on: p.dueOn,
  state: p.state,
  evidence: p.evidence,
  reported_at: p.reportedAt,
  reported_by: p.reportedBy,
  missing: p.missing,
  asked_due_on: p.askedDueOn,
  asked_because: p.askedBecause,
  date_changed_at: p.dateChangedAt,
  confirmed_by: p.confirmedBy,
  reason: p.reason,
  done_at: p.doneAt,
  done_by: p.doneBy,
  ...change,
});

/** Promises of a reply that is quashed or a petition that is withdrawn bind nobody any more. */
export const released = (c: LoadedCase): readonly object[] =>
  c.commitments.filter(isOpen).map((p) => patchOf(p, { state: "released" }));
export const withoutPromises = (c: LoadedCase): readonly Mark[] => c.marks.filter((m) => m !== "fulfilling");

function found(c: LoadedCase, id: string): LoadedCommitment {
  const commitment = c.commitments.find((p) => p.id === id);
  if (!commitment) throw new DoorstepError("commitment.notFound");
  return commitment;
}

/** Why the promise does not stand where the act needs it. */
function notIn(c: LoadedCase, id: string, state: LoadedCommitment["state"]): readonly Refusal[] {
  const commitment = c.commitments.find((p) => p.id === id);
  if (!commitment) return [{ code: "commitment.notFound" }];
  return commitment.state === state ? [] : [{ code: "commitment.state" }];
}

const { from } = transitionOf("promise");
const side = (act: string, entry: SideAct["entry"], who: SideAct["who"], more: Partial<SideAct>): SideAct => ({
  act,
  from,
  to: "same",
  who,
  guards: [],
  clocks: [],
  entry,
  ...more,
});
const desk: SideAct["who"] = [
  { role: "officer", at: "holder" },
  { role: "officer", at: "handling" },
  { role: "handler", at: "case" },
  { role: "discipline", at: "organ" },
];
const own: SideAct["who"] = [{ role: "petitioner", at: "case" }];

/** T18. The head of the unit promises something; the petitioner reads who answers for it and until when. */
export const makePromise: Command<Typed<typeof promiseInput>, Acted> = {
  act: "promise",
  checks(c, s, i) {
    if (i.demandId !== null && !c.demands.some((d) => d.id === i.demandId)) return [{ code: "demands.unknown" }];
    return i.dueOn < s.today ? [{ code: "commitment.datePassed" }] : [];
  },
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const unitId = c.handlingUnitId ?? c.holderUnitId;
    const { ids, dates, rows, ...clocks } = promised(k, c, unitId, s.now.toISOString(), personOf(party), [i]);
    return { result: acted(c), facts: { commitments: ids, promised: dates }, ...clocks, rows: { commitments: rows } };
  },
};

const reportAct = side("reportDone", "commitment.reported", desk, { guards: [somethingOpen] });

/** The unit says it is done, and how that can be seen; only the petitioner or a second officer ends the promise. */
export const reportDone: Command<Typed<typeof reportDoneInput>, Acted> = {
  act: reportAct,
  checks: (c, _s, i) => notIn(c, i.commitmentId, "open"),
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const p = found(c, i.commitmentId);
    const { protect } = shelterOf(k.keys, c);
    return {
      result: acted(c),
      facts: { commitment: p.id },
      rows: {
        commitment_patch: [
          patchOf(p, {
            state: "reported",
            evidence: protect(places.commitment(p.id, "evidence"), i.evidence),
            reported_at: s.now.toISOString(),
            reported_by: personOf(party),
            missing: null,
            asked_due_on: null,
            asked_because: null,
          }),
        ],
      },
    };
  },
};

interface Confirming {
  readonly commitmentId: string;
  /** absent: the petitioner signs off himself */
  readonly reason?: string;
}

/** Another officer than the one who reported it, and not whoever handles the case [PLA20; DC]. */
function notSecond(c: LoadedCase, commitmentId: string, party: ActingParty): readonly Refusal[] {
  const me = personOf(party);
  const reporter = c.commitments.find((p) => p.id === commitmentId)?.reportedBy;
  return me !== null && (me === reporter || me === c.handlerId) ? [{ code: "second.samePerson" }] : [];
}

/** T19. The promise is kept: signed off by the petitioner, or for a reason that a second officer records. */
export const fulfilPromise: Command<Confirming, Acted> = {
  act: "fulfil",
  prepare: (k, c, i, s) => issuerOf(k, found(c, i.commitmentId).unitId, s, ["D20"]),
  checks: (c, _s, i, party) => [...notIn(c, i.commitmentId, "reported"), ...notSecond(c, i.commitmentId, party)],
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const p = found(c, i.commitmentId);
    const { protect, reveal } = shelterOf(k.keys, c);
    const said = (field: "text" | "owner" | "evidence", stored: string) =>
      reveal(places.commitment(p.id, field), stored);
    const demand = c.demands.find((d) => d.id === p.demandId);
    const confirmedBy = party.kind === "petitioner" ? ("petitioner" as const) : ("officer" as const);
    const others = c.commitments.some((other) => other.id !== p.id && isOpen(other));
    return {
      result: acted(c),
      facts: { commitment: p.id, confirmedBy },
      ...(p.clockId !== null && { only: p.clockId }),
      marks: others ? c.marks : withoutPromises(c),
      rows: {
        commitment_patch: [
          patchOf(p, {
            state: "done",
            confirmed_by: confirmedBy,
            reason: i.reason === undefined ? null : protect(places.commitment(p.id, "reason"), i.reason),
            done_at: s.now.toISOString(),
            done_by: personOf(party),
          }),
        ],
        notices: [
          issued(
            { k, case: c, scene: s, party, issuer: prepared as Issuer },
            "D20",
            {
              promise: said("text", p.text),
              owner: said("owner", p.owner),
              dueOn: p.dueOn,
              demand: demand ? { no: demand.no, text: reveal(places.demand(demand.id, "text"), demand.text) } : null,
              evidence: said("evidence", p.evidence ?? "—"),
              doneOn: s.today,
              confirmedBy,
              reason: i.reason ?? null,
              officer: party.kind === "person" ? party.actor.name : null,
            },
            { posted: true },
          ),
        ],
      },
    };
  },
};

const missingAct = side("sayMissing", "commitment.missing", own, { guards: [somethingReported] });

/** The petitioner says what is not done yet: the promise is open again, its date unchanged. */
export const sayMissing: Command<Pick<Typed<typeof signOffInput>, "commitmentId" | "text">, Acted> = {
  act: missingAct,
  checks: (c, _s, i) => [
    ...notIn(c, i.commitmentId, "reported"),
    ...(i.text.trim() ? [] : [{ code: "commitment.sayWhatIsMissing" }]),
  ],
  decide(k, loaded, s, i) {
    const c = loaded.case;
    const p = found(c, i.commitmentId);
    const missing = shelterOf(k.keys, c).protect(places.commitment(p.id, "missing"), i.text);
    return {
      result: acted(c),
      facts: { commitment: p.id },
      patch: { petitionerWroteAt: s.now.toISOString() },
      rows: { commitment_patch: [patchOf(p, { state: "open", missing })] },
    };
  },
};

const askAct = side("askNewDate", "commitment.dateAsked", desk, { guards: [somethingOpen] });

/** Asks for a later date: once, before the day, and nothing changes unless the petitioner agrees [SPEC §5 K25]. */
export const askNewDate: Command<Typed<typeof askNewDateInput>, Acted> = {
  act: askAct,
  checks(c, s, i) {
    const wrong = notIn(c, i.commitmentId, "open");
    if (wrong.length > 0) return wrong;
    const p = found(c, i.commitmentId);
    if (p.dateChangedAt !== null || p.askedDueOn !== null || p.dueOn < s.today)
      return [{ code: "commitment.dateOnce" }];
    return i.dueOn < s.today ? [{ code: "commitment.datePassed" }] : [];
  },
  decide(k, loaded, _s, i) {
    const c = loaded.case;
    const p = found(c, i.commitmentId);
    const because = shelterOf(k.keys, c).protect(places.commitment(p.id, "asked_because"), i.reason);
    return {
      result: acted(c),
      facts: { commitment: p.id, dueOn: i.dueOn },
      rows: { commitment_patch: [patchOf(p, { asked_due_on: i.dueOn, asked_because: because })] },
    };
  },
};

const answering = (agree: boolean): Command<Pick<Typed<typeof answerNewDateInput>, "commitmentId">, Acted> => ({
  act: side("answerNewDate", agree ? "commitment.dateChanged" : "commitment.dateKept", own, {
    guards: [newDateAsked],
    ...(agree && {
      clocks: [
        { do: "stop", role: "commitment" },
        { do: "start", role: "commitment" },
      ] as const,
    }),
  }),
  checks(c, _s, i) {
    const wrong = notIn(c, i.commitmentId, "open");
    if (wrong.length > 0) return wrong;
    return found(c, i.commitmentId).askedDueOn === null ? [{ code: "commitment.noDateAsked" }] : [];
  },
  decide(k, loaded, s, i) {
    const c = loaded.case;
    const p = found(c, i.commitmentId);
    const dueOn = p.askedDueOn ?? p.dueOn;
    const clockId = k.newId();
    const asked = { asked_due_on: null, asked_because: null };
    const at = s.now.toISOString();
    return {
      result: acted(c),
      facts: { commitment: p.id, dueOn: agree ? dueOn : p.dueOn },
      ...(agree && {
        ...(p.clockId !== null && { only: p.clockId }),
        ownDates: { commitment: [{ id: clockId, on: dueOn }] },
      }),
      rows: {
        commitment_patch: [
          patchOf(p, agree ? { ...asked, due_on: dueOn, clock_id: clockId, date_changed_at: at } : asked),
        ],
      },
    };
  },
});
export const agreeNewDate = answering(true);
export const keepDate = answering(false);

/** Acts inside a state, for the buttons of both sides. */
export const promiseActs = [reportAct, missingAct, askAct, keepDate.act as SideAct] as const;
