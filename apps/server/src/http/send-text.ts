import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Context } from "hono";
import type { HttpEnv } from "./http-env.ts";

const zipped = promisify(gzip);

/** Sends what a browser reads, compressed where it takes that. Holds nothing secret beside what a stranger could choose. */
export async function sendText(c: Context<HttpEnv>, body: string | Uint8Array, type: string): Promise<Response> {
  const bytes = Buffer.from(body);
  c.header("Content-Type", type);
  c.header("Vary", "Accept-Encoding");
  if (!/\bgzip\b/.test(c.req.header("accept-encoding") ?? "")) return c.body(bytes);
  c.header("Content-Encoding", "gzip");
  return c.body(new Uint8Array(await zipped(bytes)));
}
