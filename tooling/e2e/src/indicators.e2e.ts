import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFits } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { leave, press, type Walk, walkOf } from "./desk-walk.ts";
import { type House, openHouse } from "./house.ts";
import { choose } from "./show-box.ts";

let browser: Browser;
let house: House;
let walk: Walk;
beforeAll(async () => {
  const people = [{ username: "supervisor", unit: "BRIGADE", roles: [{ role: "supervisor" as const, subtree: true }] }];
  [browser, house] = await Promise.all([openBrowser(), openHouse({ people })]);
  walk = walkOf(house, browser);
  await choose(house, "indicators", "on");
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house[Symbol.asyncDispose]();
});

/** Lets minutes pass until the ledger was read so far: what is still being written is read in the next one. */
async function counted(caseId: string): Promise<void> {
  for (let minutes = 0; minutes < 30; minutes++) {
    await house.server.platform.host.jobs.runDue();
    const { rowCount } = await house.server.database.pool.query(
      "select from p_indicators.counted where case_id = $1 and thing = 'registration'",
      [caseId],
    );
    if (rowCount === 1) return;
    house.server.clock.advance("PT1M");
  }
  throw new Error("the petition is not counted");
}

test("a number is read with what it is made of, and opens the petition behind it", async () => {
  const filed = await walk.inHandling("热水时有时无");
  await counted(filed.caseId);

  const above = await walk.desk("supervisor");
  await above.goto(`${house.url}/desk/p/indicators`);
  const repeats = above.getByRole("row", { name: /重复信访率/ });
  await repeats.getByText("0%（0/1）").waitFor();
  expect(await repeats.getByText("尚未公布").isVisible()).toBe(true);
  await expectFits(above);
  await above.getByRole("radio", { name: "只看本单位" }).check();
  await repeats.getByText("本月没有").waitFor();
  await above.getByRole("radio", { name: "本单位和下级" }).check();
  await repeats.getByText("0%（0/1）").waitFor();
  await press(above, "看明细 重复信访率");
  await above.getByText("分子：经人工判定为重复反映的").waitFor();
  await expectFits(above);
  await above.getByRole("link", { name: /热水时有时无/ }).click();
  await above.getByRole("heading", { name: "热水时有时无" }).waitFor();
  expect(above.url()).toContain(filed.caseNo);
  await leave(above);

  const unit = await walk.desk("officer", "en", 390);
  await unit.goto(`${house.url}/desk/p/indicators`);
  await unit
    .getByRole("row", { name: /Repeat rate/ })
    .getByText("0% (0/1)")
    .waitFor();
  await expectFits(unit);
  await unit.getByLabel("Channel").selectOption({ label: "Letter" });
  await unit
    .getByRole("row", { name: /Repeat rate/ })
    .getByText("Released numbers are of the whole")
    .waitFor();
  await press(unit, "See details Repeat rate");
  await unit.getByText("Only: Letter").waitFor();
  await unit.getByText("Out of: petitions registered this month").waitFor();
  await expectFits(unit);
  await leave(unit);
});
