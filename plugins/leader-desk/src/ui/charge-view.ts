import type { mine, ofCase, waiting } from "../charges/read.ts";

/** As the server half gives them. */
export type ChargeView = Awaited<ReturnType<typeof mine>>[number];
export type CaseChargeView = NonNullable<Awaited<ReturnType<typeof ofCase>>>;
export type WaitingView = Awaited<ReturnType<typeof waiting>>["backlog"][number];
