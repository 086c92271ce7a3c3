import type { MiddlewareHandler } from "hono";
import { refuse } from "./answers.ts";
import type { HttpEnv } from "./http-env.ts";

const CHANGES = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/**
 * Refuses what another website makes a browser send: a changing request must come from a page of this server. A
 * program without a browser names no origin and carries no cookie that it was not given on purpose.
 */
export function sameOriginOnly(publicUrl: string | undefined): MiddlewareHandler<HttpEnv> {
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  return async (c, next) => {
    if (CHANGES.has(c.req.method)) {
      const origin = c.req.header("origin");
      const site = c.req.header("sec-fetch-site");
      const foreign =
        origin === undefined
          ? site !== undefined && site !== "same-origin" && site !== "none"
          : !isOwn(origin, c.req.header("host"), publicHost);
      if (foreign) return refuse(c, "request.foreign");
    }
    await next();
  };
}

function isOwn(origin: string, host: string | undefined, publicHost: string | undefined): boolean {
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin).host;
  return from === host?.toLowerCase() || (publicHost !== undefined && from === publicHost);
}
