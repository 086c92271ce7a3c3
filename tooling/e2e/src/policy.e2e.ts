import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { leave, type Walk, walkOf } from "./desk-walk.ts";
import { call, type House, openHouse } from "./house.ts";

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse();
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const unit = (code: string): string => house.units.get(code) ?? "";
const fitsIn = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

test("on a phone a period is made shorter after a preview, holds below, and is tried out", async () => {
  const page = await walk.desk("admin", "zh-CN", 390);
  await page.goto(`${house.url}/admin/policies?unit=${unit("BRIGADE")}`);
  await page.getByRole("button", { name: "修改本级期限" }).click();
  const field = page.getByRole("spinbutton", { name: "K4 办理期限" });
  await field.fill("90");
  await page.getByRole("textbox", { name: /^理由/ }).fill("本旅从快办理");
  await page.getByRole("button", { name: "预览" }).click();
  // more than the pack gives is refused before it is sent
  await page.getByRole("link", { name: /1～60/ }).waitFor();
  await field.fill("45");
  await page.getByRole("button", { name: "预览" }).click();
  await page.getByText("K4 办理期限：60 → 45 自然日").waitFor();
  await expectNoViolations(page);
  expect(await fitsIn(page)).toBe(true);
  await page.getByRole("button", { name: "保存为新版本" }).click();
  await page.getByText(/已保存，现在是本级第 1 版/).waitFor();

  await page.goto(`${house.url}/admin/policies?unit=${unit("FIRST")}`);
  await page
    .getByText(/沿用BRIGADE自.*起的缩短/)
    .first()
    .waitFor();
  await page.getByLabel("起算之日").fill("2026-02-03");
  await page.getByRole("button", { name: "计算" }).click();
  await page.getByText("办理期限：2026年3月20日到期").waitFor();
  await page.getByText(/BRIGADE自.*起将规定的60日自行缩短/).waitFor();
  await expectNoViolations(page);
  expect(await fitsIn(page)).toBe(true);
  await leave(page);
});

test("the year is edited by keyboard, and the next one brought in", async () => {
  const page = await walk.desk("admin", "en", 1440);
  await page.goto(`${house.url}/admin/calendars?unit=${unit("BRIGADE")}&year=2026`);
  const first = page.getByRole("button", { name: /^1 January 2026: day off, announced/ });
  await first.focus();
  for (let n = 0; n < 11; n += 1) await page.keyboard.press("ArrowRight");
  const plain = page.locator('[data-date="2026-01-12"]');
  await expect.poll(() => plain.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "12 January 2026: day off, not saved yet" }).waitFor();
  await page.getByText("1 day has changed and is not saved yet.", { exact: false }).waitFor();
  await expectNoViolations(page);
  await page.getByRole("textbox", { name: /^Reason/ }).fill("Field day");
  await page.getByRole("button", { name: "Save the changes" }).click();
  await page.getByText(/Saved: the calendar is now .*\+1/).waitFor();
  await page.getByRole("button", { name: "12 January 2026: day off, set by this unit: Set by the unit" }).waitFor();

  // a unit below may not add a day off
  await page.goto(`${house.url}/admin/calendars?unit=${unit("FIRST")}&year=2026`);
  await page
    .getByRole("button", { name: /^13 January 2026: working day/ })
    .and(page.locator("[aria-disabled]"))
    .waitFor();

  await page.goto(`${house.url}/admin/calendars?unit=${unit("BRIGADE")}&year=2027`);
  await page.getByText("The holidays of 2027 are not known yet", { exact: false }).waitFor();
  const lines = page.getByRole("textbox", { name: /^Days off and make-up/ });
  await lines.fill("2027-01-01~2027-01-03 off 元旦\n2027-02-30 off 春节");
  await page.getByRole("textbox", { name: "Announcement (Chinese)" }).fill("国务院办公厅通知");
  await page.getByRole("textbox", { name: "Announcement (English)" }).fill("Notice of the State Council");
  await page.getByRole("button", { name: "Bring in and count anew" }).click();
  await page.getByRole("link", { name: /Line 2 cannot be read/ }).waitFor();
  await expectNoViolations(page);
  await lines.fill("2027-01-01~2027-01-03 off 元旦\n2027-02-05~2027-02-11 off 春节\n2027-02-13 work 春节");
  await page.getByRole("button", { name: "Bring in and count anew" }).click();
  await page.getByText("Done: the calendar is now cn-own-2027.1", { exact: false }).waitFor();
  await page.getByRole("button", { name: "13 February 2027: working day, announced: Spring Festival" }).waitFor();
  await leave(page);
});

test("running cases are moved to a newer version after a preview", async () => {
  const { pool } = house.server.database;
  const { rows } = await pool.query<{ body: { clocks: { K2: object } } }>(
    "select body from kernel.policy_packs where id = 'cn-civil-2022' order by version desc limit 1",
  );
  const body = rows[0]?.body;
  if (!body) throw new Error("the house has no policy pack");
  await call(house.url, "", "intake.file", {
    key: "a-case-under-the-older-version",
    unitId: unit("FIRST"),
    channel: "online-petition/online",
    via: "online",
    purpose: "solve",
    title: "津贴少发一档",
    body: "三月调动后艰苦边远津贴少发一档。",
    anonymity: "anonymous",
  });
  await pool.query(
    "insert into kernel.policy_packs (id, version, body, installed_at) values ('cn-civil-2022', '2.0', $1, now())",
    [{ ...body, version: "2.0", clocks: { ...body.clocks, K2: { ...body.clocks.K2, amount: 20 } } }],
  );
  const page = await walk.desk("admin", "en", 1440);
  await page.goto(`${house.url}/admin/policies?unit=${unit("BRIGADE")}`);
  await page.getByRole("link", { name: "Move running cases to this version" }).click();
  await page.getByText("1 running case will be moved.").waitFor();
  await page.getByText(/^K2 Time to decide on acceptance.* \(1 clock\)$/).waitFor();
  await expectNoViolations(page);
  await page.getByRole("textbox", { name: /^Reason/ }).fill("The new version is in force");
  await page.getByRole("button", { name: "Move the cases" }).click();
  await page.getByText("1 case was moved, with an entry of its own.").waitFor();
  await page.getByText("No case needs to be moved.").waitFor();
  await leave(page);
});
