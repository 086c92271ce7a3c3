import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { drawer, leave, press, type Walk, walkOf } from "./desk-walk.ts";
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
  await choose(house, "visit-desk", "on");
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const expectNoOverflow = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

async function sign(page: Page, name: string): Promise<void> {
  const pad = page.getByRole("img", { name });
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error("there is nothing to sign on");
  await page.mouse.move(box.x + 30, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 80, { steps: 5 });
  await page.mouse.up();
}

test("somebody takes a number, is called into a room, heard, read back to and signs on glass, in both languages", async () => {
  const zh = wordsOf("zh-CN");
  const en = wordsOf("en");
  const clerk = await walk.desk("clerk");
  await clerk.goto(`${house.url}/desk/p/visit-desk`);
  await clerk.getByRole("heading", { name: zh("visitDesk", "arrive.title") }).waitFor();
  await press(clerk, zh("visitDesk", "arrive.submit"));
  await clerk.getByText(zh("visitDesk", "arrive.given", { no: "1" })).waitFor();
  await clerk.getByLabel(zh("visitDesk", "arrive.headcount")).fill("14");
  await clerk.getByLabel(zh("visitDesk", "arrive.representatives")).fill("6");
  await press(clerk, zh("visitDesk", "arrive.submit"));
  await clerk.getByText(/最多推选5名代表/).waitFor();
  await clerk.getByLabel(zh("visitDesk", "arrive.companions")).fill("99");
  await press(clerk, zh("visitDesk", "arrive.submit"));
  await clerk
    .getByRole("link", { name: zh("visitDesk", "arrive.between", { least: "0", most: "20" }), exact: false })
    .waitFor();
  await clerk.getByLabel(zh("visitDesk", "arrive.companions")).fill("0");
  await clerk.getByLabel(zh("visitDesk", "arrive.representatives")).fill("5");
  await clerk.getByLabel(zh("visitDesk", "arrive.safety")).check();
  await clerk.getByLabel(zh("visitDesk", "arrive.urgent")).check();
  await press(clerk, zh("visitDesk", "arrive.submit"));
  await clerk.getByText(zh("visitDesk", "arrive.given", { no: "2" })).waitFor();
  // whoever cannot wait stands first
  await clerk
    .getByRole("region", { name: zh("visitDesk", "hall.waiting") })
    .getByRole("listitem")
    .first()
    .getByText(zh("visitDesk", "hall.no", { no: "2" }), { exact: true })
    .waitFor();
  await expectNoViolations(clerk);
  await expectNoOverflow(clerk);

  await press(clerk, zh("visitDesk", "callIn.button", { no: "2" }));
  await drawer(clerk).getByLabel(zh("visitDesk", "callIn.second")).selectOption({ label: "officer" });
  await expectNoViolations(clerk);
  await press(drawer(clerk), zh("visitDesk", "callIn.submit"));
  await clerk.getByRole("heading", { level: 1, name: zh("visitDesk", "talk.title", { no: "2" }) }).waitFor();
  await clerk.getByLabel(zh("register", "desk.register.name")).fill("周敏");
  await clerk.getByLabel(zh("register", "desk.register.personKind")).selectOption("family");
  await clerk.getByRole("radio", { name: zh("desk", "desk.purpose.solve") }).check();
  await clerk.getByLabel(zh("register", "desk.register.subject")).fill("3号楼两个冬天没有热水");
  await clerk.getByLabel(zh("register", "desk.register.body")).fill("3号楼两个冬天没有热水，报修没有人来。");
  const sheet = clerk.getByRole("region", { name: zh("register", "desk.register.readBackSheet") });
  await sheet.getByText("3号楼两个冬天没有热水，报修没有人来。").waitFor();
  await clerk.emulateMedia({ media: "print" });
  await sheet.getByText(zh("register", "desk.register.readBackSign")).waitFor();
  expect(await clerk.getByLabel(zh("register", "desk.register.name")).isVisible()).toBe(false);
  expect(await clerk.getByText(zh("visitDesk", "talk.glass"), { exact: true }).isVisible()).toBe(false);
  await clerk.emulateMedia({ media: "screen" });
  await clerk.getByLabel(zh("register", "desk.register.readBack")).check();
  await press(clerk, zh("visitDesk", "talk.submit"));
  await clerk.getByText(/来访人还没有签字/).waitFor();
  await sign(clerk, zh("visitDesk", "talk.sign"));
  await clerk.getByText("已经签字", { exact: true }).waitFor();
  await expectNoViolations(clerk);
  await press(clerk, zh("visitDesk", "talk.submit"));
  await clerk.getByRole("heading", { name: /^已收到/ }).waitFor();
  const { rows } = await house.server.database.pool.query<{ case_no: string }>(
    `select c.case_no, c.headcount, (select count(*)::int from kernel.files f where f.case_id = c.id) as files
       from kernel.cases c where c.channel_key = 'visit-desk/visit'`,
  );
  expect(rows).toMatchObject([{ headcount: 14, files: 1 }]);
  await leave(clerk);

  const phone = await walk.desk("officer", "en", 390);
  await phone.goto(`${house.url}/desk/p/visit-desk`);
  await phone.getByRole("link", { name: "3号楼两个冬天没有热水" }).waitFor();
  await expectNoViolations(phone);
  await expectNoOverflow(phone);
  await press(phone, en("visitDesk", "callIn.button", { no: "1" }));
  await drawer(phone).getByLabel(en("visitDesk", "callIn.second")).selectOption({ label: "clerk" });
  await press(drawer(phone), en("visitDesk", "callIn.submit"));
  await phone.getByRole("img", { name: en("visitDesk", "talk.sign") }).waitFor();
  await expectNoViolations(phone);
  await expectNoOverflow(phone);
  await phone.goto(`${house.url}/desk/p/visit-desk/board`);
  await phone.getByText(/^Number 1: /).waitFor();
  await expectNoViolations(phone);
  await expectNoOverflow(phone);
  await phone.goto(`${house.url}/desk/c/${rows[0]?.case_no}`);
  await phone.getByRole("tab", { name: "Visit", exact: true }).click();
  await phone.getByText(en("visitDesk", "talk.glass")).waitFor();
  await expectNoViolations(phone);
  await leave(phone);
});
