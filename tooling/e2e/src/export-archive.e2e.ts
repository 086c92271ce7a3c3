import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFits } from "./axe.ts";
import { openBrowser, STILL } from "./browser.ts";
import { drawer, leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { choose } from "./show-box.ts";

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), openHouse()]);
  walk = walkOf(house, browser);
  await choose(house, "export-archive", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

test("an officer makes the file of a case, and anybody who is handed it checks it on a phone", async () => {
  const filed = await walk.inHandling("窗户漏雨");
  const officer = await walk.desk("officer");
  await walk.open(officer, filed);
  await press(officer, "制作卷宗");
  await drawer(officer).getByRole("radio", { name: "归档" }).check();
  await expectFits(officer);
  const download = officer.waitForEvent("download");
  await press(drawer(officer), "制作并下载");
  const file = readFileSync(await (await download).path());
  await drawer(officer).getByText(`已制作并下载：${filed.caseNo}.pdf`).waitFor();
  await expectFits(officer);
  await leave(officer);

  const page = await walk.visitor("en");
  await page.goto(`${house.url}/verify`);
  const give = (buffer: Buffer) =>
    page.getByLabel("Choose the PDF file").setInputFiles({ name: "case.pdf", mimeType: "application/pdf", buffer });
  await give(file);
  await page.getByText("This case file was made here, and not a byte of it has changed.").waitFor();
  expect(await page.getByText(filed.caseNo).count()).toBe(1);
  await expectFits(page);
  const altered = Buffer.from(file);
  altered[1_000] = (altered[1_000] ?? 0) ^ 1;
  await give(altered);
  await page.getByText("This is not as it was made: the file was changed.").waitFor();
  await leave(page);
});
