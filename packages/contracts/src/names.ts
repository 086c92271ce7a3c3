/** The field's lists of names, each written once, here (domain SPEC §4, §7, §17). */

export const states = [
  "received",
  "registered",
  "routed",
  "accepted",
  "inHandling",
  "replied",
  "review",
  "rereview",
  "final",
  "archived",
  "diverted",
  "guided",
  "merged",
  "notReaccepted",
  "withdrawn",
] as const;
export type State = (typeof states)[number];

/** Facts beside the state; each is a small machine of its own. */
export const marks = [
  "extended",
  "inMediation",
  "inHearing",
  "fulfilling",
  "withdrawing",
  "listed",
  "backlog",
  "leaderTaken",
  "deemedAccepted",
  /** the petitioner contests the refusal with which it ended */
  "contested",
  /** legal hold: nothing of it is destroyed */
  "held",
  /** the petitioner asks that what is held on him be deleted */
  "erasureAsked",
  /** granted: the link to him goes once the case is archived */
  "erasureGranted",
  /** the petitioner has sent new facts after the end; somebody must say what comes of them */
  "newFacts",
  /** came in a flood and waits until a person has let it through */
  "quarantined",
] as const;
export type Mark = (typeof marks)[number];

/** Which decision a `replied` case carries. */
export const levels = ["handle", "review", "rereview"] as const;
export type Level = (typeof levels)[number];

export const tracks = ["ordinary", "simple", "suggestion", "accusation", "statutory"] as const;
export type Track = (typeof tracks)[number];

export const categories = ["suggestion", "accusation", "claim"] as const;
export type Category = (typeof categories)[number];

/**
 * What a petition's own words are about, told by the words of a list [SPEC §14]: finer than its category, and beside the topics that
 * a clerk chooses. A petition has as many as its words have, often none.
 */
export const themes = [
  "heating",
  "utilities",
  "housing",
  "meals",
  "pay",
  "leave",
  "medical",
  "schooling",
  "spouseWork",
  "retirement",
  "promotion",
  "homeland",
] as const;
export type Theme = (typeof themes)[number];

/** What the petitioner says he wants, in his words; a person chooses the category at registration. */
export const purposes = ["solve", "suggest", "accuse", "ask", "help"] as const;
export type Purpose = (typeof purposes)[number];

export const intakeChannels = [
  "online",
  "letter",
  "visit",
  "phone",
  "fax",
  "mail",
  "leaderMailbox",
  "receptionDay",
  "goingDown",
  "talkConverted",
  "assignedFromAbove",
  "militaryLocal",
  "imported",
] as const;
export type IntakeChannel = (typeof intakeChannels)[number];

export const anonymities = ["named", "confidential", "anonymous"] as const;
export type Anonymity = (typeof anonymities)[number];

/** C1 ordinary, C2 sensitive, C3 accusation. C0 is published figures, C4 must not be typed here. */
export const confidentialities = [1, 2, 3] as const;
export type Confidentiality = (typeof confidentialities)[number];

export const personKinds = [
  "officer",
  "nco",
  "conscript",
  "civilianStaff",
  "family",
  "veteran",
  "survivor",
  "citizen",
] as const;
export type PersonKind = (typeof personKinds)[number];

/** Whom the filer files for. */
export const filingFor = ["self", "family", "delegate"] as const;
/** What the office found when it looked into it. */
export const mandateVerdicts = ["consents", "refuses", "ended"] as const;
/** Why words are covered outside of the circle that handles a case. */
export const redactionReasons = ["personalData", "thirdParty", "health", "inquiry", "security"] as const;
export const redactionKinds = ["temporary", "permanent"] as const;
/** What somebody who speaks for the petitioner is to him. */
export const relations = ["spouse", "parent", "child", "sibling", "relative", "comrade", "lawyer", "other"] as const;
/** How far he may go: say and send, object to decisions, bind the petitioner. Reading goes with each. */
export const mandateScopes = ["speak", "appeal", "settle"] as const;
export type MandateScope = (typeof mandateScopes)[number];
/** Whether the person whom it concerns agrees. */
export const consents = ["given", "notYet", "refused"] as const;

export const roles = [
  "petitioner",
  "delegate",
  "clerk",
  "custodian",
  "officer",
  "handler",
  "officeHead",
  "signer",
  "chargeLeader",
  "reviewer",
  "discipline",
  "mediator",
  "supervisor",
  "talkOfficer",
  "dutyHelper",
  "analyst",
  "auditor",
  "unitAdmin",
  "platformAdmin",
] as const;
export type Role = (typeof roles)[number];

/** Roles that an administrator may grant at a unit (the first two follow from the case itself). */
export const grantableRoles = roles.filter((r) => r !== "petitioner" && r !== "delegate");

/** Roles that read C2 or C3 or open the vault: a second administrator of the superior unit must agree. */
export const sensitiveRoles: readonly Role[] = [
  "custodian",
  "officer",
  "handler",
  "officeHead",
  "reviewer",
  "discipline",
  "chargeLeader",
];

export const demandOutcomes = [
  "supported",
  "explained",
  "notSupported",
  "adopted",
  "partlyAdopted",
  "notAdopted",
  "diverted",
  "mediated",
] as const;
export type DemandOutcome = (typeof demandOutcomes)[number];

/** 解答 answer, 解释 explain, 解决 solve [PLA25]. */
export const replyKinds = ["answer", "explain", "solve"] as const;

export const reviewOutcomes = ["upheld", "changed", "quashed"] as const;
export type ReviewOutcome = (typeof reviewOutcomes)[number];

/** Who said that somebody must stand out of a case: himself, the petitioner, or a check at registration [SPEC §6(8)]. */
export const recusalSources = ["self", "petitioner", "computed"] as const;
export const recusalStates = ["asked", "granted", "refused"] as const;

export const ratings = ["satisfied", "basically", "not"] as const;
export type Rating = (typeof ratings)[number];

export const deliveryMethods = ["portal", "hand", "post"] as const;
export type DeliveryMethod = (typeof deliveryMethods)[number];

/** draft -> submitted -> sealed -> sent -> delivered; a draft may be sent back. */
export const noticeStates = ["draft", "submitted", "sealed", "sent", "delivered"] as const;
export type NoticeState = (typeof noticeStates)[number];

export const severities = ["ordinary", "serious", "urgent"] as const;

/** Statutory routes of a claim [R22:31]; 6 is "everything else": the unit itself decides. */
export const subRoutes = [1, 2, 3, 4, 5, 6] as const;

/** What the petitioner is shown (UI.md C.0): plain words instead of inner states. */
export const publicStatuses = ["received", "accepted", "notAccepted", "handling", "replied", "closed"] as const;
export type PublicStatus = (typeof publicStatuses)[number];

/** Why a case counts as backlog [SPEC 11.4]: days since receipt, repeats, days after the end of handling or of a promise. */
export const backlogReasons = ["age", "repeats", "late", "promise"] as const;
export type BacklogReason = (typeof backlogReasons)[number];

/** How a leader's case ends [SPEC 11.3]. */
export const chargeOutcomes = ["settled", "reasoned", "handedOver"] as const;

/** What protects somebody who was treated worse for a petition [SPEC §12.4]. */
export const protectionMeasures = ["movePower", "freezeAct", "changeHandler", "contactPerson"] as const;
export type ProtectionMeasure = (typeof protectionMeasures)[number];

export const eventTypes = [
  "case.received",
  "case.registered",
  "case.routed",
  "case.organChanged",
  "case.objected",
  "case.returned",
  "case.returnRefused",
  "case.accepted",
  "case.handlingStarted",
  "case.handlerChanged",
  "case.heard",
  "case.identified",
  "case.letThrough",
  "case.extended",
  "case.trackSwitched",
  "case.replyDrafted",
  "case.replySentBack",
  "case.replied",
  "case.reviewRequested",
  "case.reviewTakenUp",
  "case.reviewDecided",
  "case.rereviewRequested",
  "case.redo",
  "case.final",
  "case.archived",
  "case.diverted",
  "case.guided",
  "case.merged",
  "case.unmerged",
  "case.joined",
  "case.parted",
  "case.notReaccepted",
  "case.withdrawalAsked",
  "case.withdrawalTakenBack",
  "case.withdrawn",
  "case.goesOn",
  "case.reopened",
  "case.followedUp",
  "case.newFacts",
  "case.newFactsDeclined",
  "case.contested",
  "case.contestRejected",
  "case.split",
  "case.splitOff",
  "case.toOrgan",
  "case.codeClaimed",
  "proposal.made",
  "proposal.declined",
  "case.imported",
  "case.repeatJudged",
  "case.messageSent",
  "case.fileAdded",
  "consent.asked",
  "consent.given",
  "consent.refused",
  "consent.withdrawn",
  "consent.dropped",
  "mediation.opened",
  "mediation.closed",
  "mediation.agreed",
  "hearing.called",
  "hearing.panelChanged",
  "hearing.closed",
  "commitment.made",
  "commitment.reported",
  "commitment.missing",
  "commitment.dateAsked",
  "commitment.dateChanged",
  "commitment.dateKept",
  "commitment.due",
  "commitment.done",
  "notice.approved",
  "notice.sealed",
  "notice.delivered",
  "clock.warning",
  "clock.breached",
  "clock.recounted",
  "moduleLetter.drafted",
  "moduleLetter.issued",
  "moduleLetter.sentBack",
  "unitLetter.drafted",
  "unitLetter.issued",
  "unitLetter.sentBack",
  "unitLetter.withdrawn",
  "unitLetter.received",
  "unitLetter.destroyed",
  "unitLetter.held",
  "unitLetter.holdLifted",
  "moduleClock.started",
  "moduleClock.passed",
  "moduleClock.stopped",
  "moduleClock.recounted",
  "case.deemedAccepted",
  "case.packMoved",
  "supervision.opened",
  "supervision.again",
  "supervision.answered",
  "supervision.closed",
  "backlog.entered",
  "backlog.left",
  "assignment.reported",
  "assist.asked",
  "assist.answered",
  "assist.ended",
  "check.asked",
  "check.ended",
  "charge.taken",
  "charge.ended",
  "duty.flagged",
  "duty.paged",
  "duty.taken",
  "duty.phoned",
  "duty.reported",
  "rating.given",
  "recusal.declared",
  "recusal.asked",
  "recusal.found",
  "recusal.decided",
  "retaliation.reported",
  "retaliation.acknowledged",
  "retaliation.protected",
  "retaliation.explanationAsked",
  "retaliation.explained",
  "retaliation.concluded",
  "retaliation.checkedIn",
  "access.identityAsked",
  "access.identityDecided",
  "access.identityOpened",
  "access.asked",
  "access.granted",
  "access.declined",
  "access.ended",
  "kin.declared",
  "kin.ended",
  "access.contentRead",
  "unit.changed",
  "person.changed",
  "person.previewed",
  "grant.changed",
  "account.mended",
  "module.changed",
  "module.installed",
  "module.ended",
  "module.released",
  "module.purgeAsked",
  "module.purgeDecided",
  "module.dataBack",
  "module.dataDropped",
  "module.dataExported",
  "publisher.trusted",
  "publisher.revoked",
  "system.changed",
  "topic.changed",
  "theme.changed",
  "policy.changed",
  "calendar.changed",
  "mandate.given",
  "case.wordsCovered",
  "case.wordsUncovered",
  "case.topicMarked",
  "case.topicLifted",
  "case.dataKept",
  "case.ruleNotRun",
  "appointment.booked",
  "appointment.cancelled",
  "task.made",
  "task.ended",
  "task.handedOn",
  "mandate.ended",
  "mandate.judged",
  "case.held",
  "case.holdLifted",
  "retention.ruleChanged",
  "retention.decided",
  "retention.done",
  "retention.identityCut",
  "retention.destroyed",
  "house.restored",
  "keys.rotationBegun",
  "keys.rotated",
  "backup.made",
  "backup.planned",
  "data.exported",
  "data.ownRead",
  "data.corrected",
  "data.erasureAsked",
  "data.erasureDecided",
] as const;
export type EventType = (typeof eventTypes)[number];
