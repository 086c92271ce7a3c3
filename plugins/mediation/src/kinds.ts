/** How close to home: peers, company or battalion, the unit's committee, with civil offices [SPEC §9]. */
export const tiers = [1, 2, 3, 4] as const;
export type Tier = (typeof tiers)[number];
/** Within so many days, counted from the day it begins. */
export const daysOf: Readonly<Record<Tier, number>> = { 1: 3, 2: 10, 3: 30, 4: 30 };

/** What is never mediated: each of them alone ends it [SPEC §9]. */
export const exclusions = ["violence", "harassment", "crime", "fear"] as const;
export type Exclusion = (typeof exclusions)[number];

export const askers = ["petitioner", "other", "unit"] as const;
export type Asker = (typeof askers)[number];

export const talkKinds = ["separate", "joint", "proposal"] as const;
export type TalkKind = (typeof talkKinds)[number];

export const ends = ["noAgreement", "consentRevoked", "escalation", "otherWay"] as const;
export type End = (typeof ends)[number];

/** What the other side may answer by his code. */
export const answers = ["yes", "no", "otherMediator", "withdrawn"] as const;
export type Answer = (typeof answers)[number];

/** Where the two sides and the mediator meet; what was proposed is no meeting. */
export const meetingKinds = ["separate", "joint"] as const;
export type MeetingKind = (typeof meetingKinds)[number];
/** A meeting is booked for so many minutes of the mediator's time. */
export const MEETING_MINUTES = 60;

/** So many must have rated before a mean is read [SPEC §14]. */
export const FEWEST_RATINGS = 5;
/** For so many years somebody stands in the roster [SPEC §9]. */
export const TERM_YEARS = 3;

export const visitDays = [7, 30, 90] as const;
/** Both may ask a court to confirm the agreement within so many days [PM:33]. */
export const COURT_DAYS = 30;
/** The petitioner is reminded of it after so many [SPEC K19]. */
export const COURT_REMINDER_DAYS = 20;
