import { assertMayAt } from "../actor-scope.ts";
import { act } from "../cases/handlers.ts";
import { inChange, ledgerActorOf } from "../change.ts";
import type { Handlers } from "../handlers.ts";
import { type Command, execute } from "../pipeline/execute.ts";
import { type RequestContext, signedIn } from "../request-context.ts";
import { assertManages } from "../units/handlers.ts";
import { unitPath } from "../units/unit-path.ts";
import { flagUrgent, phonedDuty, reportDuty, takeDuty } from "./acts.ts";
import { openPages, pageOf } from "./read-pages.ts";
import { endShift, readRoster, saveShift } from "./roster.ts";

function on<I>(
  ctx: RequestContext,
  command: Command<I, { readonly ok: true }>,
  { caseId, key, ...typed }: I & { readonly caseId: string; readonly key: string },
): Promise<{ readonly ok: true }> {
  return execute(ctx.kernel, command, { caseId, key, party: { kind: "person", actor: signedIn(ctx) } }, typed as I);
}

export const dutyHandlers: Handlers["duty"] = {
  open: (ctx) => openPages(ctx.kernel, signedIn(ctx)),
  get: (ctx, input) => pageOf(ctx.kernel, signedIn(ctx), input.caseId),
  flag: (ctx, input) => act(ctx, flagUrgent, input),
  take: (ctx, input) => on(ctx, takeDuty, input),
  phoned: (ctx, input) => on(ctx, phonedDuty, input),
  report: (ctx, input) => on(ctx, reportDuty, input),
  async roster(ctx, input) {
    const actor = signedIn(ctx);
    const path = await unitPath(ctx.kernel.pool, input.unitId);
    assertMayAt(actor, "units.read", path, "unit.notFound");
    return readRoster(ctx.kernel, actor, path, input);
  },
  async saveShift(ctx, input) {
    const actor = signedIn(ctx);
    return await inChange(ctx.kernel, ledgerActorOf(actor), async (change) => {
      await assertManages(change.client, actor, input.unitId);
      await saveShift(change, actor, input);
      return { ok: true } as const;
    });
  },
  async endShift(ctx, input) {
    const actor = signedIn(ctx);
    return await inChange(ctx.kernel, ledgerActorOf(actor), async (change) => {
      await assertManages(change.client, actor, input.unitId);
      await endShift(change, input);
      return { ok: true } as const;
    });
  },
};
