import type { Kernel } from "../kernel.ts";

/** What has just changed, for open screens: ids and pseudonyms, never a word of it. */
export interface LiveNews {
  /** `open`: what the petitioner, too, may notice */
  readonly cases?: readonly { readonly id: string; readonly open: boolean }[];
  /** recipients whose bell rings */
  readonly told?: readonly string[];
  /** cases that somebody has opened, left or begun to edit */
  readonly presence?: readonly string[];
}

/** Tells every server process; each asks for every connection of its own who may know. */
export async function tellLive(k: Pick<Kernel, "pool" | "now">, news: LiveNews): Promise<void> {
  await k.pool.query({
    name: "tell_live",
    text: "select kernel.tell_live($1, $2)",
    values: [k.now(), news],
  });
}
