import type { Locale } from "@doorstep/contracts";
import type { Context } from "hono";
import { refuse } from "../http/answers.ts";
import type { HttpEnv } from "../http/http-env.ts";
import { VERSION } from "../open-platform.ts";
import { openApiOf } from "./openapi.ts";
import { localeOf } from "./problem.ts";

/** `GET /openapi.json`, in the language that is asked for; open, as it tells nothing of this house. */
export function describeRest(publicUrl: string | undefined): (c: Context<HttpEnv>) => Response {
  const made = new Map<string, string>();
  return (c) => {
    if (c.req.method !== "GET") return refuse(c, "request.unknown", {}, 405);
    const locale: Locale = localeOf(c.req.header("accept-language"));
    const url = publicUrl ?? new URL(c.req.url).origin;
    const key = `${locale} ${url}`;
    const text = made.get(key) ?? JSON.stringify(openApiOf({ version: VERSION, url, locale }));
    if (publicUrl !== undefined) made.set(key, text);
    c.header("Vary", "Accept-Language");
    return c.body(text, 200, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-cache" });
  };
}
