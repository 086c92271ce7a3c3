import { lookup } from "node:dns";
import { type IncomingMessage, request as plain } from "node:http";
import { request as secure } from "node:https";
import type { LookupFunction } from "node:net";
import type { HttpAnswer, HttpAsked } from "@doorstep/sdk/runner";
import { isPrivate, isPrivateName } from "./private-addresses.ts";

/** What may come and go in one exchange, and how long it may take. */
export const HTTP_LIMITS = { sendBytes: 1024 * 1024, receiveBytes: 4 * 1024 * 1024, deadlineMs: 10_000 } as const;

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
/** Set by the connection itself. */
const OWN_HEADERS = ["host", "connection", "content-length", "transfer-encoding", "upgrade", "expect"];

/** Whether an address is one of the listed: the very same, or below one that ends with a slash. */
export function isListed(listed: readonly string[], asked: URL): boolean {
  if (asked.username !== "" || asked.password !== "") return false;
  return listed.some((one) => {
    const url = URL.parse(one);
    if (url?.origin !== asked.origin) return false;
    return url.pathname.endsWith("/") ? asked.pathname.startsWith(url.pathname) : asked.pathname === url.pathname;
  });
}

/** Asks for the addresses of a name, and lets none inside the house pass: a name of the world may be made to point there. */
const outside =
  (names: typeof lookup): LookupFunction =>
  (name, options, done) => {
    names(name, { ...options, all: true }, (error, found) => {
      if (error) return done(error, []);
      const inside = found.some((one) => isPrivate(one.address));
      if (inside) return done(new Error(`${name} leads to a private address`), []);
      const [first] = found;
      return options.all || !first ? done(null, found) : done(null, first.address, first.family);
    });
  };

/** What a plugin reaches at a unit. */
export interface Reach {
  /** listed by its definition and approved by whoever installed it */
  readonly listed: readonly string[];
  /** listed by the unit: nothing inside the house */
  readonly chosen: readonly string[];
  /** inside the house and listed by the topmost unit: what units may choose after all */
  readonly inside: readonly string[];
}

interface Checked {
  readonly url: URL;
  readonly method: string;
  /** a name of the world must not lead inside, unless somebody may say so and has */
  readonly onlyOutside: boolean;
}

function checked({ listed, chosen, inside }: Reach, asked: HttpAsked): Checked {
  const url = URL.parse(asked.url);
  const method = (asked.method ?? "GET").toUpperCase();
  const isFixed = url !== null && isListed(listed, url);
  if (!url || !(isFixed || isListed(chosen, url)))
    throw new Error("the address is not among those the plugin has listed");
  const mayInside = isFixed ? isPrivateName(url.hostname) : isListed(inside, url);
  if (!mayInside && isPrivateName(url.hostname))
    throw new Error("the address is inside the house, and the topmost unit has not listed it");
  if (!METHODS.includes(method)) throw new Error(`${method} is not sent`);
  if ((asked.body?.byteLength ?? 0) > HTTP_LIMITS.sendBytes) throw new Error("what is to be sent is too large");
  return { url, method, onlyOutside: !mayInside };
}

async function received(from: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of from as AsyncIterable<Buffer>) {
    size += part.byteLength;
    if (size > HTTP_LIMITS.receiveBytes) throw new Error("the answer is too large");
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

const headersOf = (from: IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(from.headers).flatMap(([name, value]) =>
      value === undefined || name === "set-cookie" ? [] : [[name, String(value)]],
    ),
  );

/**
 * One exchange with a listed address. It follows no redirect, keeps no cookie, and reaches nothing inside the house
 * unless the plugin's own list names an address or a name of the inside itself, or the topmost unit has listed it.
 */
export async function exchange(
  reach: Reach,
  asked: HttpAsked,
  signal: AbortSignal,
  names: typeof lookup = lookup,
): Promise<HttpAnswer> {
  const { url, method, onlyOutside } = checked(reach, asked);
  const headers = Object.entries(asked.headers ?? {}).filter(([name]) => !OWN_HEADERS.includes(name.toLowerCase()));
  const send = url.protocol === "https:" ? secure : plain;
  const sent = send(url, {
    method,
    headers: { ...Object.fromEntries(headers), ...(asked.body && { "content-length": asked.body.byteLength }) },
    signal: AbortSignal.any([signal, AbortSignal.timeout(HTTP_LIMITS.deadlineMs)]),
    lookup: onlyOutside ? outside(names) : names,
  });
  const answer = Promise.withResolvers<IncomingMessage>();
  sent.on("response", answer.resolve);
  sent.on("error", answer.reject);
  sent.end(asked.body);
  const from = await answer.promise;
  try {
    return { status: from.statusCode ?? 0, headers: headersOf(from), body: await received(from) };
  } finally {
    sent.destroy();
  }
}
