import {
  type Acted,
  type DemandOutcome,
  DoorstepError,
  type decideReviewInput,
  type requestReviewInput,
  type Text,
} from "@doorstep/contracts";
import type { z } from "zod";
import { addDays } from "../calendars/local-days.ts";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { partyRefusals } from "../life-cycle/party-refusals.ts";
import type { Refusal, Scene } from "../life-cycle/rule.ts";
import { commonFacts } from "../notices/common-facts.ts";
import { issuedNotice, revealFacts } from "../notices/notice-row.ts";
import { nextNumber } from "../notices/number.ts";
import { startClock } from "../pipeline/clock-changes.ts";
import type { Command } from "../pipeline/execute.ts";
import type { Loaded } from "../pipeline/load-case.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { type Signed, signerOf } from "../signatures/own-signature.ts";
import { acted, personOf } from "./acted.ts";
import { released, withoutPromises } from "./promises.ts";
import { outcomesOf, receivedOn } from "./reply.ts";
import { places, shelterOf } from "./reveal.ts";

type RequestInput = Omit<z.output<typeof requestReviewInput>, "caseId" | "key">;
/** `demands` only says something where the opinion is changed. */
type DecideInput = Omit<z.output<typeof decideReviewInput>, "caseId" | "version" | "key" | "demands"> &
  Partial<Pick<Changing, "demands">>;

export interface ReviewRequested {
  readonly reviewBody: Text;
  readonly decideBy: string;
}

interface Asking {
  readonly act: "requestReview" | "requestRereview";
  readonly level: "review" | "rereview";
  /** the petitioner's time to ask */
  readonly window: "K12" | "K15";
  readonly decideBy: "decideReview" | "decideRereview";
}

/** Asks the unit one level above the one that decided last; late only with a reason that is recorded [R22:35,36]. */
const request = (what: Asking): Command<RequestInput, ReviewRequested> => ({
  act: what.act,
  prepare: async (k, c) => (await unitAndAncestors(k.pool, c.holderUnitId)).slice(1),
  checks(c, s, i, _party, above) {
    if ((above as readonly UnitFacts[]).length === 0) return [{ code: "review.nobodyAbove" }];
    const asked = c.clocks.findLast((k) => k.code === what.window);
    if (!asked) return [{ code: "review.level" }];
    const late = asked.dueOn < s.today;
    return late && !i.lateBecause ? [{ code: "review.lapsed", params: { due: asked.dueOn } }] : [];
  },
  decide(k, loaded, s, i, _party, prepared) {
    const above = prepared as readonly [UnitFacts, ...UnitFacts[]];
    const [body] = above;
    const c = loaded.case;
    const at = s.now.toISOString();
    const id = k.newId();
    const { protect } = shelterOf(k.keys, c);
    const clock = startClock(k, { ...c, timeZone: body.timeZone, holderPath: body.path }, s, what.decideBy);
    return {
      result: { reviewBody: body.name, decideBy: clock?.dueOn ?? s.today },
      facts: {
        review: id,
        body: body.id,
        ofUnit: c.holderUnitId,
        grounds: i.grounds,
        late: i.lateBecause !== undefined,
      },
      patch: {
        holderUnitId: body.id,
        petitionerWroteAt: at,
        ...(what.level === "review" && { handlingUnitId: c.holderUnitId }),
      },
      holderPath: above.map((u) => u.id),
      holderTimeZone: body.timeZone,
      // the unit that handled it stays the one below, and with it the body that reviewed
      ...(what.level === "review" && { handlingPath: c.holderPath }),
      rows: {
        reviews: [
          {
            id,
            case_id: c.id,
            level: what.level,
            requested_at: at,
            grounds: i.grounds,
            text: protect(places.review(id, "text"), i.text),
            late_because: i.lateBecause ? protect(places.review(id, "late"), i.lateBecause) : "",
            body_unit_id: body.id,
            of_unit_id: c.holderUnitId,
          },
        ],
        file_claims: i.fileIds.map((file) => ({ id: file, case_id: c.id, message_id: null, visibility: "petitioner" })),
      },
    };
  },
});

/** T20. Review of the unit's own reply [R22:35]. */
export const requestReview = request({
  act: "requestReview",
  level: "review",
  window: "K12",
  decideBy: "decideReview",
});
/** T23. Re-review of the review opinion, one level further up: the last one [R22:36]. */
export const requestRereview = request({
  act: "requestRereview",
  level: "rereview",
  window: "K15",
  decideBy: "decideRereview",
});

interface Prepared {
  readonly body: readonly UnitFacts[];
  readonly original: readonly UnitFacts[];
  readonly number: string;
  readonly review: OpenRequest;
  readonly signed: Signed;
}

/** The request that waits for its decision. */
export interface OpenRequest {
  readonly id: string;
  readonly text: string;
  readonly requestedOn: string;
  readonly ofUnitId: string;
}

/** @throws DoorstepError `review.level` where none waits */
export async function openRequest(k: Kernel, c: Pick<LoadedCase, "id" | "timeZone">): Promise<OpenRequest> {
  const { rows } = await k.pool.query<{ id: string; text: string; requested_at: Date; of_unit_id: string }>(
    "select id, text, requested_at, of_unit_id from kernel.reviews where case_id = $1 and decided_at is null order by requested_at desc limit 1",
    [c.id],
  );
  const [found] = rows;
  if (!found) throw new DoorstepError("review.level");
  return {
    id: found.id,
    text: found.text,
    requestedOn: localDateOf(found.requested_at.toISOString(), c.timeZone),
    ofUnitId: found.of_unit_id,
  };
}

/** Number and date of the decision under review. */
export function originalLetter(
  k: Kernel,
  loaded: Loaded,
  today: string,
  codes: readonly string[] = ["D14", "D16"],
): { readonly number: string; readonly issuedOn: string } {
  const letter = loaded.noticeRows.findLast((n) => codes.includes(n.code));
  const shelter = { keys: k.keys, organId: loaded.case.organId };
  const facts = letter ? (revealFacts(shelter, letter.id, letter.facts) as { issuedOn?: string; number?: string }) : {};
  return { number: facts.number ?? "—", issuedOn: facts.issuedOn ?? today };
}

const nobody: Text = { "zh-CN": "原办理单位", en: "the handling unit" };

/** What a quashed decision gives back to the unit: the case, and days to decide again by somebody else. */
const givenBack = (c: LoadedCase, p: Prepared, redoDays: number) => ({
  marks: withoutPromises(c),
  holderPath: p.original.map((u) => u.id),
  holderTimeZone: p.original[0]?.timeZone ?? c.timeZone,
  setDays: { handling: redoDays },
});

/** The day until which the unit decides again: that of its clock, or as many days where its track has none. */
const redoDay = (k: Kernel, c: LoadedCase, s: Scene, p: Prepared, redoDays: number): string => {
  const { holderTimeZone: timeZone, holderPath } = givenBack(c, p, redoDays);
  return (
    startClock(k, { ...c, timeZone, holderPath }, s, "handling", { setDays: redoDays })?.dueOn ??
    addDays(s.today, redoDays)
  );
};

/** D22: both sides of the matter, the outcome, and the remedy that is left. */
function reviewLetter(
  k: Kernel,
  loaded: Loaded,
  today: string,
  i: DecideInput,
  p: Prepared,
  redoBy: string | undefined,
) {
  const c = loaded.case;
  const { reveal } = shelterOf(k.keys, c);
  const original = originalLetter(k, loaded, today);
  return {
    ...commonFacts(k, "D22", c, p.body, p.number, today),
    originalUnit: p.original[0]?.name ?? nobody,
    originalNumber: original.number,
    originalIssuedOn: original.issuedOn,
    requestedOn: p.review.requestedOn,
    request: reveal(places.review(p.review.id, "text"), p.review.text),
    outcome: i.outcome,
    demands: c.demands.map((d) => ({
      no: d.no,
      text: reveal(places.demand(d.id, "text"), d.text),
      facts: i.facts,
      opinion: i.opinion,
      basis: i.basis,
    })),
    ...(redoBy && { redoBy }),
    remedy: { days: 30, unit: (p.body[1] ?? p.body[0])?.name ?? nobody },
    ...p.signed,
  };
}

interface Changing {
  readonly facts: string;
  readonly opinion: string;
  readonly basis: string;
  readonly demands?: readonly { readonly demandId: string; readonly outcome: DemandOutcome }[];
}

/** A changed opinion says what every demand comes to, by the outcomes its category knows [R22:32; SPEC §16(2)]. */
export function unnamed(c: LoadedCase, demands: NonNullable<Changing["demands"]>): readonly Refusal[] {
  if (demands.some((d) => !c.demands.some((x) => x.id === d.demandId))) return [{ code: "demands.unknown" }];
  if (c.demands.some((x) => !demands.some((d) => d.demandId === x.id))) return [{ code: "review.outcomesMissing" }];
  const allowed = outcomesOf(c);
  return demands.some((d) => !allowed.includes(d.outcome)) ? [{ code: "reply.outcomeForCategory" }] : [];
}

/** Rows of the demands as the body that reviews has decided them. */
export function changedDemands(k: Kernel, c: LoadedCase, i: Changing): readonly object[] {
  const { protect } = shelterOf(k.keys, c);
  return c.demands.map((d) => ({
    id: d.id,
    outcome: i.demands?.find((x) => x.demandId === d.id)?.outcome ?? d.outcome,
    facts: protect(places.demand(d.id, "facts"), i.facts),
    opinion: protect(places.demand(d.id, "opinion"), i.opinion),
    basis: protect(places.demand(d.id, "basis"), i.basis),
    steps: d.steps,
  }));
}

const unanswered = { outcome: null, facts: null, opinion: null, basis: null, steps: null } as const;

/** What a review makes of the demands: open again, decided anew, or left as they were answered. */
function decidedDemands(k: Kernel, c: LoadedCase, i: DecideInput): readonly object[] {
  if (i.outcome === "quashed") return c.demands.map((d) => ({ id: d.id, ...unanswered }));
  return i.outcome === "changed" ? changedDemands(k, c, i) : [];
}

/** For the ledger; where the opinion is changed, what each demand now comes to. */
const decisionFacts = (i: DecideInput, p: Prepared, redoBy: string | undefined) => ({
  review: p.review.id,
  outcome: i.outcome,
  ofUnit: p.review.ofUnitId,
  redoBy: redoBy ?? null,
  ...(i.outcome === "changed" && { outcomes: i.demands?.map((d) => d.outcome) ?? [] }),
});

const decide = (act: "decideReview" | "redo"): Command<DecideInput, Acted> => ({
  act,
  async prepare(k, c, _i, s, party): Promise<Prepared> {
    const review = await openRequest(k, c);
    const [body, original] = await Promise.all([
      unitAndAncestors(k.pool, c.holderUnitId),
      unitAndAncestors(k.pool, review.ofUnitId),
    ]);
    if (!body[0]) throw new DoorstepError("unit.notFound");
    return {
      body,
      original,
      number: await nextNumber(k.pool, body[0], Number(s.today.slice(0, 4)), "D22"),
      review,
      signed: await signerOf(k, party),
    };
  },
  checks(c, _s, i, party) {
    // somebody new: nobody decides the same case twice [SPEC §16(6)]
    const own = partyRefusals(act, c, party);
    if (own.length > 0) return own;
    if (i.outcome === "quashed" && i.redoDays === undefined) return [{ code: "review.redoMissing" }];
    return i.outcome === "changed" ? unnamed(c, i.demands ?? []) : [];
  },
  decide(k, loaded, s, i, party, prepared) {
    const p = prepared as Prepared;
    const c = loaded.case;
    const at = s.now.toISOString();
    const { protect } = shelterOf(k.keys, c);
    const me = personOf(party);
    const quashed = act === "redo";
    const redoBy = quashed ? redoDay(k, c, s, p, i.redoDays ?? 30) : undefined;
    const received = receivedOn({ method: "portal", receivedOn: null }, s.today);
    return {
      result: acted(c, quashed ? "inHandling" : "replied"),
      facts: decisionFacts(i, p, redoBy),
      patch: {
        // what is decided again is the unit's own reply once more, open to review like the first
        level: quashed ? "handle" : "review",
        ...(quashed && { holderUnitId: p.review.ofUnitId, handlerId: null }),
      },
      ...(quashed && givenBack(c, p, i.redoDays ?? 30)),
      startsOn: { askRereview: received },
      rows: {
        review_patch: [
          {
            id: p.review.id,
            outcome: i.outcome,
            facts: protect(places.review(p.review.id, "facts"), i.facts),
            opinion: protect(places.review(p.review.id, "opinion"), i.opinion),
            basis: protect(places.review(p.review.id, "basis"), i.basis),
            redo_due_on: redoBy ?? null,
            decided_by: me,
            decided_at: at,
          },
        ],
        demand_patch: decidedDemands(k, c, i),
        ...(quashed && { commitment_patch: released(c) }),
        case_actors: me ? [{ case_id: c.id, person_id: me, part: "reviewer", level: "review", at }] : [],
        notices: [
          issuedNotice(
            { keys: k.keys, organId: c.organId },
            {
              id: k.newId(),
              caseId: c.id,
              code: "D22",
              at,
              issuerUnitId: c.holderUnitId,
              draftedBy: me,
              facts: reviewLetter(k, loaded, s.today, i, p, redoBy),
            },
            { posted: received },
          ),
        ],
      },
    };
  },
});

/** T21: upheld or changed. */
export const decideReview = decide("decideReview");
/** T22: quashed; the unit decides again, by another handler, within the days given. */
export const quashReview = decide("redo");
