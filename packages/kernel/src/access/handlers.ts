import { DoorstepError } from "@doorstep/contracts";
import { mayAnywhere } from "../actor.ts";
import { inChange, ledgerActorOf } from "../change.ts";
import type { Handlers } from "../handlers.ts";
import { signedIn } from "../request-context.ts";
import { askAccess, ownAccesses, readAccessSettings } from "./ask-access.ts";
import { decideAccess, waitingAccesses } from "./decide-access.ts";
import { endOwnAccess } from "./end-accesses.ts";
import { saveAccessSettings } from "./save-access-settings.ts";

export const accessHandlers: Handlers["access"] = {
  ask: (ctx, input) => askAccess(ctx.kernel, signedIn(ctx), input),
  mine: (ctx) => ownAccesses(ctx.kernel, signedIn(ctx)),
  end: (ctx, input) => endOwnAccess(ctx.kernel, signedIn(ctx), input.id),
  waiting: (ctx) => waitingAccesses(ctx.kernel, signedIn(ctx)),
  decide: (ctx, input) => decideAccess(ctx.kernel, signedIn(ctx), input),
  settings: (ctx) => readAccessSettings(ctx.kernel),
  saveSettings: (ctx, input) => {
    const actor = signedIn(ctx);
    if (!mayAnywhere(actor, "platform.manage")) throw new DoorstepError("forbidden");
    return inChange(ctx.kernel, ledgerActorOf(actor), (change) => saveAccessSettings(change, actor, input.hours));
  },
};
