import { createHmac, timingSafeEqual } from "node:crypto";

/** The cookie of the one case whose return code was posted from this browser. */
export const CODE_COOKIE = "t_case";
/** Half an hour after the last request, so that a shared device forgets soon. */
export const CODE_COOKIE_SECONDS = 1_800;

const form =
  /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:~[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?)\.(\d{9,11})\.([A-Za-z0-9_-]{43})$/;

/** What a code opens: a case, and by which mandate where it is not the petitioner's own. */
export interface CodeHeld {
  readonly caseId: string;
  readonly mandateId: string | null;
}

const mac = (key: Buffer, held: string, until: string): Buffer =>
  createHmac("sha256", key).update(`${CODE_COOKIE}\0${held}\0${until}`).digest();

/** Value of the cookie: case and end, with a keyed hash so that nobody can make one up. */
export function writeCodeCookie(key: Buffer, { caseId, mandateId }: CodeHeld, now: Date): string {
  const held = mandateId === null ? caseId : `${caseId}~${mandateId}`;
  const until = String(Math.floor(now.getTime() / 1_000) + CODE_COOKIE_SECONDS);
  return `${held}.${until}.${mac(key, held, until).toString("base64url")}`;
}

/** The case of a cookie that is ours and still valid; anything else is as if there were none. */
export function readCodeCookie(key: Buffer, value: string | undefined, now: Date): CodeHeld | undefined {
  const parts = value === undefined ? null : form.exec(value);
  const [, held, until, tag] = parts ?? [];
  if (!held || !until || !tag) return undefined;
  const given = Buffer.from(tag, "base64url");
  const expected = mac(key, held, until);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  if (Number(until) * 1_000 <= now.getTime()) return undefined;
  const [caseId = "", mandateId = null] = held.split("~");
  return { caseId, mandateId };
}
