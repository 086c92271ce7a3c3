/** What somebody may want; the words of the platform's own list. */
export const purposes = ["solve", "suggest", "accuse", "ask", "help"] as const;
export type Purpose = (typeof purposes)[number];

export const identities = ["named", "confidential", "anonymous"] as const;
export type Identity = (typeof identities)[number];

export const relations = ["self", "family", "delegate"] as const;
export type Relation = (typeof relations)[number];
export const ties = ["spouse", "parent", "child", "sibling", "relative", "comrade", "lawyer", "other"] as const;
export type Tie = (typeof ties)[number];

export const kinds = [
  "officer",
  "nco",
  "conscript",
  "civilianStaff",
  "family",
  "veteran",
  "survivor",
  "citizen",
] as const;
export type Kind = (typeof kinds)[number];

export interface ChosenUnit {
  readonly id: string;
  readonly name: { readonly "zh-CN": string; readonly en: string };
}

/** "I do not know which unit": the top petition office takes it in. */
export const UNKNOWN_UNIT = "unknown";

/** The answers to the six questions, as far as they have been given. */
export interface Answers {
  readonly purpose: Purpose | "";
  /** Somebody is in danger now. */
  readonly danger: boolean;
  /** Nothing is kept on this device. */
  readonly sharedDevice: boolean;
  /** Whoever stays anonymous leaves no draft either, unless he wants one. */
  readonly keepAnonymous: boolean;
  readonly story: string;
  readonly alreadyTried: string;
  readonly unit: ChosenUnit | typeof UNKNOWN_UNIT | null;
  readonly concernsLeader: boolean;
  readonly identity: Identity | "";
  readonly relation: Relation;
  readonly kind: Kind | "";
  readonly name: string;
  readonly contact: string;
  readonly onBehalfOf: string;
  /** what he is to that person, and whether that person agrees */
  readonly tie: Tie;
  readonly consent: "given" | "notYet";
  /** What another module asked, and which. */
  readonly further: { readonly by: string; readonly value: unknown } | null;
  /** Empty until it is changed: then the proposed one is used. */
  readonly title: string;
}

export const noAnswers: Answers = {
  purpose: "",
  danger: false,
  sharedDevice: false,
  keepAnonymous: false,
  story: "",
  alreadyTried: "",
  unit: null,
  concernsLeader: false,
  identity: "",
  relation: "self",
  kind: "",
  name: "",
  contact: "",
  onBehalfOf: "",
  tie: "other",
  consent: "notYet",
  further: null,
  title: "",
};

/** Whether a draft may lie on this device. */
export const mayKeep = ({ sharedDevice, identity, keepAnonymous }: Answers): boolean =>
  !sharedDevice && (identity !== "anonymous" || keepAnonymous);

export const STORY_MIN = 5;
export const STORY_MAX = 20_000;
export const STEPS = 6;

const named = (answers: Answers): boolean =>
  answers.kind !== "" &&
  answers.name.trim() !== "" &&
  answers.contact.trim() !== "" &&
  (answers.relation === "self" || answers.onBehalfOf.trim() !== "");

const answered: Record<number, (answers: Answers) => boolean> = {
  1: (answers) => answers.purpose !== "",
  2: (answers) => answers.story.trim().length >= STORY_MIN,
  3: (answers) => answers.unit !== null,
  4: (answers) => answers.identity === "anonymous" || (answers.identity !== "" && named(answers)),
};

/**
 * The furthest step that may be opened: the first question without an answer, else the check. Somebody who types an
 * address, or comes back to an old tab, lands on the question that is missing.
 */
export function furthestStep(answers: Answers): number {
  for (const step of [1, 2, 3, 4]) if (!answered[step]?.(answers)) return step;
  return STEPS;
}
