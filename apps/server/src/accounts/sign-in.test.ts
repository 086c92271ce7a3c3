import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, seedPeople, startTestServer, TEST_PASSWORD, type TestServer } from "../testing/index.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ env: { trustProxy: 1 } });
  await seedPeople(
    server,
    [{ code: "root" }],
    [
      { username: "zhang", unit: "root" },
      { username: "gone", unit: "root", active: false },
      { username: "fresh", unit: "root", mustChangePassword: true },
      { username: "slow", unit: "root" },
      { username: "twice", unit: "root" },
    ],
  );
});
afterAll(() => server.stop());

const signIn = (username: string, password = TEST_PASSWORD, headers: Record<string, string> = https) =>
  openBrowser(server.url).post("/api/auth/sign-in/username", { username, password }, headers);
const https = { "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.1" };

describe("sign-in", () => {
  it("opens a session with a cookie that scripts and other sites cannot use", async () => {
    const browser = openBrowser(server.url);
    const answer = await browser.post(
      "/api/auth/sign-in/username",
      { username: "ZHANG", password: TEST_PASSWORD },
      https,
    );
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ok: true });
    const [cookie] = browser.lastCookies.filter((line) => line.startsWith("doorstep.session_token="));
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    expect(cookie).toMatch(/; Path=\//i);
    expect(cookie).toMatch(/; Secure/);
    expect(cookie).not.toMatch(/max-age|expires/i);
    const { rows } = await server.database.pool.query("select ip_address, user_agent from auth.sessions");
    expect(rows.every((row) => !row.ip_address && !row.user_agent)).toBe(true);
  });

  it("leaves Secure away on this machine itself, where browsers would drop it", async () => {
    const browser = openBrowser(server.url);
    await browser.post("/api/auth/sign-in/username", { username: "zhang", password: TEST_PASSWORD });
    expect(browser.lastCookies.length).toBeGreaterThan(0);
    expect(browser.lastCookies.join()).not.toMatch(/secure/i);
  });

  it("answers unknown users, wrong passwords and wrong passwords of disabled people alike", async () => {
    const answers = [
      await signIn("zhang", "not the password"),
      await signIn("nobody-here"),
      await signIn("gone", "no"),
    ];
    for (const answer of answers) expect([answer.status, answer.code]).toEqual([401, "account.wrong"]);
    const [first = "", ...others] = answers.map((answer) => answer.text.replaceAll(answer.body.requestId, "id"));
    for (const other of others) expect(other).toBe(first);
    expect(new Set(answers.map((answer) => answer.text.length)).size).toBe(1);
  });

  it("works as long for an unknown user as for a wrong password", async () => {
    const time = async (username: string): Promise<number> => {
      const since = performance.now();
      await signIn(username, "not the password", { ...https, "x-forwarded-for": "203.0.113.50" });
      return performance.now() - since;
    };
    const names = Array.from({ length: 4 }, (_, i) => `unknown-${i}`);
    const unknown: number[] = [];
    const wrong: number[] = [];
    for (const name of names) {
      unknown.push(await time(name));
      wrong.push(await time("twice"));
    }
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...wrong) * 0.5);
    expect(Math.min(...wrong)).toBeGreaterThan(Math.min(...unknown) * 0.5);
  });

  it("refuses a disabled person who knows the password", async () => {
    const answer = await signIn("gone");
    expect([answer.status, answer.code]).toEqual([403, "account.disabled"]);
  });

  it("says on plain http off this machine why it cannot work", async () => {
    const plain = await signIn("zhang", TEST_PASSWORD, {
      "x-forwarded-proto": "http",
      "x-forwarded-for": "203.0.113.1",
    });
    expect([plain.status, plain.code]).toEqual([412, "account.insecure"]);
  });

  it("refuses requests that another site sends", async () => {
    for (const headers of [
      { ...https, origin: "https://evil.example" },
      { ...https, origin: "null" },
      { ...https, origin: "", "sec-fetch-site": "cross-site" },
    ]) {
      const answer = await signIn("zhang", TEST_PASSWORD, headers);
      expect([answer.status, answer.code]).toEqual([403, "request.foreign"]);
    }
  });

  it.each([
    ["no json", "{"],
    ["an array", "[]"],
    ["null", "null"],
    ["numbers", { username: 1, password: 2 }],
    ["nothing", {}],
    ["an endless password", { username: "zhang", password: "x".repeat(5_000) }],
    ["an endless body", { username: "zhang", password: "x".repeat(50_000) }],
    ["NUL in the name", { username: "zh\0ang", password: TEST_PASSWORD }],
    ["half a character", '{"username":"\\ud800","password":"abcdefghijkl"}'],
  ])("refuses %s without a defect", async (_name, body) => {
    const answer = await openBrowser(server.url).post("/api/auth/sign-in/username", body, https);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.code).toBeDefined();
  });

  it("offers no sign-up and none of the library's other addresses", async () => {
    const browser = openBrowser(server.url);
    for (const path of [
      "sign-up/email",
      "is-username-available",
      "update-user",
      "get-session",
      "sign-in/email",
      "ok",
    ]) {
      const answer = await browser.post(
        `/api/auth/${path}`,
        { username: "zhang", email: "a@b.c", password: "x" },
        https,
      );
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });
});

describe("slow-down", () => {
  it("lets five wrong passwords pass, then asks to wait longer each time, and forgives after a right one", async () => {
    const from = { ...https, "x-forwarded-for": "203.0.113.2" };
    for (let i = 0; i < 5; i += 1) expect((await signIn("slow", "wrong", from)).code).toBe("account.wrong");
    const waits: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      const blocked = await signIn("slow", TEST_PASSWORD, from);
      expect([blocked.status, blocked.code]).toEqual([429, "request.tooMany"]);
      expect(blocked.headers.get("retry-after")).toBe(String(blocked.body.params.seconds));
      waits.push(blocked.body.params.seconds);
      server.clock.advance(blocked.body.params.seconds * 1_000);
      expect((await signIn("slow", "wrong", from)).code).toBe("account.wrong");
    }
    expect(waits).toEqual([5, 10, 20]);
    server.clock.advance("PT1H");
    expect((await signIn("slow", TEST_PASSWORD, from)).status).toBe(200);
    expect((await signIn("slow", "wrong", from)).code).toBe("account.wrong");
    expect((await signIn("slow", TEST_PASSWORD, from)).status).toBe(200);
  });

  it("slows an unknown name down like a known one, so that the wait tells nothing", async () => {
    const codes: (string | undefined)[] = [];
    for (let i = 0; i < 6; i += 1) codes.push((await signIn("not-a-user", "wrong")).code);
    expect(codes).toEqual([...Array(5).fill("account.wrong"), "request.tooMany"]);
  });

  it("lets no burst of guesses through together", async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn("twice", "wrong guess")));
    expect(answers.filter((answer) => answer.code === "account.wrong").length).toBeLessThanOrEqual(5);
  });

  it("slows an address that tries many names", async () => {
    const from = { ...https, "x-forwarded-for": "203.0.113.9" };
    const codes: (string | undefined)[] = [];
    for (let i = 0; i < 31; i += 1) codes.push((await signIn(`name-${i}`, "wrong", from)).code);
    expect(codes.at(-1)).toBe("request.tooMany");
    expect((await signIn("zhang", TEST_PASSWORD, { ...https, "x-forwarded-for": "203.0.113.10" })).status).toBe(200);
  });

  it("keeps neither names nor addresses", async () => {
    await signIn("zhang-typo", "wrong", { ...https, "x-forwarded-for": "203.0.113.77" });
    const { rows } = await server.database.pool.query("select encode(key, 'escape') as key from auth.attempts");
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/zhang|203\.0/);
  });
});
