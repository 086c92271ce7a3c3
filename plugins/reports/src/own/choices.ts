/** What the lines of a report of one's own are. */
export const axes = ["month", "unit", "value"] as const;
export const charts = ["none", "bars", "lines"] as const;
export type Chart = (typeof charts)[number];
export const schedules = ["none", "weekly", "monthly"] as const;
/** Whom a schedule may tell. */
export const receivers = ["officeHead", "officer", "signer", "chargeLeader", "supervisor"] as const;
export type Receiver = (typeof receivers)[number];
