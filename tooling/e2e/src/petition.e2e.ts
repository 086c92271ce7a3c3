import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { type House, openHouse } from "./house.ts";

let browser: Browser;
let house: House;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse();
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

/** Six question pages on a phone, without a name; gives the return code. */
async function fileAnonymously(page: Page): Promise<string> {
  const next = () => page.getByRole("button", { name: "继续", exact: true }).click();
  await page.goto(`${house.url}/?u=FIRST`);
  await page
    .getByRole("link", { name: /反映问题/ })
    .first()
    .click();
  await page.getByRole("radio", { name: /请求解决问题/ }).check();
  await expectNoViolations(page);
  await next();
  await page.getByRole("textbox", { name: /内容/ }).fill("家属20日来队，公寓房窗户漏雨，两次报修均无人回复。");
  await next();
  await next();
  await page.getByRole("radio", { name: /匿名/ }).check();
  await next();
  await next();
  await expectNoViolations(page);
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await page.getByRole("heading", { name: "已收到" }).waitFor();
  await expectNoViolations(page);
  const code = await page
    .getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$/)
    .first()
    .textContent();
  return (code ?? "").trim();
}

test("somebody files without a name on a phone and follows the petition with the code", async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "zh-CN" });
  const page = await context.newPage();

  const code = await fileAnonymously(page);
  expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$/);

  const other = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "zh-CN" });
  const follow = await other.newPage();
  await follow.goto(`${house.url}/t`);
  await follow.getByRole("textbox").fill(code.toLowerCase());
  await follow.getByRole("button", { name: /查询/ }).click();
  await follow
    .getByText(/窗户漏雨/)
    .first()
    .waitFor();
  await expectNoViolations(follow);
  expect(follow.url()).not.toContain(code);
  await context.close();
  await other.close();
});
