import {
  type CaseView,
  chargeOutcomes,
  contestOutcomes,
  erasureAnswers,
  exOfficioGrounds,
  identityRequestKinds,
  mandateVerdicts,
  mediationEnds,
  type PromiseView,
  protectionMeasures,
  redactionKinds,
  redactionReasons,
  reopenGrounds,
  retaliationOutcomes,
} from "@doorstep/contracts";
import { formatDate, type Language } from "@doorstep/ui";
import { kernelClient } from "../../shell/rpc.ts";
import type { ChosenPerson } from "../register/person-picker.tsx";
import type { ChosenUnit } from "../shared/unit-picker.tsx";
import type { Seen } from "../shared/who-sees.tsx";
import type { On } from "./use-case-act.ts";

/** A file that was sent already, and goes with the act. */
export interface SentFile {
  readonly id: string;
  readonly name: string;
}

export interface ChosenTopic {
  readonly id: string;
  readonly name: Readonly<Record<Language, string>>;
}

/** What a field of a plain act holds while it is filled in. */
export type PlainValue =
  | string
  | number
  | boolean
  | ChosenUnit
  | ChosenPerson
  | ChosenTopic
  | readonly SentFile[]
  | readonly string[]
  | undefined;
export type PlainValues = Record<string, PlainValue>;

interface Common {
  readonly name: string;
  readonly required?: boolean;
  /** said beside the box: who will read it */
  readonly sees?: Seen;
  /** a hint below the label: `desk.acts.hint.<act>.<name>` */
  readonly hint?: boolean;
}
export type PlainField =
  | (Common & { readonly kind: "text"; readonly max: number })
  | (Common & { readonly kind: "line"; readonly max: number })
  | (Common & { readonly kind: "number"; readonly min: number; readonly max: number })
  | (Common & { readonly kind: "date" })
  | (Common & { readonly kind: "unit" })
  /** somebody of the house */
  | (Common & { readonly kind: "person" })
  /** words: `desk.acts.choice.<act>.<option>` */
  | (Common & { readonly kind: "choice"; readonly options: readonly string[] })
  /** one of what the case holds now, in its own words */
  | (Common & {
      readonly kind: "pick";
      readonly of: (c: CaseView, language: Language, relation: (name: string) => string) => readonly Picked[];
    })
  /** any of what the case holds now, all of it at first; nothing is drawn where it holds none */
  | (Common & { readonly kind: "several"; readonly of: (c: CaseView, language: Language) => readonly Picked[] })
  /** a topic of the catalogue whose petitions are never mediated */
  | (Common & { readonly kind: "neverTopic" })
  | (Common & { readonly kind: "tick" })
  | (Common & { readonly kind: "files" });

export interface Picked {
  readonly value: string;
  readonly label: string;
  readonly note?: string;
}

const promisesIn =
  (state: PromiseView["state"]) =>
  (c: CaseView): readonly Picked[] =>
    c.promises
      .filter((p) => p.state === state)
      .map((p) => ({ value: p.id, label: p.text, note: `${p.owner} · ${p.dueOn}` }));
const demandsOf = (c: CaseView): readonly Picked[] =>
  c.demands.map((demand) => ({ value: demand.id, label: `${demand.no}. ${demand.text}` }));

const assistsIn =
  (fits: (a: CaseView["assists"][number]) => boolean) =>
  (c: CaseView, language: Language): readonly Picked[] =>
    c.assists.filter(fits).map((a) => ({
      value: a.id,
      label: a.question,
      note: `${a.unit[language]} · ${formatDate(a.dueOn, language)}`,
    }));

/** By what they are to the petitioner: their names are in the vault. */
const activeMandates = (c: CaseView, _language: Language, relation: (name: string) => string): readonly Picked[] =>
  c.mandates
    .filter((one) => one.state === "active")
    .map((one) => ({ value: one.id, label: relation(one.relation), note: one.until ?? "" }));

const topicsOf = (c: CaseView, language: Language): readonly Picked[] =>
  c.topics.map((topic) => ({ value: topic.id, label: topic.name[language] }));
const neverMediated = (c: CaseView, language: Language): readonly Picked[] =>
  topicsOf({ ...c, topics: c.topics.filter((topic) => topic.neverMediated) }, language);
/** What is taken out of an accusation says nothing of it, its topics neither. */
const topicsToTake = (c: CaseView, language: Language): readonly Picked[] =>
  c.confidentiality === 3 ? [] : topicsOf(c, language);

const temporaryMarks = (c: CaseView): readonly Picked[] =>
  c.redactions
    .filter((one) => one.kind === "temporary")
    .map((one) => ({ value: one.id, label: one.words, note: one.by }));

/** An act whose form is nothing but fields, one after the other. */
export interface PlainAct {
  readonly fields: readonly PlainField[];
  readonly send: (values: PlainValues, on: On, c: CaseView) => Promise<unknown>;
}

const words = (v: PlainValues, name: string): string => String(v[name] ?? "");
const count = (v: PlainValues, name: string): number => Number(v[name] ?? 0);

/** As people type it. */
const caseNoOf = (v: PlainValues, name: string): string => words(v, name).trim().toUpperCase();
const unitIdOf = (v: PlainValues, name: string): string => (v[name] as ChosenUnit | undefined)?.id ?? "";

const personIdOf = (v: PlainValues, name: string): string => (v[name] as ChosenPerson | undefined)?.id ?? "";

/** Files that were sent in this form; those still on their way are not among them. */
export const filesOf = (v: PlainValues, name: string): readonly SentFile[] =>
  (v[name] as readonly SentFile[] | undefined) ?? [];

const topicIdOf = (v: PlainValues, name: string): string => (v[name] as ChosenTopic | undefined)?.id ?? "";

/** Those that are ticked. */
export const chosenOf = (v: PlainValues, name: string): readonly string[] =>
  (v[name] as readonly string[] | undefined) ?? [];

/** A choice that was made from a list, as the contract names it. */
const oneOf = <O extends string>(options: readonly O[], value: PlainValue): O => {
  const found = options.find((option) => option === value);
  if (found === undefined) throw new Error("the form asks for a choice");
  return found;
};

/** The body that is competent, as the letter names it. */
const rightBody = [
  { name: "body", kind: "line", max: 120, sees: "letter" },
  { name: "address", kind: "line", max: 200 },
  { name: "phone", kind: "line", max: 60, required: false },
  { name: "timeLimit", kind: "line", max: 200, hint: true },
] as const satisfies readonly PlainField[];
const bodyOf = (v: PlainValues) => ({
  body: words(v, "body"),
  address: words(v, "address"),
  phone: words(v, "phone"),
  timeLimit: words(v, "timeLimit"),
});

/**
 * Forms of the acts that need no form of their own. The keys are the names of `formByAct`; labels stand in the messages
 * as `desk.acts.field.<act>.<field>`.
 */
export const plainActs = {
  passOn: {
    fields: [
      { name: "unit", kind: "unit", hint: true },
      { name: "reason", kind: "text", max: 500, sees: "letter" },
      { name: "legalGround", kind: "line", max: 200, required: false },
      { name: "passOn", kind: "tick", required: false },
    ],
    send: (v, on) =>
      kernelClient.cases.passOn.mutate({
        ...on,
        toUnitId: unitIdOf(v, "unit"),
        reason: words(v, "reason"),
        legalGround: words(v, "legalGround"),
        passOn: v.passOn === true,
      }),
  },
  object: {
    fields: [
      { name: "reasons", kind: "text", max: 2_000, sees: "receiver", hint: true },
      { name: "legalGround", kind: "line", max: 200, required: false },
    ],
    send: (v, on) =>
      kernelClient.cases.object.mutate({
        ...on,
        reasons: words(v, "reasons"),
        legalGround: words(v, "legalGround"),
      }),
  },
  answerObjection: {
    fields: [
      { name: "answer", kind: "choice", options: ["agree", "refuse"] },
      { name: "reason", kind: "text", max: 1_000, sees: "receiver" },
    ],
    send: (v, on) =>
      kernelClient.cases.answerObjection.mutate({
        ...on,
        agree: v.answer === "agree",
        reason: words(v, "reason"),
      }),
  },
  designate: {
    fields: [
      { name: "unit", kind: "unit" },
      { name: "reason", kind: "text", max: 1_000, sees: "letter" },
      { name: "legalGround", kind: "line", max: 200, required: false },
    ],
    send: (v, on) =>
      kernelClient.cases.designate.mutate({
        ...on,
        toUnitId: unitIdOf(v, "unit"),
        reason: words(v, "reason"),
        legalGround: words(v, "legalGround"),
      }),
  },
  acknowledgeReport: {
    fields: [],
    send: (_v, on) => kernelClient.retaliation.acknowledge.mutate(on),
  },
  decideProtection: {
    fields: [
      ...protectionMeasures.map((name) => ({ name, kind: "tick", required: false }) as const),
      { name: "text", kind: "text", max: 2_000, sees: "letter", hint: true },
      { name: "from", kind: "date" },
      { name: "till", kind: "date", required: false },
      { name: "contact", kind: "line", max: 200, sees: "letter" },
    ],
    send: (v, on) =>
      kernelClient.retaliation.protect.mutate({
        ...on,
        measures: protectionMeasures.filter((name) => v[name] === true),
        text: words(v, "text"),
        from: words(v, "from"),
        till: words(v, "till") || null,
        contact: words(v, "contact"),
      }),
  },
  askExplanation: {
    fields: [
      { name: "question", kind: "text", max: 1_000, hint: true },
      { name: "dueOn", kind: "date" },
    ],
    send: (v, on) =>
      kernelClient.retaliation.askExplanation.mutate({
        ...on,
        question: words(v, "question"),
        dueOn: words(v, "dueOn"),
      }),
  },
  concludeReport: {
    fields: [
      { name: "outcome", kind: "choice", options: retaliationOutcomes },
      { name: "text", kind: "text", max: 4_000, hint: true },
    ],
    send: (v, on) =>
      kernelClient.retaliation.conclude.mutate({
        ...on,
        outcome: oneOf(retaliationOutcomes, v.outcome),
        text: words(v, "text"),
      }),
  },
  handToOrgan: {
    fields: [
      { name: "unit", kind: "unit", hint: true },
      { name: "reason", kind: "text", max: 500, sees: "handling", hint: true },
    ],
    send: (v, on) =>
      kernelClient.cases.handToOrgan.mutate({ ...on, toUnitId: unitIdOf(v, "unit"), reason: words(v, "reason") }),
  },
  acceptReview: {
    fields: [],
    send: (_v, on) => kernelClient.cases.acceptReview.mutate(on),
  },
  promise: {
    fields: [
      { name: "demandId", kind: "pick", of: demandsOf, required: false },
      { name: "text", kind: "text", max: 2_000, sees: "letter", hint: true },
      { name: "owner", kind: "line", max: 80, hint: true },
      { name: "dueOn", kind: "date" },
    ],
    send: (v, on) =>
      kernelClient.cases.promise.mutate({
        ...on,
        demandId: words(v, "demandId") || null,
        text: words(v, "text"),
        owner: words(v, "owner"),
        dueOn: words(v, "dueOn"),
      }),
  },
  reportDone: {
    fields: [
      { name: "commitmentId", kind: "pick", of: promisesIn("open") },
      { name: "evidence", kind: "text", max: 2_000, sees: "letter", hint: true },
    ],
    send: (v, on) =>
      kernelClient.cases.reportDone.mutate({
        ...on,
        commitmentId: words(v, "commitmentId"),
        evidence: words(v, "evidence"),
      }),
  },
  fulfil: {
    fields: [
      { name: "commitmentId", kind: "pick", of: promisesIn("reported") },
      { name: "reason", kind: "text", max: 1_000, sees: "letter", hint: true },
    ],
    send: (v, on) =>
      kernelClient.cases.fulfil.mutate({ ...on, commitmentId: words(v, "commitmentId"), reason: words(v, "reason") }),
  },
  askNewDate: {
    fields: [
      { name: "commitmentId", kind: "pick", of: promisesIn("open") },
      { name: "dueOn", kind: "date", hint: true },
      { name: "reason", kind: "text", max: 1_000, sees: "letter" },
    ],
    send: (v, on) =>
      kernelClient.cases.askNewDate.mutate({
        ...on,
        commitmentId: words(v, "commitmentId"),
        dueOn: words(v, "dueOn"),
        reason: words(v, "reason"),
      }),
  },
  switchTrack: {
    fields: [{ name: "reason", kind: "text", max: 1_000, sees: "letter", hint: true }],
    send: (v, on) => kernelClient.cases.switchTrack.mutate({ ...on, reason: words(v, "reason") }),
  },
  flagUrgent: {
    fields: [{ name: "reason", kind: "text", max: 500, sees: "handling", hint: true }],
    send: (v, on) => kernelClient.duty.flag.mutate({ ...on, reason: words(v, "reason") }),
  },
  goOn: {
    fields: [
      { name: "ground", kind: "choice", options: exOfficioGrounds },
      { name: "reason", kind: "text", max: 2_000, sees: "letter", hint: true },
    ],
    send: (v, on) =>
      kernelClient.cases.goOn.mutate({ ...on, ground: oneOf(exOfficioGrounds, v.ground), reason: words(v, "reason") }),
  },
  openMediation: {
    fields: [
      { name: "bothConsented", kind: "tick" },
      { name: "mediator", kind: "person", required: false, hint: true },
      { name: "note", kind: "text", max: 2_000, sees: "handling", hint: true },
    ],
    send: (v, on) =>
      kernelClient.cases.openMediation.mutate({
        ...on,
        bothConsented: true,
        note: words(v, "note"),
        mediatorIds: v.mediator === undefined ? [] : [personIdOf(v, "mediator")],
      }),
  },
  askRecusalFor: {
    fields: [
      { name: "person", kind: "person", hint: true },
      { name: "reason", kind: "text", max: 1_000, hint: true },
    ],
    send: (v, on) =>
      kernelClient.recusal.askFor.mutate({ ...on, personId: personIdOf(v, "person"), reason: words(v, "reason") }),
  },
  closeMediation: {
    fields: [
      { name: "because", kind: "choice", options: mediationEnds },
      { name: "note", kind: "text", max: 2_000, sees: "handling" },
    ],
    send: (v, on) =>
      kernelClient.cases.closeMediation.mutate({
        ...on,
        because: oneOf(mediationEnds, v.because),
        note: words(v, "note"),
      }),
  },
  recordAgreement: {
    fields: [
      { name: "parties", kind: "text", max: 500, sees: "letter", hint: true },
      { name: "facts", kind: "text", max: 5_000 },
      { name: "dispute", kind: "text", max: 2_000 },
      { name: "responsibilities", kind: "text", max: 2_000 },
      { name: "terms", kind: "text", max: 2_000, sees: "letter", hint: true },
      { name: "mode", kind: "line", max: 200 },
      { name: "performer", kind: "line", max: 80, required: false, hint: true },
      { name: "performOn", kind: "date", required: false },
      { name: "mediator", kind: "line", max: 80 },
      { name: "signedOn", kind: "date" },
      { name: "basis", kind: "line", max: 200 },
      { name: "withinDiscretion", kind: "tick" },
    ],
    send: (v, on) =>
      kernelClient.cases.recordAgreement.mutate({
        ...on,
        parties: words(v, "parties"),
        facts: words(v, "facts"),
        dispute: words(v, "dispute"),
        responsibilities: words(v, "responsibilities"),
        terms: words(v, "terms"),
        mode: words(v, "mode"),
        performance:
          words(v, "performer") || words(v, "performOn")
            ? { by: words(v, "performer"), on: words(v, "performOn") }
            : null,
        mediator: words(v, "mediator"),
        signedOn: words(v, "signedOn"),
        basis: words(v, "basis"),
        withinDiscretion: true,
      }),
  },
  callHearing: {
    fields: [
      { name: "hearingOn", kind: "date", hint: true },
      { name: "open", kind: "choice", options: ["open", "closed"] },
      { name: "chair", kind: "person", hint: true },
      { name: "member", kind: "person", required: false },
      { name: "member2", kind: "person", required: false },
      { name: "note", kind: "text", max: 2_000, sees: "handling", hint: true },
    ],
    send: (v, on) =>
      kernelClient.cases.callHearing.mutate({
        ...on,
        hearingOn: words(v, "hearingOn"),
        open: v.open === "open",
        note: words(v, "note"),
        chairId: personIdOf(v, "chair"),
        panelIds: ["member", "member2"].flatMap((name) => (v[name] === undefined ? [] : [personIdOf(v, name)])),
      }),
  },
  closeHearing: {
    fields: [{ name: "note", kind: "text", max: 5_000, sees: "handling", hint: true }],
    send: (v, on) => kernelClient.cases.closeHearing.mutate({ ...on, note: words(v, "note") }),
  },
  divert: {
    fields: [
      { name: "route", kind: "choice", options: ["1", "2", "3", "4", "5"] },
      ...rightBody,
      { name: "confirmedBy", kind: "line", max: 80, sees: "letter" },
      { name: "confirmedOn", kind: "date" },
      { name: "proof", kind: "line", max: 100 },
      { name: "reason", kind: "text", max: 2_000, sees: "letter" },
    ],
    send: (v, on) =>
      kernelClient.cases.divert.mutate({
        ...on,
        ...bodyOf(v),
        route: count(v, "route"),
        confirmedBy: words(v, "confirmedBy"),
        confirmedOn: words(v, "confirmedOn"),
        proof: words(v, "proof"),
        reason: words(v, "reason"),
      }),
  },
  guide: {
    fields: [
      ...rightBody,
      { name: "helper", kind: "line", max: 120, required: false, sees: "letter" },
      { name: "reason", kind: "text", max: 2_000, sees: "letter" },
    ],
    send: (v, on) =>
      kernelClient.cases.guide.mutate({ ...on, ...bodyOf(v), helper: words(v, "helper"), reason: words(v, "reason") }),
  },
  merge: {
    fields: [
      { name: "mainCaseNo", kind: "line", max: 20, hint: true },
      { name: "samePerson", kind: "tick" },
      { name: "sameMatter", kind: "tick" },
      { name: "reason", kind: "text", max: 2_000, sees: "letter" },
      { name: "newFacts", kind: "text", max: 5_000, required: false, sees: "letter", hint: true },
    ],
    send: (v, on) =>
      kernelClient.cases.merge.mutate({
        ...on,
        mainCaseNo: caseNoOf(v, "mainCaseNo"),
        samePerson: true,
        sameMatter: true,
        reason: words(v, "reason"),
        newFacts: words(v, "newFacts"),
      }),
  },
  split: {
    fields: [
      { name: "demandId", kind: "pick", of: demandsOf },
      { name: "route", kind: "choice", options: ["same", "1", "2", "3", "4", "5"] },
      { name: "topics", kind: "several", of: topicsToTake, required: false, hint: true },
      { name: "title", kind: "line", max: 120 },
      { name: "text", kind: "text", max: 20_000, sees: "handling", hint: true },
      { name: "reason", kind: "text", max: 2_000, sees: "petitioner" },
    ],
    send: (v, on) =>
      kernelClient.cases.split.mutate({
        ...on,
        demandIds: [words(v, "demandId")],
        ...(words(v, "route") !== "same" && { subRoute: Number(words(v, "route")) }),
        topicIds: [...chosenOf(v, "topics")],
        title: words(v, "title"),
        text: words(v, "text"),
        reason: words(v, "reason"),
      }),
  },
  splitAccusation: {
    fields: [
      { name: "demandId", kind: "pick", of: demandsOf },
      { name: "person", kind: "person", required: false },
      { name: "accusedUnit", kind: "unit", required: false },
      { name: "accused", kind: "line", max: 80, required: false, hint: true },
      { name: "title", kind: "line", max: 120 },
      { name: "text", kind: "text", max: 20_000, sees: "handling", hint: true },
      { name: "reason", kind: "text", max: 2_000, hint: true },
    ],
    send: (v, on) =>
      kernelClient.cases.splitAccusation.mutate({
        ...on,
        demandIds: [words(v, "demandId")],
        title: words(v, "title"),
        text: words(v, "text"),
        reason: words(v, "reason"),
        respondents: [
          ...(v.person ? [{ kind: "person" as const, personId: personIdOf(v, "person") }] : []),
          ...(v.accusedUnit ? [{ kind: "unit" as const, unitId: unitIdOf(v, "accusedUnit") }] : []),
          ...(words(v, "accused") ? [{ kind: "words" as const, label: words(v, "accused") }] : []),
        ],
      }),
  },
  unmerge: {
    fields: [{ name: "reason", kind: "text", max: 2_000, sees: "petitioner", hint: true }],
    send: (v, on) => kernelClient.cases.unmerge.mutate({ ...on, reason: words(v, "reason") }),
  },
  cover: {
    fields: [
      { name: "words", kind: "line", max: 200, hint: true },
      { name: "kind", kind: "choice", options: redactionKinds },
      { name: "reason", kind: "choice", options: redactionReasons },
    ],
    send: (v, on) =>
      kernelClient.cases.cover.mutate({
        ...on,
        words: words(v, "words"),
        kind: oneOf(redactionKinds, v.kind),
        reason: oneOf(redactionReasons, v.reason),
      }),
  },
  uncover: {
    fields: [{ name: "redactionId", kind: "pick", of: temporaryMarks }],
    send: (v, on) => kernelClient.cases.uncover.mutate({ ...on, redactionId: words(v, "redactionId") }),
  },
  judgeMandate: {
    fields: [
      {
        name: "mandateId",
        kind: "pick",
        of: activeMandates,
      },
      { name: "verdict", kind: "choice", options: mandateVerdicts },
      { name: "how", kind: "text", max: 1_000, hint: true, sees: "handling" },
      { name: "paper", kind: "files", required: false },
    ],
    send: (v, on) =>
      kernelClient.cases.judgeMandate.mutate({
        ...on,
        mandateId: words(v, "mandateId"),
        verdict: oneOf(mandateVerdicts, v.verdict),
        how: words(v, "how"),
        fileIds: filesOf(v, "paper").map((file) => file.id),
      }),
  },
  answerErasure: {
    fields: [
      { name: "answer", kind: "choice", options: erasureAnswers },
      { name: "reason", kind: "text", max: 2_000, sees: "petitioner" },
    ],
    send: (v, on) =>
      kernelClient.cases.answerErasure.mutate({
        ...on,
        answer: oneOf(erasureAnswers, v["answer"]),
        reason: words(v, "reason"),
      }),
  },
  hold: {
    fields: [{ name: "reason", kind: "text", max: 1_000, hint: true }],
    send: (v, on) => kernelClient.cases.hold.mutate({ ...on, reason: words(v, "reason") }),
  },
  liftHold: {
    fields: [{ name: "reason", kind: "text", max: 1_000 }],
    send: (v, on) => kernelClient.cases.liftHold.mutate({ ...on, reason: words(v, "reason") }),
  },
  markTopic: {
    fields: [
      { name: "topicId", kind: "neverTopic", hint: true },
      { name: "reason", kind: "text", max: 1_000, sees: "handling", hint: true },
    ],
    send: (v, on) =>
      kernelClient.cases.markTopic.mutate({ ...on, topicId: topicIdOf(v, "topicId"), reason: words(v, "reason") }),
  },
  liftTopic: {
    fields: [
      { name: "topicId", kind: "pick", of: neverMediated },
      { name: "reason", kind: "text", max: 1_000, sees: "handling", hint: true },
    ],
    send: (v, on) =>
      kernelClient.cases.liftTopic.mutate({ ...on, topicId: words(v, "topicId"), reason: words(v, "reason") }),
  },
  refuseRepeat: {
    fields: [
      { name: "mainCaseNo", kind: "line", max: 20, hint: true },
      { name: "reason", kind: "text", max: 2_000, sees: "letter" },
      { name: "help", kind: "text", max: 1_000, sees: "letter", hint: true },
    ],
    send: (v, on) =>
      kernelClient.cases.refuseRepeat.mutate({
        ...on,
        mainCaseNo: caseNoOf(v, "mainCaseNo"),
        reason: words(v, "reason"),
        help: words(v, "help"),
      }),
  },
  decideContest: {
    fields: [
      { name: "outcome", kind: "choice", options: contestOutcomes },
      { name: "reasons", kind: "text", max: 5_000, sees: "petitioner", hint: true },
    ],
    send: (v, on) =>
      kernelClient.cases.decideContest.mutate({
        ...on,
        outcome: oneOf(contestOutcomes, v.outcome),
        reasons: words(v, "reasons"),
      }),
  },
  declineNewFacts: {
    fields: [{ name: "reason", kind: "text", max: 2_000, sees: "petitioner", hint: true }],
    send: (v, on) => kernelClient.cases.declineNewFacts.mutate({ ...on, reason: words(v, "reason") }),
  },
  askAssist: {
    fields: [
      { name: "unit", kind: "unit" },
      { name: "question", kind: "text", max: 2_000, sees: "receiver", hint: true },
      { name: "days", kind: "number", min: 1, max: 60 },
    ],
    send: (v, on) =>
      kernelClient.cases.askAssist.mutate({
        ...on,
        unitId: unitIdOf(v, "unit"),
        question: words(v, "question"),
        days: count(v, "days"),
      }),
  },
  answerAssist: {
    fields: [
      { name: "assistId", kind: "pick", of: assistsIn((a) => a.mine) },
      { name: "report", kind: "text", max: 5_000, sees: "handling", hint: true },
    ],
    send: (v, on) =>
      kernelClient.cases.answerAssist.mutate({ ...on, assistId: words(v, "assistId"), report: words(v, "report") }),
  },
  endAssist: {
    fields: [
      { name: "assistId", kind: "pick", of: assistsIn((a) => a.state === "open") },
      { name: "reason", kind: "text", max: 500, sees: "handling" },
    ],
    send: (v, on) =>
      kernelClient.cases.endAssist.mutate({ ...on, assistId: words(v, "assistId"), reason: words(v, "reason") }),
  },
  takeCharge: {
    fields: [],
    send: (_v, on) => kernelClient.cases.takeCharge.mutate(on),
  },
  endCharge: {
    fields: [
      { name: "outcome", kind: "choice", options: chargeOutcomes },
      { name: "reason", kind: "text", max: 1_000, sees: "handling" },
    ],
    send: (v, on) =>
      kernelClient.cases.endCharge.mutate({
        ...on,
        outcome: oneOf(chargeOutcomes, v.outcome),
        reason: words(v, "reason"),
      }),
  },
  reportConclusion: {
    fields: [
      { name: "attitude", kind: "text", max: 1_000, sees: "receiver" },
      { name: "execution", kind: "text", max: 2_000, sees: "receiver", hint: true },
    ],
    send: (v, on) =>
      kernelClient.cases.reportConclusion.mutate({
        ...on,
        attitude: words(v, "attitude"),
        execution: words(v, "execution"),
      }),
  },
  followUp: {
    fields: [{ name: "how", kind: "text", max: 1_000, sees: "handling" }],
    send: (v, on) => kernelClient.cases.followUp.mutate({ ...on, how: words(v, "how") }),
  },
  askIdentity: {
    fields: [
      { name: "kind", kind: "choice", options: identityRequestKinds },
      { name: "reason", kind: "text", max: 300, required: true, sees: "recorded", hint: true },
      { name: "message", kind: "text", max: 2_000, required: false, hint: true },
    ],
    send: (v, on) =>
      kernelClient.vault.ask.mutate({
        ...on,
        kind: oneOf(identityRequestKinds, v["kind"]),
        reason: words(v, "reason"),
        message: words(v, "message"),
      }),
  },
  reopen: {
    fields: [
      { name: "ground", kind: "choice", options: reopenGrounds },
      { name: "reason", kind: "text", max: 2_000, sees: "petitioner" },
    ],
    send: (v, on) =>
      kernelClient.cases.reopen.mutate({
        ...on,
        ground: oneOf(reopenGrounds, v.ground),
        reason: words(v, "reason"),
      }),
  },
  extend: {
    fields: [
      { name: "days", kind: "number", min: 1, max: 365, hint: true },
      { name: "reason", kind: "text", max: 1_000, sees: "letter" },
    ],
    send: (v, on) => kernelClient.cases.extend.mutate({ ...on, days: count(v, "days"), reason: words(v, "reason") }),
  },
} as const satisfies Readonly<Record<string, PlainAct>>;

export type PlainActName = keyof typeof plainActs;
export const isPlainAct = (form: string): form is PlainActName => form in plainActs;
