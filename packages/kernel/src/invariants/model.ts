import type { State } from "@doorstep/contracts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import type { House, HousePerson } from "./random-house.ts";
import type { RowsNow } from "./rows-now.ts";

/*
 * What may be true, written from domain SPEC §4–§8 and §16 alone: nothing of the kernel's own table, guards or predicate
 * stands in it. Where SPEC leaves it to the kernel, the model says so.
 */

export type Prediction = "allowed" | "refused" | "either";

interface Rule {
  readonly from: readonly State[];
  /** a role of SPEC §7, or a party */
  readonly by: readonly string[];
  readonly to?: State;
}

const live: readonly State[] = ["registered", "routed", "accepted", "inHandling"];
const sideEnds: readonly State[] = ["diverted", "guided", "merged", "notReaccepted", "withdrawn"];
const ended: readonly State[] = ["final", "archived", ...sideEnds];
const withReply: readonly State[] = ["replied", "review", "rereview", "final"];
const everywhere: readonly State[] = ["received", ...live, ...withReply, "archived", ...sideEnds];
const refusedEnds: readonly State[] = ["diverted", "guided", "merged", "notReaccepted", "archived"];

const rules: Readonly<Record<string, Rule>> = {
  register: { from: ["received"], by: ["clerk", "officer", "discipline"], to: "registered" },
  transfer: { from: ["registered"], by: ["officer"], to: "routed" },
  assignUnit: { from: ["registered"], by: ["officer"], to: "routed" },
  passOn: { from: ["routed"], by: ["officer"], to: "routed" },
  object: { from: ["routed"], by: ["officer"] },
  return: { from: ["routed"], by: ["officer"], to: "registered" },
  refuseReturn: { from: ["routed"], by: ["officer"] },
  designate: { from: ["registered", "routed"], by: ["officer"], to: "routed" },
  handToOrgan: { from: ["received", ...live, "replied"], by: ["discipline"] },
  accept: { from: ["registered", "routed"], by: ["officer", "discipline"], to: "accepted" },
  assign: { from: ["accepted"], by: ["officer", "discipline"], to: "inHandling" },
  changeHandler: { from: ["inHandling"], by: ["officer", "discipline"] },
  askAssist: { from: ["accepted", "inHandling"], by: ["officer", "handler"] },
  answerAssist: { from: ["accepted", "inHandling"], by: ["officer", "handler"] },
  endAssist: { from: ["accepted", "inHandling"], by: ["officer", "handler"] },
  openMediation: { from: ["accepted", "inHandling"], by: ["officer", "handler"] },
  closeMediation: { from: ["accepted", "inHandling"], by: ["officer", "handler", "petitioner"] },
  recordAgreement: { from: ["inHandling"], by: ["officer", "handler"] },
  replyMediated: { from: ["inHandling"], by: ["officer", "signer", "handler"], to: "replied" },
  callHearing: { from: ["inHandling", "rereview"], by: ["officer", "reviewer"] },
  closeHearing: { from: ["inHandling", "rereview"], by: ["officer", "reviewer", "system"] },
  divert: { from: live, by: ["officer"], to: "diverted" },
  guide: { from: ["received", "registered"], by: ["officer"], to: "guided" },
  merge: { from: ["registered"], by: ["officer"], to: "merged" },
  unmerge: { from: ["merged"], by: ["officer"], to: "registered" },
  split: { from: live, by: ["clerk", "officer", "handler", "discipline"] },
  splitAccusation: { from: ["registered", "accepted", "inHandling"], by: ["officer"], to: "registered" },
  extend: { from: ["accepted", "inHandling"], by: ["signer"] },
  heard: { from: ["accepted", "inHandling"], by: ["officer", "signer", "handler", "discipline"] },
  reply: { from: ["inHandling"], by: ["handler", "discipline"] },
  seal: { from: ["inHandling"], by: ["signer", "discipline"] },
  sendBack: { from: ["inHandling"], by: ["signer", "discipline"] },
  deliver: { from: ["inHandling"], by: ["officer", "signer", "handler", "discipline"], to: "replied" },
  write: { from: everywhere, by: ["petitioner", "clerk", "officer", "handler", "signer", "reviewer", "discipline"] },
  requestReview: { from: ["replied"], by: ["petitioner"], to: "review" },
  decideReview: { from: ["review"], by: ["reviewer"], to: "replied" },
  redo: { from: ["review"], by: ["reviewer"], to: "inHandling" },
  acceptReview: { from: ["review", "rereview"], by: ["reviewer"] },
  requestRereview: { from: ["replied"], by: ["petitioner"], to: "rereview" },
  decideRereview: { from: ["rereview"], by: ["reviewer"], to: "final" },
  promise: { from: withReply, by: ["signer", "discipline"] },
  reportDone: { from: withReply, by: ["officer", "handler", "discipline"] },
  sayMissing: { from: withReply, by: ["petitioner"] },
  fulfil: { from: withReply, by: ["petitioner", "officer", "discipline"] },
  askNewDate: { from: withReply, by: ["officer", "handler", "discipline"] },
  answerNewDate: { from: withReply, by: ["petitioner"] },
  switchTrack: { from: live, by: ["officer", "handler"] },
  askWithdrawal: { from: [...live, "replied"], by: ["petitioner"] },
  takeBackWithdrawal: { from: [...live, "replied"], by: ["petitioner"] },
  goOn: { from: [...live, "replied"], by: ["officer", "discipline"] },
  withdraw: { from: [...live, "replied"], by: ["petitioner", "system"], to: "withdrawn" },
  finalise: { from: ["replied"], by: ["officer", "discipline", "system"], to: "final" },
  archive: { from: ["final", ...sideEnds], by: ["officer", "discipline", "system"], to: "archived" },
  contest: { from: refusedEnds, by: ["petitioner"] },
  upholdRefusal: { from: refusedEnds, by: ["reviewer", "officer"] },
  grantContest: { from: refusedEnds, by: ["reviewer", "officer"], to: "registered" },
  bringNewFacts: { from: ended, by: ["petitioner"] },
  declineNewFacts: { from: ended, by: ["officer", "discipline"] },
  reopen: { from: ["replied", ...ended], by: ["officer", "discipline"], to: "registered" },
  followUp: { from: ended, by: ["officer", "discipline"] },
};

const pathOf = (house: House, unitId: string): readonly string[] => house.units.get(unitId)?.path ?? [];

const inside = (house: House, unitId: string, tops: readonly string[]): boolean =>
  pathOf(house, unitId).some((u) => tops.includes(u));

export const respondentUnits = (s: RowsNow): readonly string[] => s.respondents.flatMap((r) => r.unit_id ?? []);

/** Stands out: declared, respondent himself, of the same immediate unit, or of a unit complained of [SPEC §6(8)]. */
export function standsOut(house: House, s: RowsNow, personId: string): boolean {
  const me = house.people.get(personId);
  if (!me || s.recused.includes(personId)) return true;
  const accused = s.respondents.flatMap((r) => r.person_id ?? []);
  if (accused.some((id) => id === personId || house.people.get(id)?.unitId === me.unitId)) return true;
  return me.grants.length > 0 && inside(house, me.unitId, respondentUnits(s));
}

/** Whoever still owes an answer as an assisting unit [SPEC §6(3)]. */
const assisting = (s: RowsNow): readonly string[] =>
  s.assists.filter((a) => a.answered_at === null && a.ended_at === null).map((a) => a.unit_id);

/** Units that have to do with it, and so has whoever holds a duty there or above [SPEC §7]. */
function concerned(s: RowsNow): readonly string[] {
  const last = s.legs.at(-1);
  return [
    s.c.holder_unit_id,
    ...(s.c.status === "received" || s.c.status === "registered" ? [s.c.intake_unit_id] : []),
    ...(s.c.handling_unit_id ? [s.c.handling_unit_id] : []),
    ...(last ? [last.from_unit_id] : []),
    ...assisting(s),
  ];
}

const organUnit = (house: House, s: RowsNow): string | undefined =>
  [...house.units.values()].find((u) => u.organId === s.c.organ_id)?.id;

const covers = (house: House, grant: HousePerson["grants"][number], unitId: string): boolean =>
  grant.unitId === unitId || (grant.subtree && pathOf(house, unitId).includes(grant.unitId));

/** Whether SPEC lets this person know of the case at all; an accusation is known to its organ alone [SPEC §16(4)]. */
export function mayKnow(house: House, s: RowsNow, personId: string): boolean {
  const me = house.people.get(personId);
  if (!me || standsOut(house, s, personId)) return false;
  if (s.c.confidentiality === 3)
    return me.grants.some((g) => g.role === "discipline" && g.unitId === organUnit(house, s));
  return me.grants.some(
    (g) =>
      g.role !== "discipline" &&
      !inside(house, g.unitId, respondentUnits(s)) &&
      concerned(s).some((u) => pathOf(house, u).includes(g.unitId)),
  );
}

/** Whoever holds the case reads it: the desk of the holder is never kept from its own work [SPEC §7]. */
export const mustKnow = (house: House, s: RowsNow, personId: string): boolean =>
  s.c.confidentiality < 3 &&
  !inside(house, s.c.holder_unit_id, respondentUnits(s)) &&
  !standsOut(house, s, personId) &&
  (house.people.get(personId)?.grants.some((g) => g.role === "officer" && covers(house, g, s.c.holder_unit_id)) ??
    false);

const holds = (house: House, personId: string, roles: readonly string[]): boolean =>
  house.people.get(personId)?.grants.some((g) => roles.includes(g.role)) ?? false;
const holdsAt = (house: House, personId: string, role: string, unitId: string): boolean =>
  house.people.get(personId)?.grants.some((g) => g.role === role && covers(house, g, unitId)) ?? false;

function partyMay(house: House, s: RowsNow, party: ActingParty, act: string, rule: Rule): boolean {
  if (party.kind !== "person") return rule.by.includes(party.kind);
  const me = party.actor.personId;
  if (!mayKnow(house, s, me)) return false;
  if (s.c.confidentiality === 3)
    return rule.by.includes("discipline") || (s.c.handler_id === me && rule.by.includes("handler"));
  const person = house.people.get(me);
  const fits = person?.grants.some(
    (g) =>
      rule.by.includes(g.role) &&
      g.role !== "discipline" &&
      concerned(s).some((u) => pathOf(house, u).includes(g.unitId)),
  );
  if (!fits && !(s.c.handler_id === me && rule.by.includes("handler"))) return false;
  // the sender alone takes it back, and alone says no [SPEC §4 T5]
  const sender = s.legs.at(-1)?.from_unit_id;
  if (act === "return" || act === "refuseReturn") return sender !== undefined && holdsAt(house, me, "officer", sender);
  // never the body whose refusal is contested, nor the holder of a dispute
  if (act === "designate")
    return pathOf(house, s.c.holder_unit_id)
      .slice(0, -1)
      .some((u) => holdsAt(house, me, "officer", u));
  // a draft is the named handler's own [SPEC §7]
  if (act === "reply") return s.c.handler_id === me;
  return true;
}

/** What is typed, as far as SPEC says anything of it. */
interface Typed {
  readonly days?: number;
  readonly toUnitId?: string;
  readonly unitId?: string;
  readonly commitmentId?: string;
  readonly noticeId?: string;
  readonly handlerId?: string;
  readonly bothConsented?: boolean;
  readonly lateBecause?: string;
  readonly category?: string;
  readonly track?: string;
  readonly confidentiality?: number;
  readonly agree?: boolean;
  readonly periodDays?: number;
  readonly demands?: readonly {
    readonly demandId: string;
    readonly outcome: string;
    readonly facts?: string;
    readonly opinion?: string;
    readonly basis?: string;
  }[];
}

const clockOf = (s: RowsNow, ...codes: readonly string[]) => s.clocks.findLast((k) => codes.includes(k.code));
const hasMark = (s: RowsNow, mark: string): boolean => s.c.flags.includes(mark);
const answeredAll = (s: RowsNow): boolean =>
  s.demands.length > 0 && s.demands.every((d) => d.outcome && d.opinion && d.basis);
const openPromise = (s: RowsNow): boolean => s.commitments.some((p) => p.state === "open" || p.state === "reported");
const isRouteSix = (s: RowsNow): boolean => s.c.category !== "claim" || (s.c.sub_route ?? 6) === 6;

/** One more sentence of SPEC each: true means that the act must not be done. */
const forbiddenBy: Readonly<
  Record<string, (h: House, s: RowsNow, i: Typed, me: string | null, today: string) => boolean>
> = {
  register: (_h, _s, i) =>
    i.category !== undefined &&
    ((i.category === "accusation") !== (i.track === "accusation") ||
      (i.category === "accusation") !== (i.confidentiality === 3)),
  // hop limit 2, never to whom it is about, an accusation only to a discipline organ [SPEC §4 T3–T5, §6(4)]
  transfer: (h, s, i) => s.c.hops >= 2 || s.c.confidentiality === 3 || badTarget(h, s, i),
  assignUnit: (h, s, i, _me) =>
    s.c.hops >= 2 ||
    s.c.confidentiality === 3 ||
    badTarget(h, s, i) ||
    (i.toUnitId !== undefined && i.periodDays === undefined),
  // level by level: down one's own line [SPEC §5 K2b]
  passOn: (h, s, i) =>
    s.c.confidentiality === 3 ||
    badTarget(h, s, i) ||
    (i.toUnitId !== undefined && !inside(h, i.toUnitId, [s.c.holder_unit_id])),
  // of the units that dispute it, too: the one that has it may be the right one [R22:24]
  designate: (h, s, i) =>
    (s.legs.at(-1)?.objected_at == null && s.c.hops < 2) ||
    (i.toUnitId !== undefined && inside(h, i.toUnitId, respondentUnits(s))),
  handToOrgan: (h, s, i) => s.c.confidentiality !== 3 || badTarget(h, s, i),
  object: (_h, s) => s.legs.length === 0 || s.legs.at(-1)?.objected_at != null,
  return: (_h, s) => s.legs.at(-1)?.objected_at == null || s.legs.at(-1)?.agreed !== null,
  refuseReturn: (_h, s) => s.legs.at(-1)?.objected_at == null || s.legs.at(-1)?.agreed !== null,
  accept: (h, s) =>
    s.demands.length === 0 || s.c.category === null || inside(h, s.c.holder_unit_id, respondentUnits(s)),
  assign: (h, s, i) => i.handlerId !== undefined && standsOut(h, s, i.handlerId),
  changeHandler: (h, s, i) => i.handlerId !== undefined && standsOut(h, s, i.handlerId),
  // who holds it does not assist itself, and whoever it is about does not either [SPEC §6(1)(3)]
  askAssist: (h, s, i) =>
    s.c.confidentiality === 3 ||
    (i.unitId !== undefined && (i.unitId === s.c.holder_unit_id || inside(h, i.unitId, respondentUnits(s)))),
  answerAssist: (h, s, _i, me) => !assisting(s).some((u) => me !== null && holdsAt(h, me, "officer", u)),
  endAssist: (_h, s) => assisting(s).length === 0,
  openMediation: (_h, s, i) => s.c.confidentiality === 3 || hasMark(s, "inMediation") || i.bothConsented === false,
  closeMediation: (_h, s) => !hasMark(s, "inMediation"),
  recordAgreement: (_h, s) => s.c.confidentiality === 3 || !hasMark(s, "inMediation"),
  // agreement signed, every demand with its outcome [SPEC §4 T17, §16(2)]
  replyMediated: (h, s) =>
    s.c.confidentiality === 3 ||
    !hasMark(s, "inMediation") ||
    !answeredAll(s) ||
    s.c.handler_id === null ||
    standsOut(h, s, s.c.handler_id) ||
    !s.notices.some((n) => n.code === "D18" && n.state === "sealed"),
  // only a statutory route, only what is not this system's matter [SPEC §4 T8, T9]
  divert: (_h, s) => s.c.track !== "statutory" && (s.c.sub_route ?? 6) === 6,
  guide: (_h, s) => s.c.confidentiality === 3,
  merge: (_h, s) => s.c.confidentiality === 3,
  split: (_h, s, i) => s.demands.length < 2 || (i.demands === undefined ? false : i.demands.length >= s.demands.length),
  splitAccusation: (_h, s) => s.c.confidentiality === 3 || s.demands.length < 2,
  // once, before the day, 30 days at most [SPEC §4 T15]
  extend: (_h, s, i, _me, today) => {
    const clock = clockOf(s, "K4", "K8", "K9");
    return hasMark(s, "extended") || (i.days ?? 1) > 30 || !clock || clock.state === "stopped" || clock.due_on < today;
  },
  reply: (_h, s, i) => i.demands !== undefined && s.demands.some((d) => !i.demands?.some((x) => x.demandId === d.id)),
  // reviewer ≠ handler, every demand with outcome and reason [SPEC §4 T16, §16(2)]
  seal: (_h, s, i, me) => {
    const letter = s.notices.find((n) => n.id === i.noticeId);
    return (
      s.c.handler_id === me ||
      !answeredAll(s) ||
      !s.notices.some((n) => n.state === "submitted") ||
      (letter !== undefined && (letter.state !== "submitted" || letter.drafted_by === me))
    );
  },
  deliver: (h, s) =>
    !answeredAll(s) ||
    s.c.handler_id === null ||
    standsOut(h, s, s.c.handler_id) ||
    hasMark(s, "inHearing") ||
    (s.c.category === "claim" && s.c.anonymity !== "anonymous" && s.c.heard_on === null) ||
    !s.notices.some((n) => ["D14", "D16"].includes(n.code) && n.state === "sealed"),
  requestReview: (_h, s, i, _me, today) =>
    s.c.level !== "handle" || (lapsed(s, "K12", today) && i.lateBecause === undefined),
  requestRereview: (_h, s, i, _me, today) =>
    s.c.level !== "review" || (lapsed(s, "K15", today) && i.lateBecause === undefined && false),
  decideReview: someoneNew,
  redo: someoneNew,
  acceptReview: someoneNew,
  decideRereview: (h, s, i, me, today) => someoneNew(h, s, i, me, today) || hasMark(s, "inHearing"),
  // done only after it was reported, and confirmed by somebody else [SPEC §4 T19]
  fulfil: (_h, s, i, me) => {
    const p = s.commitments.find((x) => x.id === i.commitmentId);
    return (
      !s.commitments.some((x) => x.state === "reported") ||
      (p !== undefined && (p.state !== "reported" || (me !== null && (p.reported_by === me || s.c.handler_id === me))))
    );
  },
  reportDone: (_h, s) => !s.commitments.some((x) => x.state === "open"),
  sayMissing: (_h, s) => !s.commitments.some((x) => x.state === "reported"),
  answerNewDate: (_h, s) => !s.commitments.some((x) => x.state === "open" && x.asked_due_on !== null),
  switchTrack: (_h, s) => s.c.track !== "simple",
  askWithdrawal: (_h, s) => hasMark(s, "withdrawing"),
  takeBackWithdrawal: (_h, s) => !hasMark(s, "withdrawing"),
  goOn: (_h, s) => !hasMark(s, "withdrawing"),
  withdraw: (_h, s, _i, _me, today) => !hasMark(s, "withdrawing") || !lapsed(s, "K30", today),
  // the petitioner's time is over, and nothing is open [SPEC §4 T25]
  finalise: (_h, s, _i, _me, today) => !lapsed(s, "K12", today) || !lapsed(s, "K15", today) || openPromise(s),
  archive: (_h, s, _i, _me, today) =>
    !lapsed(s, "K21", today) || openPromise(s) || hasMark(s, "contested") || hasMark(s, "newFacts"),
  upholdRefusal: (h, s, i, me, today) => !hasMark(s, "contested") || someoneNew(h, s, i, me, today),
  grantContest: (h, s, i, me, today) => !hasMark(s, "contested") || someoneNew(h, s, i, me, today),
  contest: (_h, s) => hasMark(s, "contested"),
  declineNewFacts: (_h, s) => !hasMark(s, "newFacts"),
  reopen: (_h, s, _i, _me, today) =>
    s.c.status === "replied" && !s.commitments.some((p) => p.state === "open" && p.due_on < today),
};

const badTarget = (h: House, s: RowsNow, i: Typed): boolean =>
  i.toUnitId !== undefined &&
  ((i.toUnitId === s.c.holder_unit_id && s.c.confidentiality < 3) || inside(h, i.toUnitId, respondentUnits(s)));

/** A reviewer must not have acted before, and sits where the case lies now [SPEC §7, §16(6)]. */
function someoneNew(h: House, s: RowsNow, _i: Typed, me: string | null, _today: string): boolean {
  return (
    me !== null && (s.actors.some((a) => a.person_id === me) || !holds(h, me, ["reviewer", "officer", "discipline"]))
  );
}

/** The period is over, or there is none. */
const lapsed = (s: RowsNow, code: string, today: string): boolean => (clockOf(s, code)?.due_on ?? "") < today;

/** The same answer on the same facts and reasons as the one that was quashed [SPEC §16(18)]. */
export type Quashed = ReadonlyMap<string, string>;
export const said = (d: {
  readonly outcome?: string | null;
  readonly facts?: string | null;
  readonly basis?: string | null;
}): string => `${d.outcome}\n${d.facts}\n${d.basis}`;

const runs = (s: RowsNow, code: string, today: string): boolean =>
  !lapsed(s, code, today) && clockOf(s, code)?.state !== "stopped";

/** Rights that nobody may take away: whatever else goes on, consent is taken back, the wish is his own, mediation stops nothing [SPEC §16(10)(14)]. */
const rights: Readonly<Record<string, (s: RowsNow, today: string) => boolean>> = {
  write: (s) => s.c.status !== "archived",
  askWithdrawal: () => true,
  takeBackWithdrawal: () => true,
  closeMediation: () => true,
  bringNewFacts: (s) => !hasMark(s, "contested") && !hasMark(s, "newFacts"),
  requestReview: (s, today) => s.c.confidentiality < 3 && runs(s, "K12", today),
  requestRereview: (s, today) => s.c.confidentiality < 3 && runs(s, "K15", today),
};

/** Duties that a desk is never kept from. */
const duties: Readonly<Record<string, (h: House, s: RowsNow, i: Typed, me: string) => boolean>> = {
  accept: (h, s, _i, me) => holdsAt(h, me, "officer", s.c.holder_unit_id) && isRouteSix(s),
  extend: (h, s, i, me) =>
    holdsAt(h, me, "signer", s.c.holder_unit_id) &&
    ["ordinary", "suggestion"].includes(s.c.track) &&
    i.days !== undefined,
};

function mustBeAllowed(h: House, s: RowsNow, party: ActingParty, act: string, i: Typed, today: string): boolean {
  if (party.kind === "petitioner") return rights[act]?.(s, today) ?? false;
  if (party.kind !== "person" || s.c.confidentiality === 3 || !takesIn(h, s)) return false;
  return duties[act]?.(h, s, i, party.actor.personId) ?? false;
}
const takesIn = (h: House, s: RowsNow): boolean => !inside(h, s.c.holder_unit_id, respondentUnits(s));

/** What SPEC says of an act before it is tried; without `typed`, of the press alone. */
export function predict(
  h: House,
  s: RowsNow,
  party: ActingParty,
  act: string,
  typed: object | null,
  today: string,
): Prediction {
  const rule = rules[act];
  if (!rule) throw new Error(`the model does not know ${act}`);
  const i = (typed ?? {}) as Typed;
  const me = party.kind === "person" ? party.actor.personId : null;
  if (!rule.from.includes(s.c.status as State) || !partyMay(h, s, party, act, rule)) return "refused";
  if (forbiddenBy[act]?.(h, s, i, me, today)) return "refused";
  return typed && mustBeAllowed(h, s, party, act, i, today) ? "allowed" : "either";
}

/** State and role would fit, and some other sentence of SPEC forbids it: where a guard that is missing shows. */
export const isTempting = (h: House, s: RowsNow, party: ActingParty, act: string, today: string): boolean => {
  const rule = rules[act];
  if (!rule?.from.includes(s.c.status as State)) return false;
  const fits = party.kind === "person" ? holds(h, party.actor.personId, rule.by) : rule.by.includes(party.kind);
  return fits && predict(h, s, party, act, null, today) === "refused";
};

/** Where it stands afterwards; `undefined` where SPEC leaves it open. */
export const stateAfter = (s: RowsNow, act: string): string => rules[act]?.to ?? s.c.status;

export function holderAfter(h: House, s: RowsNow, act: string, typed: object): string | undefined {
  const { toUnitId } = typed as Typed;
  const above = pathOf(h, s.c.holder_unit_id).at(-2) ?? s.c.holder_unit_id;
  if (["transfer", "assignUnit", "passOn", "designate", "handToOrgan"].includes(act)) return toUnitId;
  if (act === "return") return s.legs.at(-1)?.from_unit_id;
  if (act === "requestReview" || act === "requestRereview") return above;
  if (act === "redo") return s.reviews.at(-1)?.of_unit_id;
  // a refusal is looked at one level up, and what is taken up again goes to whoever is competent then
  if (["splitAccusation", "register", "reopen", "contest", "upholdRefusal", "grantContest"].includes(act))
    return undefined;
  return s.c.holder_unit_id;
}

/** What the house does by itself may lead from here to there [SPEC §4 T25–T27, §5]. */
const byItself: readonly string[] = [
  "replied final",
  "registered withdrawn",
  "routed withdrawn",
  "accepted withdrawn",
  "inHandling withdrawn",
  "replied withdrawn",
];
export const mayComeByItself = (from: string, to: string): boolean => from === to || byItself.includes(`${from} ${to}`);
