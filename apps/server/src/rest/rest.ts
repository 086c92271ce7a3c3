import { DoorstepError, type RestPath, restFile, restProcedures, type SystemScope } from "@doorstep/contracts";
import { type Blobs, type CallingSystem, findSystem, type Kernel, type RequestContext } from "@doorstep/kernel";
import type { Context } from "hono";
import { wrongForm } from "../http/answers.ts";
import { assertKeepable, decodeText, readBody } from "../http/body.ts";
import { takeFile } from "../http/files.ts";
import type { HttpEnv } from "../http/http-env.ts";
import { createLimiter, type Limiter } from "../http/limits.ts";
import type { Refused } from "./problem.ts";
import { problemOrThrow, sendProblem } from "./send-problem.ts";

const MAX_BYTES = 2 * 1_024 * 1_024;
/** 500 old records with their originals */
const MAX_IMPORT_BYTES = 64 * 1_024 * 1_024;
/** What one system may ask for; a nightly run over all petitions of a division fits in. */
const PER_MINUTE = 600;
/** An empty body means an empty input, as many clients send none for a question without one. */
const NOTHING = "{}";

export interface RestOptions {
  readonly kernel: Kernel;
  readonly blobs: Blobs;
  /** serves one procedure as the pages get it */
  readonly serve: (request: Request, context: RequestContext) => Promise<Response>;
  readonly limiter?: Limiter;
}

const isRestPath = (path: string): path is RestPath => Object.hasOwn(restProcedures, path);

/** `Authorization: Bearer <token>` and nothing else: a cookie never counts here, so no page can be made to call. */
const tokenOf = (header: string | undefined): string | undefined => /^Bearer ([\w-]{20,100})$/.exec(header ?? "")?.[1];

/**
 * `POST /api/v1/<group>/<name>` with the input as JSON: the same procedures, schemas and rights as the pages have, for
 * systems that are connected. An answer is the bare output; a refusal is `application/problem+json`.
 */
export function serveRest(options: RestOptions): (c: Context<HttpEnv>) => Promise<Response> {
  const { kernel, blobs } = options;
  const limiter = options.limiter ?? createLimiter({ burst: PER_MINUTE, perMinute: PER_MINUTE, now: kernel.now });

  /** @throws DoorstepError `system.token`, `system.scope`, `request.tooMany` */
  async function callerOf(c: Context<HttpEnv>, scope: SystemScope | null): Promise<CallingSystem | undefined> {
    const header = c.req.header("authorization");
    if (header === undefined && scope === null) return undefined;
    const token = tokenOf(header);
    const system = token === undefined ? undefined : await findSystem(kernel, token, kernel.now());
    if (!system) throw new DoorstepError("system.token");
    const seconds = limiter.take(system.actor.personId);
    if (seconds > 0) throw new DoorstepError("request.tooMany", { seconds });
    if (scope !== null && !system.scopes.includes(scope)) throw new DoorstepError("system.scope", { scope });
    return system;
  }

  async function answerFile(c: Context<HttpEnv>): Promise<Response> {
    const wrong = wrongForm(c, "application/octet-stream");
    if (wrong) return sendProblem(c, { code: "request.unknown" }, wrong.status);
    await callerOf(c, restFile.scope);
    const kept = await takeFile(c, kernel, blobs);
    c.header("Cache-Control", "no-store");
    return c.json(kept);
  }

  async function answer(c: Context<HttpEnv>): Promise<Response> {
    const path = `${c.req.param("group")}.${c.req.param("name")}`;
    if (path === restFile.path) return await answerFile(c);
    if (!isRestPath(path)) return sendProblem(c, { code: "request.unknown" }, 404);
    const wrong = wrongForm(c, "application/json");
    if (wrong) return sendProblem(c, { code: "request.unknown" }, wrong.status);
    const system = await callerOf(c, restProcedures[path].scope);
    const bytes = await readBody(c.req.raw, path === "intake.import" ? MAX_IMPORT_BYTES : MAX_BYTES);
    const body = decodeText(bytes) || NOTHING;
    assertKeepable(body);
    const facts = c.get("facts");
    const context: RequestContext = {
      kernel,
      actor: system?.actor,
      codeCaseId: undefined,
      requestId: facts.requestId,
      origin: facts.origin,
      setCodeCase: () => undefined,
    };
    const headers = { "content-type": "application/json" };
    const request = new Request(new URL(`/rpc/${path}`, c.req.url), { method: "POST", headers, body });
    const response = await options.serve(request, context);
    const told = (await response.json()) as {
      readonly result?: { readonly data: unknown };
      readonly error?: { readonly data: Refused };
    };
    if (told.error) return sendProblem(c, told.error.data, response.status);
    c.header("Cache-Control", "no-store");
    return c.json(told.result?.data as object);
  }

  return async (c) => {
    try {
      return await answer(c);
    } catch (error) {
      return problemOrThrow(c, error);
    }
  };
}
