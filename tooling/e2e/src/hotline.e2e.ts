import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { choose } from "./show-box.ts";
import { wordsOf } from "./words.ts";

vi.setConfig({ testTimeout: 120_000 });

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openHouse()]);
  walk = walkOf(house, browser);
  await choose(house, "hotline", "on");
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const expectNoOverflow = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

/** Tab until the field of that name has the focus; a screen that cannot be gone through this way fails here. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let n = 0; n < 40; n += 1) {
    const at = await page.evaluate(() => [document.activeElement?.getAttribute("name"), document.activeElement?.id]);
    // the first button of a choice is known by its id
    if (at[0] === name || at[1]?.endsWith(`-${name}`)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no way by Tab to ${name}`);
}

test("a call is answered, taken down and called back, by keyboard alone while talking, in both languages", async () => {
  const zh = wordsOf("zh-CN");
  const en = wordsOf("en");
  const clerk = await walk.desk("clerk");
  await clerk.goto(`${house.url}/desk/p/hotline`);
  await clerk.getByRole("button", { name: zh("hotline", "page.begin") }).waitFor();
  await expectNoViolations(clerk);
  await clerk.keyboard.press("Enter");
  await clerk.getByRole("heading", { level: 1, name: zh("hotline", "call.title", { no: "1" }) }).waitFor();
  // the first thing that is asked is whether somebody is in danger
  await clerk.locator("input[name=urgentSafety]:focus").waitFor();
  await expectNoViolations(clerk);
  await expectNoOverflow(clerk);
  await tabTo(clerk, "name");
  await clerk.keyboard.type("罗芳");
  await tabTo(clerk, "kind");
  await clerk.keyboard.press("ArrowDown");
  await tabTo(clerk, "purpose");
  await clerk.keyboard.press("Space");
  await tabTo(clerk, "title");
  await clerk.keyboard.type("孩子说熄灯后挨打");
  await tabTo(clerk, "body");
  await clerk.keyboard.type("孩子说熄灯后挨打，很害怕，请不要点名。");
  await tabTo(clerk, "readBack");
  await clerk.keyboard.press("Space");
  await tabTo(clerk, "recording");
  await clerk.keyboard.type("20261128-0031");
  await tabTo(clerk, "callBackOn");
  // which part of a date is typed first is the browser's language's to say
  await clerk.locator("input[name=callBackOn]:focus").fill("2099-12-31");
  await clerk.keyboard.press("Control+Enter");
  await clerk.getByText(zh("hotline", "call.kept")).waitFor();
  await expectNoViolations(clerk);
  const { rows } = await house.server.database.pool.query<{ case_no: string }>(
    "select case_no from kernel.cases where channel_key = 'hotline/call'",
  );
  expect(rows.length).toBe(1);
  await press(clerk, zh("hotline", "call.next"));
  await clerk.getByRole("heading", { level: 1, name: zh("hotline", "call.title", { no: "2" }) }).waitFor();
  await press(clerk, zh("hotline", "call.answered"));
  await clerk.getByText(zh("hotline", "today.row", { outcome: zh("hotline", "call.answered"), count: "1" })).waitFor();
  await leave(clerk);

  const phone = await walk.desk("clerk", "en", 390);
  await phone.goto(`${house.url}/desk/p/hotline`);
  await phone.getByText("孩子说熄灯后挨打").waitFor();
  await expectNoViolations(phone);
  await expectNoOverflow(phone);
  await press(phone, en("hotline", "page.begin"));
  await phone.locator("input[name=urgentSafety]:focus").waitFor();
  await expectNoViolations(phone);
  await expectNoOverflow(phone);
  await press(phone, en("hotline", "call.wrong"));
  await press(phone, en("hotline", "owed.reached"));
  await phone.getByText(en("hotline", "owed.empty")).waitFor();
  await phone.goto(`${house.url}/desk/c/${rows[0]?.case_no}`);
  await phone.getByRole("tab", { name: "Call", exact: true }).click();
  await phone.getByText(en("hotline", "tab.attempts")).waitFor();
  await expectNoViolations(phone);
  await leave(phone);
});
