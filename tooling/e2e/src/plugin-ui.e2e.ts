import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser, STILL } from "./browser.ts";
import { leave, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { archiveOf, choose, install, SHOW_BOX } from "./show-box.ts";

const { version }: { version: string } = JSON.parse(readFileSync(join(SHOW_BOX, "package.json"), "utf8"));
let browser: Browser;
let house: House;
beforeAll(async () => {
  const [opened, ready, archive] = await Promise.all([openBrowser(), openHouse(), archiveOf(SHOW_BOX)]);
  browser = opened;
  house = ready;
  await install(house, archive);
  await choose(house, "show-box", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

/** What the browser refused or a page threw. */
function complaintsOf(page: Page): readonly string[] {
  const said: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") said.push(message.text());
  });
  page.on("pageerror", (error) => said.push(error.message));
  return said;
}

test("the page of an installed module runs in the portal: shared React, own words, own styles, own procedures", async () => {
  const page = await (await browser.newContext({ ...STILL, locale: "zh-CN" })).newPage();
  const complaints = complaintsOf(page);
  await page.goto(`${house.url}/?u=FIRST`);
  await page.getByRole("link", { name: /展示盒/ }).click();
  await page.getByRole("heading", { name: "展示盒", level: 1 }).waitFor();
  await page.getByText("大家好，这里是展示盒。").waitFor();
  await page.getByText("服务器算得 23").waitFor();
  await page.getByRole("button", { name: "按一下" }).click();
  await page.getByText("按了 1 次").waitFor();
  expect(await page.locator(".show-box-note").evaluate((note) => getComputedStyle(note).borderLeftColor)).toBe(
    "rgb(1, 2, 3)",
  );
  // a part that no page of the portal uses has its style sheet all the same
  await page.getByRole("combobox", { name: "从几开始" }).click();
  const option = page.getByRole("option", { name: "20" });
  expect(await option.evaluate((one) => getComputedStyle(one).cursor)).toBe("pointer");
  await page.keyboard.press("Escape");
  // the same class outside of the module's boxes stays as it is
  expect(
    await page.evaluate(() => {
      const outside = document.body.appendChild(document.createElement("p"));
      outside.className = "show-box-note";
      const width = getComputedStyle(outside).borderLeftWidth;
      outside.remove();
      return width;
    }),
  ).toBe("0px");
  await expectNoViolations(page);
  await page
    .getByRole("button", { name: "EN" })
    .or(page.getByRole("radio", { name: "English" }))
    .first()
    .click();
  await page.getByText("大家好: this is the show box.").waitFor();
  // what it had counted is still there
  await page.getByText("Pressed 1 times").waitFor();
  await expectNoViolations(page);
  expect(complaints).toEqual([]);
  await leave(page);
});

test("a tab at the case and a page of the administration, in both languages", async () => {
  const walk = walkOf(house, browser);
  const filed = await walk.paper("clerk", "FIRST", "公寓窗户漏雨");
  await walk.register("clerk", filed.caseId);
  const desk = await walk.desk("officer");
  const complaints = complaintsOf(desk);
  await desk.goto(`${house.url}/desk/c/${filed.caseNo}`);
  await desk.getByRole("tab", { name: "展示盒" }).click();
  await desk.getByText("事项的展示页").waitFor();
  await expectNoViolations(desk);
  expect(complaints).toEqual([]);
  await leave(desk);

  const admin = await walk.desk("admin", "en", 390);
  await admin.goto(`${house.url}/admin/`);
  await admin.getByRole("link", { name: "Show box" }).click();
  await admin.getByText("this is the show box.").waitFor();
  await expectNoViolations(admin);
  await leave(admin);
});

test("a file that was changed on the disk is not run: not served, and refused by the browser where it is", async () => {
  const { dataDir } = house.server;
  const [folder = ""] = readdirSync(join(dataDir, "plugins", "show-box"));
  const ui = join(dataDir, "plugins", "show-box", folder, "ui", "portal");
  const entry = readdirSync(ui).find((name) => name.startsWith("entry-")) ?? "";
  const address = `${house.url}/plugins/show-box/${version}/ui/portal/${entry}`;
  const before = await fetch(address);
  const honest = await before.text();
  expect([before.status, before.headers.get("cache-control")]).toEqual([200, expect.stringContaining("immutable")]);
  const tampered = `${honest}\nglobalThis.tampered = true;`;

  const page = await (await browser.newContext({ ...STILL, locale: "zh-CN" })).newPage();
  await page.route("**/plugins/show-box/**/entry-*.js", (route) =>
    route.fulfill({ body: tampered, contentType: "text/javascript" }),
  );
  await page.goto(`${house.url}/p/show-box/?u=FIRST`);
  await page.getByText("此模块暂不可用，其他功能不受影响。").waitFor();
  expect(await page.evaluate(() => "tampered" in globalThis)).toBe(false);
  await expectNoViolations(page);

  writeFileSync(join(ui, entry), tampered);
  expect((await fetch(address)).status).toBe(404);
  writeFileSync(join(ui, entry), honest);
  expect((await fetch(address)).status).toBe(200);

  await page.unroute("**/plugins/show-box/**/entry-*.js");
  await page.getByRole("button", { name: "重试" }).click();
  await page.getByText("大家好，这里是展示盒。").waitFor();
  await leave(page);
});

test("nothing else of an archive is given away, and no file of a module that is not installed", async () => {
  for (const path of [
    `show-box/${version}/server.mjs`,
    `show-box/${version}/plugin.json`,
    `show-box/${version}/ui/portal/../../server.mjs`,
    `show-box/${version}/ui%2Fportal%2F..%2F..%2Fserver.mjs`,
    "show-box/9.9.9/ui/portal/entry-x.js",
    "nothing/1.0.0/ui/portal/entry-x.js",
  ])
    expect([path, (await fetch(`${house.url}/plugins/${path}`)).status]).toEqual([path, 404]);
});
