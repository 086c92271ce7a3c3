import type { Handlers } from "../handlers.ts";
import { signedIn } from "../request-context.ts";
import { decideRecusal, declareRecusal } from "./recusal.ts";

export const recusalHandlers: Handlers["recusal"] = {
  declare: (ctx, input) =>
    declareRecusal(
      ctx.kernel,
      { caseId: input.caseId, key: input.key, party: { kind: "person", actor: signedIn(ctx) } },
      input.reason,
    ),
  decide: (ctx, input) =>
    decideRecusal(
      ctx.kernel,
      { caseId: input.caseId, key: input.key, party: { kind: "person", actor: signedIn(ctx) } },
      { personId: input.personId, granted: input.granted, reason: input.reason },
    ),
};
