import type { list, ofCase } from "../items/read.ts";

/** As the server half gives them. */
export type RowView = Awaited<ReturnType<typeof list>>["items"][number];
export type ItemView = NonNullable<Awaited<ReturnType<typeof ofCase>>>;
