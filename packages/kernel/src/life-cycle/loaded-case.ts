import type {
  Anonymity,
  Category,
  Confidentiality,
  DemandOutcome,
  IntakeChannel,
  Level,
  Mark,
  NoticeState,
  PromiseState,
  Purpose,
  State,
  Text,
  Track,
} from "@doorstep/contracts";
import type { LoadedDuty } from "../duty/loaded-duty.ts";
import type { LoadedReport } from "../retaliation/loaded-report.ts";
import type { LoadedAssist } from "./loaded-assist.ts";

export interface LoadedDemand {
  readonly id: string;
  readonly no: number;
  readonly text: string;
  readonly desiredOutcome: string;
  readonly outcome: DemandOutcome | null;
  readonly facts: string | null;
  readonly opinion: string | null;
  readonly basis: string | null;
  readonly steps: string | null;
}

export interface LoadedClock {
  readonly id: string;
  readonly code: string;
  readonly state: "running" | "paused" | "stopped" | "breached";
  readonly startOn: string;
  readonly dueOn: string;
}

export interface LoadedNotice {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly state: NoticeState;
  readonly draftedBy: string | null;
  /** whose letter it is */
  readonly issuerUnitId: string;
  /** who approved it first, where two people must */
  readonly firstApprovedBy: string | null;
  readonly number: string | null;
  readonly sealedAt: string | null;
  readonly deliveredOn: string | null;
}

/** How the case came to the unit that holds it now. */
export interface LoadedLeg {
  readonly id: string;
  readonly no: number;
  readonly kind: string;
  /** the sender, or the unit that has taken its place since */
  readonly fromUnitId: string;
  readonly toUnitId: string;
  readonly sentAt: string;
  /** reasons of an objection, as stored */
  readonly objection: string | null;
  readonly objectionGround: string;
  readonly objectedAt: string | null;
  readonly objectedBy: string | null;
  /** the sender's answer; `null` while there is none */
  readonly agreed: boolean | null;
}

/** Proposed by one person, waiting for another; decided ones are not loaded. */
export interface LoadedProposal {
  readonly id: string;
  readonly act: string;
  /** `null`: a module by itself */
  readonly by: string | null;
  readonly at: string;
  /** as stored: protected text */
  readonly input: string;
}

/** The petitioner's newest objection to a refusal. */
export interface LoadedContest {
  readonly id: string;
  readonly noticeId: string;
  readonly requestedAt: string;
  readonly ofUnitId: string;
  /** as stored */
  readonly text: string;
  readonly outcome: "upheld" | "reopened" | null;
}

/** A case this one was joined to or taken out of; ended links are not loaded. */
export interface LoadedLink {
  readonly id: string;
  readonly caseId: string;
  readonly otherCaseId: string;
  readonly kind: "mergedInto" | "splitFrom";
}

/** Something the unit has promised; words as stored. */
export interface LoadedCommitment {
  readonly id: string;
  readonly demandId: string | null;
  readonly unitId: string;
  readonly clockId: string | null;
  readonly text: string;
  readonly owner: string;
  readonly dueOn: string;
  readonly state: PromiseState;
  readonly madeAt: string;
  readonly evidence: string | null;
  readonly reportedAt: string | null;
  readonly reportedBy: string | null;
  readonly missing: string | null;
  readonly askedDueOn: string | null;
  readonly askedBecause: string | null;
  readonly dateChangedAt: string | null;
  readonly confirmedBy: "petitioner" | "officer" | null;
  readonly reason: string | null;
  readonly doneAt: string | null;
  readonly doneBy: string | null;
}

/** Everything of a case that a rule may look at, as one statement loaded it. */
export interface LoadedCase {
  readonly id: string;
  readonly caseNo: string;
  readonly version: number;
  readonly intakeUnitId: string;
  readonly holderUnitId: string;
  readonly organId: string | null;
  readonly status: State;
  readonly level: Level;
  readonly marks: readonly Mark[];
  readonly track: Track;
  readonly category: Category | null;
  readonly subRoute: number | null;
  /** one of its topics is marked so */
  readonly neverMediated: boolean;
  readonly purpose: Purpose;
  readonly channel: IntakeChannel;
  readonly channelLabel: Text;
  readonly confidentiality: Confidentiality;
  readonly anonymity: Anonymity;
  readonly title: string;
  readonly locale: "zh-CN" | "en";
  readonly handlerId: string | null;
  readonly heardOn: string | null;
  readonly handlingUnitId: string | null;
  readonly hops: number;
  readonly headcount: number;
  readonly imported: boolean;
  readonly receivedAt: string;
  readonly pack: string;
  readonly packVersion: string;
  readonly calendar: string;
  /** the holder's, in which statutory dates are counted */
  readonly timeZone: string;
  /** the holder first, then its ancestors up to the root */
  readonly holderPath: readonly string[];
  readonly intakePath: readonly string[];
  readonly organUnitId: string | null;
  readonly demands: readonly LoadedDemand[];
  readonly clocks: readonly LoadedClock[];
  readonly notices: readonly LoadedNotice[];
  /** how many people approve a reply of its holder */
  readonly replyApprovals: 1 | 2;
  readonly respondentUnits: readonly string[];
  readonly respondentPeople: readonly string[];
  /** people who must not touch the case: declared, computed, respondents */
  readonly recused: readonly string[];
  /** who acted, in what part, at what level */
  readonly actors: readonly {
    readonly personId: string;
    readonly part: string;
    readonly level: Level;
    /** when he first acted in that part */
    readonly at: string;
  }[];
  readonly legs: number;
  readonly lastLeg: LoadedLeg | null;
  /** the unit that sent it last, itself first, then its ancestors; empty where it never moved */
  readonly senderPath: readonly string[];
  /** the leg by which it was assigned, however often a dispute over it was decided since; `null` where nobody waits for a report */
  readonly assignment: LoadedLeg | null;
  /** the unit that assigned it, itself first, then its ancestors; empty where none did */
  readonly assignerPath: readonly string[];
  readonly proposals: readonly LoadedProposal[];
  readonly contest: LoadedContest | null;
  readonly links: readonly LoadedLink[];
  readonly assists: readonly LoadedAssist[];
  readonly commitments: readonly LoadedCommitment[];
  /** words that are covered outside of the circle, as they lie */
  readonly redactions: readonly {
    readonly id: string;
    readonly words: string;
    readonly kind: string;
    readonly reason: string;
  }[];
  readonly openCommitments: number;
  readonly openSupervision: number;
  /** where the case is a report of retaliation itself */
  readonly report: LoadedReport | null;
  /** where somebody is in danger: who was paged, and what became of it */
  readonly duty: LoadedDuty | null;
  /** something is open elsewhere that nobody who sees this case may know of: it is not closed meanwhile */
  readonly held: boolean;
  readonly audience: readonly string[];
  readonly ledgerSeq: number;
  readonly ledgerHash: string;
}
