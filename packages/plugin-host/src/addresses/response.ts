import { hash } from "node:crypto";
import { z } from "zod";

const TYPES = [
  "application/json",
  "application/xml",
  "text/xml",
  "text/csv",
  "text/plain",
  "text/calendar",
  "application/zip",
  "application/octet-stream",
] as const;
const STATUSES = [200, 201, 202, 400, 401, 403, 404, 409, 410, 413, 415, 422] as const;
const MOST_BYTES = 16 * 1_024 * 1_024;
const DAY_SECONDS = 86_400;

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** What a module may answer with; nothing of it is a page, a redirect or a header. */
export const answerSchema = z.object({
  status: z.literal(STATUSES).default(200),
  type: z.enum(TYPES),
  body: z
    .union([z.string(), bytes])
    .transform((body) => (typeof body === "string" ? new TextEncoder().encode(body) : body))
    .refine((body) => body.byteLength <= MOST_BYTES),
  fileName: z
    .string()
    .min(1)
    .max(120)
    .regex(/^[^\p{Cc}/\\]+$/u)
    .optional(),
  changedAt: z.iso.datetime({ offset: true }).optional(),
  cacheSeconds: z.int().min(0).max(DAY_SECONDS).optional(),
});

interface How {
  readonly isOpen: boolean;
  readonly method: "GET" | "POST";
  readonly headers: Headers;
}

/** Whether the asker has these very bytes, or what has not changed since. */
function isKnown(headers: Headers, tag: string, changedAt: Date | undefined): boolean {
  const known = headers.get("if-none-match");
  if (known !== null) return known.split(",").some((one) => ["*", tag].includes(one.trim().replace(/^W\//, "")));
  const since = Date.parse(headers.get("if-modified-since") ?? "");
  // a header knows whole seconds alone
  return changedAt !== undefined && Math.floor(changedAt.getTime() / 1_000) * 1_000 <= since;
}

const encoded = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Makes the response, with every header of the host's own. */
export function responseOf(answer: z.output<typeof answerSchema>, { isOpen, method, headers }: How): Response {
  const { status, type, body, fileName, cacheSeconds } = answer;
  const isText = type !== "application/zip" && type !== "application/octet-stream";
  const out = new Headers({ "content-type": isText ? `${type}; charset=utf-8` : type });
  if (fileName !== undefined) out.set("content-disposition", `attachment; filename*=UTF-8''${encoded(fileName)}`);
  const isKept = isOpen && method === "GET" && status === 200 && cacheSeconds !== undefined;
  out.set("cache-control", isKept ? (cacheSeconds > 0 ? `public, max-age=${cacheSeconds}` : "no-cache") : "no-store");
  if (!isKept) return new Response(body.slice(), { status, headers: out });
  const changedAt = answer.changedAt === undefined ? undefined : new Date(answer.changedAt);
  const tag = `"${hash("sha256", body, "base64url")}"`;
  out.set("etag", tag);
  out.set("vary", "Accept-Language");
  if (changedAt) out.set("last-modified", changedAt.toUTCString());
  if (isKnown(headers, tag, changedAt)) return new Response(null, { status: 304, headers: out });
  return new Response(body.slice(), { status, headers: out });
}
