/** Why a hearing is called: the matter is major, complex or hard, or the petitioner has applied [R22:31(6); SD15:39]. */
export const grounds = ["major", "complex", "hard"] as const;
export type Ground = (typeof grounds)[number];

export const states = [
  "applied",
  "withdrawn",
  "refused",
  "called",
  "off",
  "lapsed",
  "heard",
  "concluded",
  "closed",
] as const;
export type HearingState = (typeof states)[number];
/** What is still to be done: one at a time at a petition. */
export const openStates = ["applied", "called", "heard", "concluded"] as const satisfies readonly HearingState[];

export const votes = ["for", "against"] as const;
export type Vote = (typeof votes)[number];
