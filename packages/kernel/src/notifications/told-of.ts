import type { EventType, NotificationKind, Role } from "@doorstep/contracts";
import { publicEvents } from "../intake/public-events.ts";
import type { OutboxEvent } from "../outbox/consumer.ts";

/** What the rules of telling ask of the case an event belongs to, and of the entry it made. */
export interface Told {
  readonly holderUnitId: string;
  readonly organUnitId: string | null;
  readonly confidentiality: number;
  readonly handlerId: string | null;
  /** who passed it here last */
  readonly senderUnitId: string | null;
  /** who acted: `person:<id>`, `petitioner`, `anonymous`, `system` */
  readonly actor: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** a letter came into the petitioner's case with this act */
  readonly letter: boolean;
}

/** Whom to tell: a person by name, else whoever holds one of the roles at a unit or nearest above it. */
export interface Audience {
  readonly kind: NotificationKind;
  readonly person?: string | null;
  readonly unitId?: string | null;
  readonly roles?: readonly Role[];
  /** the roles as well, not only where there is no such person */
  readonly both?: boolean;
}

const desk: readonly Role[] = ["clerk", "officer"];
const officers: readonly Role[] = ["officer"];
const leaders: readonly Role[] = ["signer", "chargeLeader"];

/** Who assigned it, which need not be who sent it last. */
const reportedTo = ({ facts, senderUnitId, holderUnitId }: Told): string =>
  typeof facts.toUnit === "string" ? facts.toUnit : (senderUnitId ?? holderUnitId);

type Rule = (t: Told, e: OutboxEvent) => readonly Audience[];

const atHolder =
  (kind: NotificationKind, roles: readonly Role[]): Rule =>
  (t) => [{ kind, unitId: t.holderUnitId, roles }];
/** The handler; while there is none, the officers of the holder. */
const toHandler =
  (kind: NotificationKind): Rule =>
  (t) => [{ kind, person: t.handlerId, unitId: t.holderUnitId, roles: officers }];

/** By his own hand, or laid into the file for him. */
const ofMessage: Rule = (t, e) =>
  t.actor === "petitioner" || t.facts.takenDown === true ? toHandler("message")(t, e) : [];

/** A missed period is the leader's matter, too [SPEC §5]. */
const ofBreach: Rule = (t, e) => [...toHandler("breach")(t, e), ...atHolder("breach", leaders)(t, e)];

/** Whoever is urged must hear of it, and so must his leader. */
const ofSupervision: Rule = (t, e) => [...toHandler("supervision")(t, e), ...atHolder("supervision", leaders)(t, e)];

/** Whoever has the task, and nobody in his place. */
const toPersonOfTask: Rule = (t) => [{ kind: "task", person: String(t.facts.person) }];

/** A report of retaliation is a case of the organ's own; whatever else it touches, nobody there is told [SPEC §12.4]. */
const ofReport: Rule = (t, e) => (t.confidentiality === 3 ? atHolder("retaliation", officers)(t, e) : []);

/** Who of the staff is told of what. An event that stands not here tells nobody at the desk. */
const rules: Partial<Readonly<Record<EventType, Rule>>> = {
  "case.received": atHolder("newCase", desk),
  "case.routed": atHolder("newCase", desk),
  "case.organChanged": atHolder("newCase", desk),
  "case.toOrgan": atHolder("newCase", desk),
  "case.splitOff": atHolder("newCase", desk),
  "case.joined": toHandler("progress"),
  "case.parted": toHandler("progress"),
  "case.unmerged": atHolder("progress", officers),
  "case.newFacts": atHolder("message", officers),
  "case.contested": atHolder("review", ["reviewer", "officer"]),
  "case.contestRejected": atHolder("progress", officers),
  "case.returned": atHolder("objection", officers),
  "case.returnRefused": atHolder("objection", officers),
  "case.objected": (t) => [{ kind: "objection", unitId: t.senderUnitId ?? t.holderUnitId, roles: officers }],
  "assignment.reported": (t) => [{ kind: "progress", unitId: reportedTo(t), roles: officers }],
  "assist.asked": (t) => [{ kind: "newCase", unitId: String(t.facts.toUnit), roles: officers }],
  "check.asked": (t) => [{ kind: "newCase", unitId: String(t.facts.toUnit), roles: officers }],
  "assist.answered": toHandler("progress"),
  "case.handlingStarted": toHandler("assigned"),
  "case.handlerChanged": toHandler("assigned"),
  "case.replyDrafted": atHolder("toSign", ["officeHead", "signer"]),
  "case.replySentBack": toHandler("sentBack"),
  "case.reviewRequested": atHolder("review", ["reviewer"]),
  "case.rereviewRequested": atHolder("review", ["reviewer"]),
  "case.reviewDecided": atHolder("progress", officers),
  "case.redo": atHolder("progress", officers),
  "case.reopened": atHolder("progress", officers),
  "case.withdrawalAsked": toHandler("progress"),
  "case.withdrawalTakenBack": toHandler("progress"),
  "case.goesOn": toHandler("progress"),
  "case.deemedAccepted": ofBreach,
  "case.extended": toHandler("progress"),
  "clock.recounted": toHandler("progress"),
  "case.packMoved": toHandler("progress"),
  "case.messageSent": ofMessage,
  "case.fileAdded": ofMessage,
  "rating.given": toHandler("progress"),
  "commitment.reported": atHolder("progress", officers),
  "commitment.missing": ofBreach,
  "commitment.dateChanged": toHandler("progress"),
  "commitment.dateKept": toHandler("progress"),
  "commitment.due": toHandler("deadline"),
  "supervision.opened": ofSupervision,
  "supervision.again": ofSupervision,
  "retaliation.reported": ofReport,
  "retaliation.explained": ofReport,
  "retaliation.checkedIn": ofReport,
  "clock.warning": toHandler("deadline"),
  "clock.breached": ofBreach,
  "moduleLetter.drafted": atHolder("toSign", ["signer"]),
  "moduleLetter.sentBack": toHandler("sentBack"),
  "consent.given": toHandler("progress"),
  "consent.refused": toHandler("progress"),
  "consent.withdrawn": toHandler("progress"),
  "task.made": toPersonOfTask,
  "task.handedOn": toPersonOfTask,
  "recusal.declared": atHolder("recusal", leaders),
  "recusal.asked": atHolder("recusal", leaders),
  "recusal.decided": atHolder("progress", officers),
  "recusal.found": (t, e) => (t.facts.handlerOut === true ? atHolder("progress", officers)(t, e) : []),
};

/** An accusation is the organ's alone: whatever the rule names, its discipline officers are told [SPEC §8]. */
const insideOrgan = (t: Told, audience: Audience): Audience => ({
  kind: audience.kind,
  unitId: t.organUnitId,
  roles: ["discipline"],
  ...(audience.person !== undefined && { person: audience.person }),
});

export function staffToldOf(t: Told, e: OutboxEvent): readonly Audience[] {
  const told = rules[e.type]?.(t, e) ?? [];
  return t.confidentiality === 3 ? told.map((a) => insideOrgan(t, a)) : told;
}

/** Events of which he is told by what stands in their entry. */
const petitionerRules: Partial<Readonly<Record<EventType, (t: Told) => NotificationKind | null>>> = {
  // what was laid into his file as his own words is no answer, and he must be able to say that it is not his
  "case.messageSent": (t) => {
    if (t.facts.takenDown === true) return "status";
    return t.facts.visibility === "petitioner" ? "answer" : null;
  },
  "recusal.decided": (t) => (t.facts.source === "petitioner" ? "answer" : null),
  // an access that is kept from him is told when it is over
  // another unit reads his petition: he is told at once
  "check.asked": () => "status",
  "access.granted": (t) => (t.facts.told === true ? "status" : null),
  "access.ended": (t) => (t.facts.told === false ? "status" : null),
};

/** Of what others do in it, and of nothing he did himself. */
export function petitionerToldOf(t: Told, e: OutboxEvent): NotificationKind | null {
  if (t.actor === "petitioner" || e.type === "case.received") return null;
  const special = petitionerRules[e.type];
  if (special) return special(t);
  if (t.letter) return "letter";
  return e.type in publicEvents ? "status" : null;
}

/** Codes and dates that make the sentence; the reader drops them where the matter is sensitive. */
export function paramsOf(e: OutboxEvent): Readonly<Record<string, string | number>> {
  const { code, signal, dueOn } = e.payload;
  return Object.fromEntries(
    Object.entries({ event: e.type, clock: code, signal, dueOn }).filter(
      (pair): pair is [string, string] => typeof pair[1] === "string",
    ),
  );
}
