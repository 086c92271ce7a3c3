import type { Kernel } from "@doorstep/kernel";
import type { PluginHost } from "@doorstep/plugin-host";
import type { Context } from "hono";
import { localeOf } from "../rest/problem.ts";
import { problemOrThrow } from "../rest/send-problem.ts";
import { readBody } from "./body.ts";
import type { HttpEnv } from "./http-env.ts";
import { createLimiter, type Limiter } from "./limits.ts";

/** Statuses that HTTP has and the error catalogue does not. */
const statusOf = (code: string): number | undefined =>
  ({ "address.method": 405, "address.type": 415 })[code as "address.method"];

/**
 * `/x/<module>/<code of the unit>/<name>/…`: addresses of modules for other programs. Neither a cookie nor a return code
 * counts here.
 */
export function serveAddresses({ host, kernel }: { readonly host: PluginHost; readonly kernel: Kernel }) {
  const limiters = new Map<number, Limiter>();
  const take = (asker: string, perMinute: number): number => {
    const limiter = limiters.get(perMinute) ?? createLimiter({ burst: perMinute, perMinute, now: kernel.now });
    limiters.set(perMinute, limiter);
    return limiter.take(asker);
  };
  return async (c: Context<HttpEnv>): Promise<Response> => {
    const { requestId, origin } = c.get("facts");
    try {
      const response = await host.visit({
        request: c.req.raw,
        locale: localeOf(c.req.header("accept-language")),
        context: { kernel, requestId, origin, actor: undefined, codeCaseId: undefined, setCodeCase: () => undefined },
        read: (maxBytes) => readBody(c.req.raw, maxBytes),
        take,
      });
      return c.newResponse(response.body, response);
    } catch (error) {
      return problemOrThrow(c, error, statusOf);
    }
  };
}
