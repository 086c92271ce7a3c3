import {
  kernelContract,
  type ProcedureSpec,
  type RestPath,
  restFile,
  restProcedures,
  systemScopes,
} from "@doorstep/contracts";
import spectral from "@stoplight/spectral-core";
import rulesets from "@stoplight/spectral-rulesets";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleInput } from "../contract/sample-input.ts";
import type { HttpEnv } from "../http/http-env.ts";
import { createLimiter } from "../http/limits.ts";
import {
  openBrowser,
  petition,
  seedPeople,
  startTestServer,
  TEST_PASSWORD,
  type TestServer,
} from "../testing/index.ts";
import { serveRest } from "./rest.ts";

const paths = Object.keys(restProcedures) as RestPath[];
const specOf = (path: RestPath): ProcedureSpec => {
  const [group = "", name = ""] = path.split(".");
  const spec = (kernelContract as Record<string, Record<string, ProcedureSpec>>)[group]?.[name];
  if (!spec) throw new Error(`no ${path}`);
  return spec;
};

let server: TestServer;
let units: ReadonlyMap<string, string>;
/** allowed everything, at `left` */
let all: string;
/** allowed to read units, at `left` */
let little: string;
let all2: string;

beforeAll(async () => {
  server = await startTestServer();
  const admin = { role: "platformAdmin", subtree: true } as const;
  ({ units } = await seedPeople(
    server,
    [{ code: "root" }, { code: "left", parent: "root" }, { code: "right", parent: "root" }],
    [
      { username: "one", unit: "root", roles: [admin] },
      { username: "two", unit: "root", roles: [admin] },
      { username: "clerk", unit: "left", roles: [{ role: "clerk" }] },
      { username: "officer", unit: "root", roles: [{ role: "officer", subtree: true }] },
    ],
  ));
  await server.database.pool.query(
    `insert into kernel.offices (id, unit_id, kind, name_zh, name_en, phone, valid_from)
     values ($1, $2, 'disciplineOrgan', '纪委', 'Discipline organ', '1000', '2020-01-01')`,
    [server.platform.kernel.newId(), units.get("root")],
  );
  all = await connect("总部汇总", systemScopes, "left");
  little = await connect("通讯录", ["units.read"], "left");
  all2 = await connect("右营汇总", systemScopes, "right");
}, 120_000);
afterAll(() => server.stop());

const signIn = async (username: string) => {
  const browser = openBrowser(server.url);
  await browser.post("/api/auth/sign-in/username", { username, password: TEST_PASSWORD });
  return browser;
};

/** Connects a system as two administrators do. @returns its token */
async function connect(name: string, scopes: readonly string[], unit: string): Promise<string> {
  const [one, two] = [await signIn("one"), await signIn("two")];
  const input = { name, why: "汇总", unitId: units.get(unit), scopes };
  const added = (await one.post("/rpc/systems.add", input)).body.result.data;
  const { id, state } = added.find((system: { name: string }) => system.name === name);
  if (state === "waiting") await two.post("/rpc/systems.confirm", { systemId: id });
  const until = new Date(server.clock.now().getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
  return (await one.post("/rpc/systems.issueToken", { systemId: id, until })).body.result.data.token;
}

const call = (path: string, input: unknown, token?: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${server.url}/api/v1/${path.replace(".", "/")}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: typeof input === "string" ? input : JSON.stringify(input),
  });

const of = (key: string, unit = "left", more: object = {}) => petition(key, units.get(unit), more);

describe("the description", () => {
  const get = async (language: string) => {
    const response = await fetch(`${server.url}/openapi.json`, { headers: { "accept-language": language } });
    return [response.status, await response.json()] as const;
  };

  it.each(["zh-CN", "en"])("has no finding of Spectral, and every procedure (%s)", async (language) => {
    const [status, document] = await get(language);
    expect(status).toBe(200);
    const checker = new spectral.Spectral();
    checker.setRuleset({ extends: [rulesets.oas as never], rules: {} } as never);
    expect(
      (await checker.run(document as never)).map(({ code, path, message }) => [code, path.join("."), message]),
    ).toEqual([]);
    expect(Object.keys((document as { paths: object }).paths)).toEqual(
      [...paths, "files.put"].map((path) => `/${path.replace(".", "/")}`),
    );
  });

  it("is refused by another method", async () => {
    expect((await fetch(`${server.url}/openapi.json`, { method: "POST", body: "{}" })).status).toBe(405);
  });
});

describe("every procedure", () => {
  it.each(paths)("%s takes what the contract says and nothing without its scope", async (path) => {
    const known = { unitId: units.get("left"), unitCode: "left", pluginId: "online-petition", fileIds: [] };
    const input = sampleInput(specOf(path).input, known);
    const { scope } = restProcedures[path];
    const answer = await call(path, input, all);
    const body = await answer.json();
    expect([path, answer.status < 500]).toEqual([path, true]);
    if (answer.status === 200) expect(specOf(path).output.safeParse(body).error).toBeUndefined();
    else expect(body).toMatchObject({ status: answer.status, code: expect.stringMatching(/\w/) });

    const bare = await call(path, input);
    const withLittle = await call(path, input, little);
    if (scope === null) expect(bare.status).toBe(answer.status);
    else {
      expect([bare.status, (await bare.json()).code]).toEqual([401, "system.token"]);
      if (scope !== "units.read")
        expect([withLittle.status, (await withLittle.json()).code]).toEqual([403, "system.scope"]);
    }
  });
});

describe("a connected system", () => {
  it("files once by a key, reads ordinary petitions of its unit alone, and never who wrote", async () => {
    const filed = await call("intake.file", of("a-key-of-the-system-1"), all);
    const first = await filed.json();
    expect([filed.status, first]).toEqual([200, expect.objectContaining({ caseNo: expect.any(String) })]);
    expect((await (await call("intake.file", of("a-key-of-the-system-1"), all)).json()).caseNo).toBe(first.caseNo);
    const changed = await call("intake.file", of("a-key-of-the-system-1", "left", { title: "别的事" }), all);
    expect((await changed.json()).code).toBe("key.reused");

    const listed = await (await call("cases.list", { view: "toRegister" }, all)).json();
    expect(listed.items).toContainEqual(expect.objectContaining({ caseNo: first.caseNo, title: "营房漏雨" }));
    const got = await (await call("cases.byNo", { caseNo: first.caseNo }, all)).text();
    expect(got).toContain("雨季以来");
    expect(got).not.toMatch(/王小虎|13800000000/);

    const elsewhere = await (await call("cases.list", { view: "toRegister" }, all2)).json();
    expect(elsewhere.items).toEqual([]);
    const foreign = await call("cases.byNo", { caseNo: first.caseNo }, all2);
    const missing = await call("cases.byNo", { caseNo: "2026-7K3M9Q-X" }, all2);
    const without = async (response: Response) => {
      const { requestId: _id, params: _params, ...rest } = await response.json();
      return rest;
    };
    expect(await without(foreign)).toEqual(await without(missing));
  });

  it("sends files and files a petition with them; without the scope nothing is taken", async () => {
    const send = (body: Uint8Array<ArrayBuffer>, token?: string, headers: Readonly<Record<string, string>> = {}) =>
      fetch(`${server.url}/api/v1/files/put`, {
        method: "POST",
        headers: {
          "content-type": "application/octet-stream",
          "x-file-name": encodeURIComponent("工资条.pdf"),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body,
      });
    const pdf = new TextEncoder().encode("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n");
    const sent = await send(pdf, all);
    const kept = restFile.output.parse(await sent.json());
    expect(kept).toMatchObject({ name: "工资条.pdf", type: "application/pdf", size: pdf.length });
    const filed = await call("intake.file", of("a-key-with-a-file", "left", { fileIds: [kept.id] }), all);
    const { caseNo } = await filed.json();
    const clerk = await signIn("clerk");
    const seen = (await clerk.post("/rpc/cases.byNo", { caseNo })).body.result.data;
    expect(seen.files).toMatchObject([{ id: kept.id, name: "工资条.pdf" }]);

    const { rows: before } = await server.database.pool.query("select count(*)::int as n from kernel.files");
    const refused = [
      await send(pdf),
      await send(pdf, little),
      await send(pdf, all, { "content-type": "application/json" }),
      await send(new TextEncoder().encode("MZ\u0000\u0003a program"), all),
      await send(new Uint8Array(), all),
    ];
    expect(await Promise.all(refused.map(async (r) => [r.status, (await r.json()).code]))).toEqual([
      [401, "system.token"],
      [403, "system.scope"],
      [415, "request.unknown"],
      [400, "file.type"],
      [400, "file.empty"],
    ]);
    const { rows: after } = await server.database.pool.query("select count(*)::int as n from kernel.files");
    expect(after).toEqual(before);
  });

  it("sees no accusation and nothing above the first level", async () => {
    for (const [key, more] of [
      ["a-key-of-an-accusation", { purpose: "accuse", title: "举报克扣伙食费" }],
      ["a-key-of-somebody-shy", { title: "涉密来信" }],
    ] as const) {
      const filed = await call("intake.file", of(key, "left", more), all);
      expect([key, filed.status, await filed.json()]).toEqual([key, 200, expect.anything()]);
    }
    const { pool } = server.database;
    await pool.query("update kernel.cases set confidentiality = 2 where title = '涉密来信'");
    await pool.query(
      "update kernel.case_audience set conf = 2 where case_id = (select id from kernel.cases where title = '涉密来信')",
    );
    const officer = await signIn("officer");
    const titles = ({ items }: { items: readonly { title: string }[] }) => items.map(({ title }) => title);
    const seen = titles((await officer.post("/rpc/cases.list", { view: "all" })).body.result.data);
    expect(seen).toEqual(expect.arrayContaining(["涉密来信", "营房漏雨"]));
    const shown = titles(await (await call("cases.list", { view: "all" }, all)).json());
    expect(shown).toEqual(seen.filter((title) => title !== "涉密来信"));
    for (const q of ["举报克扣", "涉密来信"])
      expect(await (await call("cases.search", { q }, all)).json()).toEqual({ items: [], nextCursor: null });
  });

  it("stands in the ledger by its name", async () => {
    // the ledger is read at the root: a system of another unit is refused
    expect((await (await call("ledger.page", {}, all)).json()).code).toBe("forbidden");
    const root = await connect("审计", ["ledger.read", "intake.file"], "root");
    await call("intake.file", of("a-key-for-the-ledger"), root);
    const page = await (await call("ledger.page", {}, root)).json();
    const filings = page.items.filter(({ type }: { type: string }) => type === "case.received");
    expect(filings.map(({ actor }: { actor: object }) => actor)).toContainEqual({
      kind: "system",
      id: expect.any(String),
      name: "审计",
    });
  });

  it("is held to a number of calls, each by itself, and told when to come again", async () => {
    const { kernel } = server.platform;
    const limiter = createLimiter({ burst: 2, perMinute: 60, now: () => new Date(0) });
    const serve = async () => Response.json({ result: { data: {} } });
    const app = new Hono<HttpEnv>()
      .use((c, next) => {
        c.set("facts", { requestId: "r", origin: "o", https: false, loopback: true, nonce: "n" });
        return next();
      })
      .all("/api/v1/:group/:name", serveRest({ kernel, blobs: server.platform.blobs, serve, limiter }));
    const ask = (token: string) =>
      app.request("/api/v1/units/get", {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: "{}",
      });
    expect([await ask(all), await ask(all), await ask(little)].map(({ status }) => status)).toEqual([200, 200, 200]);
    const told = await ask(all);
    expect([told.status, told.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(await told.json()).toMatchObject({ code: "request.tooMany", params: { seconds: 1 } });
  });
});

describe("refused", () => {
  it("in the language that is asked for, with the mistakes by field, and without what was sent", async () => {
    const bad = { view: "nowhere", limit: "秘密" };
    const zh = await call("cases.list", bad, all, { "accept-language": "zh-CN,zh;q=0.9" });
    expect(zh.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
    const problem = await zh.json();
    expect(problem).toMatchObject({ status: 400, code: "input.invalid", type: "urn:doorstep:error:input.invalid" });
    expect(problem.title).toMatch(/请按提示更正/);
    expect(Object.keys(problem.fields)).toEqual(["view", "limit"]);
    expect(JSON.stringify(problem)).not.toContain("秘密");
    expect((await (await call("cases.list", bad, all)).json()).title).toMatch(/Correct the marked fields/);
  });

  it.each([
    ["an act of a person", "cases.register", {}, 404],
    ["an unknown procedure", "nothing.here", {}, 404],
    ["a name out of every object", "constructor.prototype", {}, 404],
    ["no JSON", "units.get", "{", 400],
    ["a character that cannot be kept", "units.find", '{"q":"\\u0000"}', 400],
  ])("%s", async (_name, path, input, status) => {
    const response = await call(path, input, all);
    expect([response.status, (await response.json()).status]).toEqual([status, status]);
  });

  it("a cookie in place of a token, a token of another form, another media type, another method", async () => {
    const clerk = await signIn("clerk");
    const cookie = [...clerk.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    expect((await call("cases.list", { view: "all" }, undefined, { cookie })).status).toBe(401);
    const basic = await call("units.get", {}, undefined, { authorization: "Basic eDp5" });
    expect([basic.status, basic.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="doorstep"']);
    // whoever shows a token that is none is told so, also where none is needed
    expect((await call("units.find", { q: "left" }, "dst_0000000000000000000000000")).status).toBe(401);
    expect((await call("units.get", "{}", all, { "content-type": "text/plain" })).status).toBe(415);
    expect((await fetch(`${server.url}/api/v1/units/find`)).status).toBe(405);
  });
});
