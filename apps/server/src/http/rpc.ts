import { DoorstepError } from "@doorstep/contracts";
import type { RequestContext } from "@doorstep/kernel";
import type { PluginHost } from "@doorstep/plugin-host";
import type { AnyTRPCRouter } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Context } from "hono";
import { z } from "zod";
import { describeFault, type Logger } from "../log.ts";
import { refuse, wrongForm } from "./answers.ts";
import { assertKeepable, decodeText, readBody } from "./body.ts";
import type { HttpEnv } from "./http-env.ts";
import type { Metrics } from "./metrics.ts";

type Handle = (c: Context<HttpEnv>) => Promise<Response>;
type ContextOf = (c: Context<HttpEnv>) => Promise<RequestContext>;

/** A whole petition with every field full is under 200 KB; a reply to twenty demands under 1 MB. */
const MAX_BYTES = 2 * 1_024 * 1_024;
/** 5,000 rows of a register, or 500 old records with their originals. */
const MAX_IMPORT_BYTES = 64 * 1_024 * 1_024;
const IMPORTS = /^\/rpc\/(intake|units|people)\.import$/;
const MAX_BATCH = 20;

/**
 * Every call comes by POST, queries too, so that nothing a person typed stands in an address. The body is read and
 * checked here: what is no UTF-8 JSON never reaches a procedure.
 *
 * @throws DoorstepError `input.tooLarge`, `text.characters`.
 */
async function checked(c: Context<HttpEnv>): Promise<Request | Response> {
  const wrong = wrongForm(c, "application/json");
  if (wrong) return wrong;
  const body = decodeText(await readBody(c.req.raw, IMPORTS.test(c.req.path) ? MAX_IMPORT_BYTES : MAX_BYTES));
  assertKeepable(body);
  return new Request(c.req.url, { method: "POST", headers: { "content-type": "application/json" }, body });
}

/** The router's answer with what the context set beside it (the cookie of a case). */
function passedOn(c: Context<HttpEnv>, response: Response): Response {
  for (const [name, value] of response.headers) c.header(name, value);
  c.header("Cache-Control", "no-store");
  return c.newResponse(response.body, response.status as 200);
}

export interface KernelCalls {
  readonly router: AnyTRPCRouter;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Calls procedures of the kernel's router as somebody: for pages and for connected systems alike. */
export const callKernel =
  ({ router, log, metrics }: KernelCalls) =>
  (request: Request, context: RequestContext): Promise<Response> =>
    fetchRequestHandler({
      endpoint: "/rpc",
      req: request,
      router,
      createContext: () => context,
      allowMethodOverride: true,
      maxBatchSize: MAX_BATCH,
      onError: ({ error, path }) => {
        if (error.code !== "INTERNAL_SERVER_ERROR" || error.cause instanceof DoorstepError) return;
        metrics.defects.inc();
        log.error({ requestId: context.requestId, path, fault: describeFault(error.cause ?? error) }, "defect");
      },
    });

/** Serves the kernel's router. */
export function serveRpc(options: {
  readonly call: ReturnType<typeof callKernel>;
  readonly context: ContextOf;
}): Handle {
  return async (c) => {
    const request = await checked(c);
    if (request instanceof Response) return request;
    return passedOn(c, await options.call(request, await options.context(c)));
  };
}

const unitHeader = z.uuid();

/** Serves the plugins' routers; which unit a call is about stands in a header, so that it is in no address. */
export function servePluginRpc(options: { readonly host: PluginHost; readonly context: ContextOf }): Handle {
  return async (c) => {
    const request = await checked(c);
    if (request instanceof Response) return request;
    const named = c.req.header("x-doorstep-unit");
    const unit = unitHeader.optional().safeParse(named === "" ? undefined : named);
    if (!unit.success) return refuse(c, "unit.notFound");
    const call = { context: await options.context(c), unitId: unit.data ?? null };
    return passedOn(c, await options.host.handle(c.req.param("plugin") ?? "", request, call));
  };
}
