import { assertMaySee } from "../cases/read-case.ts";
import type { Handlers } from "../handlers.ts";
import { execute, type On } from "../pipeline/execute.ts";
import { type RequestContext, signedIn } from "../request-context.ts";
import { listRequests } from "./list-requests.ts";
import { openIdentity } from "./open-identity.ts";
import { askIdentity, decideIdentity, requestOf } from "./requests.ts";

const onCase = (ctx: RequestContext, input: { caseId: string; key: string; version?: number }): On => ({
  caseId: input.caseId,
  version: input.version,
  key: input.key,
  party: { kind: "person", actor: signedIn(ctx) },
});

export const vaultHandlers: Handlers["vault"] = {
  open: (ctx, input) => openIdentity(ctx.kernel, onCase(ctx, input), input.purpose),
  ask: (ctx, input) =>
    execute(ctx.kernel, askIdentity, onCase(ctx, input), {
      kind: input.kind,
      reason: input.reason,
      message: input.message,
    }),
  requests: (ctx, input) => listRequests(ctx.kernel, signedIn(ctx), input.side),
  async decide(ctx, input) {
    const { requestId, grant, reason, tellAfter } = input;
    await assertMaySee(ctx.kernel, signedIn(ctx), input.caseId);
    const { decided_by: decidedBy } = await requestOf(ctx.kernel, input.caseId, requestId);
    const step = decidedBy === null || decidedBy === signedIn(ctx).personId ? "custodian" : "second";
    const { caseId, version } = await execute(ctx.kernel, decideIdentity(step), onCase(ctx, input), {
      requestId,
      grant,
      reason,
      tellAfter,
    });
    return { caseId, version };
  },
};
