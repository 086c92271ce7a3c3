import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser, STILL } from "./browser.ts";
import { drawer, leave, press, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { archiveOf, choose, install, SHOW_BOX } from "./show-box.ts";
import { wordsOf } from "./words.ts";

let browser: Browser;
let house: House;
let walk: ReturnType<typeof walkOf>;
beforeAll(async () => {
  const [opened, ready, archive] = await Promise.all([openBrowser(), openHouse(), archiveOf(SHOW_BOX)]);
  browser = opened;
  house = ready;
  walk = walkOf(house, browser);
  await install(house, archive);
  await choose(house, "show-box", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const bodyOf = async (title: string): Promise<string> => {
  const { rows } = await house.server.database.pool.query<{ body: string }>(
    "select body from kernel.cases where title like $1 order by received_at desc limit 1",
    [`${title}%`],
  );
  return rows[0]?.body ?? "";
};

test("portal/filing-step: asked between the files and the check, shown again there, and part of the matter", async () => {
  const say = wordsOf("zh-CN");
  const page = await (
    await browser.newContext({ ...STILL, locale: "zh-CN", viewport: { width: 390, height: 844 } })
  ).newPage();
  const next = () => press(page, say("filing", "next"));
  await page.goto(`${house.url}/?u=FIRST`);
  await page.getByRole("link", { name: /展示盒/ }).waitFor();
  await page
    .getByRole("link", { name: new RegExp(say("filing", "start")) })
    .first()
    .click();
  await page.getByRole("radio", { name: new RegExp(say("filing", "purpose.solve")) }).check();
  await next();
  await page.getByRole("textbox", { name: new RegExp(say("filing", "story.label")) }).fill("澡堂的水不热已经三周");
  await next();
  await next();
  await page.getByRole("radio", { name: new RegExp(say("filing", "identity.anonymousNote").slice(0, 12)) }).check();
  await next();
  await page.getByRole("heading", { name: say("filing", "files.title") }).waitFor();
  await next();
  await page.getByRole("heading", { name: "愿意先谈谈吗" }).waitFor();
  await page.getByRole("checkbox", { name: "愿意先调解" }).check();
  await expectNoViolations(page);
  await next();
  await page.getByRole("heading", { name: say("filing", "check.title") }).waitFor();
  await page.getByText("愿意", { exact: true }).waitFor();
  await expectNoViolations(page);
  await press(page, say("filing", "check.submit"));
  await page.getByRole("heading", { name: say("filing", "done.title") }).waitFor();
  expect(await bodyOf("澡堂的水不热")).toBe("澡堂的水不热已经三周\n\n愿意先谈谈吗\n愿意");
  await leave(page);
});

test("desk/register-fields: asked at the counter, and part of the matter", async () => {
  const say = wordsOf("zh-CN");
  const page = await walk.desk("clerk");
  await page.goto(`${house.url}/desk/register`);
  await page.getByRole("checkbox", { name: "愿意先调解" }).check();
  await page.getByRole("radio", { name: say("desk", "desk.channel.letter"), exact: true }).check();
  await page.getByRole("radio", { name: say("desk", "desk.anonymity.anonymous"), exact: true }).check();
  await page.getByRole("radio", { name: say("desk", "desk.purpose.solve"), exact: true }).check();
  await page.locator("input[name=title]").fill("食堂的菜总是凉的");
  await page.locator("textarea[name=body]").fill("晚饭时菜总是凉的。");
  await expectNoViolations(page);
  await press(page, say("register", "desk.register.submitNext"));
  await page.locator(".desk-filed .ds-code").waitFor();
  expect(await bodyOf("食堂的菜总是凉的")).toBe("晚饭时菜总是凉的。\n\n调解\n愿意");
  // the next one starts without it
  expect(await page.getByRole("checkbox", { name: "愿意先调解" }).isChecked()).toBe(false);
  await leave(page);
});

test("desk/queue-view, queue-column, page, case-side, case-action and leader/widget, on a wide page and a phone", async () => {
  const filed = await walk.inHandling("公寓窗户漏雨");
  await walk.paper("clerk", "FIRST", "路灯不亮");
  const page = await walk.desk("officer");
  await page.goto(`${house.url}/desk/queue`);
  const row = page.locator("article", { hasText: "公寓窗户漏雨" });
  await row.getByText("列里的展示").waitFor();
  await expectNoViolations(page);
  await page.getByRole("link", { name: "来信的" }).click();
  await page.waitForURL(/channel=letter/);
  await page.getByRole("link", { name: "来信的" }).and(page.locator("[aria-current=page]")).waitFor();

  await page.getByRole("link", { name: "看板" }).click();
  await page.getByText("模块的看板").waitFor();
  await page.getByRole("button", { name: "打开第 7 块" }).click();
  await page.getByText("第 7 块看板").waitFor();
  expect(new URL(page.url()).pathname).toBe("/desk/p/show-box/boards/7");
  await page.reload();
  await page.getByText("第 7 块看板").waitFor();
  await page.getByRole("link", { name: "今天" }).click();
  await page.getByText("今天的展示").waitFor();
  await expectNoViolations(page);

  await walk.open(page, filed);
  await page.getByText("事项旁的展示").waitFor();
  await press(page, "约谈");
  await drawer(page).getByText("模块要办的事").waitFor();
  await expectNoViolations(page);
  await press(drawer(page), "办完");
  await page.getByText("已办完，事项已重新载入。").waitFor();
  await leave(page);

  const phone = await walk.desk("officer", "en", 390);
  await phone.goto(`${house.url}/desk/queue`);
  await phone.getByText("Shown in the row").first().waitFor();
  await expectNoViolations(phone);
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await phone.goto(`${house.url}/desk/p/show-box`);
  await phone.getByText("The module's board").waitFor();
  await phone.goto(`${house.url}/desk/today`);
  await phone.getByText("Shown today").waitFor();
  await expectNoViolations(phone);
  await leave(phone);
});

test("portal/track-panel and admin/unit-tab", async () => {
  const filed = await walk.paper("clerk", "FIRST", "操场积水");
  const own = await walk.own(filed);
  await own.getByText("事项的展示页").waitFor();
  await expectNoViolations(own);
  await leave(own);

  const admin = await walk.desk("admin");
  await admin.goto(`${house.url}/admin/units/${house.units.get("FIRST")}`);
  await admin.getByRole("tab", { name: "展示盒" }).click();
  await admin.getByText("单位的展示页").waitFor();
  await expectNoViolations(admin);
  await admin.reload();
  await admin.getByText("单位的展示页").waitFor();
  await leave(admin);
});

test("admin/settings-form: the module's own form, previewed and saved by the platform; the general one is a press away", async () => {
  const say = wordsOf("zh-CN");
  const admin = await walk.desk("admin");
  await admin.goto(`${house.url}/admin/modules/show-box/settings?unit=${house.units.get("BRIGADE")}`);
  const field = admin.getByLabel("怎样打招呼");
  await field.waitFor();
  await press(admin, say("settings", "preview"));
  await admin.getByText(say("settings", "nothingChanged")).waitFor();
  await field.fill("同志们好");
  await press(admin, say("settings", "preview"));
  await admin.getByLabel(say("settings", "why")).fill("试点");
  await expectNoViolations(admin);
  await press(admin, say("settings", "save"));
  await admin.getByText(say("settings", "saved")).waitFor();
  await press(admin, say("settings", "plainForm"));
  await admin.getByRole("textbox").first().waitFor();
  await expectNoViolations(admin);
  await leave(admin);

  const page = await (await browser.newContext({ ...STILL, locale: "zh-CN" })).newPage();
  await page.goto(`${house.url}/p/show-box?u=FIRST`);
  await page.getByText("同志们好，这里是展示盒。").waitFor();
  await leave(page);
});

test("whoever may see modules has the points of a page shown, those at which nothing stands, too", async () => {
  const page = await walk.desk("admin", "en", 390);
  await page.goto(`${house.url}/admin/p/show-box`);
  const box = page.locator('[data-point="admin/page@1"]');
  await box.waitFor();
  const outline = () => box.evaluate((one) => getComputedStyle(one).outlineStyle);
  expect(await outline()).toBe("none");
  await page.getByRole("button", { name: "Show points" }).press("Enter");
  const list = page.getByRole("complementary", { name: "Points of this page" });
  await list.getByText("admin/page@1").waitFor();
  expect(await outline()).toBe("dashed");
  await expectNoViolations(page);
  await leave(page);

  const wide = await walk.desk("admin");
  await wide.goto(`${house.url}/?u=FIRST`);
  await press(wide, "显示扩展点");
  await wide.getByRole("complementary", { name: "本页的扩展点" }).getByText("portal/home-tile@1").waitFor();
  await expectNoViolations(wide);
  // kept from page to page, until it is switched off
  await wide.reload();
  await wide.getByText("portal/home-tile@1").waitFor();
  await press(wide, "显示扩展点");
  await wide.getByText("portal/home-tile@1").waitFor({ state: "detached" });
  await leave(wide);

  const other = await walk.desk("clerk");
  await other.goto(`${house.url}/?u=FIRST`);
  await other.getByRole("link", { name: /展示盒/ }).waitFor();
  expect(await other.getByRole("button", { name: "显示扩展点" }).count()).toBe(0);
  await leave(other);
}, 60_000);

test("switched off, it is at none of them, and none of its files is asked for", async () => {
  await choose(house, "show-box", "off");
  const page = await walk.desk("officer");
  const asked: string[] = [];
  page.on("request", (request) => void asked.push(new URL(request.url()).pathname));
  await page.goto(`${house.url}/desk/queue`);
  await page.locator("article", { hasText: "公寓窗户漏雨" }).waitFor();
  expect(await page.getByText("列里的展示").count()).toBe(0);
  expect(await page.getByRole("link", { name: "看板" }).count()).toBe(0);
  await page.goto(`${house.url}/desk/p/show-box`);
  await page.getByText("没有这个模块页面，或模块在本单位未启用。").waitFor();
  await expectNoViolations(page);
  expect(asked.filter((path) => path.startsWith("/plugins/"))).toEqual([]);
  await leave(page);
  await choose(house, "show-box", "on");
});
