import { createHmac } from "node:crypto";
import type { SessionSummary } from "@doorstep/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Browser,
  openBrowser,
  seedPeople,
  startTestServer,
  TEST_PASSWORD,
  type TestServer,
} from "../testing/index.ts";

let server: TestServer;
let people: ReadonlyMap<string, string>;

beforeAll(async () => {
  server = await startTestServer();
  ({ people } = await seedPeople(
    server,
    [{ code: "root" }],
    ["li", "wang", "sun", "zhou", "wu", "chen", "officer", "zheng"]
      .map((username) => ({ username, unit: "root", mustChangePassword: false }))
      .map((person) => (person.username === "officer" ? { ...person, roles: [{ role: "officer" as const }] } : person))
      .concat([{ username: "fresh", unit: "root", mustChangePassword: true }]),
  ));
});
afterAll(() => server.stop());

async function signedIn(username: string, password = TEST_PASSWORD): Promise<Browser> {
  const browser = openBrowser(server.url);
  const answer = await browser.post("/api/auth/sign-in/username", { username, password });
  expect([username, answer.status]).toEqual([username, 200]);
  return browser;
}

/** What the authenticator on the phone shows [RFC 6238]. */
function totp(uri: string, at = Date.now()): string {
  const secret = new URL(uri).searchParams.get("secret") ?? "";
  const bits = [...secret]
    .map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

const stillSignedIn = async (browser: Browser): Promise<boolean> =>
  (await browser.post("/rpc/session.me", {})).body.result.data !== null;

const sessionsOf = async (browser: Browser): Promise<readonly SessionSummary[]> =>
  (await browser.post("/rpc/session.list", {})).body.result.data;

describe("first password", () => {
  it("must be changed before anything else works, and only once", async () => {
    const browser = await signedIn("fresh");
    const refused = await browser.post("/rpc/units.tree", {});
    expect([refused.status, refused.code]).toEqual([403, "account.mustChangePassword"]);
    expect((await browser.post("/rpc/intake.mine", {})).code).toBe("account.mustChangePassword");
    expect((await browser.post("/rpc/units.find", {})).code).toBe("account.mustChangePassword");
    expect((await browser.post("/rpc/session.me", {})).code).not.toBe("account.mustChangePassword");
    const changed = await browser.post("/api/auth/change-password", {
      currentPassword: TEST_PASSWORD,
      newPassword: "another long sentence",
    });
    expect(changed.status).toBe(200);
    expect((await browser.post("/rpc/units.tree", {})).code).not.toBe("account.mustChangePassword");
    expect(await stillSignedIn(await signedIn("fresh", "another long sentence"))).toBe(true);
  });

  it.each([
    ["short", "short one", "account.passwordShort"],
    ["common", "Password12345", "account.passwordKnown"],
    ["common twice", "woainiwoaini", "account.passwordKnown"],
    ["a run", "12345678901", "account.passwordKnown"],
    ["one key", "aaaaaaaaaaaaa", "account.passwordKnown"],
    ["the user name", "zheng-zheng-1", "account.passwordKnown"],
    ["the same again", TEST_PASSWORD, "account.passwordSame"],
    ["endless", "x y ".repeat(40), "input.tooLarge"],
  ])("cannot become a password that is %s", async (_name, newPassword, code) => {
    const browser = await signedIn("zheng");
    const answer = await browser.post("/api/auth/change-password", { currentPassword: TEST_PASSWORD, newPassword });
    expect(answer.code).toBe(code);
    expect(await stillSignedIn(browser)).toBe(true);
  });

  it("is not changed by somebody who does not know the old one", async () => {
    const browser = await signedIn("zheng");
    const answer = await browser.post("/api/auth/change-password", {
      currentPassword: "a guess, not the password",
      newPassword: "another long sentence",
    });
    expect([answer.status, answer.code]).toEqual([401, "account.wrong"]);
    await signedIn("zheng");
  });
});

describe("sessions", () => {
  it("end everywhere else when the password changes", async () => {
    const [here, there] = [await signedIn("li"), await signedIn("li")];
    await here.post("/api/auth/change-password", {
      currentPassword: TEST_PASSWORD,
      newPassword: "a new long sentence",
    });
    expect(await stillSignedIn(here)).toBe(true);
    expect(await stillSignedIn(there)).toBe(false);
    expect(
      (await openBrowser(server.url).post("/api/auth/sign-in/username", { username: "li", password: TEST_PASSWORD }))
        .code,
    ).toBe("account.wrong");
  });

  it("are listed without address or device and can be revoked one by one", async () => {
    const [here, there] = [await signedIn("wang"), await signedIn("wang")];
    const sessions = await sessionsOf(here);
    expect(sessions).toHaveLength(2);
    expect(Object.keys(sessions[0] ?? {}).toSorted()).toEqual(["current", "id", "signedInAt", "usedAt"]);
    const other = sessions.find((session) => !session.current);
    await here.post("/rpc/session.revoke", { sessionId: other?.id });
    expect([await stillSignedIn(here), await stillSignedIn(there)]).toEqual([true, false]);
  });

  it("end everywhere else at once, here not", async () => {
    const [here, there, third] = [await signedIn("wang"), await signedIn("wang"), await signedIn("wang")];
    await here.post("/rpc/session.revokeOthers", {});
    expect(await Promise.all([here, there, third].map(stillSignedIn))).toEqual([true, false, false]);
    expect(await sessionsOf(here)).toMatchObject([{ current: true }]);
  });

  it("of others cannot be revoked", async () => {
    const [mine, theirs] = [await signedIn("wang"), await signedIn("sun")];
    const [session] = await sessionsOf(theirs);
    await mine.post("/rpc/session.revoke", { sessionId: session?.id });
    expect(await stillSignedIn(theirs)).toBe(true);
  });

  it("end on sign-out, also for somebody who kept the cookie", async () => {
    const browser = await signedIn("sun");
    const kept = new Map(browser.cookies);
    await browser.post("/api/auth/sign-out");
    expect(browser.cookies.has("doorstep.session_token")).toBe(false);
    for (const [name, value] of kept) browser.cookies.set(name, value);
    expect(await stillSignedIn(browser)).toBe(false);
  });

  it("have each a key of their own for what the device keeps, which nobody gets once they have ended", async () => {
    const [here, there] = [await signedIn("sun"), await signedIn("sun")];
    const keyOf = async (browser: Browser): Promise<unknown> =>
      (await browser.post("/rpc/session.deviceKey", {})).body.result?.data?.key;
    const key = await keyOf(here);
    expect(Buffer.from(String(key), "base64")).toHaveLength(32);
    expect([await keyOf(here), (await keyOf(there)) === key]).toEqual([key, false]);
    await here.post("/api/auth/sign-out");
    expect(await keyOf(here)).toBeUndefined();
  });

  it("end at once when the person is disabled", async () => {
    const browser = await signedIn("chen");
    await server.database.pool.query("update kernel.people set active = false where id = $1", [people.get("chen")]);
    expect(await stillSignedIn(browser)).toBe(false);
  });

  it("are not believed when the cookie was tampered with", async () => {
    const browser = await signedIn("sun");
    const cookie = decodeURIComponent(browser.cookies.get("doorstep.session_token") ?? "");
    const [token, mac] = [cookie.slice(0, cookie.lastIndexOf(".")), cookie.slice(cookie.lastIndexOf(".") + 1)];
    for (const forged of [
      `${token.slice(0, -1)}${token.endsWith("x") ? "y" : "x"}.${mac}`,
      `${token}.${mac.slice(0, -2)}`,
      `${token}.${mac.startsWith("A") ? "B" : "A"}${mac.slice(1)}`,
      token,
      `${token}.`,
      "%00",
      ".",
    ]) {
      browser.cookies.set("doorstep.session_token", forged.startsWith("%") ? forged : encodeURIComponent(forged));
      expect([forged, await stillSignedIn(browser)]).toEqual([forged, false]);
    }
  });
});

describe("second factor", () => {
  it("is set up, asked for at the next sign-in, and cannot be skipped", async () => {
    const browser = await signedIn("zhou");
    expect((await browser.post("/api/auth/two-factor/enable", { password: "not the password" })).code).toBe(
      "account.wrong",
    );
    const begun = await browser.post("/api/auth/two-factor/enable", { password: TEST_PASSWORD });
    expect(begun.body.totpURI).toContain(":zhou?");
    expect(begun.body.backupCodes).toHaveLength(10);
    // begun but not proved: it does not lock anybody out yet
    await signedIn("zhou");
    expect((await browser.post("/api/auth/two-factor/verify-totp", { code: "000000" })).code).toBe("account.codeWrong");
    expect((await browser.post("/api/auth/two-factor/verify-totp", { code: totp(begun.body.totpURI) })).status).toBe(
      200,
    );

    const next = openBrowser(server.url);
    const first = await next.post("/api/auth/sign-in/username", { username: "zhou", password: TEST_PASSWORD });
    expect(first.body).toEqual({ twoFactorRedirect: true });
    expect(await stillSignedIn(next)).toBe(false);
    expect((await next.post("/api/auth/two-factor/verify-totp", { code: "000000" })).code).toBe("account.codeWrong");
    expect((await next.post("/api/auth/two-factor/verify-totp", { code: totp(begun.body.totpURI) })).body).toEqual({
      ok: true,
    });
    expect(await stillSignedIn(next)).toBe(true);

    const printed = begun.body.backupCodes[0];
    for (const expected of [200, 401]) {
      const lost = openBrowser(server.url);
      await lost.post("/api/auth/sign-in/username", { username: "zhou", password: TEST_PASSWORD });
      const answer = await lost.post("/api/auth/two-factor/verify-backup-code", { code: printed });
      expect(answer.status).toBe(expected);
    }
  });

  it("refuses a code without a sign-in before it", async () => {
    const answer = await openBrowser(server.url).post("/api/auth/two-factor/verify-totp", { code: "123456" });
    expect([answer.status, answer.code]).toEqual([401, "account.signInAgain"]);
  });

  it("closes after ten wrong codes in a row, whichever sign-in they belong to", async () => {
    const owner = await signedIn("wu");
    const begun = await owner.post("/api/auth/two-factor/enable", { password: TEST_PASSWORD });
    await owner.post("/api/auth/two-factor/verify-totp", { code: totp(begun.body.totpURI) });
    const right = totp(begun.body.totpURI);
    const wrong = right === "111111" ? "222222" : "111111";
    let browser = openBrowser(server.url);
    const codes: (string | undefined)[] = [];
    for (let i = 0; i < 11; i += 1) {
      if (i % 4 === 0) {
        browser = openBrowser(server.url);
        await browser.post("/api/auth/sign-in/username", { username: "wu", password: TEST_PASSWORD });
      }
      codes.push((await browser.post("/api/auth/two-factor/verify-totp", { code: wrong })).code);
    }
    expect(codes).toEqual([...Array(10).fill("account.codeWrong"), "request.tooMany"]);
    expect((await browser.post("/api/auth/two-factor/verify-totp", { code: right })).code).toBe("request.tooMany");
  });

  it("can be required of a role: nothing else works until it is set up, and it cannot be switched off", async () => {
    await server.database.pool.query("insert into kernel.second_factor_rules values ('officer', true)");
    const browser = await signedIn("officer");
    const refused = await browser.post("/rpc/cases.list", {});
    expect([refused.status, refused.code]).toEqual([403, "account.mustEnrolSecondFactor"]);
    const begun = await browser.post("/api/auth/two-factor/enable", { password: TEST_PASSWORD });
    await browser.post("/api/auth/two-factor/verify-totp", { code: totp(begun.body.totpURI) });
    expect((await browser.post("/rpc/cases.list", {})).code).not.toBe("account.mustEnrolSecondFactor");
    expect((await browser.post("/api/auth/two-factor/disable", { password: TEST_PASSWORD })).code).toBe(
      "account.factorRequired",
    );
    expect((await browser.post("/api/auth/two-factor/enable", { password: TEST_PASSWORD })).code).toBe(
      "account.factorOn",
    );
    // somebody without the role is not asked
    expect((await (await signedIn("sun")).post("/rpc/cases.list", {})).code).not.toBe("account.mustEnrolSecondFactor");
  });
});
