import { createHmac, timingSafeEqual } from "node:crypto";

/** The cookie of the one case whose return code was posted from this browser. */
export const CODE_COOKIE = "t_case";
/** Half an hour after the last request, so that a shared device forgets soon. */
export const CODE_COOKIE_SECONDS = 1_800;

const form = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{9,11})\.([A-Za-z0-9_-]{43})$/;

const mac = (key: Buffer, caseId: string, until: string): Buffer =>
  createHmac("sha256", key).update(`${CODE_COOKIE}\0${caseId}\0${until}`).digest();

/** Value of the cookie: case and end, with a keyed hash so that nobody can make one up. */
export function writeCodeCookie(key: Buffer, caseId: string, now: Date): string {
  const until = String(Math.floor(now.getTime() / 1_000) + CODE_COOKIE_SECONDS);
  return `${caseId}.${until}.${mac(key, caseId, until).toString("base64url")}`;
}

/** The case of a cookie that is ours and still valid; anything else is as if there were none. */
export function readCodeCookie(key: Buffer, value: string | undefined, now: Date): string | undefined {
  const parts = value === undefined ? null : form.exec(value);
  const [, caseId, until, tag] = parts ?? [];
  if (!caseId || !until || !tag) return undefined;
  const given = Buffer.from(tag, "base64url");
  const expected = mac(key, caseId, until);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return Number(until) * 1_000 > now.getTime() ? caseId : undefined;
}
