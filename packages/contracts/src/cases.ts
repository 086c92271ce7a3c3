import { z } from "zod";
import { caseNo, id, idempotencyKey, instant, localDate, pageInput, text, version } from "./ids.ts";
import { letterRef, mandateView, threadMessage } from "./intake.ts";
import {
  anonymities,
  categories,
  chargeOutcomes,
  deliveryMethods,
  demandOutcomes,
  intakeChannels,
  levels,
  mandateVerdicts,
  marks,
  noticeStates,
  personKinds,
  purposes,
  ratings,
  recusalSources,
  recusalStates,
  redactionKinds,
  redactionReasons,
  replyKinds,
  reviewOutcomes,
  severities,
  states,
  tracks,
} from "./names.ts";
import { promiseTerms, promiseView } from "./promises.ts";
import { refusal } from "./refusal.ts";
import { bilingual } from "./text.ts";
import { unitSummary } from "./units.ts";

export const deskViews = [
  "toRegister",
  "toRoute",
  "toAccept",
  "inHandling",
  "toApprove",
  "toDeliver",
  "toReview",
  "mine",
  "dueSoon",
  "overdue",
  "assisting",
  "backlog",
  "open",
  "closed",
  "all",
] as const;
export type DeskView = (typeof deskViews)[number];

export const queueItem = z.object({
  caseId: id,
  caseNo,
  title: z.string(),
  state: z.enum(states),
  confidentiality: z.number().int(),
  anonymity: z.enum(anonymities),
  channel: z.enum(intakeChannels),
  category: z.enum(categories).nullable(),
  holder: unitSummary.pick({ id: true, name: true }),
  receivedAt: instant,
  /** nearest running statutory date */
  dueOn: localDate.nullable(),
  dueClock: z.string().nullable(),
  daysLeft: z.number().int().nullable(),
  imported: z.boolean(),
  unread: z.boolean(),
  version,
});
export type QueueItem = z.infer<typeof queueItem>;

/** Open work nearest due first and the archive newest first, or the other way round. */
export const queueOrders = ["usual", "reversed"] as const;

export const listInput = z.object({
  view: z.enum(deskViews).default("open"),
  order: z.enum(queueOrders).optional(),
  unitId: id.optional(),
  category: z.enum(categories).optional(),
  channel: z.enum(intakeChannels).optional(),
  ...pageInput,
});
/** Capped at 100: 100 means "99+" [SCALE §7]. */
export const countsOutput = z.record(z.enum(deskViews), z.number().int().min(0).max(100));

export const searchInput = z.object({ q: text(100), ...pageInput });

export const clockView = z.object({
  id,
  code: z.string(),
  name: bilingual,
  state: z.enum(["running", "paused", "stopped", "breached"]),
  startedOn: localDate,
  dueOn: localDate,
  daysLeft: z.number().int(),
  provisional: z.boolean(),
  /** the petitioner's own time, such as that to ask for a review: over some day, never overdue */
  ofPetitioner: z.boolean(),
  sentence: bilingual,
});

export const demandView = z.object({
  id,
  no: z.number().int(),
  text: z.string(),
  desiredOutcome: z.string(),
  outcome: z.enum(demandOutcomes).nullable(),
  facts: z.string().nullable(),
  opinion: z.string().nullable(),
  basis: z.string().nullable(),
  steps: z.string().nullable(),
  /** what the reply that is being written promises; it becomes a promise when the reply is delivered */
  promise: promiseTerms.nullable(),
});

/** An act of the life-cycle table: open, or shown with every reason why not. */
export const allowedAct = z.object({
  act: z.string(),
  transition: z.string(),
  refusals: z.array(refusal),
  /** what it does: documents it makes and clocks it starts or stops */
  effect: z.object({
    to: z.string(),
    notices: z.array(z.string()),
    starts: z.array(z.string()),
    stops: z.array(z.string()),
  }),
});

export const noticeView = letterRef.extend({
  state: z.enum(noticeStates),
  version,
  createdAt: instant,
  firstApprovedBy: z.string().nullable(),
  /** two people approve replies here, and this one waits for the first */
  firstApprovalNext: z.boolean(),
  approvedBy: z.string().nullable(),
  draftedBy: z.string().nullable(),
  sentBackReason: z.string().nullable(),
  method: z.enum(deliveryMethods).nullable(),
});

/** Somebody who stands out of a case: he said so himself, or a check found it. */
export const recusalView = z.object({
  person: z.object({ id, name: z.string() }),
  source: z.enum(recusalSources),
  state: z.enum(recusalStates),
  reason: z.string(),
  at: instant,
  decidedBy: z.string().nullable(),
  /** whether the reader may uphold or set it aside */
  mayDecide: z.boolean(),
});

/** What somebody declared of his own kin. */
export const kinship = z.object({ id, person: z.object({ id, name: z.string() }), declaredAt: instant });

/** An act that one person proposed and another must confirm. */
export const proposalView = z.object({
  id,
  act: z.string(),
  /** the module that suggests it; then it is done by the act's own form */
  module: bilingual.nullable(),
  /** `null`: the module by itself, in its repeated work or when it heard of something */
  by: z.object({ id, name: z.string() }).nullable(),
  at: instant,
  /** what was typed, by field */
  input: z.record(z.string(), z.unknown()),
  confirm: z.array(refusal).nullable(),
  /** whether the reader may say no, or take his own back */
  mayDecline: z.boolean(),
});

/** The row of the old register a case was taken over from, as it stood there. */
export const originalRow = z.object({
  source: z.string(),
  sourceKey: z.string(),
  cells: z.array(z.object({ column: z.string(), value: z.string() })),
  /** columns that say who wrote; that is opened with a purpose, and recorded */
  withheld: z.array(z.string()),
});

/** What modules keep at a case, as facts that are read without them. */
export const moduleFacts = z.array(
  z.object({
    pluginId: z.string(),
    title: bilingual,
    at: instant,
    facts: z.array(z.object({ label: bilingual, value: z.string() })),
  }),
);
export type ModuleFacts = z.infer<typeof moduleFacts>;

/** How another case belongs to this one: it goes on there, it was joined to this one, it came out of the other. */
export const caseLinkKinds = ["main", "joined", "splitFrom", "splitOff"] as const;

export const contestOutcomes = ["upheld", "reopened"] as const;

export const caseView = z.object({
  caseId: id,
  caseNo,
  version,
  state: z.enum(states),
  level: z.enum(levels),
  marks: z.array(z.enum(marks)),
  track: z.enum(tracks),
  category: z.enum(categories).nullable(),
  subRoute: z.number().int().nullable(),
  purpose: z.enum(purposes),
  severity: z.enum(severities),
  urgentSafety: z.boolean(),
  confidentiality: z.number().int(),
  anonymity: z.enum(anonymities),
  channel: z.enum(intakeChannels),
  channelLabel: bilingual,
  imported: z.boolean(),
  title: z.string(),
  body: z.string(),
  alreadyTried: z.string(),
  desiredOutcome: z.string(),
  headcount: z.number().int(),
  receivedAt: instant,
  enteredAt: instant,
  intakeUnit: unitSummary,
  holder: unitSummary,
  reviewBody: unitSummary.nullable(),
  handler: z.object({ id, name: z.string() }).nullable(),
  respondents: z.array(z.object({ kind: z.enum(["person", "unit", "words"]), label: z.string() })),
  topics: z.array(
    z.object({
      id,
      name: bilingual,
      /** what a petition with it is about is never mediated */
      neverMediated: z.boolean(),
    }),
  ),
  demands: z.array(demandView),
  clocks: z.array(clockView),
  notices: z.array(noticeView),
  files: z.array(
    z.object({ id, name: z.string(), size: z.number(), type: z.string(), at: instant, scanned: z.boolean() }),
  ),
  thread: z.array(
    threadMessage.extend({
      visibility: z.enum(["petitioner", "internal"]),
      author: z.string().nullable(),
      takenDown: z.object({ channel: bilingual, receivedOn: localDate, by: z.string().nullable() }).nullable(),
    }),
  ),
  ratings: z.array(z.object({ target: z.enum(["office", "unit"]), result: z.enum(ratings) })).nullable(),
  reviews: z.array(
    z.object({
      level: z.enum(levels),
      requestedAt: instant,
      grounds: z.string(),
      text: z.string(),
      outcome: z.enum(reviewOutcomes).nullable(),
    }),
  ),
  /** the petitioner's newest objection to a refusal */
  contest: z.object({ at: instant, text: z.string(), outcome: z.enum(contestOutcomes).nullable() }).nullable(),
  /** cases it was joined to or taken out of, those the reader may see */
  links: z.array(
    z.object({ caseId: id, caseNo, title: z.string(), state: z.enum(states), kind: z.enum(caseLinkKinds) }),
  ),
  /** what was promised, and how far it is kept */
  promises: z.array(promiseView),
  /** other units that were asked to assist, each with its own question and date */
  assists: z.array(
    z.object({
      id,
      unit: bilingual,
      question: z.string(),
      dueOn: localDate,
      state: z.enum(["open", "answered", "ended"]),
      late: z.boolean(),
      report: z.string().nullable(),
      /** the reader may answer for the unit */
      mine: z.boolean(),
    }),
  ),
  /** words that nobody outside of the circle reads; for the circle alone */
  redactions: z.array(
    z.object({
      id,
      words: z.string(),
      kind: z.enum(redactionKinds),
      reason: z.enum(redactionReasons),
      by: z.string(),
      at: instant,
    }),
  ),
  /** the reader stands outside of it, and something is covered */
  covered: z.boolean(),
  /** who speaks for the petitioner */
  mandates: z.array(mandateView),
  /** acts of this state and this person's roles */
  acts: z.array(allowedAct),
  /** pseudonym; the name is in the vault */
  petitionerLabel: bilingual,
  mayOpenIdentity: z.boolean(),
  /** imported: fields the source does not state */
  notStated: z.array(z.string()),
  /** acts of two persons that wait for the second one */
  proposals: z.array(proposalView),
  /** who stands out of the case, for those who decide on it; empty for everybody else */
  recusals: z.array(recusalView),
});
export type CaseView = z.infer<typeof caseView>;

/** Every act names the version it was decided on and a key of its own. */
export const on = { caseId: id, version, key: idempotencyKey };
export const acted = z.object({ caseId: id, version, state: z.enum(states) });
export type Acted = z.infer<typeof acted>;

export const respondentInput = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("person"), personId: id }),
  z.object({ kind: z.literal("unit"), unitId: id }),
  /** known by words only, e.g. a supplier */
  z.object({ kind: z.literal("words"), label: text(80) }),
]);

/** T2, always by a person. The registered text itself cannot be changed. */
export const registerInput = z.object({
  ...on,
  category: z.enum(categories),
  track: z.enum(tracks),
  subRoute: z.number().int().min(1).max(6).nullable().default(null),
  confidentiality: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  severity: z.enum(severities).default("ordinary"),
  topicIds: z.array(id).max(5).default([]),
  demands: z
    .array(z.object({ text: text(2_000), desiredOutcome: text(1_000, 0).default("") }))
    .min(1)
    .max(20),
  respondents: z.array(respondentInput).max(20).default([]),
  /** for the simple track: clear, little dispute, one unit, not likely to be refused [SIMP16] */
  simpleFits: z.boolean().default(false),
  /** "is somebody in danger?" was answered */
  safetyAnswered: z.literal(true),
  /** "possible duplicates were looked at" */
  duplicatesChecked: z.literal(true),
});

/** D2 at the counter: a clerk files for somebody who wrote, called or came, and registers at once. */
export const routeInput = z.object({
  ...on,
  kind: z.enum(["transfer", "assign"]),
  toUnitId: id,
  reason: text(500),
  legalGround: text(200, 0).default(""),
  /** calendar days for the conclusion report, with `assign` */
  periodDays: z.number().int().min(1).max(180).optional(),
  /** with `transfer`: that unit is not in charge itself and passes it on to one below it, within its own days */
  passOn: z.boolean().optional(),
});
/** The unit it was sent to is not in charge itself: level by level it goes to the one below that is. */
export const passOnInput = z.object({
  ...on,
  toUnitId: id,
  reason: text(500),
  legalGround: text(200, 0).default(""),
  passOn: z.boolean().optional(),
});
/** An accusation goes from one discipline organ to another. */
export const handToOrganInput = z.object({ ...on, toUnitId: id, reason: text(500) });
export const acceptInput = z.object({ ...on, office: text(80), phone: text(40, 0).default("") });
export const assignInput = z.object({
  ...on,
  handlerId: id,
  plan: text(2_000, 0).default(""),
  heardOn: localDate.nullable().default(null),
});
/** The unit it was sent to objects, with reasons in detail, within the time for it [R22:23]. */
export const objectInput = z.object({ ...on, reasons: text(2_000, 10), legalGround: text(200, 0).default("") });
/** The sender agrees and takes it back (T5), or says why not. */
export const answerObjectionInput = z.object({ ...on, agree: z.boolean(), reason: text(1_000) });
/** T6. The common superior names the unit in charge [R22:24]. */
export const designateInput = z.object({
  ...on,
  toUnitId: id,
  reason: text(1_000),
  legalGround: text(200, 0).default(""),
});
/** T13. Consents of both sides are in the file; discretion exists, nobody is under pressure. */
/** The clerk takes down that the petitioner wants somebody to stand out. */
/** Words as they stand in the case: covered in every text of it, wherever it is seen or sent outside of the circle. */
export const coverInput = z.object({
  ...on,
  words: text(200, 2),
  kind: z.enum(redactionKinds),
  reason: z.enum(redactionReasons),
});
export const uncoverInput = z.object({ ...on, redactionId: id });

export const judgeMandateInput = z.object({
  ...on,
  mandateId: id,
  verdict: z.enum(mandateVerdicts),
  /** who was asked and how, or which paper was seen */
  how: text(1_000, 4),
  /** the mandate on paper, as it was scanned */
  fileIds: z.array(id).max(5).default([]),
});

export const askRecusalForInput = z.object({ ...on, personId: id, reason: text(1_000, 4) });

export const openMediationInput = z.object({
  ...on,
  bothConsented: z.literal(true),
  note: text(2_000),
  /** people of the house who mediate: they stand out of the case itself */
  mediatorIds: z.array(id).max(5).default([]),
});
export const mediationEnds = ["noAgreement", "consentRevoked", "escalation", "otherWay"] as const;
export const closeMediationInput = z.object({ ...on, because: z.enum(mediationEnds), note: text(2_000) });
/** What both sides have signed in a mediation: it settles every demand, within what may be agreed on at all [PM:29]. */
export const recordAgreementInput = z.object({
  ...on,
  parties: text(500),
  facts: text(5_000),
  dispute: text(2_000),
  responsibilities: text(2_000),
  terms: text(2_000),
  /** how it is carried out */
  mode: text(500),
  /** who carries it out, and by when; `null`: done when it was signed */
  performance: z.object({ by: text(80), on: localDate }).nullable(),
  mediator: text(80),
  signedOn: localDate,
  basis: text(1_000),
  withinDiscretion: z.literal(true),
});
/** The unit reports to whoever assigned the case how it ended [R22:22(3)]. */
export const reportConclusionInput = z.object({ ...on, attitude: text(1_000), execution: text(2_000) });
export const callHearingInput = z.object({
  ...on,
  hearingOn: localDate,
  open: z.boolean(),
  note: text(2_000),
  /** people of the house who lead it and sit on it: free of the matter, or it is refused */
  chairId: id.nullable().default(null),
  panelIds: z.array(id).max(8).default([]),
});
export const closeHearingInput = z.object({ ...on, note: text(5_000) });
const body = { body: text(120), address: text(200), phone: text(60, 0).default(""), timeLimit: text(200) };
/** T8. With the confirmation of the body that has it now. */
export const divertInput = z.object({
  ...on,
  route: z.number().int().min(1).max(5),
  ...body,
  confirmedBy: text(80),
  confirmedOn: localDate,
  proof: text(100),
  reason: text(2_000),
});
/** T9. The right body, and who of the unit helps until contact is made. */
export const guideInput = z.object({ ...on, ...body, helper: text(120, 0).default(""), reason: text(2_000) });
/** T11, proposed by one officer and confirmed by another. */
export const refuseRepeatInput = z.object({ ...on, mainCaseNo: caseNo, reason: text(2_000), help: text(1_000) });
/** T10. Two things a person judges, and what is new in this one, for the main case. */
export const mergeInput = z.object({
  ...on,
  mainCaseNo: caseNo,
  samePerson: z.literal(true),
  sameMatter: z.literal(true),
  reason: text(2_000),
  newFacts: text(5_000, 0).default(""),
});
/** It was another matter after all; the petitioner reads why. */
export const unmergeInput = z.object({ ...on, reason: text(2_000, 5) });
export const erasureAnswers = ["granted", "byRule"] as const;
/** The wish to delete is answered by a person: granted for the link to him, or kept by rule until its day. */
export const answerErasureInput = z.object({ ...on, answer: z.enum(erasureAnswers), reason: text(2_000, 2) });
/** Legal hold, set or lifted: one says why, another decides. */
export const holdInput = z.object({ ...on, reason: text(1_000, 2) });
/** What came out after the registration: a topic whose petitions are never mediated. */
export const markTopicInput = z.object({
  ...on,
  topicId: id,
  /** for the file of the office */
  reason: text(1_000, 2),
});
/** Some of the demands become a case of their own, with what of the letter belongs to them. */
export const splitInput = z.object({
  ...on,
  demandIds: z.array(id).min(1).max(19),
  title: text(120),
  text: text(20_000, 5),
  /** topics of this case that the new one is about; absent: all of them */
  topicIds: z.array(id).max(50).optional(),
  /** of a claim: the route that is open for the new case [R22:31]; absent: that of this one */
  subRoute: z.number().int().min(1).max(6).optional(),
  /** told to the petitioner */
  reason: text(2_000, 5),
});
/** What accuses somebody goes to its organ with the whole letter; the other demands become a petition of their own here. */
export const splitAccusationInput = z.object({
  ...on,
  /** those that accuse somebody */
  demandIds: z.array(id).min(1).max(19),
  /** of the petition that stays, in words that accuse nobody */
  title: text(120),
  text: text(20_000, 5),
  /** for the organ */
  reason: text(2_000, 5),
  respondents: z.array(respondentInput).max(20).default([]),
});
export const decideProposalInput = z.object({
  ...on,
  proposalId: id,
  confirm: z.boolean(),
  reason: text(1_000, 0).default(""),
});
/** The level above decides on a contested refusal; the petitioner reads the reasons. */
export const decideContestInput = z.object({ ...on, outcome: z.enum(contestOutcomes), reasons: text(5_000, 5) });
export const reopenGrounds = ["newFacts", "promiseBroken", "superiorOrder"] as const;
/** T28. The reason is told to the petitioner. */
export const reopenInput = z.object({ ...on, ground: z.enum(reopenGrounds), reason: text(2_000) });
/** Why the new facts do not lead to another round; the petitioner reads it. */
export const declineNewFactsInput = z.object({ ...on, reason: text(2_000, 5) });
/** The visit after the end (K22). */
export const followUpInput = z.object({ ...on, how: text(1_000, 2) });
/** T15. More time for handling, once, by the head of the unit. */
export const extendInput = z.object({ ...on, days: z.number().int().min(1).max(365), reason: text(1_000) });
/** Everything one person still handles goes to another, e.g. when he is posted away; case by case, each by its rules. */
export const handOverInput = z.object({
  fromPersonId: id,
  toPersonId: id,
  why: text(500),
  key: idempotencyKey,
});
export const handOverPreview = z.object({ total: z.number().int(), tasks: z.number().int() });
export const handOverOutput = z.object({
  /** cases of his that the asker may see, at most 500 a press */
  total: z.number().int(),
  done: z.number().int(),
  refused: z.array(z.object({ caseNo, codes: z.array(z.string()) })),
  /** his open tasks that went along */
  tasks: z.number().int().default(0),
});
/** The conversation with the petitioner that route 6 demands [R22:31(6)]. */
export const heardInput = z.object({ ...on, heardOn: localDate, how: text(500) });

export const replyInput = z.object({
  ...on,
  kind: z.enum(replyKinds),
  demands: z
    .array(
      z.object({
        demandId: id,
        outcome: z.enum(demandOutcomes),
        facts: text(5_000),
        opinion: text(5_000),
        basis: text(2_000),
        steps: text(2_000, 0).default(""),
        /** a promise: it is watched until the petitioner signs it off */
        promise: promiseTerms.optional(),
      }),
    )
    .min(1)
    .max(20),
  summary: text(1_000),
});
export const askAssistInput = z.object({
  ...on,
  unitId: id,
  question: text(2_000, 4),
  days: z.number().int().min(1).max(60),
});
export const answerAssistInput = z.object({ ...on, assistId: id, report: text(5_000, 10) });
export const endAssistInput = z.object({ ...on, assistId: id, reason: text(500, 2) });
/** Another unit is to look whether what was promised was kept: it reads the case for so many days at most. */
export const askCheckInput = z.object({ ...on, unitId: id, days: z.number().int().min(1).max(60) });
export const endCheckInput = z.object({ caseId: id, unitId: id });
export const takeChargeInput = z.object(on);
export const endChargeInput = z.object({ ...on, outcome: z.enum(chargeOutcomes), reason: text(1_000, 4) });
export const sendBackInput = z.object({ ...on, noticeId: id, reason: text(500) });
export const sealInput = z.object({ ...on, noticeId: id });
export const deliverInput = z.object({
  ...on,
  noticeId: id,
  method: z.enum(deliveryMethods),
  /** by hand or with a receipt: the day it was received */
  receivedOn: localDate.nullable().default(null),
  proof: text(200, 0).default(""),
});
/** With `changed`: what each demand comes to, decided anew by the body that reviews [R22:35,36]. */
const changedOutcomes = z
  .array(z.object({ demandId: id, outcome: z.enum(demandOutcomes) }))
  .max(20)
  .default([]);
/** T24. The last decision: it is upheld or changed by the body itself, never handed back [R22:36]. */
export const decideRereviewInput = z.object({
  ...on,
  outcome: z.enum(["upheld", "changed"]),
  facts: text(5_000),
  opinion: text(5_000),
  basis: text(2_000),
  demands: changedOutcomes,
});
/** The body takes the request up within its three working days (K13) [SD15:43]. */
export const acceptReviewInput = z.object({ ...on });
export const decideReviewInput = z.object({
  ...on,
  outcome: z.enum(reviewOutcomes),
  facts: text(5_000),
  opinion: text(5_000),
  basis: text(2_000),
  demands: changedOutcomes,
  /** calendar days for doing it again, with `quashed` */
  redoDays: z.number().int().min(1).max(60).optional(),
});
export const finaliseInput = z.object({ ...on });
export const noteInput = z.object({
  ...on,
  text: text(5_000),
  visibility: z.enum(["petitioner", "internal"]),
  fileIds: z.array(id).max(20).default([]),
});

export const timelineItem = z.object({
  seq: z.number().int(),
  at: instant,
  type: z.string(),
  text: bilingual,
  actor: z.string(),
  visibility: z.enum(["petitioner", "internal"]),
});

/** What somebody wrote, said on the telephone or came with, as the office takes it down [R22:19]. */
export const takenDown = z.object({
  unitId: id,
  purpose: z.enum(purposes),
  title: text(120),
  body: text(20_000, 5),
  alreadyTried: text(2_000, 0).default(""),
  desiredOutcome: text(2_000, 0).default(""),
  concernsLeader: z.boolean().default(false),
  urgentSafety: z.boolean().default(false),
  anonymity: z.enum(anonymities),
  petitioner: z
    .object({
      name: text(60),
      kind: z.enum(personKinds),
      contact: text(200, 0).default(""),
      idNo: text(40).optional(),
      serviceNo: text(40).optional(),
    })
    .optional(),
  headcount: z.number().int().min(1).max(100_000).default(1),
  /** the words were read back and confirmed (visit, phone) */
  readBack: z.boolean(),
  receivedOn: localDate.optional(),
});
export type TakenDown = z.infer<typeof takenDown>;

/** A petition taken down for somebody who wrote, called or came. */
export const deskFileInput = takenDown.extend({
  key: idempotencyKey,
  via: z.enum(["letter", "visit", "phone", "fax"]),
  fileIds: z.array(id).max(20).default([]),
});

export const similarInput = z.object({
  unitId: id.optional(),
  title: text(120, 0).default(""),
  /** what is written below the subject, as far as it is there already */
  text: text(20_000, 0).default(""),
  name: text(60, 0).default(""),
});
/** Same person and same matter; same person; same matter [DUP]. */
export const repeatTiers = ["samePersonAndMatter", "samePerson", "sameMatter"] as const;
/** Dissatisfied again, with new facts, or not the same at all. */
export const repeatKinds = ["again", "newFacts", "none"] as const;
export const repeatCandidate = queueItem
  .pick({ caseId: true, caseNo: true, title: true, state: true, receivedAt: true })
  .extend({ tier: z.enum(repeatTiers), judged: z.enum(repeatKinds).nullable() });
export const judgeRepeatInput = z.object({ ...on, ofCaseId: id, kind: z.enum(repeatKinds) });
export const similarCase = queueItem.pick({ caseId: true, caseNo: true, title: true, state: true, receivedAt: true });

export const approvalItem = queueItem.extend({
  noticeId: id,
  noticeCode: z.string(),
  /** a module's letter has the title its module gave it */
  noticeName: bilingual,
  submittedAt: instant,
});

/** Draft beside the last version that was sent back or sealed. */
export const noticePreview = z.object({
  notice: noticeView,
  /** plain rendering of the letter, the same data the PDF is made from */
  doc: z.unknown(),
  previous: z.unknown().nullable(),
});
