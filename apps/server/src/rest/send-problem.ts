import { DoorstepError, errorCatalogue, isErrorCode } from "@doorstep/contracts";
import { isAway, isFull } from "@doorstep/database";
import type { Context } from "hono";
import { statusOf } from "../http/answers.ts";
import type { HttpEnv } from "../http/http-env.ts";
import { localeOf, problemOf, type Refused } from "./problem.ts";

/** Answers another program with a refusal, in the form of RFC 9457. */
export function sendProblem(c: Context<HttpEnv>, refused: Refused, status?: number): Response {
  const { code, params } = refused;
  const of = status ?? (isErrorCode(code) ? statusOf[errorCatalogue[code].transport] : 500);
  if (of === 401) c.header("WWW-Authenticate", 'Bearer realm="doorstep"');
  // The rest of the body is not read, so that the connection cannot carry another request.
  if (of === 413) c.header("Connection", "close");
  if (typeof params?.seconds === "number") c.header("Retry-After", String(params.seconds));
  c.header("Cache-Control", "no-store");
  const body = problemOf(of, refused, c.get("facts").requestId, localeOf(c.req.header("accept-language")));
  return c.body(JSON.stringify(body), of as 400, { "Content-Type": "application/problem+json; charset=utf-8" });
}

/** A thrown refusal as its problem; what is none is thrown on. */
export function problemOrThrow(c: Context<HttpEnv>, error: unknown, status?: (code: string) => number | undefined) {
  if (error instanceof DoorstepError) return sendProblem(c, error, status?.(error.code));
  if (isFull(error)) return sendProblem(c, { code: "service.full" });
  if (isAway(error)) return sendProblem(c, { code: "service.away" });
  throw error;
}
