import { type Kernel, loadActor, type RequestContext } from "@doorstep/kernel";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { findSession, SESSION_COOKIE } from "./accounts/find-session.ts";
import { CODE_COOKIE, CODE_COOKIE_SECONDS, writeCodeCookie } from "./http/code-cookie.ts";
import { heldByCode } from "./http/held-by-code.ts";
import type { HttpEnv } from "./http/http-env.ts";

export interface ContextOptions {
  readonly kernel: Kernel;
  /** signs the session cookie */
  readonly secret: string;
  /** MAC key of the cookie of the one case */
  readonly codeCookieKey: Buffer;
}

/** Turns a request into what the kernel knows of it: who asks, for which case, nothing of HTTP. */
export function createRequestContext(options: ContextOptions): (c: Context<HttpEnv>) => Promise<RequestContext> {
  const { kernel, codeCookieKey } = options;
  return async (c) => {
    const now = kernel.now();
    const facts = c.get("facts");
    const session = await findSession(kernel.pool, options.secret, getCookie(c, SESSION_COOKIE), now);
    const actor = session && (await loadActor(kernel, session.personId, now));
    const setCodeCase = (caseId: string | null, mandateId: string | null = null): void => {
      const attributes = { path: "/", httpOnly: true, sameSite: "Lax", secure: facts.https } as const;
      if (caseId === null) deleteCookie(c, CODE_COOKIE, attributes);
      else
        setCookie(c, CODE_COOKIE, writeCodeCookie(codeCookieKey, { caseId, mandateId }, now), {
          ...attributes,
          maxAge: CODE_COOKIE_SECONDS,
        });
    };
    const held = await heldByCode(kernel, codeCookieKey, getCookie(c, CODE_COOKIE));
    if (held) setCodeCase(held.caseId, held.mandateId);
    return {
      kernel,
      actor,
      ...(session && { sessionId: session.id }),
      codeCaseId: held?.caseId,
      ...(held?.mandate && { codeMandate: held.mandate }),
      requestId: facts.requestId,
      origin: facts.origin,
      ...(actor && session?.restriction !== undefined && { restriction: session.restriction }),
      setCodeCase,
    };
  };
}
