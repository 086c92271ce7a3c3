import { DoorstepError } from "@doorstep/contracts";
import { assertMaySee } from "../cases/read-case.ts";
import { type Loaded, loadCase } from "../pipeline/load-case.ts";
import { isInCircle } from "../redaction/circle.ts";
import { type RequestContext, signedIn } from "../request-context.ts";

/**
 * A case for somebody who may read it as it stands: a sealed letter stays as it is, nothing in it can be covered.
 *
 * @throws DoorstepError `case.notFound`, `redaction.outside`
 */
export async function loadWhole(ctx: RequestContext, caseId: string): Promise<Loaded> {
  await assertMaySee(ctx.kernel, signedIn(ctx), caseId);
  const loaded = await loadCase(ctx.kernel.pool, caseId, "", "");
  if (!loaded) throw new DoorstepError("case.notFound");
  if (loaded.case.redactions.length > 0 && !isInCircle(signedIn(ctx), loaded))
    throw new DoorstepError("redaction.outside");
  return loaded;
}
