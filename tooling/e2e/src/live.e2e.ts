import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser, STILL } from "./browser.ts";
import { drawer, leave, openAct, press, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { wordsOf } from "./words.ts";

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  browser = await openBrowser();
  house = await openHouse({ people: [{ username: "second", unit: "FIRST", roles: [{ role: "officer" }] }] });
  walk = walkOf(house, browser);
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

/** How far up the queue is shown, so that a row that jumps is seen. */
const SOON = { timeout: 8_000 };

test("what one files the other's queue shows, where it stands still; the bell rings; a sensitive matter is not named", async () => {
  const say = wordsOf("zh-CN");
  const first = await walk.paper("clerk", "FIRST", "第一件：公寓漏雨");
  const officer = await walk.desk("officer");
  await officer.goto(`${house.url}/desk/queue`);
  const row = officer.locator(`#row-${first.caseId}`);
  await row.waitFor();
  await row.focus();
  const before = await row.boundingBox();

  await walk.paper("clerk", "FIRST", "第二件：路灯不亮");
  const arrived = officer.getByRole("button", { name: say("queue", "desk.queue.arrived", { count: "1" }) });
  await arrived.waitFor(SOON);
  expect(await officer.getByText("第二件：路灯不亮").count()).toBe(0);
  expect(await row.evaluate((link) => link === document.activeElement)).toBe(true);
  expect((await row.boundingBox())?.x).toBe(before?.x);
  await arrived.click();
  await officer.getByRole("link", { name: "第二件：路灯不亮" }).waitFor();
  await officer.getByText(say("queue", "desk.queue.mark.new"), { exact: true }).waitFor();

  // three petitions came in and one of them is sensitive by now
  await officer.getByRole("link", { name: say("notifications", "bell", { count: "2" }) }).waitFor(SOON);
  await house.server.database.pool.query("update kernel.cases set confidentiality = 2 where id = $1", [first.caseId]);
  await officer.getByRole("link", { name: say("notifications", "bell", { count: "2" }) }).click();
  await officer.getByText(say("notifications", "say.news")).waitFor();
  await officer.getByText("第二件：路灯不亮").waitFor();
  expect(await officer.getByText("第一件：公寓漏雨").count()).toBe(0);
  await expectNoViolations(officer);
  await officer
    .getByRole("link", { name: `${say("notifications", "open")}: ${say("notifications", "say.news")}` })
    .press("Enter");
  await officer.getByRole("heading", { level: 1, name: "第一件：公寓漏雨" }).waitFor();
  expect(new URL(officer.url()).pathname).toBe(`/desk/c/${first.caseNo}`);
  await leave(officer);
});

test("two at one case see each other, and what the one does; the petitioner's page follows as well", async () => {
  const en = wordsOf("en");
  const filed = await walk.paper("clerk", "FIRST", "Third: the window leaks");
  await walk.register("clerk", filed.caseId);
  const officer = await walk.desk("officer", "en", 390);
  const second = await walk.desk("second", "en");
  await walk.open(officer, filed);
  await walk.open(second, filed);
  await officer.getByText(en("deskCase", "desk.case.presence.reading", { names: "second" })).waitFor(SOON);
  await openAct(second, en, "accept");
  await officer.getByText(en("deskCase", "desk.case.presence.editing", { names: "second" })).waitFor(SOON);
  await expectNoViolations(officer);

  // the form stays as it is, and says that there is news
  await walk.act("clerk", "cases.note", filed.caseId, {
    text: "Asked the plumber",
    visibility: "internal",
    fileIds: [],
  });
  await drawer(second).getByText(en("deskCase", "desk.case.changed")).waitFor(SOON);
  await expectNoViolations(second);
  await officer.getByText(en("deskCase", "desk.case.updated")).waitFor(SOON);
  await second.goto(`${house.url}/rights`);
  await expect.poll(() => officer.getByText(/second/).count(), SOON).toBe(0);
  await leave(second);
  await leave(officer);

  const context = await browser.newContext({ ...STILL, viewport: { width: 390, height: 844 }, locale: "en" });
  const petitioner = await context.newPage();
  await context.request.post(`${house.url}/rpc/intake.track`, {
    headers: { origin: house.url },
    data: { code: filed.returnCode },
  });
  await petitioner.goto(`${house.url}/t/case`);
  await petitioner.getByRole("heading", { level: 1, name: "Third: the window leaks" }).waitFor();
  await walk.act("clerk", "cases.note", filed.caseId, {
    text: "Please send a picture of the window.",
    visibility: "petitioner",
    fileIds: [],
  });
  await petitioner.getByText("Please send a picture of the window.").waitFor(SOON);
  await context.close();
});

test("everybody chooses what he is told of, by keyboard and on a phone", async () => {
  const en = wordsOf("en");
  const clerk = await walk.desk("clerk", "en", 390);
  await clerk.goto(`${house.url}/notifications`);
  const staff = clerk.getByRole("region", { name: en("notifications", "settingsStaff") });
  const muted = staff.getByRole("checkbox", {
    name: `${en("notifications", "kind.newCase")}: ${en("notifications", "inPortal")}`,
  });
  await muted.press("Space");
  expect(
    await staff
      .getByRole("checkbox", { name: new RegExp(`^${en("notifications", "kind.duty")}`) })
      .first()
      .isDisabled(),
  ).toBe(true);
  await staff.getByRole("radio", { name: en("notifications", "mail.daily") }).press("Space");
  await press(staff, en("notifications", "save"));
  // an address is asked for, in words
  await staff.getByText("Give an e-mail address first").waitFor();
  await staff.getByLabel(en("notifications", "address")).fill("clerk@example.org");
  await press(staff, en("notifications", "save"));
  await staff.getByText(en("notifications", "saved")).waitFor();
  await clerk.reload();
  await expect.poll(() => muted.isChecked(), SOON).toBe(false);
  await expectNoViolations(clerk);
  expect(await clerk.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await leave(clerk);
});
