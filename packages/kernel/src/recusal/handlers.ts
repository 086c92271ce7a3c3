import { act } from "../cases/handlers.ts";
import type { Handlers } from "../handlers.ts";
import { signedIn } from "../request-context.ts";
import { declareKin, endKin, ownKin } from "./declare-kin.ts";
import { askRecusalFor, decideRecusal, declareRecusal } from "./recusal.ts";

export const recusalHandlers: Handlers["recusal"] = {
  askFor: (ctx, input) => act(ctx, askRecusalFor, input),
  kin: (ctx) => ownKin(ctx.kernel, signedIn(ctx)),
  declareKin: (ctx, input) => declareKin(ctx.kernel, signedIn(ctx), input.personId),
  endKin: (ctx, input) => endKin(ctx.kernel, signedIn(ctx), input.id),
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
