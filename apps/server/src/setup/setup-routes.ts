import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bilingual, DoorstepError, serviceNumber, text, unitCode } from "@doorstep/contracts";
import { appointAdministrator, foundHouse, inChange } from "@doorstep/kernel";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { assertGoodPassword } from "../accounts/passwords.ts";
import { refusalOf } from "../http/answers.ts";
import { readJson } from "../http/body.ts";
import type { HttpEnv } from "../http/http-env.ts";
import { createLimiter } from "../http/limits.ts";
import { pagePolicy } from "../http/security-headers.ts";
import { printedKey } from "../keys/key-file.ts";
import type { Platform } from "../open-platform.ts";
import type { SetupLink } from "./setup-link.ts";

const unit = z.object({ code: unitCode, name: bilingual });
const checkInput = z.object({ token: z.string().max(100) });
const foundInput = checkInput.extend({
  organisation: unit,
  firstUnit: unit.optional(),
  timeZone: z.string().max(60),
  calendarRegion: z.string().regex(/^[a-z][a-z0-9-]{1,19}$/),
  administrator: z.object({ name: text(60), username: serviceNumber, password: z.string().max(1_000) }),
});

/** A wrong link is a mistake or an attack; both may take their time. */
const TRIES_PER_MINUTE = 20;

/** `POST /api/setup/check` and `/api/setup/found`: what the set-up page asks, while the database is empty. */
export function setupRoutes(platform: Platform, link: SetupLink): Hono<HttpEnv> {
  const { kernel, accounts, master } = platform;
  const limiter = createLimiter({ burst: TRIES_PER_MINUTE, perMinute: TRIES_PER_MINUTE, now: kernel.now });
  const routes = new Hono<HttpEnv>();

  async function parse<T extends { token: string }>(c: Context<HttpEnv>, schema: z.ZodType<T>): Promise<T> {
    const { https, loopback, origin } = c.get("facts");
    // The page carries a password and shows the recovery key.
    if (!https && !loopback) throw new DoorstepError("account.insecure");
    const seconds = limiter.take(origin);
    if (seconds > 0) throw new DoorstepError("request.tooMany", { seconds });
    const body = await readJson(c.req.raw);
    // A wrong link learns nothing about the rest of what was sent.
    await link.assertValid(typeof body.token === "string" ? body.token : "");
    const parsed = schema.safeParse(body);
    if (!parsed.success) throw new DoorstepError("input.invalid");
    return parsed.data;
  }

  routes.onError((error, c) => {
    const refusal = refusalOf(c, error);
    if (refusal) return refusal;
    throw error;
  });

  routes.post("/check", async (c) => {
    await parse(c, checkInput);
    const { rows } = await kernel.pool.query<{ region: string; until: string }>(
      "select region, max(official_until) as until from kernel.calendars group by region order by region",
    );
    return c.json({
      timeZones: Intl.supportedValuesOf("timeZone"),
      calendars: rows.map((row) => ({ region: row.region, officialUntil: row.until })),
      https: c.get("facts").https,
    });
  });

  routes.post("/found", async (c) => {
    const input = await parse(c, foundInput);
    const { name, username, password } = input.administrator;
    assertGoodPassword(password, username);
    await inChange(kernel, "system", async (change) => {
      await foundHouse(change, input);
      const { personId } = await appointAdministrator(change, { name, username, kind: "officer" });
      await accounts.createAccounts(change.client, [{ personId, username }]);
      await accounts.choosePassword(change.client, personId, password);
      await link.close(change.client);
    });
    c.header("Cache-Control", "no-store");
    return c.json({ recoveryKey: master.path === undefined ? null : printedKey(master), keyFile: master.path ?? null });
  });
  return routes;
}

const FILES = {
  "": "text/html; charset=utf-8",
  "page.js": "text/javascript; charset=utf-8",
  "page.css": "text/css; charset=utf-8",
} as const;

/** The set-up page: plain files, so that it works before anything else is built. */
export function setupPage(): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();
  for (const [name, type] of Object.entries(FILES)) {
    const content = readFileSync(join(import.meta.dirname, "page", name || "index.html"));
    routes.get(`/${name}`, (c) => {
      c.header("Content-Security-Policy", pagePolicy(c.get("facts").nonce));
      c.header("Cache-Control", "no-store");
      c.header("Content-Type", type);
      return c.body(content);
    });
  }
  return routes;
}
