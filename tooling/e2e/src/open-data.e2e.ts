import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFits } from "./axe.ts";
import { openBrowser, STILL } from "./browser.ts";
import { leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { choose } from "./show-box.ts";

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  const people = [{ username: "head", unit: "BRIGADE", roles: [{ role: "officeHead" as const }] }];
  [browser, house] = await Promise.all([openBrowser(), openHouse({ people })]);
  walk = walkOf(house, browser);
  await choose(house, "indicators", "on");
  await choose(house, "open-data", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

/** As the platform releases a month: nine petitions were registered, three of them again. */
async function released(month: string): Promise<void> {
  await house.server.database.pool.query(
    `with release as (
       insert into kernel.figure_releases (id, dataset, month, number, released_at)
       values (gen_random_uuid(), 'indicators/registration', $1, 1, now()) returning id)
     insert into kernel.figure_rows (release_id, unit_id, own, parent_id, total, figures)
     select release.id, u.id, false, u.parent_id, 9, '{"category":{"claim":9},"+repeat":{"yes":null,"no":null}}'
       from release, kernel.units u where u.code = 'BRIGADE'`,
    [month],
  );
}

test("released figures are public once a person has published them, and gone when they are withdrawn", async () => {
  const month = new Date(house.server.clock.now()).toISOString().slice(0, 7);
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 2, 1)).toISOString().slice(0, 7);
  const before = new Date(Date.UTC(Number(last.slice(0, 4)), Number(last.slice(5)) - 2, 1)).toISOString().slice(0, 7);
  await released(before);
  await released(last);

  const head = await walk.desk("head");
  await head.goto(`${house.url}/desk/p/open-data`);
  await head.getByLabel("哪份数据").selectOption("indicators/registration");
  await head.getByLabel("从哪个月").selectOption(before);
  await head
    .getByRole("row", { name: /总数 9/ })
    .nth(1)
    .waitFor();
  const spaceAround = (page: Page) =>
    page
      .getByRole("cell")
      .first()
      .evaluate((cell) => getComputedStyle(cell).padding);
  const atTheDesk = await spaceAround(head);
  await press(head, "公开下面的数字");
  await head.getByText("已公开，第1版。").waitFor();
  await expectFits(head);

  const anybody = await walk.visitor("en");
  const hour = new Date(house.server.clock.now()).toLocaleString("en-GB", {
    hour: "2-digit",
    timeZone: "Asia/Shanghai",
  });
  const inHouseTime = () => anybody.getByText(new RegExp(`at ${hour}:\\d\\d`)).waitFor();
  await anybody.goto(`${house.url}/p/open-data`);
  await inHouseTime();
  await anybody.getByRole("button", { name: /^Open / }).click();
  await anybody.getByRole("row", { name: /All of them 9/ }).waitFor();
  await inHouseTime();
  expect(await spaceAround(anybody)).toBe(atTheDesk);
  await anybody.getByRole("cell", { name: before }).first().waitFor({ state: "hidden" });
  await anybody.getByLabel("Which month to see").selectOption("All months");
  await anybody.getByRole("cell", { name: before }).first().waitFor();
  await expectFits(anybody);
  const [file] = await Promise.all([anybody.waitForEvent("download"), press(anybody, "Take as CSV")]);
  expect(await readFile(await file.path(), "utf8")).toContain(`"${last}","1"`);

  await head.getByRole("button", { name: /^撤回/ }).click();
  await head.getByLabel("为什么撤回").fill("月份选错了");
  await head.getByRole("button", { name: /^撤回/ }).click();
  await head.getByText(/第1版已于.*撤回：月份选错了/).waitFor();
  await leave(head);
  await anybody.reload();
  await anybody.getByText("No version of these figures is published at present.").waitFor();
  await expectFits(anybody);
  await leave(anybody);
});
