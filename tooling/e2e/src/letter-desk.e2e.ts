import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { expectNoViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { done, leave, press, type Walk, walkOf } from "./desk-walk.ts";
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
  await choose(house, "letter-desk", "on");
});
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

const expectNoOverflow = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

/** A sheet of paper as a scanner gives it. */
async function sheet(words: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const page = await (await browser.newContext({ viewport: { width: 600, height: 800 } })).newPage();
  await page.setContent(`<p style="font-size:40px;padding:40px">${words}</p>`);
  const buffer = await page.screenshot();
  await page.context().close();
  return { name: `${words}.png`, mimeType: "image/png", buffer };
}

test("two letters of one batch are scanned, registered beside their picture, and answered by post, in both languages", async () => {
  const zh = wordsOf("zh-CN");
  const en = wordsOf("en");
  const sheets = await Promise.all(["信封 Envelope", "津贴少发一档", "second letter"].map(sheet));

  const clerk = await walk.desk("clerk");
  await clerk.goto(`${house.url}/desk/p/letter-desk`);
  await clerk.getByRole("heading", { name: zh("letterDesk", "list.title"), level: 1 }).waitFor();
  const damaged = { name: "page.pdf", mimeType: "application/pdf", buffer: Buffer.from("no such thing") };
  const empty = { name: "page.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(0) };
  await clerk.getByLabel(zh("letterDesk", "scan.pick")).setInputFiles([damaged, empty]);
  for (const { name } of [damaged, empty])
    await clerk.getByText(zh("letterDesk", "scan.unreadable", { name })).waitFor();
  await clerk.getByLabel(zh("letterDesk", "scan.pick")).setInputFiles(sheets);
  await clerk.getByLabel(zh("letterDesk", "scan.kind", { no: "1" })).selectOption("envelope");
  await clerk.getByLabel(zh("letterDesk", "scan.starts")).last().check();
  await expectNoViolations(clerk);
  await press(clerk, zh("letterDesk", "scan.save_other", { count: "2" }));
  await done(clerk, zh("letterDesk", "scan.saved_other", { count: "2" }));

  await clerk
    .getByRole("button", { name: zh("letterDesk", "list.register"), exact: false })
    .first()
    .click();
  await clerk.getByRole("img", { name: zh("letterDesk", "kind.envelope") }).waitFor();
  await expectNoViolations(clerk);
  await expectNoOverflow(clerk);
  await press(clerk, zh("letterDesk", "register.next"));
  await clerk.getByLabel(zh("letterDesk", "scan.postedOn")).fill("2026-01-02");
  await clerk.getByLabel(zh("register", "desk.register.name")).fill("沈大川");
  await clerk.getByLabel(zh("register", "desk.register.personKind")).selectOption("officer");
  await clerk.getByLabel(zh("register", "desk.register.contact")).fill("某市某路一号");
  await clerk.getByRole("radio", { name: zh("desk", "desk.purpose.solve") }).check();
  await clerk.getByLabel(zh("register", "desk.register.subject")).fill("调动后津贴少发一档");
  await clerk.getByLabel(zh("register", "desk.register.body")).fill("三月调动后艰苦边远津贴少发一档。");
  await press(clerk, zh("letterDesk", "register.submit"));
  await clerk.getByRole("heading", { name: zh("letterDesk", "slip.title") }).waitFor();
  await expectNoViolations(clerk);
  const { rows } = await house.server.database.pool.query<{ id: string; case_no: string; files: number }>(
    `select c.id, c.case_no, (select count(*)::int from kernel.files f where f.case_id = c.id) as files
       from kernel.cases c where c.channel_key = 'letter-desk/letter'`,
  );
  expect(rows).toMatchObject([{ files: 2 }]);
  const [{ id: caseId, case_no: caseNo } = { id: "", case_no: "" }] = rows;
  await press(clerk, zh("letterDesk", "register.again"));
  await clerk.getByRole("heading", { level: 1, name: /-0002$/ }).waitFor();
  await leave(clerk);

  const phone = await walk.desk("officer", "en", 390);
  await phone.goto(`${house.url}/desk/p/letter-desk`);
  await phone.getByText("调动后津贴少发一档").waitFor();
  await expectNoViolations(phone);
  await expectNoOverflow(phone);
  await press(phone, en("letterDesk", "list.registerOne", { no: `${new Date().getFullYear()}-0002` }));
  await phone.getByRole("img", { name: en("letterDesk", "kind.letter") }).waitFor();
  await expectNoViolations(phone);
  await expectNoOverflow(phone);

  await walk.open(phone, { caseId, caseNo, returnCode: "" });
  await phone.getByRole("tab", { name: "Paper mail", exact: true }).click();
  await press(phone, en("letterDesk", "tab.answer"));
  await press(phone, en("letterDesk", "post.open"));
  await phone.getByText("某市某路一号").waitFor();
  await expectNoViolations(phone);
  await expectNoOverflow(phone);
  await phone.getByLabel(en("letterDesk", "post.tracking")).fill("XA 1234 5678 CN");
  await press(phone, en("letterDesk", "post.save"));
  await phone
    .getByRole("status")
    .filter({ hasText: en("letterDesk", "post.saved") })
    .waitFor();
  await leave(phone);
});
