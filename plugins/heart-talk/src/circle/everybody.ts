import type { Id, NamedPerson } from "@doorstep/sdk";
import type { JobCtx, TalkCtx } from "../talk-ctx.ts";

/** So many the platform gives at once. */
const PAGE = 500;

async function allOf<T>(page: (last: T | undefined) => Promise<readonly T[]>): Promise<readonly T[]> {
  const found: T[] = [];
  for (;;) {
    const more = await page(found.at(-1));
    found.push(...more);
    if (more.length < PAGE) return found;
  }
}

/** Everybody of the unit and below, by name. */
export const everybody = (ctx: TalkCtx): Promise<readonly NamedPerson[]> =>
  allOf((last) => ctx.people.ofUnit({ limit: PAGE, ...(last && { after: last.id }) }));

/** The same by their ids alone, which repeated work may ask for. */
export const everyId = (ctx: JobCtx): Promise<readonly Id[]> =>
  allOf((last) => ctx.people.idsOfUnit({ limit: PAGE, ...(last && { after: last }) }));

/** Those of these who are still there. */
export async function namedOf(ctx: TalkCtx, ids: readonly Id[]): Promise<ReadonlyMap<Id, NamedPerson>> {
  const found: NamedPerson[] = [];
  for (let at = 0; at < ids.length; at += PAGE)
    found.push(...(await ctx.people.ofUnit({ ids: ids.slice(at, at + PAGE) })));
  return new Map(found.map((one) => [one.id, one]));
}
