import type { Handlers } from "../handlers.ts";
import { signedIn } from "../request-context.ts";
import { openIdentity } from "./open-identity.ts";

export const vaultHandlers: Handlers["vault"] = {
  open: (ctx, input) =>
    openIdentity(
      ctx.kernel,
      { caseId: input.caseId, key: input.key, party: { kind: "person", actor: signedIn(ctx) } },
      input.purpose,
    ),
};
