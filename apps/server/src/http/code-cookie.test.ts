import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CODE_COOKIE_SECONDS, readCodeCookie, writeCodeCookie } from "./code-cookie.ts";

const key = randomBytes(32);
const now = new Date("2026-05-04T08:00:00Z");
const caseId = "01890000-0000-7000-8000-000000000001";
const after = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000);

const mandateId = "01890000-0000-7000-8000-000000000002";

describe.each([
  { caseId, mandateId: null },
  { caseId, mandateId },
])("the cookie of one case (%o)", (held) => {
  const cookie = writeCodeCookie(key, held, now);

  it("opens its case for half an hour", () => {
    expect(readCodeCookie(key, cookie, now)).toEqual(held);
    expect(readCodeCookie(key, cookie, after(CODE_COOKIE_SECONDS - 1))).toEqual(held);
    expect(readCodeCookie(key, cookie, after(CODE_COOKIE_SECONDS))).toBeUndefined();
  });

  it("opens nothing when any character of it was changed, or another key wrote it", () => {
    for (let at = 0; at < cookie.length; at += 1) {
      const other = cookie[at] === "a" ? "b" : "a";
      const changed = cookie.slice(0, at) + other + cookie.slice(at + 1);
      // the last character of base64url holds two bits that say nothing
      if (at < cookie.length - 1) expect([changed, readCodeCookie(key, changed, now)]).toEqual([changed, undefined]);
    }
    expect(readCodeCookie(randomBytes(32), cookie, now)).toBeUndefined();
  });

  it("made up opens nothing and fails nowhere", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constant(undefined)),
        (value) => readCodeCookie(key, value, now) === undefined,
      ),
    );
  });
});
