/** Why a petition hangs [SPEC 11.4]. */
export const causes = ["facts", "policyGap", "shifting", "money", "emotion", "unrealistic"] as const;
export type Cause = (typeof causes)[number];

/** What is done about it: what is reasonable is solved, what is not is explained, hardship is helped, conduct is dealt with by law. */
export const classes = ["solve", "explain", "help", "byLaw"] as const;
export type Class = (typeof classes)[number];

/** How one is struck off: what was asked is done, or it cannot be, with reasons and care that goes on. */
export const ways = ["solved", "reasoned"] as const;
export type Way = (typeof ways)[number];

/** After so many days somebody looks whether it has held. */
export const LOOK_BACK_DAYS = 90;
