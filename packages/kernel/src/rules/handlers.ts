import { calendarEndsSoon } from "../calendars/work-calendar.ts";
import { inChange, ledgerActorOf } from "../change.ts";
import type { Handlers } from "../handlers.ts";
import { type RequestContext, signedIn } from "../request-context.ts";
import { recountProvisional } from "../sweep/recount-provisional.ts";
import { calendarYearOf } from "./calendar-year.ts";
import { announceYear, editCalendar } from "./edit-calendar.ts";
import { freshRules } from "./fresh-rules.ts";
import { moveCases, previewMoveOfPack } from "./move-pack.ts";
import { packSummaryOf, policyTableOf } from "./policy-table.ts";
import { policyVersionsOf } from "./policy-versions.ts";
import { previewTightening, tighten } from "./tighten.ts";
import { tryOut } from "./trial.ts";
import { unitInView } from "./unit-in-view.ts";

const managed = (ctx: RequestContext, unitId: string) => unitInView(ctx.kernel, signedIn(ctx), unitId, "policy.manage");
const read = (ctx: RequestContext, unitId: string) => unitInView(ctx.kernel, signedIn(ctx), unitId);

export const packsHandlers: Handlers["packs"] = {
  async list(ctx) {
    await freshRules(ctx.kernel);
    return ctx.kernel.rules.packs().map(packSummaryOf);
  },
  get: async (ctx, i) => policyTableOf(ctx.kernel, signedIn(ctx), await read(ctx, i.unitId)),
  preview: async (ctx, i) => previewTightening(ctx.kernel, await managed(ctx, i.unitId), i),
  async tighten(ctx, i) {
    const actor = signedIn(ctx);
    const at = await managed(ctx, i.unitId);
    await inChange(ctx.kernel, ledgerActorOf(actor), (change) => tighten(change, ctx.kernel, at, i, actor.personId));
    return policyTableOf(ctx.kernel, actor, await read(ctx, i.unitId));
  },
  versions: async (ctx, i) => policyVersionsOf(ctx.kernel, await managed(ctx, i.unitId)),
  trial: async (ctx, i) => tryOut(ctx.kernel, await read(ctx, i.unitId), i.lines),
  previewMove: async (ctx, i) => previewMoveOfPack(ctx.kernel, await managed(ctx, i.unitId), i.to),
  move: async (ctx, i) => moveCases(ctx.kernel, signedIn(ctx), await managed(ctx, i.unitId), i),
};

export const calendarsHandlers: Handlers["calendars"] = {
  async list(ctx) {
    await freshRules(ctx.kernel);
    const { rules } = ctx.kernel;
    const today = ctx.kernel.now().toISOString().slice(0, 10);
    return rules.calendars().map((c) => ({
      id: c.id,
      region: c.region,
      title: c.title,
      officialFrom: c.officialFrom,
      officialUntil: c.officialUntil,
      endsSoon: calendarEndsSoon(c, today),
      newest: rules.announced(c.region).id === c.id,
    }));
  },
  get: async (ctx, i) => calendarYearOf(ctx.kernel, signedIn(ctx), await read(ctx, i.unitId), i.year),
  async edit(ctx, i) {
    const actor = signedIn(ctx);
    const at = await managed(ctx, i.unitId);
    await inChange(ctx.kernel, ledgerActorOf(actor), (change) => editCalendar(change, at, i, actor.personId));
    return calendarYearOf(ctx.kernel, actor, await read(ctx, i.unitId), i.year);
  },
  async announce(ctx, i) {
    const actor = signedIn(ctx);
    const at = await read(ctx, i.unitId);
    const made = await inChange(ctx.kernel, ledgerActorOf(actor), (change) => announceYear(change, ctx.kernel, at, i));
    return {
      calendar: made.id,
      officialUntil: made.officialUntil,
      recounted: await recountProvisional(ctx.kernel),
    };
  },
};
