import type { Browser, Locator, Page } from "playwright-core";
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

/** Two sheets, as a scanner with a feeder makes them. */
async function scannedPdf() {
  const page = await (await browser.newContext()).newPage();
  await page.setContent(`<h1>${"津贴少发一档 ".repeat(40)}</h1><h1 style="break-before:page">工资条</h1>`);
  const buffer = await page.pdf({ format: "A4" });
  await page.context().close();
  return { name: "scan.pdf", mimeType: "application/pdf", buffer };
}

/** How much of a picture is ink, in thousandths. */
const inkOf = (picture: Locator): Promise<number> =>
  picture.evaluate(async (image) => {
    if (!(image instanceof HTMLImageElement)) throw new Error("no picture");
    await image.decode();
    const canvas = new OffscreenCanvas(200, 200);
    const pen = canvas.getContext("2d");
    pen?.drawImage(image, 0, 0, 200, 200);
    const dots = pen?.getImageData(0, 0, 200, 200).data ?? [];
    let dark = 0;
    for (let at = 0; at < dots.length; at += 4) if ((dots[at] ?? 255) < 128 && (dots[at + 3] ?? 0) > 128) dark += 1;
    return (dark * 1000) / (200 * 200);
  });

test("two letters of one batch are scanned, registered beside their picture, and answered by post, in both languages", async () => {
  const zh = wordsOf("zh-CN");
  const en = wordsOf("en");
  const sheets = await Promise.all([sheet("信封 Envelope"), sheet("津贴少发一档"), scannedPdf()]);

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
  // a PDF stands beside the form like a picture, sheet below sheet, turned within its box
  await phone.getByRole("img", { name: /sheet 2 of 2$/ }).waitFor();
  const first = phone.getByRole("img", { name: /sheet 1 of 2$/ });
  expect(await inkOf(first)).toBeGreaterThan(10);
  await press(phone, en("letterDesk", "register.turn"));
  await press(phone, en("letterDesk", "register.larger"));
  const lying = await first.boundingBox();
  const box = await first.locator("xpath=ancestor::section").boundingBox();
  if (!lying || !box) throw new Error("no picture in its box");
  expect(lying.width).toBeGreaterThan(lying.height);
  expect([lying.x >= box.x, lying.y >= box.y]).toEqual([true, true]);
  await expectNoViolations(phone);
  await expectNoOverflow(phone);

  await walk.open(phone, { caseId, caseNo, returnCode: "" });
  await phone.getByRole("tab", { name: "Paper mail", exact: true }).click();
  await press(phone, en("letterDesk", "tab.answer"));
  await press(phone, en("letterDesk", "post.open"));
  await phone.getByText("某市某路一号").waitFor();
  await phone.emulateMedia({ media: "print" });
  expect(await phone.getByRole("heading").count()).toBe(0);
  await phone.emulateMedia({ media: "screen" });
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
