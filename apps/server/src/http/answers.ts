import { DoorstepError, type ErrorCode, type ErrorParams, errorCatalogue } from "@doorstep/contracts";
import { isAway, isFull } from "@doorstep/database";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { HttpEnv } from "./http-env.ts";

/** The status that answers a kind of refusal. */
export const statusOf: Readonly<Record<(typeof errorCatalogue)[ErrorCode]["transport"], ContentfulStatusCode>> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PRECONDITION_FAILED: 412,
  PAYLOAD_TOO_LARGE: 413,
  TOO_MANY_REQUESTS: 429,
  SERVICE_UNAVAILABLE: 503,
};

/** The body of a refusal: plain for the account pages, and as a tRPC client reads it. */
export const refusalBody = (code: ErrorCode, requestId: string, params: ErrorParams = {}) => ({
  code,
  params: { ...params, requestId },
  requestId,
  error: { message: code, data: { code, params: { ...params, requestId }, reasons: [], fields: {}, requestId } },
});

/** Answers with a code of the catalogue; `status` differs from the catalogue's only for a defect (500). */
export function refuse(
  c: Context<HttpEnv>,
  code: ErrorCode,
  params: ErrorParams = {},
  status: ContentfulStatusCode = statusOf[errorCatalogue[code].transport],
): Response {
  if (typeof params.seconds === "number") c.header("Retry-After", String(params.seconds));
  // The rest of the body is not read, so that the connection cannot carry another request.
  if (status === 413) c.header("Connection", "close");
  c.header("Cache-Control", "no-store");
  return c.json(refusalBody(code, c.get("facts")?.requestId ?? "", params), status);
}

/** Turns a thrown refusal into its answer; what is no refusal is left to the caller. */
export const refusalOf = (c: Context<HttpEnv>, error: unknown): Response | undefined =>
  error instanceof DoorstepError
    ? refuse(c, error.code, error.params)
    : isFull(error)
      ? refuse(c, "service.full")
      : isAway(error)
        ? refuse(c, "service.away")
        : undefined;

/** Refuses what is no POST of the given media type; every call of ours is one. */
export function wrongForm(c: Context<HttpEnv>, mediaType: string): Response | undefined {
  if (c.req.method !== "POST") return refuse(c, "request.unknown", {}, 405);
  const [given = ""] = (c.req.header("content-type") ?? "").split(";", 1);
  return given.trim().toLowerCase() === mediaType ? undefined : refuse(c, "request.unknown", {}, 415);
}
