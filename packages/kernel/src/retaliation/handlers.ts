import { DoorstepError } from "@doorstep/contracts";
import { act } from "../cases/handlers.ts";
import { assertMaySee } from "../cases/read-case.ts";
import type { Handlers } from "../handlers.ts";
import { loadCase } from "../pipeline/load-case.ts";
import { signedIn } from "../request-context.ts";
import { acknowledgeReport, askExplanation, concludeReport, decideProtection } from "./acts.ts";
import { askedOf, explainUnit, explanationsOf } from "./explanations.ts";
import { reportRetaliation } from "./report.ts";
import { retaliationSignal } from "./signal.ts";

export const retaliationHandlers: Handlers["retaliation"] = {
  async reportFor(ctx, input) {
    const actor = signedIn(ctx);
    await assertMaySee(ctx.kernel, actor, input.caseId);
    const loaded = await loadCase(ctx.kernel.pool, input.caseId, "", "");
    if (!loaded) throw new DoorstepError("case.notFound");
    const by = { reporter: "staff", personId: actor.personId } as const;
    await reportRetaliation(ctx.kernel, loaded.case, { ...input, fileIds: [] }, by);
    return { ok: true };
  },
  async get(ctx, input) {
    await assertMaySee(ctx.kernel, signedIn(ctx), input.caseId);
    const loaded = await loadCase(ctx.kernel.pool, input.caseId, "", "");
    const report = loaded?.case.report;
    if (!loaded || !report) return null;
    const { rows } = await ctx.kernel.pool.query<{ zh: string; en: string }>(
      "select name_zh as zh, name_en as en from kernel.units where id = $1",
      [report.unitId],
    );
    return {
      unit: { "zh-CN": rows[0]?.zh ?? "", en: rows[0]?.en ?? "" },
      acts: [...report.acts],
      checkIns: report.checkIns,
      explanations: await explanationsOf(ctx.kernel, loaded.case),
    };
  },
  acknowledge: (ctx, input) => act(ctx, acknowledgeReport, input),
  protect: (ctx, input) => act(ctx, decideProtection, input),
  askExplanation: (ctx, input) => act(ctx, askExplanation, input),
  conclude: (ctx, input) => act(ctx, concludeReport, input),
  asked: async (ctx) => [...(await askedOf(ctx.kernel, signedIn(ctx)))],
  explain: (ctx, input) => explainUnit(ctx.kernel, signedIn(ctx), input),
  signal: (ctx) => retaliationSignal(ctx.kernel, signedIn(ctx)),
};
