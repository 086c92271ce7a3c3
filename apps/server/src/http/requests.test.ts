import { connect } from "node:net";
import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, seedPeople, startTestServer, TEST_PASSWORD, type TestServer } from "../testing/index.ts";

let server: TestServer;
const logged: string[] = [];

beforeAll(async () => {
  const log = new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk));
      done();
    },
  });
  server = await startTestServer({ log, env: { trustProxy: 1 } });
  await seedPeople(server, [{ code: "root" }], [{ username: "zhang", unit: "root" }]);
});
afterAll(() => server.stop());

/** Sends bytes as they are, which no client library would, and gives the status line's number. */
const raw = (text: string | Buffer): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.setEncoding("latin1").on("data", (piece) => {
      answer += piece;
      socket.end();
    });
    socket.on("close", () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)));
    socket.on("error", reject);
  });

const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });

describe("bad input", () => {
  it.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["JSON of another kind", "[[[]]]"],
    ["a number", "7"],
    ["a thousand nested lists", "[".repeat(100_000)],
    ["NUL at the bottom of a thousand lists", `${"[".repeat(50_000)}"\\u0000"${"]".repeat(50_000)}`],
    ["NUL in a key", '{"a\\u0000b":1}'],
    ["a prototype", '{"__proto__":{"admin":true},"constructor":{"prototype":{}}}'],
  ])("is refused clearly: %s", async (_name, body) => {
    for (const path of [
      "/rpc/intake.file",
      "/rpc/cases.list",
      "/rpc/people.create",
      "/rpc/p/online-petition/channel.file",
    ]) {
      const response = await post(path, body);
      expect([path, response.status >= 400 && response.status < 500]).toEqual([path, true]);
      expect(await response.text()).toMatch(/"code":"[a-z]+[.a-zA-Z]*"/);
    }
  });

  it("with characters the database cannot keep is refused; ordinary ones escaped are not", async () => {
    for (const text of ["\\u0000", "\\ud83d", "\\uDE00", "x\\udc00\\ud800"]) {
      const response = await post("/rpc/intake.track", `{"code":"${text}"}`);
      expect([text, (await response.json()).code]).toEqual([text, "text.characters"]);
    }
    const fine = await post("/rpc/intake.track", '{"code":"\\ud83d\\ude00 \\\\u0000"}');
    expect((await fine.json()).error.data.code).not.toBe("text.characters");
  });

  it("in bytes that are no text is refused, not changed", async () => {
    const body = Buffer.concat([Buffer.from('{"code":"'), Buffer.from([0xff, 0xfe, 0xc3, 0x28]), Buffer.from('"}')]);
    const response = await post("/rpc/intake.track", body);
    expect([response.status, (await response.json()).code]).toEqual([400, "text.characters"]);
  });

  it.each([
    ["an unknown procedure", "/rpc/nothing.here", 400],
    ["a name out of every object", "/rpc/constructor.prototype", 400],
    ["no procedure", "/rpc/", 400],
    ["an unknown plugin", "/rpc/p/no-such-plugin/x", 404],
    ["a plugin's name that is none", "/rpc/p/%00/x", 404],
    ["half an escape", "/rpc/cases.list%E4%B", 400],
  ])("names %s", async (_name, path, _status) => {
    const response = await post(path, "{}");
    expect([path, response.status >= 400 && response.status < 500]).toEqual([path, true]);
  });

  it("by another method, of another type or too large is refused before it is read", async () => {
    const statuses = async (init: RequestInit, path = "/rpc/cases.list") =>
      (await fetch(`${server.url}${path}`, init)).status;
    expect(await statuses({ method: "GET" })).toBe(405);
    expect(await statuses({ method: "GET" }, "/rpc/session.me?input=%7B%7D")).toBe(405);
    expect(await statuses({ method: "DELETE" })).toBe(405);
    expect(await statuses({ method: "POST", body: "{}", headers: { "content-type": "text/plain" } })).toBe(415);
    const large = await post("/rpc/intake.file", JSON.stringify({ body: "x".repeat(3 * 1_024 * 1_024) }));
    expect([large.status, (await large.json()).code]).toEqual([413, "input.tooLarge"]);
    // Also one that does not say how long it is.
    const unsaid = await fetch(`${server.url}/rpc/intake.file`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new Blob([`{"body":"${"x".repeat(3 * 1_024 * 1_024)}"}`]).stream(),
      duplex: "half",
    } as RequestInit);
    expect([unsaid.status, (await unsaid.json()).code]).toEqual([413, "input.tooLarge"]);
  });

  it("in bulk is refused as a whole", async () => {
    const names = Array.from({ length: 40 }, () => "session.me").join(",");
    const body = JSON.stringify(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [i, {}])));
    expect((await post(`/rpc/${names}?batch=1`, body)).status).toBe(400);
    expect((await post("/rpc/session.me,session.me?batch=1", '{"0":{},"1":{}}')).status).toBe(200);
  });

  it.each([
    ["garbage", "\u0001\u0002\r\n\r\n"],
    ["no host", "GET / HTTP/1.1\r\n\r\n"],
    ["a host that is none", "GET / HTTP/1.1\r\nHost: [[[\r\n\r\n"],
    ["a header without end", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(40_000)}\r\n\r\n`],
    [
      "a cookie of nonsense",
      "POST /rpc/session.me HTTP/1.1\r\nHost: x\r\nCookie: ;;=;t_case=%E4%B;doorstep.session_token=%%%\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
    ],
  ])("in the request itself does no harm: %s", async (_name, text) => {
    const status = await raw(text);
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(500);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it("leaves no defect behind", () => {
    expect(logged.filter((line) => line.includes('"defect"'))).toEqual([]);
  });
});

describe("every answer", () => {
  it("carries the headers that keep a browser from mischief", async () => {
    for (const path of ["/", "/admin/", "/p/online-petition", "/setup", "/healthz", "/nothing.js", "/rpc/session.me"]) {
      const { headers } = await fetch(`${server.url}${path}`, { headers: { "x-forwarded-proto": "https" } });
      expect([path, headers.get("x-content-type-options")]).toEqual([path, "nosniff"]);
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("content-security-policy")).toMatch(/frame-ancestors 'none'/);
      expect(headers.get("content-security-policy")).not.toMatch(/unsafe/);
      expect(headers.get("strict-transport-security")).toMatch(/max-age=\d{7,}/);
      expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get("server")).toBeNull();
    }
    expect((await fetch(`${server.url}/`)).headers.get("strict-transport-security")).toBeNull();
  });

  it("of a page has a nonce of its own", async () => {
    const nonce = async () => {
      const response = await fetch(`${server.url}/setup`);
      return /'nonce-([A-Za-z0-9_-]{20,})'/.exec(response.headers.get("content-security-policy") ?? "")?.[1];
    };
    expect(await nonce()).not.toBe(await nonce());
  });

  it("never leads out of the folders of the built apps", async () => {
    for (const path of [
      "/../package.json",
      "/assets/..%2f..%2fpackage.json",
      "/%2e%2e/%2e%2e/package.json",
      "/admin/..%5c..%5cpackage.json",
    ]) {
      const status = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
      expect([path, [400, 404, 503].includes(status)]).toEqual([path, true]);
    }
  });
});

describe("figures", () => {
  it("are for this machine, and name nobody", async () => {
    const browser = openBrowser(server.url);
    await browser.post("/api/auth/sign-in/username", { username: "zhang", password: TEST_PASSWORD });
    const here = await browser.get("/metrics");
    expect(here.status).toBe(200);
    expect(here.text).toContain("doorstep_http_seconds_bucket");
    expect(here.text).not.toMatch(/zhang|127\.0\.0\.1/);
    expect((await browser.get("/metrics", { "x-forwarded-for": "203.0.113.3" })).status).toBe(404);
  });
});

describe("the log", () => {
  it("holds neither names, passwords, addresses nor what was asked", async () => {
    const browser = openBrowser(server.url);
    await browser.post(
      "/api/auth/sign-in/username",
      { username: "zhang-secret", password: "word-secret-word" },
      { "x-forwarded-for": "203.0.113.44", "x-forwarded-proto": "https" },
    );
    await browser.post("/rpc/intake.track?x=query-secret", { code: "code-secret" });
    await browser.get("/?u=unit-secret", { "user-agent": "agent-secret" });
    expect(logged.join("")).not.toMatch(/secret|203\.0\.113/);
  });
});

describe("floods", () => {
  it("from one address are held up, and nobody else is", async () => {
    const from = (address: string) => ({ "x-forwarded-for": address, "x-forwarded-proto": "https" });
    let refused: Response | undefined;
    // else a slow machine gives the address more of its allowance meanwhile
    const goOn = server.clock.hold();
    for (let i = 0; i < 40 && !refused; i += 1) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => fetch(`${server.url}/nothing.js`, { headers: from("198.51.100.1") })),
      );
      refused = answers.find((answer) => answer.status === 429);
      await Promise.all(answers.filter((answer) => answer !== refused).map((answer) => answer.arrayBuffer()));
    }
    goOn();
    expect(refused?.status).toBe(429);
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused?.json()).toMatchObject({ code: "request.tooMany" });
    expect((await fetch(`${server.url}/nothing.js`, { headers: from("198.51.100.2") })).status).toBe(404);
  });
});
