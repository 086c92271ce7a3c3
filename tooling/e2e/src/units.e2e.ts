import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { drawer, leave, press, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { wordsOf } from "./words.ts";

vi.setConfig({ testTimeout: 120_000 });

let browser: Browser;
let house: House;
let walk: ReturnType<typeof walkOf>;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse();
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

/** The administrators' page of a unit, for somebody who has signed in. */
async function admin(path: string, width = 1440): Promise<Page> {
  const page = await walk.desk("admin", "zh-CN", width);
  await page.goto(`${house.url}/admin${path}`);
  return page;
}
const holderOf = async (caseId: string) =>
  (
    await house.server.database.pool.query<{ code: string }>(
      "select u.code from kernel.cases c join kernel.units u on u.id = c.holder_unit_id where c.id = $1",
      [caseId],
    )
  ).rows[0]?.code;

test("an officer names one handler for several petitions; the one he must stand out of stays selected with the reason", async () => {
  const zh = wordsOf("zh-CN");
  const titles = ["路灯不亮", "食堂排队", "球场积水"];
  const filed = [];
  for (const title of titles) {
    const one = await walk.paper("clerk", "FIRST", title);
    await walk.register("clerk", one.caseId);
    await walk.act("officer", "cases.accept", one.caseId, { office: "营房股" });
    filed.push(one);
  }
  const [, , apart] = filed;
  await walk.by("handler", "recusal.declare", { caseId: apart?.caseId, key: walk.key(), reason: "亲属" });

  const officer = await walk.desk("officer");
  await officer.goto(`${house.url}/desk`);
  await officer.getByRole("link", { name: new RegExp(zh("desk", "desk.view.inHandling")) }).click();
  const choose = (page: Page, title: string) =>
    page.getByRole("checkbox", { name: zh("queue", "desk.queue.select", { title }) }).check();
  for (const title of titles) await choose(officer, title);
  await press(officer, zh("queue", "desk.queue.bulk.assign"));
  await drawer(officer)
    .getByRole("combobox", { name: new RegExp(zh("acts", "desk.acts.handler")) })
    .selectOption({ label: "handler" });
  await expectNoViolations(officer);
  await press(drawer(officer), zh("queue", "desk.queue.bulkDo.assign", { count: "3" }));
  await officer.getByText(zh("queue", "desk.queue.bulkRefused", { count: "1" })).waitFor();
  await officer.getByRole("listitem").filter({ hasText: "球场积水：" }).waitFor();
  const boxes = officer.getByRole("checkbox", { checked: true });
  await expect.poll(() => boxes.count()).toBe(1);
  await expectNoViolations(officer);
  await leave(officer);

  const handler = await walk.desk("handler", "zh-CN", 390);
  await handler.goto(`${house.url}/desk`);
  await handler.getByRole("combobox", { name: zh("queue", "desk.queue.view") }).selectOption("inHandling");
  for (const title of titles.slice(0, 2)) await choose(handler, title);
  await press(handler, zh("queue", "desk.queue.bulk.reply"));
  const form = drawer(handler);
  await form.locator("select[name=kind]").selectOption("explain");
  await form.locator("select[name=outcome]").selectOption("explained");
  await form.locator("textarea[name=opinion]").fill("已列入年度计划。");
  await form.locator("textarea[name=basis]").fill("营房管理规定第三条");
  await form.locator("textarea[name=summary]").fill("今年内安排，请您谅解。");
  await form.getByRole("textbox", { name: new RegExp(titles[0] ?? "") }).fill("路灯线路老化。");
  await form.getByRole("textbox", { name: new RegExp(titles[1] ?? "") }).fill("开饭时间集中。");
  await expectNoViolations(handler);
  await press(form, zh("queue", "desk.queue.bulkDo.reply", { count: "2" }));
  await expect.poll(() => handler.getByRole("dialog").count()).toBe(0);
  await leave(handler);
  const { rows } = await house.server.database.pool.query<{ state: string }>(
    "select state from kernel.notices where code in ('D14', 'D16') order by created_at",
  );
  expect(rows).toEqual([{ state: "submitted" }, { state: "submitted" }]);
});

test("an administrator splits a unit by keyboard after looking at what comes of it, then merges the parts again", async () => {
  const handled = await walk.inHandling("宿舍漏雨");
  const other = await walk.paper("clerk", "FIRST", "热水不足");

  const page = await admin(`/units/${house.units.get("FIRST")}`, 390);
  await page.getByRole("link", { name: "拆分", exact: true }).press("Enter");
  for (const [n, zh, en, code] of [
    [1, "一连", "Company 1", "COY1"],
    [2, "二连", "Company 2", "COY2"],
  ] as const) {
    await page.getByRole("textbox", { name: `新单位${n} · 名称（中文）` }).fill(zh);
    await page.getByRole("textbox", { name: `新单位${n} · 名称（英文）` }).fill(en);
    await page.getByRole("textbox", { name: `新单位${n} · 代码` }).fill(code);
  }
  await page.getByRole("combobox", { name: "其余事项归谁" }).selectOption({ label: "新单位2" });
  await page.getByRole("combobox", { name: "handler" }).selectOption({ label: "新单位1" });
  await expectNoViolations(page);
  await page.getByRole("button", { name: "查看影响" }).press("Enter");
  const one = page.getByRole("region", { name: "一连" });
  await one.getByText("3 件未办结事项").waitFor();
  await one.getByText("1 名人员").waitFor();
  await one.getByText("没有人登记来信").waitFor();
  await page.getByRole("region", { name: "二连" }).getByText("2 件未办结事项").waitFor();
  expect(await holderOf(handled.caseId)).toBe("FIRST");
  await page.getByRole("textbox", { name: "原因" }).fill("整编");
  await expectNoViolations(page);
  await page.getByRole("button", { name: "拆分单位" }).press("Enter");
  await page.getByRole("heading", { level: 1, name: "一连" }).waitFor();
  expect([await holderOf(handled.caseId), await holderOf(other.caseId)]).toEqual(["COY1", "COY2"]);

  await page.getByRole("link", { name: "合并", exact: true }).press("Enter");
  await page.getByRole("combobox", { name: "与哪个单位合并" }).fill("COY2");
  await page.getByRole("option", { name: /二连/ }).click();
  await page.getByRole("textbox", { name: "代码" }).fill("NEWBN");
  await page.getByRole("button", { name: "查看影响" }).click();
  await page.getByText("或者都不填").first().waitFor();
  await page.getByRole("textbox", { name: "名称（中文）" }).fill("新一营");
  await page.getByRole("textbox", { name: "名称（英文）" }).fill("New Battalion");
  await page.getByRole("button", { name: "查看影响" }).click();
  await page.getByRole("region", { name: "新一营" }).getByText("5 件未办结事项").waitFor();
  await expectNoViolations(page);
  await page.getByRole("textbox", { name: "原因" }).fill("合并");
  await page.getByRole("button", { name: "合并单位" }).click();
  await page.getByRole("heading", { level: 1, name: "新一营" }).waitFor();
  expect([await holderOf(handled.caseId), await holderOf(other.caseId)]).toEqual(["NEWBN", "NEWBN"]);
  await leave(page);
});
