import type { BrowserHalves } from "@doorstep/plugin-host";
import type { Context } from "hono";
import { refuse } from "./answers.ts";
import type { HttpEnv } from "./http-env.ts";
import { A_YEAR } from "./pages.ts";
import { sendText } from "./send-text.ts";

const types: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
};

/** `GET /plugins/<id>/<version>/<file>`: a file of a module's browser half, never one that was changed since. */
export function pluginFile(halves: BrowserHalves): (c: Context<HttpEnv>) => Promise<Response> {
  return async (c) => {
    const [, , plugin = "", version = "", ...rest] = c.req.path.split("/");
    const file = rest.join("/");
    const bytes = c.req.method === "GET" ? await halves.read(plugin, version, file) : undefined;
    if (!bytes) return refuse(c, "request.unknown", {}, 404);
    c.header("Cache-Control", A_YEAR);
    return sendText(c, bytes, types[file.slice(file.lastIndexOf(".") + 1)] ?? "application/octet-stream");
  };
}
