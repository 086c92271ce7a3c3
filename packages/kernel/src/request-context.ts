import { type Actor, DoorstepError } from "./actor.ts";
import type { Kernel } from "./kernel.ts";
import type { Mandate } from "./mandates/mandate.ts";

/** What an account owes before it may do anything else. */
export type Restriction = "account.mustChangePassword" | "account.mustEnrolSecondFactor";

/** What the server hands to a procedure: who asks and from where, nothing of HTTP. */
export interface RequestContext {
  readonly kernel: Kernel;
  /** the signed-in person with his grants and keys as of now */
  readonly actor: Actor | undefined;
  /** the session he asks from */
  readonly sessionId?: string;
  /** the account owes this first: every procedure but `session.me` refuses with it */
  readonly restriction?: Restriction;
  /** the case whose return code was posted from this browser */
  readonly codeCaseId: string | undefined;
  /** that code was handed to somebody who speaks for the petitioner, or he filed for somebody else */
  readonly codeMandate?: Mandate;
  readonly requestId: string;
  /** keyed hash of the address with a key that lives in memory and changes hourly: for limits only */
  readonly origin: string;
  /** sets or clears the short cookie of the one case */
  readonly setCodeCase: (caseId: string | null, mandateId?: string | null) => void;
}

export function signedIn(ctx: RequestContext): Actor {
  if (!ctx.actor) throw new DoorstepError("unauthorized");
  return ctx.actor;
}
