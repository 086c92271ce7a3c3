import type { Acted, recordAgreementInput } from "@doorstep/contracts";
import type { z } from "zod";
import { localDateOf } from "../clocks/local-time.ts";
import { resolveRule } from "../clocks/policy-rules.ts";
import type { Kernel } from "../kernel.ts";
import { notAccusation } from "../life-cycle/guards.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { commonFacts } from "../notices/common-facts.ts";
import { type Issuer, issued, issuerOf } from "../notices/issue.ts";
import { protectFacts, revealFacts, submittedNotice } from "../notices/notice-row.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import type { Loaded, NoticeRow } from "../pipeline/load-case.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { acted, personOf } from "./acted.ts";
import { reportClock } from "./conclusion-report.ts";
import { promised } from "./promises.ts";
import { assertOpen, type DeliverInput, deliveryRefusals, handedOver, previousOf, receivedOn } from "./reply.ts";
import { places, shelterOf } from "./reveal.ts";
import { replyLetters, waits } from "./waiting-letters.ts";

type Input = Omit<z.output<typeof recordAgreementInput>, "caseId" | "version" | "key">;

export const agreeing: SideAct = {
  act: "recordAgreement",
  from: ["inHandling"],
  to: "same",
  with: ["inMediation"],
  who: [
    { role: "handler", at: "case" },
    { role: "officer", at: "holder" },
  ],
  guards: [notAccusation],
  clocks: [],
  notice: ["D18"],
  entry: "mediation.agreed",
};

/** The newest agreement that was not handed over: written anew, it becomes its next version. */
const openAgreement = (loaded: Loaded): NoticeRow | undefined =>
  loaded.noticeRows.findLast((n) => n.code === "D18" && n.state !== "delivered");

/** Every demand ends as both sides have agreed; what they have not agreed on is taken out before (split). */
const settled = (k: Kernel, c: LoadedCase, i: Input): readonly object[] => {
  const { protect } = shelterOf(k.keys, c);
  return c.demands.map((d) => ({
    id: d.id,
    outcome: "mediated",
    facts: protect(places.demand(d.id, "facts"), i.facts),
    opinion: protect(places.demand(d.id, "opinion"), i.terms),
    basis: protect(places.demand(d.id, "basis"), i.basis),
    steps: protect(places.demand(d.id, "steps"), i.mode),
  }));
};

const demandsOf = (k: Kernel, c: LoadedCase) => {
  const { reveal } = shelterOf(k.keys, c);
  return c.demands.map((d) => ({ no: d.no, text: reveal(places.demand(d.id, "text"), d.text) }));
};

/**
 * What both sides of a mediation have signed, as a D18 that waits for the approval of the unit: whether it stays within
 * what may be agreed on is looked at by a second person, like any reply [R22:33].
 */
export const recordAgreement: Command<Input, Acted> = {
  act: agreeing,
  prepare: (k, c) => unitAndAncestors(k.pool, c.holderUnitId),
  checks(c, s, i) {
    if (waits(c, replyLetters)) return [{ code: "agreement.replyWaiting" }];
    if (c.notices.some((n) => n.code === "D18" && n.state === "sealed")) return [{ code: "notice.state" }];
    if (i.signedOn > s.today || i.signedOn < localDateOf(c.receivedAt, c.timeZone))
      return [{ code: "agreement.signedOn" }];
    return i.performance && i.performance.on < s.today ? [{ code: "commitment.datePassed" }] : [];
  },
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const at = s.now.toISOString();
    const shelter = { keys: k.keys, organId: c.organId };
    const before = openAgreement(loaded);
    const id = before?.id ?? k.newId();
    const drafter = personOf(party);
    const { withinDiscretion: _said, ...said } = i;
    const facts = {
      ...commonFacts(k, "D18", c, prepared as readonly UnitFacts[], null, null),
      ...said,
      demands: demandsOf(k, c),
      confirmDays: resolveRule(s.pack, {}, "courtConfirmation", c.track)?.amount ?? null,
    };
    const letter = { id, caseId: c.id, code: "D18" as const, facts, at, issuerUnitId: c.holderUnitId };
    return {
      result: acted(c),
      facts: { notice: id, code: "D18", version: (before?.version ?? 0) + 1, demands: c.demands.length },
      rows: {
        demand_patch: settled(k, c, i),
        case_actors: drafter ? [{ case_id: c.id, person_id: drafter, part: "drafter", level: c.level, at }] : [],
        ...(before
          ? {
              notice_patch: [
                {
                  ...before,
                  facts: protectFacts(shelter, id, { ...facts, $previous: previousOf(shelter, before) }),
                  version: before.version + 1,
                  state: "submitted",
                  drafted_by: drafter,
                  first_approved_by: null,
                  submitted_at: at,
                  sent_back_reason: null,
                },
              ],
            }
          : { notices: [submittedNotice(shelter, { ...letter, draftedBy: drafter })] }),
      },
    };
  },
};

/** T17. Agreement and reply are handed over; the petitioner keeps his time for review, and both sides theirs for a court [R22:33; SPEC §16(14)]. */
export const replyMediated: Command<DeliverInput, Acted> = {
  act: "replyMediated",
  press: "deliver",
  prepare: (k, c, _i, s) => issuerOf(k, c.holderUnitId, s, ["D16"]),
  checks: (c, s, i) =>
    c.notices.some((n) => n.id === i.noticeId && n.code === "D18" && n.state === "sealed")
      ? deliveryRefusals(c, i, s.today)
      : [{ code: "notice.state" }],
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const notice = assertOpen(loaded, i.noticeId, "sealed");
    const agreed = revealFacts({ keys: k.keys, organId: c.organId }, notice.id, notice.facts) as Input;
    const { by, on } = agreed.performance ?? {};
    const made = by && on ? [{ owner: by, dueOn: on, text: agreed.terms, demandId: null }] : [];
    const { ids, dates, rows, ...clocks } = promised(k, c, c.holderUnitId, s.now.toISOString(), personOf(party), made);
    const received = receivedOn(i, s.today);
    const { unit } = prepared as Issuer;
    const reply = issued(
      { k, case: c, scene: s, party, issuer: prepared as Issuer },
      "D16",
      {
        receivedOn: localDateOf(c.receivedAt, c.timeZone),
        category: c.category ?? "claim",
        replyKind: "solve",
        demands: demandsOf(k, c).map((d) => ({
          ...d,
          outcome: "mediated" as const,
          facts: agreed.facts,
          opinion: agreed.terms,
          basis: agreed.basis,
          byWhen: agreed.mode,
        })),
        remedy: { days: 30, unit: (unit[1] ?? unit[0]).name },
      },
      { posted: true },
    );
    return {
      result: acted(c, "replied"),
      facts: {
        notice: notice.id,
        code: notice.code,
        method: i.method,
        receivedOn: received,
        deemed: !i.receivedOn,
        commitments: ids,
        promised: dates,
      },
      ...clocks,
      spares: reportClock(c)?.id,
      patch: { handlingUnitId: c.holderUnitId },
      handlingPath: c.holderPath,
      startsOn: { askReview: received, rating: received, courtConfirmation: agreed.signedOn },
      rows: {
        commitments: rows,
        notice_patch: [{ ...notice, ...handedOver(k, c, s, i, notice.id) }],
        notices: [{ ...reply, ...handedOver(k, c, s, i, (reply as { id: string }).id) }],
      },
    };
  },
};

/** A mediation that ends without reply takes its agreement with it: nothing of it is answered, and nobody hands it over. */
export function fallenAgreement(loaded: Loaded) {
  const notice = openAgreement(loaded);
  if (!notice) return {};
  const undecided = { outcome: null, facts: null, opinion: null, basis: null, steps: null };
  return {
    notice_patch: [{ ...notice, state: "draft", number: null, hash: null, approved_by: null, sealed_at: null }],
    demand_patch: loaded.case.demands.filter((d) => d.outcome === "mediated").map((d) => ({ id: d.id, ...undecided })),
  };
}
