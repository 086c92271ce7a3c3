import { DoorstepError } from "@doorstep/contracts";
import { clockShown } from "../cases/case-parts.ts";
import { assertMaySee } from "../cases/read-case.ts";
import type { Handlers } from "../handlers.ts";
import { loadCase } from "../pipeline/load-case.ts";
import { signedIn } from "../request-context.ts";
import { localDateOf } from "./local-time.ts";

/** Every clock of a case with the sentence that says how its date came about. */
export const caseClocks: Handlers["clocks"]["explain"] = async (ctx, input) => {
  await assertMaySee(ctx.kernel, signedIn(ctx), input.caseId);
  const loaded = await loadCase(ctx.kernel.pool, input.caseId, "", "");
  if (!loaded) throw new DoorstepError("case.notFound");
  const today = localDateOf(ctx.kernel.now().toISOString(), loaded.case.timeZone);
  return loaded.clockRows.map((row) => clockShown(row, today));
};
