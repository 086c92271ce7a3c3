import type { list, one } from "../causes/read.ts";

/** As the server half gives them. */
export type RowView = Awaited<ReturnType<typeof list>>[number];
export type CauseView = Awaited<ReturnType<typeof one>>;
export type RoundView = CauseView["rounds"][number];
