import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { walkOf } from "./desk-walk.ts";
import { type House, openHouse, signIn } from "./house.ts";

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
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: "zh-CN" });
  const cookies = (await signIn(house.url, "admin")).split("; ").map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return { name, value: value.join("="), url: house.url };
  });
  await context.addCookies(cookies);
  const page = await context.newPage();
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
  await one.getByText("1 件未办结事项").waitFor();
  await one.getByText("1 名人员").waitFor();
  await one.getByText("没有人登记来信").waitFor();
  await page.getByRole("region", { name: "二连" }).getByText("1 件未办结事项").waitFor();
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
  await page.getByRole("region", { name: "新一营" }).getByText("2 件未办结事项").waitFor();
  await expectNoViolations(page);
  await page.getByRole("textbox", { name: "原因" }).fill("合并");
  await page.getByRole("button", { name: "合并单位" }).click();
  await page.getByRole("heading", { level: 1, name: "新一营" }).waitFor();
  expect([await holderOf(handled.caseId), await holderOf(other.caseId)]).toEqual(["NEWBN", "NEWBN"]);
  await page.context().close();
});
