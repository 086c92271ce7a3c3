import { readFileSync } from "node:fs";
import ExcelJs from "exceljs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { drawer, leave, openAct, press, review, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { archiveOf, choose, EVERY_POINT, install, SAMPLE_BOX } from "./show-box.ts";
import { wordsOf } from "./words.ts";

let browser: Browser;
let house: House;
let walk: ReturnType<typeof walkOf>;
beforeAll(async () => {
  const people = [{ username: "unit-admin", unit: "FIRST", roles: [{ role: "unitAdmin" }] }] as const;
  const [opened, ready, archive] = await Promise.all([openBrowser(), openHouse({ people }), archiveOf(SAMPLE_BOX)]);
  browser = opened;
  house = ready;
  walk = walkOf(house, browser);
  await install(house, archive);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

async function download(page: Page, name: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent("download"), press(page, name)]);
  return readFileSync(await file.path());
}

test("whoever administers a unit further down finds its settings without choosing it", async () => {
  const page = await walk.desk("unit-admin", "en", 390);
  await page.goto(`${house.url}/admin/modules/notify-mail`);
  await page.getByRole("link", { name: wordsOf("en")("settings", "open"), exact: true }).click();
  await page.getByRole("button", { name: "Set here: Password" }).waitFor();
  await expectNoViolations(page);
  await leave(page);
});

test("a report of a module is chosen, asked, read and taken along, on a phone and in both languages", async () => {
  const say = wordsOf("zh-CN");
  const page = await walk.desk("officer", "zh-CN", 390);
  await page.goto(`${house.url}/desk/reports`);
  // without a module the platform's own alone
  await page.getByRole("heading", { name: "每周简报" }).waitFor();
  await expectNoViolations(page);

  await choose(house, "sample-box", "on");
  for (const place of ["一号楼门口", "=食堂"]) await walk.by("unit-admin", "p/sample-box/place", { place });
  await page.reload();
  await page.getByLabel(say("reports", "desk.reports.which")).selectOption("sample-box/boxes");
  await page.getByRole("heading", { name: "意见箱开箱情况" }).waitFor();
  await page.getByRole("checkbox", { name: "只看从未开过的" }).check();
  await press(page, say("reports", "desk.reports.run"));
  await page.getByRole("cell", { name: "一号楼门口" }).waitFor();
  expect(await page.getByRole("row").count()).toBe(3);
  await expectNoViolations(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  expect((await download(page, say("reports", "desk.reports.csv"))).toString()).toContain('"\'=食堂"');
  const book = new ExcelJs.Workbook();
  await book.xlsx.load((await download(page, say("reports", "desk.reports.xlsx"))) as never);
  expect(book.worksheets[0]?.getCell("A2").value).toBe("=食堂");
  await leave(page);

  const english = wordsOf("en");
  const other = await walk.desk("officer", "en");
  await other.goto(`${house.url}/desk`);
  await other
    .getByRole("navigation")
    .getByRole("link", { name: english("reports", "desk.reports.title") })
    .click();
  await other.getByLabel(english("reports", "desk.reports.which")).selectOption("sample-box/boxes");
  await other.getByRole("heading", { name: "Boxes and when they were opened" }).waitFor();
  await press(other, english("reports", "desk.reports.run"));
  await other.getByRole("columnheader", { name: "Last opened" }).waitFor();
  await expectNoViolations(other);
  await leave(other);
});

test("where a rule of a module thinks that a petition belongs is shown with its reason, and taken over by a press", async () => {
  await install(house, await archiveOf(EVERY_POINT));
  const filed = await walk.paper("clerk", "FIRST", "公寓窗户漏雨");
  await walk.register("clerk", filed.caseId);
  const say = wordsOf("en");
  const page = await walk.desk("officer", "en", 390);
  await walk.open(page, filed);
  await page.getByRole("tab", { name: say("deskCase", "desk.case.handling") }).click();
  await openAct(page, say, "transfer");
  const form = drawer(page);
  await form.getByText(say("acts", "desk.acts.proposal.because").replace("{because}", "FIRST")).waitFor();
  await expectNoViolations(page);
  await press(form, say("acts", "desk.acts.proposal.use"));
  expect(await form.locator("textarea[name=reason]").inputValue()).toBe("FIRST");
  await expectNoViolations(page);
  await review(page, say);
  await press(form, say("acts", "desk.acts.do.transfer"));
  await page.getByText(say("acts", "desk.acts.done.transfer")).first().waitFor();
  const { rows } = await house.server.database.pool.query("select to_unit_id as to, reason from kernel.legs");
  expect(rows).toEqual([{ to: house.units.get("BRIGADE"), reason: "FIRST" }]);
  await leave(page);
});

test("what a module failed to hear of is said to the administrator, who has it told again", async () => {
  const say = wordsOf("en");
  // still with the unit: of what has gone elsewhere the module keeps nothing in its name
  const { caseId } = await walk.paper("clerk", "FIRST", "食堂早饭太晚");
  const { pool } = house.server.database;
  const periods = () => pool.query("select from kernel.module_clocks where case_id = $1", [caseId]);
  await expect.poll(async () => (await periods()).rowCount, { timeout: 20_000 }).toBe(1);
  await pool.query(
    `insert into kernel.parked (consumer, event_id, case_id, attempts, error)
     select 'plugin:every-point', id, case_id, 8, 'Error' from kernel.outbox where type = 'case.received' and case_id = $1`,
    [caseId],
  );
  const page = await walk.desk("admin", "en", 390);
  await page.goto(`${house.url}/admin/modules/every-point`);
  await page.getByRole("heading", { name: say("modules", "parked.title") }).waitFor();
  await page.getByText(/was tried eight times/).waitFor();
  await expectNoViolations(page);
  await press(page, say("modules", "parked.retry"));
  await page.getByText(/are tried again by themselves|Nothing waits/).waitFor();
  // whoever looks a moment later finds that it has been told
  for (let n = 0; n < 20 && !(await page.getByText(say("modules", "parked.none")).isVisible()); n++) {
    await page.reload();
    await page.getByRole("heading", { name: say("modules", "parked.title") }).waitFor();
    await page.getByText(/are tried again by themselves|Nothing waits/).waitFor();
  }
  await page.getByText(say("modules", "parked.none")).waitFor();
  await leave(page);
});
