import { DoorstepError } from "@doorstep/contracts";
import type { RequestContext } from "@doorstep/kernel";
import type { AnyTRPCRouter } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Context } from "hono";
import { describeFault, type Logger } from "../log.ts";
import { refusalOf, refuse } from "./answers.ts";
import { decodeText, readBody } from "./body.ts";
import type { HttpEnv } from "./http-env.ts";
import type { Metrics } from "./metrics.ts";

export interface RpcOptions {
  readonly endpoint: string;
  readonly router: AnyTRPCRouter;
  readonly context: (c: Context<HttpEnv>) => Promise<RequestContext>;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** A whole petition with every field full is under 200 KB; a reply to twenty demands under 1 MB. */
const MAX_BYTES = 2 * 1_024 * 1_024;
/** 5,000 rows of a register, or 500 old records with their originals. */
const MAX_IMPORT_BYTES = 64 * 1_024 * 1_024;
const IMPORTS = /(^|\/|,)(intake|units|people)\.import$/;
const MAX_BATCH = 20;

/**
 * Serves a router. Every call comes by POST, queries too, so that nothing a person typed stands in an address. The
 * body is read and checked here: what is no UTF-8 JSON never reaches a procedure.
 */
export function serveRpc(options: RpcOptions): (c: Context<HttpEnv>) => Promise<Response> {
  return async (c) => {
    const { requestId } = c.get("facts");
    if (c.req.method !== "POST") return refuse(c, "request.unknown", {}, 405);
    if (!/^application\/json\b/i.test(c.req.header("content-type") ?? "")) return refuse(c, "request.unknown", {}, 415);
    let body: string;
    let context: RequestContext;
    try {
      body = decodeText(await readBody(c.req.raw, IMPORTS.test(c.req.path) ? MAX_IMPORT_BYTES : MAX_BYTES));
      context = await options.context(c);
    } catch (error) {
      const refusal = refusalOf(c, error);
      if (refusal) return refusal;
      throw error;
    }
    const response = await fetchRequestHandler({
      endpoint: options.endpoint,
      req: new Request(c.req.url, { method: "POST", headers: { "content-type": "application/json" }, body }),
      router: options.router,
      createContext: () => context,
      allowMethodOverride: true,
      maxBatchSize: MAX_BATCH,
      onError: ({ error, path }) => {
        if (error.code !== "INTERNAL_SERVER_ERROR" || error.cause instanceof DoorstepError) return;
        options.metrics.defects.inc();
        options.log.error({ requestId, path, fault: describeFault(error.cause ?? error) }, "defect");
      },
    });
    // What the context set (the cookie of a case) stands in the answer being built, not in the router's.
    for (const [name, value] of response.headers) c.header(name, value);
    c.header("Cache-Control", "no-store");
    return c.newResponse(response.body, response.status as 200);
  };
}
