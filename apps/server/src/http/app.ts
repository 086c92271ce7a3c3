import { randomBytes, randomUUID } from "node:crypto";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono, type MiddlewareHandler } from "hono";
import type { Pool } from "pg";
import { describeFault, type Logger } from "../log.ts";
import type { Traces } from "../telemetry/traces.ts";
import { clientAddress, createOriginHash, type Peer, type PeerRules, transportOf } from "./address.ts";
import { refusalOf, refuse } from "./answers.ts";
import { databaseAnswers } from "./health.ts";
import type { HttpEnv } from "./http-env.ts";
import { createLimiter, type Limiter } from "./limits.ts";
import { areaOf, type Metrics } from "./metrics.ts";
import { appFiles, appPage, type BuiltApp } from "./pages.ts";
import { sameOriginOnly } from "./same-origin.ts";
import { securityHeaders } from "./security-headers.ts";

type Handle =
  | MiddlewareHandler<HttpEnv>
  | ((c: Parameters<MiddlewareHandler<HttpEnv>>[0]) => Promise<Response> | Response);

/** One address and who answers it; the order is the order of the list. */
export type Route =
  | { readonly path: string; readonly handle: Handle }
  | { readonly path: string; readonly routes: Hono<HttpEnv> };

export interface AppOptions {
  readonly pool: Pool;
  readonly now: () => Date;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly traces: Traces;
  readonly rules: PeerRules;
  readonly routes: readonly Route[];
  readonly portal: BuiltApp;
  readonly admin: BuiltApp;
  /** what the scripts of installed modules hash to, by their address */
  readonly modules: (app: "portal" | "admin") => Readonly<Record<string, string>>;
}

/** Puts the server's parts behind one set of headers, limits and error answers. */
export function createApp(options: AppOptions): Hono<HttpEnv> {
  const { log, metrics, rules, traces } = options;
  const app = new Hono<HttpEnv>();

  app.use(requestFacts(options));
  app.use(securityHeaders());
  app.use(async (c, next) => {
    const area = areaOf(c.req.path);
    const end = metrics.requests.startTimer({ area });
    await traces.span(`http ${area}`, next, { "doorstep.request": c.get("facts").requestId });
    end({ status: `${Math.floor(c.res.status / 100)}xx` });
  });
  app.use(floodFence(options.now, rules));
  app.use(sameOriginOnly(rules.publicUrl));

  app.get("/healthz", async (c) => {
    const up = await databaseAnswers(options.pool);
    metrics.databaseUp.set(up ? 1 : 0);
    c.header("Cache-Control", "no-store");
    return up ? c.json({ status: "ok" }) : c.json({ status: "unavailable", reason: "database" }, 503);
  });
  app.get("/metrics", async (c) => {
    // Even plain figures tell when somebody filed: they are for this machine's own collector.
    if (!c.get("facts").loopback) return refuse(c, "request.unknown", {}, 404);
    return c.text(await metrics.registry.metrics(), 200, { "Content-Type": metrics.registry.contentType });
  });

  for (const route of options.routes) {
    if ("routes" in route) app.route(route.path, route.routes);
    else app.all(route.path, route.handle);
  }

  app.use("/admin/*", appFiles(options.admin));
  app.use("/*", appFiles(options.portal));
  app.get("/admin", (c) => c.redirect("/admin/", 302));
  const admin = appPage(options.admin, () => options.modules("admin"));
  const portal = appPage(options.portal, () => options.modules("portal"));
  app.get("*", async (c) => {
    if (/\.[A-Za-z0-9]{1,8}$/.test(c.req.path)) return c.text("Not found\n", 404);
    return await (c.req.path.startsWith("/admin/") ? admin(c) : portal(c));
  });
  app.notFound((c) => refuse(c, "request.unknown", {}, c.req.method === "GET" ? 404 : 405));
  app.onError((error, c) => {
    const refusal = refusalOf(c, error);
    if (refusal) return refusal;
    // The asker went away in the middle of his request: nobody reads the answer, and nothing is wrong here.
    if (c.req.raw.signal.aborted) return refuse(c, "request.unknown");
    metrics.defects.inc();
    log.error(
      { requestId: c.get("facts")?.requestId, area: areaOf(c.req.path), fault: describeFault(error) },
      "defect",
    );
    return refuse(c, "unexpected", {}, 500);
  });
  return app;
}

function requestFacts(options: AppOptions): MiddlewareHandler<HttpEnv> {
  const originOf = createOriginHash(options.now);
  return async (c, next) => {
    const peer: Peer = {
      remote: getConnInfo(c).remote.address ?? "",
      host: c.req.header("host") ?? "",
      forwardedFor: c.req.header("x-forwarded-for"),
      forwardedProto: c.req.header("x-forwarded-proto"),
    };
    c.set("facts", {
      requestId: randomUUID(),
      origin: originOf(clientAddress(peer, options.rules)),
      ...transportOf(peer, options.rules),
      nonce: randomBytes(18).toString("base64url"),
    });
    await next();
  };
}

/** What one address may ask for in all; a whole barracks may stand behind one. */
const PER_MINUTE = 3_000;

/** Requests that come straight from this machine are counted as nobody: there a proxy would look like one visitor. */
function floodFence(now: () => Date, rules: PeerRules): MiddlewareHandler<HttpEnv> {
  const limiter: Limiter = createLimiter({ burst: PER_MINUTE / 2, perMinute: PER_MINUTE, now });
  return async (c, next) => {
    const { origin, loopback } = c.get("facts");
    const seconds = loopback && rules.trustProxy === 0 ? 0 : limiter.take(origin);
    if (seconds > 0) return refuse(c, "request.tooMany", { seconds });
    await next();
  };
}
