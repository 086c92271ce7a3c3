import { hash } from "node:crypto";
import { DoorstepError, type Locale } from "@doorstep/contracts";
import { assertTaking, findSystem, type RequestContext } from "@doorstep/kernel";
import type { ManifestAddress } from "@doorstep/sdk";
import type { AddressRequest, AddressSpec } from "@doorstep/sdk/server";
import { assertOn, type Serving } from "../calls/endpoint.ts";
import { NoPlace } from "../calls/limits.ts";
import { runCall } from "../calls/run-call.ts";
import { type UnitRow, unitByCode } from "../choices/unit-rows.ts";
import { Paused } from "../health/breakers.ts";
import type { HostedPlugin } from "../registry.ts";
import { answerSchema, responseOf } from "./response.ts";

/** A request to `/x/<module>/<code of the unit>/<name>/…` as whoever serves HTTP got it. */
export interface Visit {
  readonly request: Request;
  readonly locale: Locale;
  /** Who asks is found out here; whatever stands in it of a person is not used. */
  readonly context: RequestContext;
  /** @throws DoorstepError `input.tooLarge` */
  readonly read: (maxBytes: number) => Promise<Uint8Array>;
  /** Seconds until this asker may come again to an address that takes so many a minute; 0 = now. */
  readonly take: (asker: string, perMinute: number) => number;
}

interface Asked {
  readonly pluginId: string;
  readonly unitCode: string;
  readonly name: string;
  readonly path: readonly string[];
}

const MOST_PARTS = 8;
const MOST_CHARACTERS = 200;
const MOST_QUERIES = 30;
const FORM = "application/x-www-form-urlencoded";

const isPlain = (text: string): boolean => text.length <= MOST_CHARACTERS && !/\p{Cc}/u.test(text);
const isPart = (part: string): boolean => isPlain(part) && !["", ".", ".."].includes(part) && !/[/\\]/.test(part);

/** @throws DoorstepError `address.unknown` for what is no such address */
function parsed(url: URL): Asked {
  let parts: readonly string[];
  try {
    parts = url.pathname.split("/").slice(2).map(decodeURIComponent);
  } catch {
    throw new DoorstepError("address.unknown");
  }
  const [pluginId = "", unitCode = "", name = "", ...path] = parts;
  if (!parts.every(isPart) || path.length > MOST_PARTS || name === "") throw new DoorstepError("address.unknown");
  return { pluginId, unitCode, name, path };
}

/** @throws DoorstepError `address.unknown` where there are too many, or they are no plain words */
function queryOf(url: URL): Readonly<Record<string, string>> {
  const found = [...url.searchParams];
  if (found.length > MOST_QUERIES || !found.flat().every(isPlain)) throw new DoorstepError("address.unknown");
  return Object.fromEntries(found);
}

interface Address {
  readonly plugin: HostedPlugin;
  readonly about: ManifestAddress;
  readonly spec: AddressSpec;
}

/** @throws DoorstepError `address.unknown` */
function addressAt(serving: Serving, { pluginId, name }: Asked): Address {
  const plugin = serving.snapshot().plugins.get(pluginId);
  const one = plugin?.manifest.contributions.find(
    ({ point, key }) => point === "kernel/address@1" && key === `${pluginId}/${name}`,
  );
  const addresses = (plugin?.server?.part.addresses ?? {}) as Readonly<Record<string, AddressSpec>>;
  const spec = Object.hasOwn(addresses, name) ? addresses[name] : undefined;
  if (!plugin || !one?.address || !spec) throw new DoorstepError("address.unknown");
  return { plugin, about: one.address, spec };
}

const mediaType = (header: string | null): string | null => header?.split(";", 1)[0]?.trim().toLowerCase() ?? null;

/** @throws DoorstepError `address.method`, `address.type` */
function assertForm({ methods, accepts }: ManifestAddress, method: string, type: string | null): "GET" | "POST" {
  const asked = method === "HEAD" ? "GET" : method;
  const found = methods.find((one) => one === asked);
  if (!found) throw new DoorstepError("address.method", { methods: methods.join(", ") });
  if (found === "POST" && (type === null || !accepts.includes(type)))
    throw new DoorstepError("address.type", { types: accepts.join(", ") });
  return found;
}

const KEY = /^[\x21-\x7e]{8,200}$/;

function keyOf(headers: Headers, type: string | null, body: Uint8Array | null): string | null {
  const bearer = /^Bearer (\S+)$/.exec(headers.get("authorization") ?? "")?.[1];
  const inForm = type === FORM && body ? new URLSearchParams(new TextDecoder().decode(body)).get("api_key") : null;
  const key = bearer ?? headers.get("x-api-key") ?? inForm;
  return key !== null && KEY.test(key) ? key : null;
}

/** The connected system behind a call. @throws DoorstepError `system.token`, `system.scope` */
async function systemAt({ kernel }: RequestContext, token: string | null, unit: UnitRow) {
  const system = token === null ? undefined : await findSystem(kernel, token, kernel.now());
  if (!system) throw new DoorstepError("system.token");
  const reaches = system.actor.unitId !== null && unit.path.includes(system.actor.unitId);
  if (!reaches || !system.scopes.includes("modules.call"))
    throw new DoorstepError("system.scope", { scope: "modules.call" });
  return system.actor;
}

/** @throws DoorstepError `request.tooMany` */
function assertRate({ take }: Visit, asker: string, perMinute: number): void {
  const seconds = take(asker, perMinute);
  if (seconds > 0) throw new DoorstepError("request.tooMany", { seconds });
}

/**
 * Answers at an address of a module. Everything is checked that can be before any code of the module runs; what it answers is
 * held to the few types and statuses there are, and no header of its own goes out.
 *
 * @throws DoorstepError `address.unknown`, `address.method`, `address.type`, `address.key`, `system.token`, `system.scope`,
 * `request.tooMany`, `unit.notFound`, `module.notFound`, `module.paused`, `module.busy`, `module.failed`, `input.tooLarge`, and whatever the
 * module refuses with.
 */
export async function visit(serving: Serving, of: Visit): Promise<Response> {
  const { request, context } = of;
  const url = new URL(request.url);
  const asked = parsed(url);
  const { plugin, about, spec } = addressAt(serving, asked);
  const at = `${asked.pluginId}/${asked.name}`;
  assertRate(of, `${at} ${context.origin}`, about.perMinute);
  const type = mediaType(request.headers.get("content-type"));
  const method = assertForm(about, request.method, type);
  const unit = await unitByCode(context.kernel.pool, asked.unitCode);
  if (!unit) throw new DoorstepError("unit.notFound");
  await assertOn(context, serving.snapshot(), asked.pluginId, unit);
  const query = queryOf(url);
  // a system is known before a byte of what it sends is read
  const actor = about.who === "system" ? await systemAt(context, keyOf(request.headers, null, null), unit) : undefined;
  const body = method === "POST" ? await of.read(about.maxBytes) : null;
  const key = about.who === "keyHolder" ? keyOf(request.headers, type, body) : null;
  if (about.who === "keyHolder" && key === null) throw new DoorstepError("address.key");
  const asker = actor?.personId ?? (key === null ? null : hash("sha256", key));
  if (asker !== null) assertRate(of, `${at} ${asker}`, about.perMinute);
  if (method === "POST") assertTaking(context.kernel);
  const given: AddressRequest = {
    ...{ method, path: asked.path, query, key, body, locale: of.locale },
    type: method === "POST" ? type : null,
    system: actor ? { id: actor.personId, name: actor.name } : null,
  };
  // Nothing of a session, a code or a person goes on, whoever has called.
  const { restriction: _, ...plain } = context;
  const caller: RequestContext = { ...plain, actor, codeCaseId: undefined, setCodeCase: () => undefined };
  try {
    const run = { plugin, unit, kind: "address", request: caller } as const;
    const answer = await runCall(serving, run, async (ctx) => answerSchema.parse(await spec.answer(ctx, given)));
    return responseOf(answer, { isOpen: about.who === "anybody", method, headers: request.headers });
  } catch (error) {
    throw refusalOf(error, context);
  }
}

/** What whoever called is told: a refusal as it is, and of a defect nothing but that it was one. */
function refusalOf(error: unknown, { kernel }: RequestContext): unknown {
  if (error instanceof DoorstepError) return error;
  if (error instanceof Paused) {
    const seconds = Math.max(1, Math.ceil((error.until.getTime() - kernel.now().getTime()) / 1_000));
    return new DoorstepError("module.paused", { seconds });
  }
  return new DoorstepError(error instanceof NoPlace ? "module.busy" : "module.failed");
}
