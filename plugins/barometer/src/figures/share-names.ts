/** The shares that units are compared by: how they answer, never how much they have. */
export const shareNames = ["repeat", "joint", "onTime", "satisfied"] as const;
export type ShareName = (typeof shareNames)[number];
