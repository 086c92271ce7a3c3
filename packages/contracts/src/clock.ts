import { z } from "zod";
import { id, instant, localDate } from "./ids.ts";
import { roles } from "./names.ts";
import { bilingual, type Text } from "./text.ts";

/** Every clock of the field, once (domain SPEC §5). */
export const clockCodes = [
  "K1",
  "K2",
  "K2b",
  "K3",
  "K4",
  "K5",
  "K6",
  "K7",
  "K8",
  "K9",
  "K10",
  "K11",
  "K12",
  "K13",
  "K14",
  "K15",
  "K16",
  "K17",
  "K18",
  "K19",
  "K20",
  "K21",
  "K22",
  "K23",
  "K24",
  "K25",
  "K26",
  "K27",
  "K28",
  "K29",
  "K30",
  "K31",
  "K32",
  "K33",
] as const;
export const clockCode = z.enum(clockCodes);
export type ClockCode = (typeof clockCodes)[number];

/** What each clock is called on screens and in letters. */
export const clockNames: Readonly<Record<ClockCode, Text>> = {
  K1: { "zh-CN": "收件确认期限", en: "Time to acknowledge receipt" },
  K2: { "zh-CN": "受理告知期限", en: "Time to decide on acceptance and tell the petitioner" },
  K2b: { "zh-CN": "逐级转送期限", en: "Time to pass on, level by level" },
  K3: { "zh-CN": "提出异议期限", en: "Time to object to a transfer" },
  K4: { "zh-CN": "办理期限", en: "Time to settle the petition" },
  K5: { "zh-CN": "交办报告期限", en: "Time to report on an assignment" },
  K6: { "zh-CN": "简易办理受理期限", en: "Time to accept on the simple track" },
  K7: { "zh-CN": "简易办理转送期限", en: "Time to pass on, simple track" },
  K8: { "zh-CN": "简易办理答复期限", en: "Time to reply on the simple track" },
  K9: { "zh-CN": "建议答复期限", en: "Time to reply to a suggestion" },
  K10: { "zh-CN": "检举控告移送期限", en: "Time to hand an accusation over" },
  K11: { "zh-CN": "检举控告反馈期限", en: "Time for feedback on an accusation" },
  K12: { "zh-CN": "申请复查期限", en: "Time to ask for a review" },
  K13: { "zh-CN": "复查申请审核期限", en: "Time to decide whether a review is opened" },
  K14: { "zh-CN": "复查期限", en: "Time to decide the review" },
  K15: { "zh-CN": "申请复核期限", en: "Time to ask for a re-review" },
  K16: { "zh-CN": "复核期限", en: "Time to decide the re-review" },
  K17: { "zh-CN": "听证通知期限", en: "Notice before a hearing" },
  K18: { "zh-CN": "调解期限", en: "Time for mediation" },
  K19: { "zh-CN": "申请司法确认期限", en: "Time to ask a court to confirm an agreement" },
  K20: { "zh-CN": "建议反馈期限", en: "Time to answer a recommendation" },
  K21: { "zh-CN": "满意度评价期限", en: "Time to rate the reply" },
  K22: { "zh-CN": "回访期限", en: "Follow-up visit" },
  K23: { "zh-CN": "紧急情况报告期限", en: "Time to report an urgent matter" },
  K24: { "zh-CN": "打击报复报告处置期限", en: "Time to act on a report of retaliation" },
  K25: { "zh-CN": "承诺事项落实期限", en: "Date a commitment is due" },
  K26: { "zh-CN": "不予受理申诉处理期限", en: "Time to decide on a contested refusal" },
  K27: { "zh-CN": "首长信箱阅信期限", en: "Time for the leader to read a mailbox item" },
  K28: { "zh-CN": "督办回复期限", en: "Time to answer an urging letter" },
  K29: { "zh-CN": "争议指定期限", en: "Time to decide who is in charge" },
  K30: { "zh-CN": "撤回冷静期", en: "Cooling-off before a withdrawal" },
  K31: { "zh-CN": "包案办理期限", en: "Dates of a case taken by a leader" },
  K32: { "zh-CN": "打击报复回访", en: "Check-in about retaliation" },
  K33: { "zh-CN": "接访公示期限", en: "Notice before a reception day" },
};

/** One clock of a pack, or one of its named parts, e.g. `K4` or `K24.findings`. */
export const clockRef = z.string().regex(/^K\d{1,2}b?(\.[a-z][A-Za-z0-9]{0,30})?$/);
export type ClockRef = string;

/**
 * What the life cycle asks for. A policy pack maps (role, track) to a clock or to none, so that "handling" is
 * K4, K8 or K9 by the track of the case.
 */
export const clockRoles = [
  "acknowledge",
  "route",
  "tieredTransfer",
  "objection",
  "assignedReport",
  "simpleAccept",
  "passThrough",
  "handling",
  "handover",
  "handoverUpward",
  "accusationNotice",
  "accusationResult",
  "askReview",
  "acceptReview",
  "decideReview",
  "askRereview",
  "decideRereview",
  "hearingNotice",
  "mediation",
  "courtConfirmation",
  "recommendationAnswer",
  "rating",
  "followUp",
  "urgentPhone",
  "urgentWritten",
  "retaliationAcknowledge",
  "retaliationProtection",
  "retaliationFindings",
  "commitment",
  "contestRefusal",
  "mailboxRead",
  "urgingReply",
  "designation",
  "withdrawalCoolOff",
  "chargePlan",
  "chargeReport",
  "checkInFirst",
  "checkInSecond",
  "checkInThird",
  "receptionNotice",
] as const;
export const clockRole = z.enum(clockRoles);
export type ClockRole = (typeof clockRoles)[number];

export const clockUnits = ["day", "workday", "hour"] as const;
export const clockUnit = z.enum(clockUnits);
/** `day` is a calendar day, `workday` an official working day, `hour` runs in real time. */
export type ClockUnit = (typeof clockUnits)[number];

export const clockStates = ["running", "paused", "stopped", "breached"] as const;
export type ClockState = (typeof clockStates)[number];

/** Moments at which something must happen, in the order in which they usually come [DC]. */
export const clockSignals = ["half", "eightyPercent", "threeDaysLeft", "due", "overdue"] as const;
export const clockSignal = z.enum(clockSignals);
export type ClockSignal = (typeof clockSignals)[number];

/** How a number came to be: a law or regulation, an official rule of one field or place, our own choice, or not checked against a text. */
export const standings = ["statute", "guidance", "design", "unverified"] as const;
export const standing = z.enum(standings);
export type Standing = (typeof standings)[number];

export const exclusionReasons = ["hearing", "other"] as const;
/** Local days, both ends included, that do not count. */
export const excludedSpan = z.object({ from: localDate, to: localDate, why: z.enum(exclusionReasons) });
export type ExcludedSpan = z.infer<typeof excludedSpan>;

/** Why a running clock may be counted anew: a year's holidays were announced, or its case was moved to newer rules. */
export const recountReasons = ["calendar", "pack"] as const;
export type RecountReason = (typeof recountReasons)[number];

/**
 * How a due date came about: everything that the arithmetic used, so that one sentence can be made from it and
 * from nothing else. Stored with the clock.
 */
export const explain = z.object({
  rule: clockRef,
  pack: z.string(),
  /** Key of the source, e.g. `R22:34`. */
  source: z.string(),
  /** The source as people read it, e.g. "Article 34 of the Regulations on Petition Work". */
  basis: bilingual,
  standing,
  /** The event the period runs from, e.g. "the petition was accepted". */
  startedBy: bilingual,
  /** Local date of that event; it is not counted itself [CC:201]. */
  start: localDate,
  amount: z.number().int().min(0),
  unit: clockUnit,
  /** The pack's own length, where the unit has made it shorter. */
  packAmount: z.number().int().min(0).optional(),
  /** The unit that has made it shorter (it may lie above), and since when. */
  tightenedBy: z.object({ unitId: z.string(), unit: bilingual, validFrom: localDate }).optional(),
  extension: z.number().int().min(1).optional(),
  excluded: z.array(excludedSpan.extend({ days: z.number().int().min(1) })).optional(),
  /** Where counting ended, before rolling. */
  counted: localDate,
  /** Days passed over because they are not working days. */
  skipped: z.array(localDate),
  rolledFrom: localDate.optional(),
  due: localDate,
  calendar: z.string(),
  /** The calendar's last announced day, where the due date lies beyond it: the date may move. */
  provisionalAfter: localDate.optional(),
  /** The calendar's first known day, where the period begins before it: older holidays were not taken into account. */
  unknownBefore: localDate.optional(),
  /** A date already told to the petitioner that a newer calendar must not shorten. */
  keptFor: localDate.optional(),
  /** What the date was before it was counted anew; `kept`: the new end had passed already, so the former one stands. */
  formerly: z.object({ due: localDate, because: z.enum(recountReasons), kept: z.boolean() }).optional(),
  /** Instants of start and due, once the unit's time zone is known. */
  startedAt: instant.optional(),
  dueAt: instant.optional(),
  timeZone: z.string().optional(),
});
export type Explain = z.infer<typeof explain>;

/** Who is told when a period of a module ends, and in which words of its definition. */
export const moduleClockEnd = z.object({
  to: z.union([z.literal("handler"), z.array(z.enum(roles)).min(1)]),
  words: bilingual,
});
export type ModuleClockEnd = z.infer<typeof moduleClockEnd>;

/** A period that a module runs beside the petition's own; it pauses and moves none of them. */
export const moduleClockView = z.object({
  id,
  /** title of the module */
  module: bilingual,
  name: bilingual,
  state: z.enum(["running", "passed", "stopped"]),
  startedOn: localDate,
  dueOn: localDate,
  provisional: z.boolean(),
  /** how the day came about, and what it is for */
  sentence: bilingual,
});
export type ModuleClockView = z.infer<typeof moduleClockView>;
