import { join } from "node:path";
import type { PluginSource } from "@doorstep/plugin-host";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, seedPeople, startTestServer, TEST_PASSWORD, type TestServer } from "../testing/index.ts";

const FOLDER = join(import.meta.dirname, "../../../../tooling/fixtures/every-point");
const load: PluginSource["load"] = () => import(join(FOLDER, "src/server.ts"));

let house: TestServer;
beforeAll(async () => {
  house = await startTestServer({ plugins: [{ id: "every-point", root: FOLDER, load }] });
  const officer = { username: "officer", unit: "BRIGADE", roles: [{ role: "officer" }] } as const;
  await seedPeople(house, [{ code: "BRIGADE" }], [officer]);
}, 60_000);
afterAll(() => house[Symbol.asyncDispose]());

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const ask = (path: string, init: RequestInit = {}) => fetch(`${house.url}/x/every-point/BRIGADE/${path}`, init);
const problem = async (path: string, init?: RequestInit) => {
  const answer = await ask(path, init);
  const { code, title } = await answer.json();
  return { status: answer.status, type: answer.headers.get("content-type"), code, title };
};
const refused = (status: number, code: string) => ({
  ...{ status, code, type: "application/problem+json; charset=utf-8", title: expect.any(String) },
});

test("answers in a sandbox, without the session of whoever happens to be signed in", async () => {
  const browser = openBrowser(house.url);
  await browser.post("/api/auth/sign-in/username", { username: "officer", password: TEST_PASSWORD });
  const cookie = [...browser.cookies].map((pair) => pair.join("=")).join("; ");
  expect(cookie).not.toBe("");
  const answer = await ask("hours", { headers: { cookie } });

  expect(await answer.json()).toEqual({ unit: "BRIGADE", path: [], query: {}, locale: "en" });
  const headers = Object.fromEntries(answer.headers);
  expect(headers).toMatchObject({
    "content-security-policy": expect.stringContaining("default-src 'none'; sandbox"),
    "x-content-type-options": "nosniff",
    "cache-control": "public, max-age=300",
  });
  expect(headers).not.toHaveProperty("set-cookie");
  const known = await ask("hours", { headers: { "if-none-match": headers.etag ?? "" } });
  expect([known.status, await known.text()]).toEqual([304, ""]);
  const head = await ask("hours", { method: "HEAD" });
  expect([head.status, head.headers.get("etag"), await head.text()]).toEqual([200, headers.etag, ""]);
});

test("refuses what was not declared, in words of the language that is asked for", async () => {
  expect(await problem("hours", { method: "PUT", body: "x" })).toEqual(refused(405, "address.method"));
  expect(await problem("machine", { method: "POST", body: "x" })).toEqual(refused(415, "address.type"));
  const large = `api_key=right-key&x=${"x".repeat(100)}`;
  expect(await problem("drop", { method: "POST", headers: FORM, body: large })).toEqual(refused(413, "input.tooLarge"));
  expect(await problem("none", { headers: { "accept-language": "zh-CN" } })).toEqual({
    ...refused(404, "address.unknown"),
    title: "没有这个地址，请核对网址，或向提供地址的单位询问。",
  });
  const keyed = await ask("drop");
  expect([keyed.status, keyed.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="doorstep"']);
  const foreign = {
    method: "POST",
    headers: { ...FORM, origin: "https://elsewhere.example" },
    body: "api_key=right-key",
  };
  expect((await ask("drop", foreign)).status).toBe(403);
});

test("lets nobody come more often than was declared", async () => {
  const headers = { "x-api-key": "right-key" };
  const statuses = new Set<number>();
  for (let n = 0; n < 62; n += 1) statuses.add((await ask("drop", { headers })).status);

  expect([...statuses]).toEqual([200, 429]);
  expect((await ask("drop", { headers })).headers.get("retry-after")).toMatch(/^\d+$/);
});
