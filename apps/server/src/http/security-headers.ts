import type { MiddlewareHandler } from "hono";
import type { HttpEnv } from "./http-env.ts";

/**
 * The policy of every page of ours: scripts only from here, styles from here or with the nonce of this answer. No nonce
 * for scripts: what a script loads inherits it, from wherever it comes, and any script can read it from the page.
 *
 * @param inline - the hash of the one script that stands in the page itself, its import map
 */
export const pagePolicy = (nonce: string, inline?: string): string =>
  [
    "default-src 'self'",
    `script-src 'self'${inline === undefined ? "" : ` '${inline}'`}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

/** A script that the page's import map does not know, or that is not what it says, is not run. */
export const INTEGRITY_POLICY = "blocked-destinations=(script)";

/** What nobody may ever interpret as a page: downloads and answers to programs. */
export const SANDBOX_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'";

/** A worker of ours computes and asks for nothing; in a sandbox it would have no origin, and so no cryptography. */
export const WORKER_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

/** What keeps the pages on a phone asks for nothing but them, from here. */
export const KEEPER_POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

const YEAR_SECONDS = 31_536_000;

/** Sets the headers every answer has; a page replaces the policy by its own. */
export const securityHeaders = (): MiddlewareHandler<HttpEnv> => async (c, next) => {
  await next();
  const headers = c.res.headers;
  const set = (name: string, value: string): void => {
    if (!headers.has(name)) headers.set(name, value);
  };
  const facts = c.get("facts");
  set("Content-Security-Policy", SANDBOX_POLICY);
  set("Referrer-Policy", "no-referrer");
  set("X-Content-Type-Options", "nosniff");
  set("X-Frame-Options", "DENY");
  set("Cross-Origin-Opener-Policy", "same-origin");
  set("Cross-Origin-Resource-Policy", "same-origin");
  set("Permissions-Policy", "camera=(), geolocation=(), microphone=(self), payment=(), usb=()");
  set("X-Request-Id", facts.requestId);
  if (facts.https) set("Strict-Transport-Security", `max-age=${YEAR_SECONDS}`);
};
