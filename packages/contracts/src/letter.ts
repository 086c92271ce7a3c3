import { z } from "zod";
import { instant, localDate } from "./ids.ts";
import {
  anonymities,
  categories,
  confidentialities,
  demandOutcomes,
  intakeChannels,
  personKinds,
  protectionMeasures,
  replyKinds,
  reviewOutcomes,
  severities,
  tracks,
} from "./names.ts";
import { bilingual, locale, type Text } from "./text.ts";

/** Every document of the field, once (domain SPEC §15). */
export const noticeCodes = [
  "D1",
  "D2",
  "D3",
  "D4",
  "D5",
  "D6",
  "D7",
  "D8",
  "D9",
  "D10",
  "D11",
  "D12",
  "D13",
  "D14",
  "D15",
  "D16",
  "D17",
  "D18",
  "D19",
  "D20",
  "D21",
  "D22",
  "D23",
  "D24",
  "D25",
  "D26",
  "D27",
  "D28",
  "D29",
  "D30",
  "D31",
  "DM",
] as const;
export const noticeCode = z.enum(noticeCodes);
export type NoticeCode = (typeof noticeCodes)[number];

/** What each document is called; also the title of the letter. */
/** The answer to an objection is a D6, too, and bears a title of its own. */
export const objectionAnswerName: Text = { "zh-CN": "转送异议答复书", en: "Answer to an objection" };

export const noticeNames: Readonly<Record<NoticeCode, Text>> = {
  D1: { "zh-CN": "收件回执", en: "Receipt" },
  D2: { "zh-CN": "信访事项登记表", en: "Registration sheet" },
  D3: { "zh-CN": "信访事项去向告知书", en: "Where your petition went" },
  D4: { "zh-CN": "信访事项转送函", en: "Letter of transfer" },
  D5: { "zh-CN": "信访事项交办函", en: "Letter of assignment" },
  D6: { "zh-CN": "转送异议书", en: "Objection to a transfer" },
  D7: { "zh-CN": "指定办理通知书", en: "Designation of the unit in charge" },
  D8: { "zh-CN": "信访事项受理告知书", en: "Notice of acceptance" },
  D9: { "zh-CN": "信访事项程序告知书", en: "Notice of the right procedure" },
  D10: { "zh-CN": "军地协调函", en: "Liaison letter" },
  D11: { "zh-CN": "信访事项不予受理告知书", en: "Notice of non-acceptance" },
  D12: { "zh-CN": "信访事项不再受理告知书", en: "Notice that the matter is closed" },
  D13: { "zh-CN": "延长办理期限告知书", en: "Notice of extension" },
  D14: { "zh-CN": "信访事项处理意见书", en: "Handling opinion" },
  D15: { "zh-CN": "听证通知书", en: "Notice of hearing" },
  D16: { "zh-CN": "答复函", en: "Reply" },
  D17: { "zh-CN": "调解同意书", en: "Consent to mediation" },
  D18: { "zh-CN": "调解协议书", en: "Mediation agreement" },
  D19: { "zh-CN": "调解终止书", en: "End of mediation" },
  D20: { "zh-CN": "落实确认（销号）单", en: "Sign-off of a commitment" },
  D21: { "zh-CN": "复查（复核）申请书", en: "Request for review" },
  D22: { "zh-CN": "信访事项复查意见书", en: "Review opinion" },
  D23: { "zh-CN": "信访事项复核意见书", en: "Re-review opinion" },
  D24: { "zh-CN": "信访事项办结记录", en: "Record of conclusion" },
  D25: { "zh-CN": "信访事项撤回记录", en: "Record of withdrawal" },
  D26: { "zh-CN": "领导接访交办单", en: "Leader's instruction" },
  D27: { "zh-CN": "督办函", en: "Urging letter" },
  D28: { "zh-CN": "信访工作建议书", en: "Recommendation" },
  D29: { "zh-CN": "整改（挂牌督办）通知书", en: "Order of rectification" },
  D30: { "zh-CN": "保护措施告知书", en: "Notice of protection" },
  D31: { "zh-CN": "办结报告", en: "Conclusion report" },
  // each bears the title its module gives it
  DM: { "zh-CN": "模块文书", en: "Letter of a module" },
};

const line = z.string().trim().min(1).max(300);
const body = z.string().trim().min(1).max(20_000);

/* ------------------------------------------------------------------ the letter as plain data */

/** Faces and pictures are named by the hash of their bytes, so that a letter is always drawn with the very same. */
export const contentHash = z.string().regex(/^[0-9a-f]{64}$/);

const row = z.object({ label: line, value: body });
export type LetterRow = z.infer<typeof row>;

export const letterBlock = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("heading"), text: line }),
  /** `\n` starts a new paragraph. */
  z.object({ kind: z.literal("paragraph"), text: body }),
  z.object({ kind: z.literal("list"), items: z.array(body).min(1) }),
  /** Two columns: what it is, what it says. */
  z.object({ kind: z.literal("fields"), rows: z.array(row).min(1) }),
  /** One table for each demand, its title in the head row, which is repeated on the next page. */
  z.object({ kind: z.literal("demands"), items: z.array(z.object({ title: line, rows: z.array(row).min(1) })).min(1) }),
  /** `share` is the part of the width a column takes. */
  z.object({
    kind: z.literal("table"),
    columns: z
      .array(z.object({ title: line, share: z.number().min(0.05).max(1) }))
      .min(1)
      .max(6),
    rows: z.array(z.array(body)).min(1),
  }),
]);
export type LetterBlock = z.infer<typeof letterBlock>;

/** A letter as plain data; the kernel makes the PDF from it and from nothing else. */
export const letterDoc = z.object({
  template: noticeCode,
  /** Version of the template's wording, so that an old letter can be told from a new one. */
  templateVersion: z.number().int().min(1),
  locale,
  /** The unit whose name stands over the letter. */
  issuer: line,
  /** Number of the issuing body; `null` marks a draft. */
  number: line.nullable(),
  caseNo: line,
  /** Handling mark at the top left, e.g. for accusation material. */
  mark: line.nullable(),
  title: line,
  addressee: line.nullable(),
  blocks: z.array(letterBlock).min(1),
  /** Last line of the body, e.g. 特此告知。 */
  closing: line.nullable(),
  signature: z.object({
    unit: line,
    /** `null` in a draft. */
    issuedOn: localDate.nullable(),
    /** The day as it is written in the letter. */
    dateText: line.nullable(),
    sealText: line,
    /** Who sealed it, with the picture he signs with; named by its hash. */
    signer: z.object({ label: line, name: line, picture: contentHash }).optional(),
  }),
  /** Lines to be signed by hand, e.g. by the clerk. */
  signLines: z.array(line),
  /** What the letter says, in words of everyday life. */
  summary: z.object({ title: line, paragraphs: z.array(body).min(1) }),
  contact: z.array(row).min(1),
  query: z.object({
    hint: body,
    /** Address of the page where the petition can be followed; never holds the code. */
    address: z.url().nullable(),
    /** The return code itself: only on the receipt that hands it over. */
    code: z.object({ label: line, value: line }).nullable(),
  }),
  draftMark: line.nullable(),
  caseNoLabel: line,
});
export type LetterDoc = z.infer<typeof letterDoc>;

/* ------------------------------------------------------------------ the facts each template needs */

const contact = z
  .object({
    office: bilingual,
    address: line.optional(),
    phone: line.optional(),
    hours: line.optional(),
  })
  .refine((c) => c.address !== undefined || c.phone !== undefined, { error: "contact.none" });

/** Words of a unit's own in the fixed layout: they are added to what a letter must say, and take nothing away. */
export const letterWording = z.object({
  /** first sentence of the letter */
  opening: bilingual.optional(),
  /** its last line */
  closing: bilingual.optional(),
  /** a line below the contact */
  contact: bilingual.optional(),
  /** last sentence in plain words */
  plain: bilingual.optional(),
});

const common = z.object({
  caseNo: line,
  /** Subject of the petition, in the petitioner's words. */
  subject: line,
  /** Letter number of the issuing body; `null` while it is a draft. */
  number: line.nullable(),
  issuedOn: localDate.nullable(),
  unit: bilingual,
  contact,
  timeZone: line,
  /** How the petitioner is addressed: his name where it may stand here, else `null` (anonymous, or kept apart). */
  addressee: line.nullable(),
  /** Address of the tracking page, without any code. */
  trackUrl: z.url().nullable(),
  /** the unit's own words, with the version the letter was written with */
  wording: letterWording.extend({ version: z.number().int().min(1) }).optional(),
  /** the unit's own face as it was when the letter was written; the platform's stands in where it lacks a character */
  font: contentHash.optional(),
  /** who sealed it, where he signs with a picture of his own */
  signer: z.object({ name: line, picture: contentHash }).optional(),
});

/** A due date together with the sentence that says how it came about. */
const due = z.object({ on: localDate, sentence: bilingual, provisional: z.boolean() });
const remedy = z.object({
  days: z.number().int().min(1),
  unit: bilingual,
  address: line.optional(),
});
const demand = z.object({ no: z.number().int().min(1), text: body, desiredOutcome: body.optional() });

export const receiptFacts = common.extend({
  receivedAt: instant,
  channel: z.enum(intakeChannels),
  pages: z.number().int().min(0),
  attachments: z.number().int().min(0),
  anonymity: z.enum(anonymities),
  due,
  /** Where retaliation can be reported. */
  retaliationHotline: line,
  /** The return code, where this receipt hands it over; `null` on every later print. */
  returnCode: z
    .string()
    .regex(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}$/)
    .nullable(),
});

export const registrationFacts = common.extend({
  receivedAt: instant,
  channel: z.enum(intakeChannels),
  anonymity: z.enum(anonymities),
  /** Name or alias; `null` for anonymous. */
  petitioner: line.nullable(),
  personKind: z.enum(personKinds).nullable(),
  petitionerContact: line.nullable(),
  petitionerUnit: bilingual.nullable(),
  headcount: z.number().int().min(1),
  representatives: z.array(line),
  demands: z.array(demand).min(1),
  facts: body,
  reasons: body.nullable(),
  desiredOutcome: body,
  triedBefore: body.nullable(),
  category: z.enum(categories),
  topics: z.array(bilingual).min(1),
  severity: z.enum(severities),
  track: z.enum(tracks),
  /** The secrecy warning was shown and answered. */
  secrecyChecked: z.literal(true),
  /** Read back and confirmed; `null` where the petitioner wrote it himself. */
  readBack: z.boolean().nullable(),
  clerk: line,
});

export const whereaboutsFacts = common.extend({
  toUnit: bilingual,
  toContact: contact,
  why: body,
  since: localDate,
  due,
});

export const transferFacts = common.extend({
  toUnit: bilingual,
  receivedOn: localDate,
  category: z.enum(categories),
  confidentiality: z.union(confidentialities.map((level) => z.literal(level))),
  /** The petition as the receiving unit may read it: names taken out where the level asks for it. */
  content: body,
  demands: z.array(demand).min(1),
  legalGround: line,
  reason: body,
  due,
  reportRequired: z.boolean(),
  /** by when it is to be passed on to the unit below that is in charge */
  passOnBy: localDate.optional(),
});

export const objectionFacts = common.extend({
  toUnit: bilingual,
  sentOn: localDate,
  objectedOn: localDate,
  reasons: body,
  legalGround: line.nullable(),
  /** The sender's answer; `null` in the objection itself. */
  answer: z.object({ agreed: z.boolean(), reason: body }).nullable(),
});

export const designationFacts = common.extend({
  designated: bilingual,
  formerHolder: bilingual,
  reason: body,
  legalGround: line,
  due,
});

export const acceptanceFacts = common.extend({
  receivedOn: localDate,
  receivedFrom: bilingual,
  acceptedOn: localDate,
  demands: z.array(demand).min(1),
  handlerOffice: bilingual,
  track: z.enum(tracks),
  due,
});

export const protectionFacts = common.extend({
  measures: z.array(z.enum(protectionMeasures)),
  /** what they mean for this person, or why there are none */
  text: body,
  from: localDate,
  till: localDate.nullable(),
  contactPerson: line,
});

export const routeNoticeFacts = common.extend({
  why: body,
  /** statutory route 1–5; `null`: not a matter of this system at all */
  route: z.number().int().min(1).max(5).nullable(),
  body: line,
  address: line,
  phone: line.nullable(),
  timeLimit: line,
  confirmation: z.object({ by: line, on: localDate, proof: line }).nullable(),
  helper: line.nullable(),
});

/** D11: the same matter is being handled under another number; it goes on there. */
export const joinedFacts = common.extend({
  mainCaseNo: line,
  mainUnit: bilingual,
  /** by when it is answered there, where a date runs */
  mainDueOn: localDate.nullable(),
  reason: body,
  /** what was new in it, and went into the main case */
  newFacts: body.nullable(),
  /** who decides if the petitioner does not agree; `null` at the top */
  contestUnit: bilingual.nullable(),
});

export const refusedRepeatFacts = common.extend({ mainCaseNo: line, reason: body, help: body });

export const extensionFacts = common.extend({
  formerDueOn: localDate,
  days: z.number().int().min(1),
  reason: body,
  /** The head of the unit who granted it. */
  approver: line,
  due,
});

const promised = z.object({ owner: line, dueOn: localDate });
const answered = demand.extend({
  /** Facts found: time, place, course. */
  facts: body,
  evidence: body.optional(),
  outcome: z.enum(demandOutcomes),
  opinion: body,
  basis: body,
  /** How and by when it is carried out; needed where something was granted. */
  steps: body.optional(),
  /** Who answers for it and by when; watched until it is signed off. */
  promise: promised.optional(),
});

/** `plainSummary`: the answer in the handler's own plain words; it heads the summary at the foot of the letter [SPEC §15]. */
export const opinionFacts = common.extend({
  receivedOn: localDate,
  acceptedOn: localDate,
  /** `null` where nobody could be heard: the petitioner is anonymous [R22:31(6)]. */
  heardOn: localDate.nullable(),
  demands: z
    .array(
      answered.refine((d) => d.outcome !== "supported" || d.steps !== undefined, { error: "steps", path: ["steps"] }),
    )
    .min(1),
  remedy,
  track: z.enum(tracks),
  plainSummary: body.optional(),
});

export const replyFacts = common.extend({
  receivedOn: localDate,
  category: z.enum(categories),
  replyKind: z.enum(replyKinds),
  demands: z
    .array(
      demand.extend({
        outcome: z.enum(demandOutcomes),
        opinion: body,
        basis: body.optional(),
        byWhen: body.optional(),
        promise: promised.optional(),
      }),
    )
    .min(1),
  /** For accusations: which organ handled it. */
  handledBy: bilingual.optional(),
  remedy: remedy.optional(),
  plainSummary: body.optional(),
});

export const reviewFacts = common
  .extend({
    originalUnit: bilingual,
    originalNumber: line,
    originalIssuedOn: localDate,
    requestedOn: localDate,
    request: body,
    outcome: z.enum(reviewOutcomes),
    demands: z.array(demand.extend({ facts: body, opinion: body, basis: body })).min(1),
    /** For `quashed`: when the unit must have decided again. */
    redoBy: localDate.optional(),
    remedy,
  })
  .refine((f) => f.outcome !== "quashed" || f.redoBy !== undefined, { error: "redoBy", path: ["redoBy"] });

export const rereviewFacts = common.extend({
  /** the body whose review opinion is looked at */
  reviewUnit: bilingual,
  reviewNumber: line,
  reviewIssuedOn: localDate,
  requestedOn: localDate,
  request: body,
  outcome: z.enum(["upheld", "changed"]),
  facts: body,
  opinion: body,
  basis: body,
  /** what each demand comes to in the end */
  demands: z.array(demand.extend({ outcome: z.enum(demandOutcomes) })).min(1),
});

export const agreementFacts = common.extend({
  demands: z.array(demand).min(1),
  /** one line for each party */
  parties: body,
  facts: body,
  dispute: body,
  responsibilities: body,
  terms: body,
  mode: body,
  /** `null`: carried out when it was signed */
  performance: z.object({ by: line, on: localDate }).nullable(),
  mediator: line,
  signedOn: localDate,
  basis: body,
  /** days in which both sides may ask a court to confirm it; `null` where the rules of the case know no such time */
  confirmDays: z.number().int().min(1).nullable(),
});

export const signOffFacts = common.extend({
  promise: body,
  owner: line,
  dueOn: localDate,
  demand: demand.nullable(),
  evidence: body,
  doneOn: localDate,
  confirmedBy: z.enum(["petitioner", "officer"]),
  /** why it counts as done without the petitioner's signature */
  reason: body.nullable(),
  officer: line.nullable(),
});

export const withdrawalFacts = common.extend({
  receivedOn: localDate,
  askedOn: localDate,
  /** last day of the cool-off */
  coolOffUntil: localDate,
  /** the wish in his own words */
  wish: body,
  withdrawnOn: localDate,
  /** confirmed by himself after the cool-off, or recorded when it had passed */
  by: z.enum(["petitioner", "rule"]),
});

export const conclusionFacts = common.extend({
  receivedOn: localDate,
  repliedOn: localDate,
  deliveredOn: localDate,
  concludedOn: localDate,
  how: z.enum(["reviewLapsed", "agreementPerformed", "reviewed", "rereviewed"]),
  demands: z.array(demand.extend({ outcome: z.enum(demandOutcomes), result: body })).min(1),
  /** Promises still being watched, help that goes on; "none" must be said, too. */
  /** null: nothing is open */
  openCare: body.nullable(),
  clerk: line,
});

/** D31: to whoever assigned the case; or what an organ found about a report of retaliation, to the organ above. */
export const conclusionReportFacts = common.extend({
  /** `null`: nobody is above */
  toUnit: bilingual.nullable(),
  about: z.enum(["assignment", "retaliation"]),
  process: z.array(z.object({ on: localDate, what: bilingual })).min(1),
  demands: z.array(demand.extend({ outcome: z.enum(demandOutcomes), facts: body, opinion: body, basis: body })),
  /** what was found about retaliation */
  finding: z.object({ outcome: bilingual, text: body }).nullable(),
  delivery: z.object({ method: bilingual, on: localDate, proof: body.nullable() }).nullable(),
  attitude: body.nullable(),
  execution: body.nullable(),
});

export const urgingFacts = common.extend({
  toUnit: bilingual,
  /** which period was missed */
  period: bilingual,
  /** how its last day came about */
  sentence: bilingual,
  dueOn: localDate,
  /** the day on which it was noticed, where that was more than a day later */
  noticedOn: localDate.nullable(),
  step: z.number().int().min(1),
  answerBy: localDate,
  /** the leader of the unit above is told, too */
  forLeader: z.boolean(),
});

/** What a module writes of a letter in one language; the frame around it is the kernel's. */
const moduleLetterText = z.object({
  /** whom it goes to, where that is not the petitioner: he reads it all the same */
  addressee: line.optional(),
  blocks: z.array(letterBlock).min(1).max(60),
  closing: line.optional(),
  /** lines to be signed by hand */
  signLines: z.array(line).max(6).default([]),
  /** the four questions that every letter answers in words of everyday life */
  plain: z.object({ decided: body, why: body, can: body, until: body }),
});
export const moduleLetterTexts = z.object({ "zh-CN": moduleLetterText, en: moduleLetterText });
export type ModuleLetterTexts = z.input<typeof moduleLetterTexts>;
export const moduleLetterFacts = common.extend({
  module: z.object({ id: line, template: line }),
  title: bilingual,
  letter: moduleLetterTexts,
  /** a letter to another unit: to which, and whether it is about a petition; absent: it is for the petitioner */
  toUnit: z.object({ name: bilingual, ofPetition: z.boolean() }).optional(),
});

/** Facts by document: what the kernel fills in. A template is offered only for the codes named here. */
export const letterFacts = {
  D1: receiptFacts,
  D2: registrationFacts,
  D3: whereaboutsFacts,
  D4: transferFacts,
  D6: objectionFacts,
  D7: designationFacts,
  D8: acceptanceFacts,
  D9: routeNoticeFacts,
  D11: joinedFacts,
  D12: refusedRepeatFacts,
  D13: extensionFacts,
  D14: opinionFacts,
  D16: replyFacts,
  D18: agreementFacts,
  D20: signOffFacts,
  D22: reviewFacts,
  D23: rereviewFacts,
  D24: conclusionFacts,
  D25: withdrawalFacts,
  D27: urgingFacts,
  D30: protectionFacts,
  D31: conclusionReportFacts,
  DM: moduleLetterFacts,
} as const;
export type LetterTemplate = keyof typeof letterFacts;
export const letterTemplates = Object.keys(letterFacts) as readonly LetterTemplate[];
export type LetterFacts<C extends LetterTemplate = LetterTemplate> = z.input<(typeof letterFacts)[C]>;
export type CommonFacts = z.output<typeof common>;
