import { z } from "zod";
import { shownAccess } from "./access.ts";
import { consentAnswers, consentView } from "./consent.ts";
import { caseNo, id, idempotencyKey, instant, localDate, text } from "./ids.ts";
import {
  anonymities,
  categories,
  consents,
  demandOutcomes,
  filingFor,
  intakeChannels,
  levels,
  mandateScopes,
  personKinds,
  publicStatuses,
  purposes,
  ratings,
  recusalStates,
  relations,
  reviewOutcomes,
  states,
} from "./names.ts";
import { refusal } from "./refusal.ts";
import { bilingual } from "./text.ts";
import { publicUnit } from "./units.ts";

/** Asked by the host's own identity step, never by a plugin's form; goes straight to the vault. */
export const petitionerIdentity = z.object({
  name: text(60),
  kind: z.enum(personKinds),
  /** telephone, e-mail or address: where an answer reaches the person */
  contact: text(200),
  idNo: text(40).optional(),
  serviceNo: text(40).optional(),
  filingFor: z.enum(filingFor).default("self"),
  /** whom a family member or delegate speaks for */
  onBehalfOf: text(60).optional(),
  /** what he is to that person, and whether that person agrees */
  relation: z.enum(relations).optional(),
  consent: z.enum(["given", "notYet"]).optional(),
});
export type PetitionerIdentity = z.infer<typeof petitionerIdentity>;

/** What the vault gives out: whoever filed, and of a joint petition all who signed it, by their names. */
export const openedIdentity = petitionerIdentity.partial({ contact: true }).extend({
  coSigners: z.array(petitionerIdentity.pick({ name: true, kind: true, contact: true })),
});
export type OpenedIdentity = z.infer<typeof openedIdentity>;

/** `<challenge>.<number>`; a device that cannot work it out says so, and waits for a person to let the petition through. */
export const workProof = z.union([
  z.literal("unable"),
  z
    .string()
    .max(120)
    .regex(/^[\w.-]+\.\d{1,9}$/),
]);

export const fileInput = z
  .object({
    key: idempotencyKey,
    /** `null` = "I do not know the unit": the root's petition office takes it in */
    unitId: id.nullable(),
    /** contribution key of the channel, e.g. `online-petition/online` */
    channel: z
      .string()
      .max(80)
      .regex(/^[a-z][a-z0-9-]*\/[a-z][a-zA-Z0-9-]*$/),
    via: z.enum(intakeChannels),
    purpose: z.enum(purposes),
    title: text(120),
    body: text(20_000, 5),
    /** whom the person has asked already [IG] */
    alreadyTried: text(2_000, 0).default(""),
    desiredOutcome: text(2_000, 0).default(""),
    /** "my direct leader is concerned": the unit is passed by, the next level takes it in */
    concernsLeader: z.boolean().default(false),
    /** somebody is in danger now (K23) */
    urgentSafety: z.boolean().default(false),
    anonymity: z.enum(anonymities),
    petitioner: petitionerIdentity.optional(),
    headcount: z.number().int().min(1).max(100_000).default(1),
    /** uploaded before; each may be claimed once */
    fileIds: z.array(id).max(20).default([]),
    locale: z.enum(["zh-CN", "en"]).default("zh-CN"),
    /** asked for in a rush only (`intake.workNeeded`): what the device worked out, or that it cannot */
    work: workProof.optional(),
  })
  .superRefine((v, c) => {
    if (v.anonymity === "anonymous" && v.petitioner)
      c.addIssue({ code: "custom", path: ["petitioner"], message: "intake.anonymousWithIdentity" });
    if (v.anonymity !== "anonymous" && !v.petitioner)
      c.addIssue({ code: "custom", path: ["petitioner"], message: "intake.identityMissing" });
  });
export type FileInput = z.infer<typeof fileInput>;
/** As it is sent: what has a default may be left out. */
export type FileRequest = z.input<typeof fileInput>;

/** One step of what happens next, with its statutory date and that date's one-sentence explanation. */
export const nextStep = z.object({ code: z.string(), dueOn: localDate, sentence: bilingual });

export const fileResult = z.object({
  caseNo,
  /** 20 characters in groups of 4; shown once, stored only as keyed hash */
  returnCode: z.string(),
  /** for the receipt: proves number, time and text to whoever is shown it, opens nothing */
  proof: z.string(),
  receivedAt: instant,
  unit: publicUnit,
  /** of that unit: the receipt's time is shown in it */
  timeZone: z.string(),
  next: z.array(nextStep),
  /** very many came in at once: a person lets it through first; its time counts from now all the same */
  delayed: z.boolean(),
});
export const verifyReceiptInput = z.object({
  caseNo: text(20),
  proof: text(40),
  /** the text as it was sent, where it is to be compared */
  text: text(20_000, 0).default(""),
});
export const receiptShown = z.object({
  receivedAt: instant,
  /** of the unit that gave it */
  timeZone: z.string(),
  /** SHA-256 of the text */
  digest: z.string(),
  textMatches: z.boolean().nullable(),
});
export type ReceiptShown = z.infer<typeof receiptShown>;
export type FileResult = z.infer<typeof fileResult>;

export const threadMessage = z.object({
  id,
  at: instant,
  from: z.enum(["petitioner", "office", "system"]),
  /** the office's name, never a person's */
  fromName: bilingual.nullable(),
  /** by which somebody wrote in the petitioner's place; `null`: the petitioner himself */
  mandateId: id.nullable(),
  text: z.string(),
  files: z.array(z.object({ id, name: z.string(), size: z.number(), type: z.string(), scanned: z.boolean() })),
  readAt: instant.nullable(),
  /** he wrote it by letter or mail, and the office laid it into the file */
  takenDown: z.object({ channel: bilingual, receivedOn: localDate }).nullable(),
});

export const letterRef = z.object({
  id,
  code: z.string(),
  name: bilingual,
  number: z.string().nullable(),
  sealedAt: instant.nullable(),
  deliveredOn: localDate.nullable(),
});

/** What was promised to him; who answered for it inside the unit is said by post or office. */
const ownPromise = z.object({
  id,
  demandNo: z.number().int().nullable(),
  text: z.string(),
  owner: z.string(),
  dueOn: localDate,
  state: z.enum(["open", "reported", "done", "released"]),
  late: z.boolean(),
  evidence: z.string().nullable(),
  missing: z.string().nullable(),
  asked: z.object({ dueOn: localDate, because: z.string() }).nullable(),
  confirmedBy: z.enum(["petitioner", "officer"]).nullable(),
  reason: z.string().nullable(),
});

/** What the petitioner sees of his case: statement by statement declared, so that a new column can never leak. */
/** Somebody who speaks for the petitioner; who that is stands in the vault. */
export const mandateView = z.object({
  id,
  /** he filed it himself, for somebody else */
  filed: z.boolean(),
  kind: z.enum(["family", "delegate"]),
  /** `coSigner`: he signed a joint petition; without a scope he follows it and no more */
  relation: z.enum([...relations, "coSigner"]),
  scope: z.array(z.enum(mandateScopes)),
  consent: z.enum(consents),
  givenAt: instant,
  until: localDate.nullable(),
  state: z.enum(["active", "ended"]),
});
export type MandateView = z.infer<typeof mandateView>;

export const petitionerCase = z.object({
  caseId: id,
  caseNo,
  title: z.string(),
  body: z.string(),
  receivedAt: instant,
  /** of the unit that holds it: its times are shown in it, as on letters */
  timeZone: z.string(),
  status: z.enum(publicStatuses),
  /** inner state, equal to the kernel's [invariant 9] */
  state: z.enum(states),
  level: z.enum(levels),
  holder: bilingual,
  /** where modules show something beside it: the unit that holds it; `null` where an organ does */
  holderUnitId: id.nullable(),
  category: z.enum(categories).nullable(),
  anonymity: z.enum(anonymities),
  clocks: z.array(
    z.object({
      code: z.string(),
      name: bilingual,
      dueOn: localDate,
      daysLeft: z.number().int(),
      state: z.enum(["running", "paused", "stopped", "breached"]),
      sentence: bilingual,
    }),
  ),
  demands: z.array(
    z.object({
      no: z.number().int(),
      text: z.string(),
      outcome: z.enum(demandOutcomes).nullable(),
      opinion: z.string().nullable(),
    }),
  ),
  history: z.array(z.object({ at: instant, text: bilingual })),
  thread: z.array(threadMessage),
  letters: z.array(letterRef),
  /** rating already given, if any, and whether it may be given or changed */
  rating: z.object({
    open: z.boolean(),
    until: localDate.nullable(),
    given: z.object({ office: z.enum(ratings), unit: z.enum(ratings), comment: z.string() }).nullable(),
  }),
  /** the right to review: who decides, until when; closed with a reason */
  review: z.object({
    /** which of the two it would be: the second is the last one */
    level: z.enum(["review", "rereview"]),
    open: z.boolean(),
    until: localDate.nullable(),
    body: bilingual.nullable(),
    outcome: z.enum(reviewOutcomes).nullable(),
    refusal: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }).nullable(),
  }),
  /** his other petitions this one goes on in, or came out of; opened with the same code */
  belongsTo: z.array(
    z.object({
      caseId: id,
      caseNo,
      kind: z.enum(["main", "joined", "splitFrom", "splitOff"]),
      status: z.enum(publicStatuses),
    }),
  ),
  promises: z.array(ownPromise),
  /** what modules asked his consent to; a yes he may take back at any time */
  consents: z.array(consentView),
  /** acts of the life cycle that are the petitioner's: open, or with every reason why not */
  acts: z.array(z.object({ act: z.string(), refusals: z.array(refusal) })),
  /** it came in a flood and waits for a person to let it through */
  delayed: z.boolean(),
  /** when identity was opened and why [SPEC §8] */
  opened: z.array(z.object({ at: instant, purpose: z.string() })),
  /** who outside the circle of the case was let in, until when and why; where that would harm an investigation, afterwards */
  accesses: z.array(shownAccess),
  /** who speaks for him; a delegate sees his own alone */
  mandates: z.array(mandateView),
  /** by which of them whoever reads this acts; `null`: the petitioner himself */
  actsBy: id.nullable(),
  /** where he asked that somebody stand out, and what became of it */
  recusalsAsked: z.array(z.object({ at: instant, state: z.enum(recusalStates) })),
  version: z.number().int(),
});
export type PetitionerCase = z.infer<typeof petitionerCase>;

/** By return code (cookie of the one case) when `caseId` is left out, else by account. */
export const ownCase = { caseId: id.optional() };

/** Somebody anonymous says who he is: to the custodian alone, or to the office in charge, too. */
export const identifyInput = z.object({
  ...ownCase,
  key: idempotencyKey,
  anonymity: z.enum(["confidential", "named"]),
  petitioner: petitionerIdentity,
});

export const giveMandateInput = z.object({
  ...ownCase,
  key: idempotencyKey,
  kind: z.enum(["family", "delegate"]),
  relation: z.enum(relations),
  name: text(60),
  contact: text(200),
  scope: z.array(z.enum(mandateScopes)).min(1).max(mandateScopes.length),
  until: localDate,
});
/** The code is shown once; the petitioner hands it to the person himself. */
export const mandateGiven = z.object({ returnCode: z.string() });
export type MandateGiven = z.infer<typeof mandateGiven>;
export const endMandateInput = z.object({ ...ownCase, key: idempotencyKey, mandateId: id });

export const rateInput = z.object({
  ...ownCase,
  key: idempotencyKey,
  office: z.enum(ratings),
  unit: z.enum(ratings),
  attitude: z.enum(ratings).optional(),
  comment: text(1_000, 0).default(""),
});

export const reviewGrounds = ["facts", "basis", "notCarriedOut", "other"] as const;
export const requestReviewInput = z.object({
  ...ownCase,
  key: idempotencyKey,
  grounds: z.enum(reviewGrounds),
  text: text(5_000, 5),
  fileIds: z.array(id).max(20).default([]),
  /** why it is late, where the 30 days have passed */
  lateBecause: text(500).optional(),
});

/** What a petitioner writes with an act of his own, and the files beside it. */
const petitionersWords = {
  ...ownCase,
  key: idempotencyKey,
  text: text(5_000, 5),
  fileIds: z.array(id).max(20).default([]),
};

/** A refusal (D9, D11, D12) goes to the level above, once, decided in ten working days. */
export const contestInput = z.object(petitionersWords);

/** After the end: what is new, for somebody to look at [SPEC §16(17)]. */
export const newFactsInput = z.object(petitionersWords);

export const answerConsentInput = z.object({
  ...ownCase,
  key: idempotencyKey,
  consentId: id,
  answer: z.enum(consentAnswers),
});

/** Consent to mediation can be revoked at any time; the petition goes on [SPEC §16(14)]. */
export const leaveMediationInput = z.object({ ...ownCase, key: idempotencyKey, note: text(2_000) });

/** Another person in place of the one who handles it, with reasons [SD15:12(4)]. */
export const askRecusalInput = z.object({ ...ownCase, key: idempotencyKey, reason: text(1_000, 4) });

export const messageInput = z.object({
  ...ownCase,
  key: idempotencyKey,
  text: text(5_000),
  fileIds: z.array(id).max(20).default([]),
});

/** An old record, as its source states it. Nothing is invented: what it does not prove is left out. */
export const importInput = z.object({
  /** the source's own key, unique within `source` */
  sourceKey: z.string().min(1).max(120),
  source: z.string().min(1).max(60),
  unitId: id,
  title: text(200),
  body: text(40_000),
  category: z.enum(categories).nullable().default(null),
  via: z.enum(intakeChannels).default("imported"),
  topicCode: text(60).nullable().default(null),
  petitionerAlias: text(80).nullable().default(null),
  /** dates as the record states them; `statedAt` facts beside the server's time of entry */
  receivedAt: instant,
  reply: text(40_000).nullable().default(null),
  repliedAt: instant.nullable().default(null),
  closedAt: instant.nullable().default(null),
  original: z.record(z.string(), z.string().max(60_000)).default({}),
});
export type ImportInput = z.infer<typeof importInput>;

export const importOutcome = z.object({
  sourceKey: z.string(),
  result: z.enum(["created", "same", "refused"]),
  caseNo: caseNo.nullable(),
  problem: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }).nullable(),
});
export type ImportOutcome = z.infer<typeof importOutcome>;
