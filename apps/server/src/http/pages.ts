import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Context, MiddlewareHandler } from "hono";
import type { HttpEnv } from "./http-env.ts";
import { pagePolicy, WORKER_POLICY } from "./security-headers.ts";

const NONCE_PLACEHOLDER = /__DOORSTEP_NONCE__/g;
const WORKER = /\.worker-[\w-]+\.js$/;
const A_YEAR = "public, max-age=31536000, immutable";

export interface BuiltApp {
  /** folder with index.html and assets/ */
  readonly dist: string;
  /** `/` or `/admin/` */
  readonly base: string;
}

/** Files whose name carries their hash never change; the others are asked for again each time. */
export function appFiles(app: BuiltApp): MiddlewareHandler<HttpEnv> {
  let files: MiddlewareHandler<HttpEnv> | undefined;
  const made = (): MiddlewareHandler<HttpEnv> =>
    serveStatic<HttpEnv>({
      root: app.dist,
      precompressed: true,
      rewriteRequestPath: (path) => path.slice(app.base.length - 1),
      onFound: (_path, c) => {
        if (WORKER.test(c.req.path)) c.header("Content-Security-Policy", WORKER_POLICY);
        c.header("Cache-Control", c.req.path.startsWith(`${app.base}assets/`) ? A_YEAR : "no-cache");
      },
    });
  return async (c, next) => {
    if (!/\.[A-Za-z0-9]{1,8}$/.test(c.req.path)) return await next();
    // An app may be built while the server runs.
    if (!files && existsSync(app.dist)) files = made();
    return files ? await files(c, next) : await next();
  };
}

/** Sends the app's page with the nonce of this answer; every address inside an app is the same page. */
export function appPage(app: BuiltApp): (c: Context<HttpEnv>) => Response {
  const file = join(app.dist, "index.html");
  let known: { readonly html: string; readonly at: number } | undefined;
  return (c) => {
    const at = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (at === undefined)
      return c.text("This app has not been built yet. Run: npm start\n此页面尚未构建，请运行 npm start\n", 503);
    if (known?.at !== at) known = { html: readFileSync(file, "utf8"), at };
    const { nonce } = c.get("facts");
    c.header("Content-Security-Policy", pagePolicy(nonce));
    c.header("Cache-Control", "no-store");
    return c.html(known.html.replace(NONCE_PLACEHOLDER, nonce));
  };
}
