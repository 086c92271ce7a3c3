import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { startServer } from "../start-server.ts";
import { openBrowser, startTestServer, type TestServer } from "../testing/index.ts";
import { demoAccounts } from "./demo.ts";

let server: TestServer;
afterEach(() => server.stop());

const tokenOf = (one: TestServer): string => /\/setup#([A-Za-z0-9_-]+)/.exec(one.printed.join("\n"))?.[1] ?? "";

const house = {
  organisation: { code: "brigade", name: { "zh-CN": "示范旅", en: "Sample Brigade" } },
  firstUnit: { code: "bn-1", name: { "zh-CN": "一营", en: "1st Battalion" } },
  timeZone: "Asia/Shanghai",
  calendarRegion: "cn",
  administrator: { name: "周正", username: "Zhou.Zheng", password: "a sentence for the safe" },
};

describe("first start", () => {
  it("founds the house once by the printed link, and the link is dead afterwards", async () => {
    server = await startTestServer();
    const token = tokenOf(server);
    expect(token.length).toBeGreaterThanOrEqual(32);
    const browser = openBrowser(server.url);
    const check = await browser.post("/api/setup/check", { token });
    expect(check.body.timeZones).toContain("Asia/Shanghai");
    expect(check.body.calendars.map((one: { region: string }) => one.region)).toContain("cn");

    const founded = await browser.post("/api/setup/found", { token, ...house });
    expect(founded.status).toBe(200);
    const file = JSON.parse(readFileSync(join(server.dataDir, "doorstep.key"), "utf8"));
    expect(founded.body).toEqual({ recoveryKey: file.key, keyFile: join(server.dataDir, "doorstep.key") });

    for (const path of ["check", "found"]) {
      const again = await browser.post(`/api/setup/${path}`, { token, ...house });
      expect([path, again.status, again.code]).toEqual([path, 409, "setup.done"]);
    }
    const { rows } = await server.database.pool.query(
      "select code, level, calendar_region from kernel.units order by level",
    );
    expect(rows).toEqual([
      { code: "brigade", level: 1, calendar_region: "cn" },
      { code: "bn-1", level: 2, calendar_region: "cn" },
    ]);

    const { username, password } = house.administrator;
    expect((await browser.post("/api/auth/sign-in/username", { username, password })).body).toEqual({ ok: true });
    const me = (await browser.post("/rpc/session.me", {})).body.result.data;
    expect(me).toMatchObject({ name: "周正", mustChangePassword: false, mustEnrolSecondFactor: true });
    expect(me.permissions).toContain("platform.manage");
    expect((await browser.post("/rpc/units.tree", {})).code).toBe("account.mustEnrolSecondFactor");
  });

  it("refuses a wrong link without looking at the rest, and keeps the right one alive", async () => {
    server = await startTestServer();
    const browser = openBrowser(server.url);
    for (const token of ["", "x", `${tokenOf(server)}x`, 7, null, undefined]) {
      const answer = await browser.post("/api/setup/found", { token, nonsense: true });
      expect([token, answer.status, answer.code]).toEqual([token, 403, "setup.link"]);
    }
    expect((await browser.post("/api/setup/found", { token: tokenOf(server), ...house })).status).toBe(200);
  });

  it("says what is wrong and founds nothing", async () => {
    server = await startTestServer();
    const browser = openBrowser(server.url);
    const { administrator } = house;
    for (const [change, code] of [
      [{ administrator: { ...administrator, password: "short" } }, "account.passwordShort"],
      [{ administrator: { ...administrator, username: "a b" } }, "input.invalid"],
      [{ administrator: { ...administrator, name: "周\0正" } }, "input.invalid"],
      [{ timeZone: "Mars/Olympus" }, "unit.timeZone"],
      [{ firstUnit: { ...house.firstUnit, code: "BRIGADE" } }, "unit.codeTaken"],
      [{ organisation: { code: "x", name: { "zh-CN": "", en: "" } } }, "input.invalid"],
    ] as const) {
      const answer = await browser.post("/api/setup/found", { token: tokenOf(server), ...house, ...change });
      expect([code, answer.code]).toEqual([code, code]);
    }
    const { rows } = await server.database.pool.query("select count(*)::int as n from kernel.units");
    expect(rows).toEqual([{ n: 0 }]);
  });

  it("lets several who press at once found one house", async () => {
    server = await startTestServer();
    const answers = await Promise.all(
      ["one", "two", "three"].map((code) =>
        openBrowser(server.url).post("/api/setup/found", {
          token: tokenOf(server),
          ...house,
          organisation: { ...house.organisation, code },
          firstUnit: undefined,
          administrator: { ...house.administrator, username: `admin-${code}` },
        }),
      ),
    );
    expect(answers.map((answer) => answer.code ?? "founded").toSorted()).toEqual([
      "founded",
      "setup.done",
      "setup.done",
    ]);
    const { rows } = await server.database.pool.query("select count(*)::int as n from kernel.units");
    expect(rows).toEqual([{ n: 1 }]);
  });

  it("is not done over a connection that can be overheard", async () => {
    server = await startTestServer({ env: { trustProxy: 1 } });
    const browser = openBrowser(server.url);
    const answer = await browser.post(
      "/api/setup/check",
      { token: tokenOf(server) },
      { "x-forwarded-proto": "http", "x-forwarded-for": "203.0.113.4" },
    );
    expect([answer.status, answer.code]).toEqual([412, "account.insecure"]);
  });

  it("gives a page that needs nothing else, under the same policy as all", async () => {
    server = await startTestServer();
    for (const [path, type] of [
      ["/setup", "text/html"],
      ["/setup/page.js", "text/javascript"],
      ["/setup/page.css", "text/css"],
    ] as const) {
      const answer = await openBrowser(server.url).get(path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.headers.get("content-type")).toContain(type);
      expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(answer.text).not.toContain(tokenOf(server));
    }
  });
});

describe("a link of an earlier start", () => {
  it("is dead, and none is printed where people are", async () => {
    server = await startTestServer();
    const old = tokenOf(server);
    const { env, log } = { env: server.env, log: server.log };
    const printed: string[] = [];
    const second = await startServer({ env, log, print: (line) => printed.push(line), now: server.clock.now });
    try {
      const answer = await openBrowser(second.url).post("/api/setup/check", { token: old });
      expect(answer.code).toBe("setup.link");
      const fresh = /#([A-Za-z0-9_-]+)/.exec(printed.join("\n"))?.[1] ?? "";
      expect((await openBrowser(second.url).post("/api/setup/found", { token: fresh, ...house })).status).toBe(200);
    } finally {
      await second.stop();
    }
    const third: string[] = [];
    await (await startServer({ env, log, print: (line) => third.push(line), now: server.clock.now })).stop();
    expect(third.join("\n")).not.toContain("/setup#");
  });
});

describe("demo data", () => {
  it("stay out of a foreign database, off loopback, where unwanted, and of any that is in use", async () => {
    server = await startTestServer();
    const embedded = { ...server.platform, database: { ...server.platform.database, embedded: true } };
    const env = { ...server.env, demo: true, host: "127.0.0.1" };
    let seeded = 0;
    const seed = async () => {
      seeded += 1;
      return [{ username: "u", password: "p", role: "clerk", unit: "x" }];
    };
    expect(await demoAccounts(server.platform, env, seed)).toBeUndefined();
    expect(await demoAccounts(embedded, { ...env, host: "0.0.0.0" }, seed)).toBeUndefined();
    expect(await demoAccounts(embedded, { ...env, demo: false }, seed)).toBeUndefined();
    expect(await demoAccounts(embedded, { ...env, publicUrl: "https://x.example" }, seed)).toBeUndefined();
    expect(seeded).toBe(0);
    expect(await demoAccounts(embedded, env, seed)).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(server.dataDir, "demo-accounts.json"), "utf8"))).toEqual([
      { username: "u", password: "p", role: "clerk", unit: "x" },
    ]);
    await openBrowser(server.url).post("/api/setup/found", { token: tokenOf(server), ...house });
    await demoAccounts(embedded, env, seed);
    expect(seeded).toBe(1);
  });
});
