import { addDays } from "@doorstep/sdk";
import { and, eq, lt } from "drizzle-orm";
import { type JobCtx, todayOf } from "../joint-ctx.ts";
import { drafts } from "../schema.ts";
import { standingOf } from "./draft.ts";
import { forgetDrafts } from "./file.ts";

const TOLD_BEFORE = 3;

/**
 * Whoever began a text hears that all agree, and that its days end soon; what nobody filed by then is deleted, and what was
 * filed is let go. Told from here: a representative without an account tells nobody anything.
 */
export async function watch(ctx: JobCtx): Promise<void> {
  const today = todayOf(ctx);
  const here = eq(drafts.unitId, ctx.unit.id);
  await forgetDrafts(
    ctx,
    await ctx.db
      .select()
      .from(drafts)
      .where(and(here, lt(drafts.closesOn, today))),
  );
  const open = await ctx.db
    .select()
    .from(drafts)
    .where(and(here, eq(drafts.state, "open")));
  for (const draft of open) {
    if (draft.starterId === null) continue;
    const to = { people: [draft.starterId] };
    const { signed, representatives, agreed } = await standingOf(ctx.db, draft);
    // by himself he has nobody to wait for, and is told nothing
    if (representatives > 1 && agreed === representatives)
      await ctx.notify.tell({ to, news: "agreed", key: `agreed-${draft.id}` });
    const params = { on: draft.closesOn, count: signed };
    if (draft.closesOn <= addDays(today, TOLD_BEFORE))
      await ctx.notify.tell({ to, news: "closing", params, key: `closing-${draft.id}` });
  }
}
