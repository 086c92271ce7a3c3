import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Context, MiddlewareHandler } from "hono";
import type { HttpEnv } from "./http-env.ts";
import { INTEGRITY_POLICY, KEEPER_POLICY, pagePolicy, WORKER_POLICY } from "./security-headers.ts";
import { sendText } from "./send-text.ts";

const NONCE_PLACEHOLDER = /__DOORSTEP_NONCE__/g;
const IMPORT_MAP_PLACEHOLDER = "__DOORSTEP_IMPORT_MAP__";
const MODULES = join(".vite", "modules.json");
const KEEPER = "/kept-pages.js";
const WORKER = /\.worker-[\w-]+\.js$/;
export const A_YEAR = "public, max-age=31536000, immutable";

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
    });
  return async (c, next) => {
    if (!/\.[A-Za-z0-9]{1,8}$/.test(c.req.path)) return await next();
    // An app may be built while the server runs.
    if (!files && existsSync(app.dist)) files = made();
    const found = files ? await files(c, next) : await next();
    // Said of the answer itself: what is said while it is made does not reach it.
    if (!found?.ok) return found;
    if (c.req.path === KEEPER) found.headers.set("Content-Security-Policy", KEEPER_POLICY);
    if (WORKER.test(c.req.path)) found.headers.set("Content-Security-Policy", WORKER_POLICY);
    found.headers.set("Cache-Control", c.req.path.startsWith(`${app.base}assets/`) ? A_YEAR : "no-cache");
    return found;
  };
}

/** Scripts by their address, and what each must hash to. */
type Integrity = Readonly<Record<string, string>>;

interface Page {
  readonly html: string;
  readonly imports: Readonly<Record<string, string>>;
  readonly integrity: Integrity;
  /** by plugin of the build: what a page of it needs at once, beside what every page brings */
  readonly ahead: Readonly<Record<string, readonly string[]>>;
  readonly at: number;
}

function readPage(app: BuiltApp, at: number): Page {
  const modules = JSON.parse(readFileSync(join(app.dist, MODULES), "utf8")) as Omit<Page, "html" | "at">;
  return { ...modules, html: readFileSync(join(app.dist, "index.html"), "utf8"), at };
}

/** Stands inside a script element, whose end must not be in it. */
const mapText = ({ imports, integrity }: Page, more: Integrity): string =>
  JSON.stringify({ imports, integrity: { ...integrity, ...more } }).replaceAll("<", "\\u003c");

/** Names the files of the plugin whose page is asked for, so that they come while the app is being read. */
function aheadLinks({ ahead, integrity }: Page, base: string, path: string): string {
  const [first, plugin = ""] = path.slice(base.length).split("/");
  const files = first === "p" && Object.hasOwn(ahead, plugin) ? (ahead[plugin] ?? []) : [];
  return files
    .map((file) => `<link rel="modulepreload" crossorigin href="${file}" integrity="${integrity[file]}">`)
    .join("");
}

/**
 * Sends the app's page with the nonce of this answer and the one import map of all its scripts, those of installed modules
 * included: browsers take no second one. Every address inside an app is the same page.
 */
export function appPage(app: BuiltApp, modules: () => Integrity): (c: Context<HttpEnv>) => Promise<Response> {
  const file = join(app.dist, "index.html");
  let known: Page | undefined;
  return async (c) => {
    const at = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    // Written after everything else: a build that is under way is none yet.
    if (at === undefined || !existsSync(join(app.dist, MODULES)))
      return c.text("This app has not been built yet. Run: npm start\n此页面尚未构建，请运行 npm start\n", 503);
    if (known?.at !== at) known = readPage(app, at);
    const { nonce } = c.get("facts");
    c.header("Integrity-Policy", INTEGRITY_POLICY);
    c.header("Cache-Control", "no-store");
    const map = mapText(known, modules());
    c.header(
      "Content-Security-Policy",
      pagePolicy(nonce, `sha256-${createHash("sha256").update(map).digest("base64")}`),
    );
    const html = known.html
      .replace(NONCE_PLACEHOLDER, nonce)
      .replace(IMPORT_MAP_PLACEHOLDER, () => map)
      .replace("</head>", `${aheadLinks(known, app.base, c.req.path)}</head>`);
    return sendText(c, html, "text/html; charset=UTF-8");
  };
}
