import type { Text } from "@doorstep/contracts";
import { daysBetween } from "../calendars/local-days.ts";
import type { Handlers } from "../handlers.ts";

/** How long before its end a calendar is called for [UI.md A1]. */
const ENDS_SOON_DAYS = 60;

export const packsHandlers: Handlers["packs"] = {
  async list(ctx) {
    const { rows } = await ctx.kernel.pool.query<{ id: string; version: string; title: Text; verified: boolean }>(
      "select id, version, body->'title' as title, (body->>'verified')::boolean as verified from kernel.policy_packs order by id, version",
    );
    return rows;
  },
};

export const calendarsHandlers: Handlers["calendars"] = {
  async list(ctx) {
    const { rows } = await ctx.kernel.pool.query<{ id: string; official_until: string }>(
      "select id, official_until from kernel.calendars order by region, id",
    );
    const today = ctx.kernel.now().toISOString().slice(0, 10);
    return rows.map((r) => ({
      id: r.id,
      officialUntil: r.official_until,
      endsSoon: daysBetween(today, r.official_until) < ENDS_SOON_DAYS,
    }));
  },
};
